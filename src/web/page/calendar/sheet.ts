import type { Reply } from '../../../core/reply.ts'
import { el } from '../dom.ts'
import { renderReply } from '../render.ts'

/** What came of a press: a reply and the line of the chat that shows it, or why nothing did. */
export type Pressed = { readonly reply: Reply; readonly line?: string } | { readonly refused: string }
/** Presses a button of the chat's. The line is where the chat shows it, if it does. */
export type PressInChat = (button: { readonly token: string; readonly text?: string; readonly line?: string }) => Promise<Pressed>

/** A piece of paper over the calendar: one at a time, closed by Esc, by a click beside it and by its button. */
export function createSheet(press: PressInChat) {
  const title = el('h2', { id: 'sheet-title' })
  const close = el('button', { type: 'button', class: 'quiet close', 'aria-label': 'Close' }, '×')
  const body = el('div', { class: 'sheet-body' })
  const dialog = el('dialog', { class: 'sheet', 'aria-labelledby': 'sheet-title' }, el('div', { class: 'sheet-head' }, title, close), body)
  document.body.append(dialog)
  let ended: (() => void) | undefined
  /** Grows with each new content, so that what arrives late for an old one is dropped. */
  let turn = 0
  /** Where what it is about stood when it opened. */
  let place: DOMRect | undefined

  close.addEventListener('click', () => dialog.close())
  dialog.addEventListener('pointerdown', ({ target }) => {
    if (target === dialog) dialog.close()
  })
  dialog.addEventListener('close', () => {
    turn += 1
    ended?.()
    ended = undefined
  })

  function open(
    heading: string,
    content: readonly Node[],
    { beside, closed }: { beside?: Element | undefined; closed?: () => void } = {},
  ): void {
    turn += 1
    ended?.()
    place = beside?.getBoundingClientRect()
    title.textContent = heading
    body.replaceChildren(...content)
    if (!dialog.open) dialog.showModal()
    ended = closed
    put()
  }

  /** Beside what it is about where there is room, in the middle otherwise. */
  function put(): void {
    dialog.style.margin = ''
    dialog.style.inset = ''
    const { offsetWidth: width, offsetHeight: height } = dialog
    if (!place || innerWidth < 720) return
    const gap = 10
    const right = place.right + gap
    const left = right + width < innerWidth - gap ? right : Math.max(gap, place.left - gap - width)
    const top = Math.min(Math.max(gap, place.top), Math.max(gap, innerHeight - height - gap))
    dialog.style.margin = '0'
    dialog.style.inset = `${top}px auto auto ${left}px`
  }

  /** Shows what chat says, whose buttons are pressed there, and goes on with the answer. Gives back whether it still lies there untouched. */
  function showReply(reply: Reply, line: string | undefined, more: readonly Node[] = []): () => boolean {
    const mine = ++turn
    let isPressed = false
    const drawn = renderReply(reply, async (token, text) => {
      isPressed = true
      for (const button of body.querySelectorAll('button')) button.disabled = true
      const pressed = await press({ token, ...(text === undefined ? {} : { text }), ...(line === undefined ? {} : { line }) })
      if (mine !== turn) return
      if ('refused' in pressed) {
        isPressed = false
        for (const button of body.querySelectorAll('button')) button.disabled = false
        body.append(el('p', { class: 'refused', role: 'alert' }, pressed.refused))
      } else showReply(pressed.reply, pressed.line)
    })
    const before = body.contains(document.activeElement) ? document.activeElement?.textContent : undefined
    body.replaceChildren(drawn)
    const buttons = drawn.querySelector('.buttons')
    if (buttons) buttons.append(...more)
    else body.append(...more)
    // Larger now, it may not reach over the edge of the window.
    put()
    // Whoever was at a button is at the one that says the same.
    const same = [...body.querySelectorAll('button')].find(({ textContent }) => textContent === before)
    same?.focus()
    if (!dialog.contains(document.activeElement)) close.focus()
    return () => mine === turn && !isPressed && dialog.open
  }

  return {
    open,
    showReply,
    close: () => dialog.close(),
    /** Fills in what was waited for, unless the reader has gone on. */
    async fill(content: Promise<() => void>): Promise<void> {
      const mine = turn
      const show = await content
      if (mine === turn && dialog.open) show()
    },
    say: (words: string) => body.append(el('p', { class: 'refused', role: 'alert' }, words)),
  }
}

export type Sheet = ReturnType<typeof createSheet>
