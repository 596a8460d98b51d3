import { el } from '../dom.ts'
import type { PressInChat } from './sheet.ts'

/** How long what was done can be taken back from here, in milliseconds; chat can do it later. */
const stays = 15_000

/** Says what was done, and takes it back. */
export function createToast(root: HTMLElement, press: PressInChat) {
  const words = el('p', { role: 'status' })
  const undo = el('button', { type: 'button' }, 'Undo')
  const toast = el('div', { class: 'toast', hidden: true }, words, undo)
  root.append(toast)
  let token: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(text: string, back?: string): void {
    token = back
    words.textContent = text
    undo.hidden = back === undefined
    toast.hidden = false
    wait()
  }

  function wait(): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      // Whoever is about to press it is not robbed of it.
      if (toast.matches(':hover, :focus-within')) wait()
      else toast.hidden = true
    }, stays)
  }

  undo.addEventListener('click', async () => {
    if (token === undefined) return
    undo.disabled = true
    const pressed = await press({ token })
    undo.disabled = false
    if ('refused' in pressed) show(pressed.refused, token)
    else show(pressed.reply.tone === 'problem' ? 'That has changed since, so it stays.' : 'Undone.')
  })

  function hide(): void {
    clearTimeout(timer)
    toast.hidden = true
  }

  return { show, hide }
}

export type Toast = ReturnType<typeof createToast>
