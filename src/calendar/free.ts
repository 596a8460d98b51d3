import { weekdayOf } from '#core/days.ts'
import { secondsADay } from './civil.ts'
import { instantSeconds, wallSeconds } from './zone.ts'

/** When several people are free: pure arithmetic on what they have planned and when they work. */

export interface Interval {
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
}

export interface WorkingHours {
  /** Days of the week, Monday 1 to Sunday 7. */
  readonly days: readonly number[]
  readonly from: Temporal.PlainTime
  /** Before `from` when they work past midnight. */
  readonly to: Temporal.PlainTime
}

export interface Attending {
  readonly timeZone: string
  /** Without them every hour is as good as another. */
  readonly hours?: WorkingHours
  /** In any order; they may overlap. */
  readonly busy: readonly Interval[]
}

export interface FreeQuestion {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly minutes: number
  /** Kept free before and after what is planned already, in minutes. */
  readonly buffer?: number
  readonly people: readonly Attending[]
  /** How many slots are wanted. */
  readonly limit: number
  /** Only within these wall times, such as the afternoon: in that zone, or in that of the first person. */
  readonly between?: { readonly from: Temporal.PlainTime; readonly to: Temporal.PlainTime; readonly timeZone?: string }
}

export interface Slot extends Interval {
  /** How many of the people would meet outside of their working hours. */
  readonly outsideHours: number
}

/** In milliseconds since the epoch, from start to end. */
type Span = readonly [start: number, end: number]

const minute = 60_000
const quarter = 15 * minute
const day = 86_400_000
/** When people eat, on their own clock. */
const lunch = { from: Temporal.PlainTime.from('12:00'), to: Temporal.PlainTime.from('13:00') }

/** The times within the window when nobody has anything planned, longest possible, in order. */
export function freeTimes({ from, to, minutes, buffer = 0, people, between }: Omit<FreeQuestion, 'limit'>): Interval[] {
  return gaps({ from, to, minutes, buffer, people, ...(between ? { between } : {}) }).map(intervalOf)
}

/**
 * The best times to meet, best first.
 *
 * Nobody is double booked. What counts then, in this order: as few as possible outside of their hours, nobody's
 * lunch, the full or half hour, and soon. Slots do not overlap, and the first ones fall on different half days
 * where there are several, so that they are a choice.
 */
export function freeSlots(question: FreeQuestion): Slot[] {
  const { from, to, minutes, people, limit } = question
  if (limit <= 0 || minutes <= 0) return []
  const window: Span = [from.epochMilliseconds, to.epochMilliseconds]
  const working = people.map(({ hours, timeZone }) => (hours ? merged(hoursWithin(hours, timeZone, window)) : undefined))
  const lunches = people.map(({ timeZone }) => merged(dailyWithin(lunch.from, lunch.to, timeZone, window)))
  const length = minutes * minute

  const inside = working.map((spans) => spans && follower(spans))
  const eating = lunches.map(follower)
  const candidates: Candidate[] = []
  for (const [start, end] of gaps(question)) {
    for (let at = Math.ceil(start / quarter) * quarter; at + length <= end; at += quarter) {
      const outsideHours = inside.filter((spans) => spans && !spans.holds(at, at + length)).length
      const missedLunches = eating.filter((spans) => spans.touches(at, at + length)).length
      const offTheHour = at % (2 * quarter) === 0 ? 0 : 1
      candidates.push({ start: at, end: at + length, outsideHours, cost: missedLunches * 2 + offTheHour })
    }
  }
  const best = candidates.toSorted((a, b) => a.outsideHours - b.outsideHours || a.cost - b.cost || a.start - b.start)
  return chosen(best, limit).map(({ start, end, outsideHours }) => ({ ...intervalOf([start, end]), outsideHours }))
}

interface Candidate {
  readonly start: number
  readonly end: number
  readonly outsideHours: number
  readonly cost: number
}

