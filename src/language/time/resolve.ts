import type { Grain, When } from '#core/understanding.ts'
import type { Part, Unit } from '../text/words.ts'
import { addMonths, isoDate } from './civil.ts'
import type { Amount, Clock, Days, Phrase } from './expression.ts'
import { sizeOf } from './found-days.ts'

import { justPassed, resolveDays } from './resolve-days.ts'
import { type Stretch, shiftDays } from './resolve-units.ts'
import { exactIso, wallIso, wallSeconds } from './wall.ts'

/** How a sentence wants its times read. */
export interface Manner {
  /** `event` and `plain`: hours before 7 are the afternoon. `reminder`: the next one of that name. */
  readonly hours: 'event' | 'reminder' | 'plain'
  /** True when a part of the day means all of it ("what is on tomorrow morning"), not its usual start. */
  readonly wholeParts: boolean
  /** True when "by 5" and "until 5" name the moment itself. */
  readonly pointed: boolean
  /** True when nothing is planned, so that a date may be one that has just passed. */
  readonly looksBack: boolean
}

export interface Present {
  readonly now: Temporal.Instant
  readonly timeZone: string
}

/** Wall time as seconds since 1970-01-01T00:00 on the wall, or an exact instant in milliseconds. */
type Moment = { readonly kind: 'wall'; readonly seconds: number } | { readonly kind: 'exact'; readonly ms: number }

const day = 86_400

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

/** What a phrase means at a moment in a zone; null when it names no time (a length alone). Never throws. */
export function resolvePhrase(phrase: Phrase, present: Present, manner: Manner): When | null {
  const zone = phrase.zone ?? phrase.to?.zone ?? present.timeZone
  const local = wallSeconds(present.now, present.timeZone)
  const here = zone === present.timeZone ? local : wallSeconds(present.now, zone)
  // Days are counted where the person is; the clock is the named zone's.
  const today = Math.floor(local / day)
  const secondsNow = here - Math.floor(local / day) * day
  const resolver: Resolver = { today, secondsNow, nowMs: present.now.epochMilliseconds, manner, zone }
  const said = manner.looksBack && phrase.days ? { ...phrase, days: justPassed(phrase.days, today) } : phrase
  const resolved = resolvePlain(said, resolver)
  return resolved ? toWhen(resolved, phrase, zone, manner, resolver.nowMs, today) : null
}

interface Resolver {
  readonly today: number
  /** Seconds since the start of `today` where the clock is read. */
  readonly secondsNow: number
  readonly nowMs: number
  readonly manner: Manner
  readonly zone: string
}

/** A phrase once it is known what day it is. Either a day without a time, or moments. */
type Resolved =
  | { readonly kind: 'days'; readonly stretch: Stretch }
  | { readonly kind: 'moment'; readonly start: Moment; readonly end: Moment | undefined; readonly grain: Grain }

function resolvePlain(phrase: Phrase, r: Resolver): Resolved | undefined {
  if (phrase.reach) return reach(phrase.reach, r)
  const base = resolveBase(phrase, r)
  // "a timer for 5 minutes", "hold on for 5 minutes": from now on.
  if (!base && phrase.length && r.manner.hours !== 'event') return resolveBase({ ...phrase, shift: phrase.length }, r)
  if (!base) return undefined
  if (phrase.to) return throughTo(base, phrase.to, r)
  if (phrase.length && !phrase.until) return lasting(base, phrase.length, r.zone)
  return base
}

function resolveBase(phrase: Phrase, r: Resolver): Resolved | undefined {
  const hasClock = phrase.clocks.length > 0 || phrase.part !== undefined
  if (phrase.shift) {
    if (!hasClock && phrase.days === undefined)
      return moment(
        { kind: 'exact', ms: r.nowMs + phrase.shift.seconds * 1000 + calendarMs(phrase.shift, r) },
        momentGrain(phrase.shift.unit),
      )
    const start = hasClock ? clockMoment(phrase, r).start : daysMoment(phrase.days as Days, r)
    return moment(plusAmount({ kind: 'wall', seconds: start }, phrase.shift, r.zone), momentGrain(phrase.shift.unit))
  }
  if (hasClock) {
    const { start, end } = clockMoment(phrase, r)
    const clock = phrase.clocks[0]
    return {
      kind: 'moment',
      start: { kind: 'wall', seconds: start },
      end: end === undefined ? undefined : { kind: 'wall', seconds: end },
      grain: clock === undefined ? 'hour' : momentGrain(clock.grain),
    }
  }
  if (phrase.days && isEndOfDay(phrase.days)) return moment({ kind: 'wall', seconds: daysMoment(phrase.days, r) }, 'hour')
  if (phrase.days && phrase.now) return moment({ kind: 'wall', seconds: dayLikeToday(phrase.days, r.today) * day + r.secondsNow }, 'minute')
  if (phrase.days) return { kind: 'days', stretch: resolveDays(phrase.days, r.today) }
  return phrase.now ? moment({ kind: 'exact', ms: r.nowMs }, 'second') : undefined
}

