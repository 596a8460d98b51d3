import { byId } from './dom.ts'

const storageKey = 'draft'
/** How many sentences Up can go back. */
const remembered = 50

/** Where people write. Enter sends, Shift+Enter breaks the line, Up recalls, Esc clears. */
export function createComposer({ send }: { send: (text: string) => void }) {
  const box = byId<HTMLTextAreaElement>('say')
  const form = byId<HTMLFormElement>('composer')
  const said: string[] = []
  /** Steps back from the newest sentence; 0 is the one being written. */
  let back = 0
  let draft = ''

  function grow(): void {
    box.style.height = 'auto'
    box.style.height = `${box.scrollHeight}px`
    form.classList.toggle('empty', box.value.trim() === '')
    sessionStorage.setItem(storageKey, box.value)
  }

  function write(text: string): void {
    box.value = text
    box.setSelectionRange(text.length, text.length)
    grow()
  }

  function submit(): void {
    const text = box.value.trim()
    if (text === '') return
    remember(text)
    write('')
    send(text)
  }

  function remember(text: string): void {
    if (said.at(-1) !== text) said.push(text)
    if (said.length > remembered) said.shift()
    back = 0
  }

  function recall(step: 1 | -1): boolean {
    const to = back + step
    if (to < 0 || to > said.length) return false
    if (back === 0) draft = box.value
    back = to
    write(back === 0 ? draft : (said.at(-back) ?? ''))
    return true
  }

  function onKey(event: KeyboardEvent): void {
    if (event.isComposing) return
    const { key, shiftKey } = event
    const oneLine = !box.value.includes('\n')
    if (key === 'Enter' && !shiftKey) {
      event.preventDefault()
      submit()
    } else if (key === 'ArrowUp' && oneLine) {
      if (recall(1)) event.preventDefault()
    } else if (key === 'ArrowDown' && oneLine && back > 0) {
      if (recall(-1)) event.preventDefault()
    } else if (key === 'Escape') {
      back = 0
      write('')
    }
  }

  box.addEventListener('keydown', onKey)
  box.addEventListener('input', grow)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    submit()
    box.focus()
  })
  // What is being written survives a reload.
  write(sessionStorage.getItem(storageKey) ?? '')

  return {
    focus: () => box.focus({ preventScroll: true }),
    /** A part of a sentence, for the reader to go on at its end or before its beginning. */
    begin(text: string, where: 'after' | 'before'): void {
      write(text)
      box.focus({ preventScroll: true })
      if (where === 'before') box.setSelectionRange(0, 0)
    },
    /** Sentences of earlier visits, oldest first, for Up. */
    recallable: (texts: readonly string[]) => said.unshift(...texts.slice(-remembered)),
  }
}
