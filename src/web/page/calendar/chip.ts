import { el } from '../dom.ts'
import { clockOf, clocksOf, daysInWords, inWords } from './days.ts'
import type { Happening } from './plan.ts'

/** As many colours as calendars are told apart by. */
const hues = 8

const shown = new WeakMap<Element, Happening>()

/** What a drawn event is; undefined for anything else. */
export function happeningAt(element: Element | null): Happening | undefined {
  const chip = element?.closest('.chip')
  return chip ? shown.get(chip) : undefined
}

/** Names one occurrence among all that are drawn. */
export function keyOf({ view: { id, occurrence } }: Happening): string {
  return `${id} ${occurrence ?? ''}`
}

/** An event as it is drawn in a cell. The arrow keys come to it through its cell. */
export function chipOf(one: Happening, day: number, clock = clockOf): HTMLButtonElement {
  const { view, isBar, startsAt } = one
  const words = spoken(one)
  const chip = el(
    'button',
    {
      type: 'button',
      class: ['chip', isBar ? 'bar' : 'timed', `hue-${hueOf(view.calendarId)}`, ...looksOf(one, day)].join(' '),
      tabindex: '-1',
      'aria-label': words,

      'data-key': keyOf(one),
    },
    isBar ? undefined : el('time', { datetime: view.startsAt }, clock(startsAt)),
    // For the mouse, where there is room for the first letters alone.
    el('span', { class: 'title', dir: 'auto', title: words }, titleOf(one)),
    view.location === '' ? undefined : el('span', { class: 'where' }, view.location),
  )
  if (view.colour !== null && CSS.supports('color', view.colour)) chip.style.setProperty('--hue', view.colour)
  shown.set(chip, one)
  return chip
}

export function titleOf({ view: { title } }: Happening): string {
  return title === '' ? 'Without a title' : title
}

function looksOf({ view: { status, response }, from, to, endsAt, isBar }: Happening, day: number): readonly string[] {
  return [
    ...(status === 'cancelled' || response === 'declined' ? ['off'] : []),
    ...(response === 'needs-action' ? ['unanswered'] : []),
    ...(status === 'tentative' || response === 'tentative' ? ['maybe'] : []),
    ...(endsAt.getTime() < Date.now() ? ['past'] : []),
    ...(isBar && from < day ? ['from-before'] : []),
    ...(isBar && to > day ? ['goes-on'] : []),
  ]
}

const storageKey = 'calendars'
/** Calendars in the order in which this browser has met them: each keeps its colour, and the first few have different ones. */
const met: string[] = remembered()
const mostRemembered = 200

/** The oldest has the first colour. */
export function meetCalendars(happenings: readonly Happening[]): void {
  const fresh = [...new Set(happenings.map(({ view }) => view.calendarId))].filter((id) => !met.includes(id)).sort()
  if (fresh.length === 0) return
  met.push(...fresh.slice(0, mostRemembered - met.length))
  localStorage.setItem(storageKey, JSON.stringify(met))
}

function remembered(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

function hueOf(calendarId: string): number {
  return Math.max(0, met.indexOf(calendarId)) % hues
}

const answers = {
  'needs-action': 'waits for your answer',
  accepted: 'you come',
  declined: 'you do not come',
  tentative: 'you may come',
} as const

/** "Lunch, Friday, 4 December, 12:00 – 13:00, Café Noir, waits for your answer" */
function spoken(one: Happening): string {
  const { location, response, status, occurrence } = one.view
  return [
    titleOf(one),
    whenOf(one),
    ...(location === '' ? [] : [location]),
    ...(occurrence === null ? [] : ['repeats']),
    ...(status === 'cancelled' ? ['cancelled'] : response === null ? [] : [answers[response]]),
  ].join(', ')
}

export function whenOf({ view, isBar, from, to, startsAt, endsAt }: Happening): string {
  const days = from === to ? inWords(from, 'full') : daysInWords(from, to)
  if (view.allDay) return `${days}, all day`
  return isBar ? `${days}, from ${clockOf(startsAt)} to ${clockOf(endsAt)}` : `${inWords(from, 'full')}, ${clocksOf(startsAt, endsAt)}`
}