/** The end of a working day is 17:00. */
function isEndOfDay(days: Days): boolean {
  return days.kind === 'edge' && days.edge === 'end' && sizeOf(days.of) === 1
}

/** Where "an hour before ..." is counted from: the end of the day, or this time of that day. */
function daysMoment(days: Days, r: Resolver): number {
  return resolveDays(days, r.today).start * day + (isEndOfDay(days) ? 17 * 3600 : r.secondsNow)
}

/** "the same time next week" is seven days on, not its Monday. */
function dayLikeToday(days: Days, today: number): number {
  if (days.kind === 'unit' && days.unit === 'week') return today + days.offset * 7
  if (days.kind === 'unit' && days.unit === 'month') return addMonths(today, days.offset)
  if (days.kind === 'unit' && days.unit === 'year') return addMonths(today, days.offset * 12)
  return resolveDays(days, today).start
}

function moment(start: Moment, grain: Grain): Resolved {
  return { kind: 'moment', start, end: undefined, grain }
}

/** A clock time is exact to the minute, or to the second when seconds were said. */
function momentGrain(unit: Unit): Grain {
  return unit === 'second' ? 'second' : 'minute'
}

/** Months and days of "a day and 2 hours", in milliseconds of the wall. */
function calendarMs(amount: Amount, r: Resolver): number {
  if (amount.months === 0 && amount.days === 0 && amount.workdays === 0) return 0
  return (shiftDays(r.today, amount) - r.today) * day * 1000
}

