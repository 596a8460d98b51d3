import type { LineView } from '../views.ts'
import { byId, el } from './dom.ts'
import type { Unsent } from './outgoing.ts'
import { renderReply } from './render.ts'
import { clockTime, dayName } from './times.ts'

/** Nearer to the end than this, the reader follows the conversation. In pixels. */
const following = 120

/** The conversation: lines in the order of their ids, then what is not sent yet. */
export function createHistory({
  press,
  retry,
}: {
  press: (line: string, token: string, text?: string) => void
  retry: (id: string) => void
}) {
  const lines = byId('lines')
  const scroll = byId('scroll')
  const newest = byId('newest')
  // So that the arrow keys scroll it.
  scroll.tabIndex = 0
  const shown = new Map<string, { view: LineView; element: HTMLElement }>()
  const waiting = new Map<string, HTMLElement>()

  const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < following
  function toEnd(): void {
    newest.hidden = true
    scroll.scrollTop = scroll.scrollHeight
  }
  let follows = true
  newest.addEventListener('click', toEnd)
  scroll.addEventListener('scroll', () => {
    follows = atEnd()
    if (follows) newest.hidden = true
  })
  // A window that is turned, a keyboard that opens or a form that grows leaves the reader where they were: at the end.
  const resized = new ResizeObserver(() => {
    // A welcome is read from its beginning.
    if (follows && lines.childElementCount > 0) toEnd()
  })
  for (const one of [scroll, lines]) resized.observe(one)

  function draw(view: LineView): HTMLElement {
    const at = new Date(view.at)
    const who = view.from === 'person' ? 'You' : 'DuckTape'
    const stamp = el('time', { class: 'stamp', datetime: view.at }, clockTime(at))
    const body =
      view.reply === undefined
        ? el('p', { class: 'said', dir: 'auto' }, view.text ?? '')
        : renderReply(view.reply, (token, text) => press(view.id, token, text))
    return el(
      'article',
      {
        class: `line ${view.from}`,
        id: `line-${view.id}`,
        tabindex: '-1',
        'aria-label': `${who}, ${clockTime(at)}`,
        'data-day': at.toDateString(),
      },
      body,
      stamp,
    )
  }

  function place(element: HTMLElement, id: string): void {
    const after = [...shown.keys()].filter((other) => other > id).sort()[0]
    const next = after === undefined ? (waiting.values().next().value ?? null) : (shown.get(after)?.element ?? null)
    lines.insertBefore(element, dayMark(next) ?? next)
  }

  /** A heading above the first line of each day. What stands right is left alone, lest it be read out again. */
  function markDays(): void {
    let day: string | undefined
    for (const { view, element } of inOrder()) {
      const mark = dayMark(element)
      const first = element.dataset.day !== day
      const name = dayName(new Date(view.at))
      if (first && !mark) element.before(el('h2', { class: 'day' }, name))
      else if (first && mark && mark.textContent !== name) mark.textContent = name
      else if (!first) mark?.remove()
      day = element.dataset.day
    }
  }

  const inOrder = () => [...shown.values()].sort((one, other) => (one.view.id < other.view.id ? -1 : 1))

  function put(view: LineView): boolean {
    const before = shown.get(view.id)
    if (before && JSON.stringify(before.view) === JSON.stringify(view)) return false
    const element = draw(view)
    const focused = before?.element.contains(document.activeElement)
    if (before) before.element.replaceWith(element)
    else place(element, view.id)
    shown.set(view.id, { view, element })
    if (focused) (element.querySelector('button') ?? element).focus()
    return !before
  }

  return {
    /** Lines that are new or changed; the reader stays at the end, or where they read. True when one was not there. */
    show(views: readonly LineView[], { earlier = false } = {}): boolean {
      const followed = atEnd()
      const fromEnd = scroll.scrollHeight - scroll.scrollTop
      const added = views.map(put).includes(true)
      markDays()
      if (earlier) scroll.scrollTop = scroll.scrollHeight - fromEnd
      else if (followed) toEnd()
      else if (added) newest.hidden = false
      return added
    },

    showUnsent({ id, text, delivery }: Unsent): void {
      const element = el(
        'article',
        { class: `line person ${delivery.kind}`, 'aria-label': 'You, not sent yet' },
        el('p', { class: 'said' }, text),
      )
      if (delivery.kind === 'waiting') element.append(el('p', { class: 'delivery' }, 'Will be sent when the connection is back'))
      if (delivery.kind === 'failed') {
        const again = el('button', { type: 'button', class: 'quiet' }, 'Retry')
        again.addEventListener('click', () => retry(id))
        element.append(el('p', { class: 'delivery', role: 'alert' }, `Not sent. ${delivery.reason} `, again))
      }
      const before = waiting.get(id)
      if (before) before.replaceWith(element)
      else lines.append(element)
      waiting.set(id, element)
      toEnd()
    },

    forgetUnsent(id: string): void {
      waiting.get(id)?.remove()
      waiting.delete(id)
    },

    /** The buttons of a line while an answer to one of them is on its way. */
    setBusy(id: string, busy: boolean): void {
      const element = shown.get(id)?.element
      element?.setAttribute('aria-busy', String(busy))
      for (const button of element?.querySelectorAll('button') ?? []) button.disabled = busy
    },

    /** Whether somebody is at something in this line. */
    holdsFocus: (id: string) => shown.get(id)?.element.contains(document.activeElement) === true,

    /** Brings whoever pressed a button of a line on to another, or back: to what it asks to fill in, at the end of what stands there. */
    goOn(from: string, to: string): void {
      const element = shown.get(to)?.element
      const isThere = shown.get(from)?.element.contains(document.activeElement) === true
      // Meanwhile they may have gone elsewhere by themselves.
      if (isThere ? from === to : document.activeElement !== document.body) return
      const field = element?.querySelector<HTMLInputElement | HTMLTextAreaElement>('form :is(input, textarea)')
      ;(field ?? element)?.focus()
      field?.setSelectionRange(field.value.length, field.value.length)
    },

    isEmpty: () => shown.size === 0 && waiting.size === 0,
    oldest: () => inOrder()[0]?.view.id,
    /** From now on, new lines are read out. */
    readAloud: () => lines.setAttribute('aria-live', 'polite'),
    toEnd,
  }
}

function dayMark(element: Element | null): Element | null {
  const mark = element?.previousElementSibling
  return mark?.classList.contains('day') ? mark : null
}
