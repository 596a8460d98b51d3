import type { QueriedView } from '../../views.ts'
import { dayOf, dayThere, minutesOf } from './days.ts'

/** Something that happens, where it is on the reader's wall calendar. */
export interface Happening {
  readonly view: QueriedView
  readonly startsAt: Date
  readonly endsAt: Date
  /** Its first and its last day. */
  readonly from: number
  readonly to: number
  /** Minutes of the first and of the last day's clock. */
  readonly start: number
  readonly end: number
  /** Lies over whole days: it has no clock time, or it lasts for a day and longer. */
  readonly isBar: boolean
}

const dayMs = 86_400_000
const wholeDay = 1_440

export function happeningOf(view: QueriedView): Happening {
  const startsAt = new Date(view.startsAt)
  const endsAt = new Date(view.endsAt)
  if (view.allDay) {
    // A whole day is the same day for every reader.
    const from = dayThere(startsAt, view.timeZone)
    const to = Math.max(from, dayThere(endsAt, view.timeZone) - 1)
    return { view, startsAt, endsAt, from, to, start: 0, end: wholeDay, isBar: true }
  }
  const length = endsAt.getTime() - startsAt.getTime()
  const [from, start] = [dayOf(startsAt), minutesOf(startsAt)]
  const [lastDay, lastMinute] = [dayOf(endsAt), minutesOf(endsAt)]
  const endsAtMidnight = lastMinute === 0 && lastDay > from
  const to = endsAtMidnight ? lastDay - 1 : lastDay
  const end = endsAtMidnight ? wholeDay : lastMinute
  // In the hour that comes twice a clock may end before it starts: then the length says how far it goes.
  const walled = to === from && end <= start ? Math.min(wholeDay, start + length / 60_000) : end
  return { view, startsAt, endsAt, from, to, start, end: walled, isBar: length >= dayMs }
}

export interface Lane {
  readonly one: Happening
  readonly lane: number
  /** The part of it that the row shows. */
  readonly from: number
  readonly to: number
}

/** One under the other, each in the highest lane that is free on all its days: those over days first, then by the clock. */
export function lanesOf(happenings: readonly Happening[], first: number, last: number): readonly Lane[] {
  const taken: boolean[][] = []
  return happenings
    .map((one) => ({ one, from: Math.max(one.from, first), to: Math.min(one.isBar ? one.to : one.from, last) }))
    .filter(({ from, to }) => from <= to)
    .sort(inLanes)
    .map(({ one, from, to }) => {
      const isFree = (lane: boolean[]) => lane.slice(from - first, to - first + 1).every((day) => !day)
      const free = taken.findIndex(isFree)
      const lane = free < 0 ? taken.length : free
      taken[lane] ??= Array.from({ length: last - first + 1 }, () => false)
      taken[lane].fill(true, from - first, to - first + 1)
      return { one, lane, from, to }
    })
}

function inLanes(a: Omit<Lane, 'lane'>, b: Omit<Lane, 'lane'>): number {
  if (a.one.isBar !== b.one.isBar) return a.one.isBar ? -1 : 1
  return a.from - b.from || b.to - a.to || a.one.start - b.one.start
}

export interface Column {
  readonly one: Happening
  /** Minutes of the day. */
  readonly start: number
  readonly end: number
  /** Its place among those that overlap, and how many of them lie side by side. */
  readonly column: number
  readonly columns: number
}

/** Nothing is drawn shorter than this many minutes. */
const shortest = 24

/** The clock times of one day, side by side where they overlap. */
export function columnsOf(happenings: readonly Happening[], day: number): readonly Column[] {
  const parts = happenings
    .filter((one) => !one.isBar && one.from <= day && one.to >= day)
    .map((one) => {
      const start = one.from === day ? one.start : 0
      return { one, start, end: Math.max(one.to === day ? one.end : wholeDay, start + shortest) }
    })
    .sort((a, b) => a.start - b.start || b.end - a.end)
  const done: Column[] = []
  let together: { part: (typeof parts)[number]; column: number }[] = []
  let until = 0
  const close = () => {
    const columns = Math.max(0, ...together.map(({ column }) => column)) + 1
    done.push(...together.map(({ part, column }) => ({ ...part, column, columns })))
    together = []
  }
  for (const part of parts) {
    if (part.start >= until) close()
    const busy = new Set(together.filter((other) => other.part.end > part.start).map(({ column }) => column))
    let column = 0
    while (busy.has(column)) column += 1
    together.push({ part, column })
    until = Math.max(until, part.end)
  }
  close()
  return done
}
