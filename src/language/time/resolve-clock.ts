import type { Part } from '../text/words.ts'
import type { Clock, Phrase } from './expression.ts'
import { resolveDays } from './resolve-days.ts'
import { day, type Resolver } from './resolver.ts'

/** The start of each part of the day, in hours: the product's convention. */
export const partHours: Readonly<Record<Part, number>> = {
  morning: 9,
  noon: 12,
  lunch: 12,
  afternoon: 15,
  evening: 18,
  night: 20,
  midnight: 24,
}

const wholePart: Readonly<Record<Part, readonly [from: number, to: number]>> = {
  morning: [0, 12],
  noon: [12, 13],
  lunch: [12, 14],
  afternoon: [12, 18],
  evening: [18, 24],
  night: [18, 24],
  midnight: [24, 25],
}

/** The wall seconds of the clock time, part of day and day of a phrase. */
export function clockMoment(phrase: Phrase, r: Resolver): { readonly start: number; readonly end: number | undefined } {
  const clock = phrase.clocks[0]
  const stretch = phrase.days && resolveDays(phrase.days, r.today)
  if (!clock) return partMoment(phrase.part ?? 'morning', phrase.partMood, stretch?.start, r)
  const said = clockSeconds(clock, phrase.part, r, stretch === undefined, stretch !== undefined && stretch.start === r.today)
  const [seconds, end] = phrase.until ? untilSeconds(phrase, clock, phrase.until, said, r) : [said, undefined]
  let start = stretch?.start ?? r.today
  // A clock time that has passed today means tomorrow.
  if (stretch === undefined && phrase.shift === undefined && seconds <= r.secondsNow) start += 1
  if ((phrase.part === 'night' || phrase.part === 'evening') && seconds < 5 * 3600 && clock.half !== 'pm')
    start += phrase.days?.kind === 'unit' && phrase.days.offset < 0 ? 0 : stretch === undefined ? 0 : 1
  return { start: start * day + seconds, end: end === undefined ? undefined : start * day + end }
}

/** Both ends of a range of clock times, in seconds of its first day. */
function untilSeconds(phrase: Phrase, from: Clock, until: Clock, begin: number, r: Resolver): readonly [number, number] {
  let start = begin
  let end = clockSeconds(until, phrase.part, r, false, false)
  // "from 11 to 1": an end before the start is past noon, or past midnight.
  if (
    from.half === '' &&
    until.half === '' &&
    phrase.part === undefined &&
    r.manner.hours === 'event' &&
    start > end &&
    start >= 13 * 3600 &&
    from.hour < 7
  )
    start = from.hour * 3600 + from.minute * 60
  if (end <= start && until.half === '' && end + 43_200 > start) end += 43_200
  // "3pm to 3pm" is a slip, and no whole day.
  if (end < start || (end === start && until.half === '')) end += day
  return [start, end]
}

/** "in the morning" alone. */
function partMoment(
  part: Part,
  mood: 'early' | 'late' | '',
  on: number | undefined,
  r: Resolver,
): { readonly start: number; readonly end: number | undefined } {
  if (r.manner.wholeParts) {
    const [from, to] = wholePart[part]
    const start = on ?? r.today
    return { start: start * day + from * 3600, end: start * day + to * 3600 }
  }
  const hour = partHours[part] + (mood === 'early' ? -1 : mood === 'late' ? 2 : 0)
  let start = on ?? r.today
  if (on === undefined && start * day + hour * 3600 <= r.today * day + r.secondsNow) start += 1
  return { start: start * day + hour * 3600, end: undefined }
}

/** Seconds since midnight of a clock time, with its half of the day settled. */
function clockSeconds(clock: Clock, part: Part | undefined, r: Resolver, noDay: boolean, isToday: boolean): number {
  const rest = clock.minute * 60 + clock.second
  const at = (hour: number) => hour * 3600 + rest
  if (Number.isNaN(clock.hour)) return at(Math.floor((r.secondsNow - rest) / 3600) + 1)
  const twelve = clock.hour % 12
  if (clock.half === 'am') return at(twelve)
  if (clock.half === 'pm') return at(twelve + 12)
  if (part !== undefined && clock.hour <= 12 && !(clock.half === '24' && clock.hour === 0)) {
    if (part === 'morning') return at(clock.hour === 12 ? 12 : clock.hour)
    if (part === 'afternoon' || part === 'lunch' || part === 'noon') return at(twelve + 12)
    // "this evening at 2" is past midnight, as "tonight at 1" is.
    if (part === 'evening') return clock.hour === 12 ? at(24) : clock.hour >= 3 ? at(twelve + 12) : at(twelve)
    if (part === 'night') return clock.hour === 12 ? at(24) : clock.hour >= 5 ? at(twelve + 12) : at(twelve)
  }
  if (clock.half === '24') return at(clock.hour)
  return at(ambiguousHour(clock, r, noDay, isToday, rest))
}

/** An hour from 1 to 12 that nobody said the half of. */
function ambiguousHour(clock: Clock, r: Resolver, noDay: boolean, isToday: boolean, rest: number): number {
  const { hour } = clock
  switch (r.manner.hours) {
    case 'event':
    case 'plain':
      return hour < 7 ? hour + 12 : hour
    case 'reminder':
      if (noDay || isToday) {
        const passed = (candidate: number) => candidate * 3600 + rest <= r.secondsNow
        const early = hour % 12
        if (!passed(early) && early >= 6) return early
        if (!passed(early + 12)) return early + 12
        return hour < 7 ? hour + (noDay ? 0 : 12) : hour
      }
      return hour < 7 ? hour + 12 : hour
  }
}
