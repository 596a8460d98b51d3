import type { Block, Form, Option, Reply, Span, Text } from '../../core/reply.ts'
import { el } from './dom.ts'
import { dayElement, timeElement } from './times.ts'

/** What happens when somebody presses the button with this token, or sends the form that has it, with what they typed. */
export type Press = (token: string, text?: string) => void

/** More options than this are chosen from a list that opens. */
const openOptions = 6

export function renderReply(reply: Reply, press: Press): HTMLElement {
  const form = reply.form && formElement(reply.form, press)
  return el('div', { class: `reply ${reply.tone}` }, ...reply.blocks.map((block) => renderBlock(block, press)), form)
}

function renderBlock(block: Block, press: Press): HTMLElement {
  switch (block.kind) {
    case 'text':
      return block.share === undefined ? el('p', { class: 'text' }, ...renderText(block.text)) : progress(block.text, block.share)
    case 'aside':
      return el('p', { class: 'aside' }, ...renderText(block.text))
    case 'fields':
      return el(
        'dl',
        { class: 'fields' },
        ...block.fields.map(({ label, value }) => el('div', {}, el('dt', {}, label), el('dd', {}, ...renderText(value)))),
      )
    case 'list':
      return el(
        'ul',
        { class: 'items' },
        ...block.items.map(({ text, detail }) =>
          el('li', {}, el('span', {}, ...renderText(text)), detail && el('span', { class: 'detail' }, ...renderText(detail))),
        ),
      )
    case 'buttons':
      return el('div', { class: 'buttons' }, ...block.buttons.map(({ label, token, style }) => button(label, token, press, style)))
    case 'menu':
      return block.options.length <= openOptions
        ? openMenu(block.placeholder, block.options, press)
        : closedMenu(block.placeholder, block.options, press)
  }
}

/** A bar of the page's own in the place of the one in characters. */
function progress([_, ...words]: Text, share: number): HTMLElement {
  const bar = el('progress', { max: '1', value: String(share), 'aria-label': 'Progress' })
  return el('div', { class: 'progress' }, bar, el('span', {}, ...renderText(words)))
}

function button(label: string, token: string, press: Press, style?: string): HTMLButtonElement {
  const element = el('button', { type: 'button', class: style }, label)
  element.addEventListener('click', () => press(token))
  return element
}

/** One line to fill in, or several that hold what is there, under the words that say what may be written. */
function formElement({ label, placeholder, submit, token, lines }: Form, press: Press): HTMLFormElement {
  const common = { 'aria-label': label, placeholder, required: true }
  const line = lines
    ? el('textarea', { ...common, rows: '6', maxlength: String(lines.most) }, lines.value)
    : el('input', { ...common, type: 'text', maxlength: '200', autocomplete: 'off' })
  const form = el('form', { class: 'buttons' }, line, el('button', { type: 'submit', class: 'primary' }, submit))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    press(token, line.value)
  })
  // Where Enter breaks the line, it sends with Ctrl or Cmd.
  line.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey } = event as KeyboardEvent
    if (lines && key === 'Enter' && (ctrlKey || metaKey)) form.requestSubmit()
  })
  return form
}

function openMenu(placeholder: string, options: readonly Option[], press: Press): HTMLElement {
  return el(
    'div',
    { class: 'buttons stacked', role: 'group', 'aria-label': placeholder },
    ...options.map(({ label, token }) => button(label, token, press)),
  )
}

function closedMenu(placeholder: string, options: readonly Option[], press: Press): HTMLElement {
  const select = el(
    'select',
    { 'aria-label': placeholder },
    el('option', { value: '' }, placeholder),
    ...options.map(({ label, token }) => el('option', { value: token }, label)),
  )
  const choose = el('button', { type: 'button' }, 'Choose')
  choose.addEventListener('click', () => {
    if (select.value !== '') press(select.value)
  })
  return el('div', { class: 'buttons' }, select, choose)
}

function renderText(text: Text): Node[] {
  return text.map(renderSpan)
}

function renderSpan(span: Span): Node {
  if (typeof span === 'string') return document.createTextNode(span)
  switch (span.kind) {
    case 'strong':
      return el('strong', {}, span.text)
    case 'code':
      return el('code', {}, span.text)
    case 'time':
      return timeElement(span)
    case 'day':
      return dayElement(span)
    case 'someone':
      return el('strong', { class: 'someone' }, span.name)
    case 'channel':
      return document.createTextNode(`#${span.channel}`)
    case 'link':
      return isWebAddress(span.url)
        ? el('a', { href: span.url, target: '_blank', rel: 'noopener noreferrer' }, span.text)
        : document.createTextNode(span.text)
  }
}

/** Not `javascript:` and its like. */
function isWebAddress(url: string): boolean {
  return /^https?:$/.test(URL.parse(url)?.protocol ?? '')
}
