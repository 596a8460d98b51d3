import { el } from '../dom.ts'
import { dayOf, daysInWords, inWords, type Span } from './days.ts'
import type { Meant } from './draw.ts'

const spans: readonly (readonly [Span, string])[] = [
  ['day', 'Day'],
  ['week', 'Week'],
  ['month', 'Month'],
]

/** What stands over the days: which they are, and the way to others. */
export function createBar({
  go,
  step,
  add,
  toggle,
}: {
  go: (to: Meant) => void
  step: (by: 1 | -1) => void
  add: () => void
  /** What was declined is to be shown, or not any more. */
  toggle: () => void
}) {
  let meant: Meant = { span: 'month', day: 0 }
  const title = el('h2', { 'aria-live': 'polite' })
  const note = el('p', { class: 'note-line', role: 'status' })

  function button(label: string, press: () => void, attributes: Record<string, string> = {}): HTMLButtonElement {
    const made = el('button', { type: 'button', ...attributes }, label)
    made.addEventListener('click', press)
    return made
  }

  const declined = button('', toggle, { class: 'quiet declined' })
  declined.hidden = true
  const choices = spans.map(([span, label]) => button(label, () => go({ ...meant, span }), { 'data-span': span }))
  const element = el(
    'div',
    { class: 'bar' },
    button('Today', () => go({ ...meant, day: dayOf(new Date()) })),
    el(
      'div',
      { class: 'steps' },
      button('‹', () => step(-1), { class: 'arrow', 'data-step': 'back' }),
      button('›', () => step(1), { class: 'arrow', 'data-step': 'on' }),
    ),
    title,
    el('div', { class: 'spans', role: 'group', 'aria-label': 'How much' }, ...choices),
    button('New event', add, { class: 'primary add' }),
    declined,
    note,
  )
  const [back, on] = [...element.querySelectorAll('.arrow')]

  return {
    element,
    show(to: Meant, days: readonly number[]): void {
      meant = to
      const [first = 0, last = 0] = [days[0], days.at(-1)]
      const words =
        to.span === 'month' ? inWords(to.day, 'month') : to.span === 'day' ? inWords(first, 'datedShort') : daysInWords(first, last)
      if (title.textContent !== words) title.textContent = words
      back?.setAttribute('aria-label', `Previous ${to.span}`)
      on?.setAttribute('aria-label', `Next ${to.span}`)
      for (const choice of choices) choice.setAttribute('aria-pressed', String(choice.dataset.span === to.span))
    },
    /** How much of what is looked at was declined, and whether that is shown. */
    tellDeclined(count: number, shown: boolean): void {
      declined.hidden = count === 0
      declined.textContent = `${shown ? 'Hide' : 'Show'} ${count} declined`
    },
    say(words: string): void {
      note.textContent = words
    },
  }
}
