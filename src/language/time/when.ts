import type { Grain, When } from '#core/understanding.ts'
import type { Unit } from '../text/words.ts'
import { isoDate } from './civil.ts'
import type { Phrase } from './expression.ts'
import { sizeOf } from './found-days.ts'
import type { Stretch } from './resolve-units.ts'
import { day, type Manner, type Moment, type Resolved } from './resolver.ts'
import { exactIso, wallIso } from './wall.ts'

export function toWhen(resolved: Resolved, phrase: Phrase, timeZone: string, manner: Manner, now: number, today: number): When | null {
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
    // Whoever looks for what comes after a day, or a week, means nothing of that day.
    const whole = phrase.open === 'after' && (manner.wholeParts || unit === 'month' || unit === 'year' || unit === 'quarter')
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

export function grainOf(unit: Unit): Grain {
  return grains[unit]
}

function iso(when: Moment, timeZone: string): string | null {
  return when.kind === 'exact' ? exactIso(when.ms, timeZone) : wallIso(when.seconds, timeZone)
}