/** The wall seconds of the clock time, part of day and day of a phrase. */
function clockMoment(phrase: Phrase, r: Resolver): { readonly start: number; readonly end: number | undefined } {
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

function reach(amount: Amount, r: Resolver): Resolved {
  const away =
    amount.seconds !== 0 && amount.days === 0 && amount.months === 0
      ? ({ kind: 'exact', ms: r.nowMs + amount.seconds * 1000 } as const)
      : ({ kind: 'wall', seconds: shiftDays(r.today, amount) * day + r.secondsNow + amount.seconds } as const)
  const now: Moment = { kind: 'exact', ms: r.nowMs }
  const back = amount.seconds < 0 || amount.days < 0 || amount.months < 0
  return { kind: 'moment', start: back ? away : now, end: back ? now : away, grain: grainOf(amount.unit) }
}

/** "from Monday 9am to Tuesday noon": the second end is counted from the first. */
function throughTo(from: Resolved, to: Phrase, r: Resolver): Resolved {
  const start = from.kind === 'days' ? from.stretch.start * day : from.start.kind === 'wall' ? from.start.seconds : undefined
  // "between now and 8": the next 8 o'clock.
  if (start === undefined) r = { ...r, manner: { ...r.manner, hours: 'reminder' } }
  const base =
    start === undefined || (to.days && to.days.kind === 'unit') ? r : { ...r, today: Math.floor(start / day), secondsNow: start % day }
  const last = resolvePlain(to, base)
  if (!last) return from
  if (from.kind === 'days' && last.kind === 'days')
    return { kind: 'days', stretch: { start: from.stretch.start, end: last.stretch.end, unit: 'day' } }
  const begin: Moment = from.kind === 'days' ? { kind: 'wall', seconds: from.stretch.start * day } : from.start
  const end: Moment = last.kind === 'days' ? { kind: 'wall', seconds: last.stretch.end * day } : last.start
  return { kind: 'moment', start: begin, end, grain: last.kind === 'moment' ? last.grain : 'minute' }
}

function lasting(from: Resolved, length: Amount, zone: string): Resolved {
  if (from.kind === 'days') {
    if (length.seconds !== 0) return from
    return { kind: 'days', stretch: { start: from.stretch.start, end: shiftDays(from.stretch.start, length), unit: 'day' } }
  }
  return { ...from, end: plusAmount(from.start, length, zone) }
}

/** Days are counted on the wall, hours as they pass: two hours from 1:30 end at 2:30 where the clock is set back. */
function plusAmount(from: Moment, amount: Amount, zone: string): Moment {
  if (from.kind === 'exact') return { kind: 'exact', ms: from.ms + (amount.seconds + amount.days * day + amount.months * 30 * day) * 1000 }
  const days = Math.floor(from.seconds / day)
  const moved = shiftDays(days, amount) * day + (from.seconds - days * day)
  const ms = amount.seconds === 0 ? Number.NaN : Date.parse(wallIso(moved, zone) ?? '')
  return Number.isNaN(ms) ? { kind: 'wall', seconds: moved + amount.seconds } : { kind: 'exact', ms: ms + amount.seconds * 1000 }
}

function toWhen(resolved: Resolved, phrase: Phrase, timeZone: string, manner: Manner, now: number, today: number): When | null {
  if (resolved.kind === 'days') return daysWhen(resolved.stretch, phrase, timeZone, manner, now, today)
  const start = iso(resolved.start, timeZone)
  if (start === null) return null
  const { grain } = resolved
  const end = resolved.end === undefined ? null : iso(resolved.end, timeZone)
  if ((phrase.open === 'after' || phrase.open === 'since') && end === null && !manner.pointed)
    return { kind: 'range', start, end: null, grain, timeZone, open: 'after' }
  if ((phrase.open === 'before' || phrase.open === 'through') && !manner.pointed)
    return { kind: 'range', start: null, end: start, grain, timeZone, open: 'before' }
  return { kind: end === null ? 'instant' : 'range', start, end, grain, timeZone }
}

function daysWhen(
  { start, end, unit }: Stretch,
  phrase: Phrase,
  timeZone: string,
  manner: Manner,
  now: number,
  today: number,
): When | null {
  if (!(Math.abs(start) < 1e8 && Math.abs(end) < 1e8)) return null
  const grain = grainOf(unit)
  const isDay = end - start === 1 && unit !== 'week'
  if (phrase.length === undefined && (phrase.open === 'after' || phrase.open === 'since') && !manner.pointed) {
    const whole = phrase.open === 'after' && (unit === 'month' || unit === 'year' || unit === 'quarter')
    return { kind: 'range', start: isoDate(whole ? end : start), end: null, grain, timeZone, open: 'after' }
  }
  if ((phrase.open === 'before' || phrase.open === 'through' || phrase.open === 'by') && manner.pointed)
    return { kind: 'date', start: isoDate(end - 1), end: null, grain: 'day', timeZone }
  if (manner.pointed && !isDay && phrase.length === undefined) {
    // "at the end of the month" rings on its last day, "next week" on its first.
    const ends = phrase.days?.kind === 'edge' && phrase.days.edge === 'end'
    const last = phrase.days?.kind === 'edge' && sizeOf(phrase.days.of) === 3 ? end - 3 : end - 1
    return { kind: 'date', start: isoDate(ends ? last : Math.max(start, Math.min(today, end - 1))), end: null, grain: 'day', timeZone }
  }
  if (phrase.open === 'by' && !isDay)
    return { kind: 'range', start: iso({ kind: 'exact', ms: now }, timeZone), end: wallIso(end * day, timeZone), grain, timeZone }
  if (phrase.open === 'through') return { kind: 'range', start: null, end: isoDate(end), grain, timeZone, open: 'before' }
  if (phrase.open === 'before')
    return { kind: 'range', start: null, end: isoDate(phrase.days?.kind === 'edge' ? end : start), grain, timeZone, open: 'before' }
  if (isDay) return { kind: 'date', start: isoDate(start), end: null, grain: 'day', timeZone }
  return { kind: 'range', start: isoDate(start), end: isoDate(end), grain, timeZone }
}

const grains: Readonly<Record<Unit, Grain>> = {
  second: 'second',
  minute: 'minute',
  hour: 'hour',
  day: 'day',
  workday: 'day',
  week: 'week',
  weekend: 'day',
  month: 'month',
  quarter: 'quarter',
  year: 'year',
  decade: 'year',
  century: 'year',
}

function grainOf(unit: Unit): Grain {
  return grains[unit]
}

function iso(when: Moment, timeZone: string): string | null {
  return when.kind === 'exact' ? exactIso(when.ms, timeZone) : wallIso(when.seconds, timeZone)
}
