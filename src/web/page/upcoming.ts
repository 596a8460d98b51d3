import type { OccurrenceView, ReminderView } from '../views.ts'
import { byId, el } from './dom.ts'
import { clockTime, countdown, dayElement, daysInWords, nearTime } from './times.ts'

/** More than this would not be read. */
const most = 30
const dayMs = 86_400_000

/** What will ring, soonest first: beside the chat, or in a drawer where there is no room beside it. */
export function createUpcoming() {
  const list = byId('reminders')
  const panel = byId('upcoming')
  const opener = byId('open')
  const count = byId('count')
  const narrow = matchMedia('(max-width: 59.99rem)')
  let waits: { dueAt: number; element: HTMLElement }[] = []

  function card({ text, dueAt, state, repeats }: ReminderView): HTMLElement {
    const rang = state !== 'scheduled'
    const left = el('p', { class: 'left' })
    if (!rang && dueAt !== null) waits.push({ dueAt: Date.parse(dueAt), element: left })
    else left.textContent = 'has rung'
    const at = dueAt === null ? undefined : el('time', { datetime: dueAt }, nearTime(new Date(dueAt)))
    return el(
      'li',
      { class: rang ? 'note rang' : 'note' },
      el('p', { class: 'what' }, text),
      at && el('p', { class: 'when' }, at, repeats ? ' · repeats' : undefined),
      left,
    )
  }

  function eventCard({ title, startsAt, endsAt, allDay, timeZone, location }: OccurrenceView): HTMLElement {
    // Whole days are the same days for every reader; the end is the day after.
    const [first, last] = [dateThere(Date.parse(startsAt), timeZone), dateThere(Date.parse(endsAt) - 1, timeZone)]
    const [from, to] = [new Date(startsAt), new Date(endsAt)]
    const until = to.getTime() - from.getTime() < dayMs ? clockTime(to) : nearTime(to)
    const when = allDay
      ? [last === first ? dayElement({ kind: 'day', date: first }) : daysInWords(first, last)]
      : [el('time', { datetime: startsAt }, nearTime(from)), ` to ${until}`]
    return el(
      'li',
      { class: 'note event' },
      el('p', { class: 'what' }, title),
      el('p', { class: 'when' }, ...when, location === '' ? undefined : ` · ${location}`),
    )
  }

  /** How many there are besides, and how to see them. */
  function rest(all: number, what: 'reminders' | 'events'): readonly HTMLElement[] {
    const where = what === 'reminders' ? 'say “my reminders”' : 'look into the calendar'
    const left = all - most
    return left > 0 ? [el('li', { class: 'nothing' }, `And ${left} more ${left === 1 ? what.slice(0, -1) : what}: ${where}.`)] : []
  }

  function tick(): void {
    for (const { dueAt, element } of waits) {
      const milliseconds = dueAt - Date.now()
      const words = countdown(milliseconds)
      if (element.textContent !== words) element.textContent = words
      element.classList.toggle('soon', milliseconds < 60_000)
    }
  }

  function toggle(open: boolean): void {
    document.body.classList.toggle('drawer-open', open)
    opener.setAttribute('aria-expanded', String(open))
    panel.inert = narrow.matches && !open
    if (!narrow.matches) return
    if (open) byId('close').focus()
    else if (panel.contains(document.activeElement)) opener.focus()
  }

  opener.addEventListener('click', () => toggle(true))
  byId('close').addEventListener('click', () => toggle(false))
  byId('shade').addEventListener('click', () => toggle(false))
  panel.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') toggle(false)
  })
  narrow.addEventListener('change', () => toggle(false))
  toggle(false)

  function sayNothing(): void {
    byId('nothing').hidden = list.childElementCount + byId('events').childElementCount > 0
  }

  return {
    show(reminders: readonly ReminderView[]): void {
      waits = []
      const toCome = reminders.filter(({ state }) => state === 'scheduled')
      const rung = reminders.filter(({ state }) => state !== 'scheduled')
      list.replaceChildren(...[...toCome, ...rung].slice(0, most).map(card), ...rest(reminders.length, 'reminders'))
      sayNothing()
      count.hidden = reminders.length === 0
      count.textContent = String(reminders.length)
      tick()
    },
    /** The coming events; those that have begun stay until they end. */
    showEvents(events: readonly OccurrenceView[]): void {
      const coming = events.filter(({ endsAt }) => Date.parse(endsAt) > Date.now())
      byId('events').replaceChildren(...coming.slice(0, most).map(eventCard), ...rest(coming.length, 'events'))
      byId('agenda').hidden = coming.length === 0
      sayNothing()
    },
    tick,
  }
}

/** The date on the wall of a zone. */
function dateThere(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return parts.format(new Date(at))
}
