import type { Grain, When } from '#core/understanding.ts'
import type { Unit } from '../text/words.ts'
import { addMonths } from './civil.ts'
import type { Amount, Days, Phrase } from './expression.ts'
import { sizeOf } from './found-days.ts'
import { clockMoment } from './resolve-clock.ts'
import { justPassed, resolveDays } from './resolve-days.ts'
import { shiftDays } from './resolve-units.ts'
import { day, type Manner, type Moment, type Present, type Resolved, type Resolver } from './resolver.ts'
import { wallIso, wallSeconds } from './wall.ts'
import { grainOf, toWhen } from './when.ts'

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