/** One of each half day first; then what is left, in the same order. */
function chosen(best: readonly Candidate[], limit: number): Candidate[] {
  const taken: Candidate[] = []
  const halves = new Set<number>()
  const isFree = (each: Candidate) => taken.every(({ start, end }) => each.end <= start || each.start >= end)
  for (const spread of [true, false]) {
    for (const each of best) {
      if (taken.length >= limit) return taken
      const half = Math.floor(each.start / (day / 2))
      if ((spread && (halves.has(half) || each.outsideHours > (best[0]?.outsideHours ?? 0))) || !isFree(each)) continue
      halves.add(half)
      taken.push(each)
    }
  }
  return taken
}

/** What is free for everybody and long enough. */
function gaps({ from, to, minutes, buffer = 0, people, between }: Omit<FreeQuestion, 'limit'>): Span[] {
  const window: Span = [from.epochMilliseconds, to.epochMilliseconds]
  const margin = buffer * minute
  const busy = people.flatMap((person) =>
    person.busy.map(({ start, end }): Span => [start.epochMilliseconds - margin, end.epochMilliseconds + margin]),
  )
  const first = people[0]
  const allowed = between && first ? merged(dailyWithin(between.from, between.to, between.timeZone ?? first.timeZone, window)) : [window]
  const taken = merged(busy)
  const length = Math.max(1, minutes * minute)
  return allowed.flatMap((span) => without(clipped(span, window), taken)).filter(([start, end]) => end - start >= length)
}

function clipped([start, end]: Span, [low, high]: Span): Span {
  return [Math.max(start, low), Math.min(end, high)]
}

/** What is left of a span; `taken` is merged. */
function without([start, end]: Span, taken: readonly Span[]): Span[] {
  const left: Span[] = []
  let at = start
  for (const [from, to] of taken) {
    if (to <= at) continue
    if (from >= end) break
    if (from > at) left.push([at, from])
    at = to
  }
  if (at < end) left.push([at, end])
  return left
}

/** The same times without overlaps, in order. */
function merged(spans: readonly Span[]): Span[] {
  const found: [number, number][] = []
  for (const [start, end] of spans.filter(([from, to]) => to > from).toSorted((a, b) => a[0] - b[0])) {
    const last = found.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else found.push([start, end])
  }
  return found
}

/** Answers questions about spans that come in order of time, each in no more steps than there are spans between them. */
function follower(spans: readonly Span[]) {
  let index = 0
  function at(start: number): Span | undefined {
    while (index < spans.length && (spans[index]?.[1] ?? 0) <= start) index += 1
    return spans[index]
  }
  return {
    holds(start: number, end: number): boolean {
      const span = at(start)
      return span !== undefined && span[0] <= start && end <= span[1]
    },
    touches(start: number, end: number): boolean {
      const span = at(start)
      return span !== undefined && span[0] < end
    },
  }
}

function hoursWithin({ days, from, to }: WorkingHours, timeZone: string, window: Span): Span[] {
  return dailyWithin(from, to, timeZone, window, (weekday) => days.includes(weekday))
}

/** A stretch of each day's clock, as instants; its end is on the next day when it is not after its start. */
function dailyWithin(
  from: Temporal.PlainTime,
  to: Temporal.PlainTime,
  timeZone: string,
  [start, end]: Span,
  isDay: (weekday: number) => boolean = () => true,
): Span[] {
  const [opens, closes] = [secondsOfDay(from), secondsOfDay(to)]
  const length = closes > opens ? closes - opens : closes - opens + secondsADay
  const found: Span[] = []
  const dayAt = (at: number) => Math.floor(wallSeconds(Math.floor(at / 1_000), timeZone) / secondsADay)
  const last = dayAt(end)
  for (let number = dayAt(start) - 1; number <= last; number += 1) {
    if (!isDay(weekdayOf(number))) continue
    const wall = number * secondsADay + opens
    found.push([instantSeconds(wall, timeZone) * 1_000, instantSeconds(wall + length, timeZone) * 1_000])
  }
  return found
}

function secondsOfDay({ hour, minute, second }: Temporal.PlainTime): number {
  return hour * 3_600 + minute * 60 + second
}

function intervalOf([start, end]: Span): Interval {
  return { start: Temporal.Instant.fromEpochMilliseconds(start), end: Temporal.Instant.fromEpochMilliseconds(end) }
}
