import { clockTimes as clocksOf, positionsOf } from '#core/clock-times.ts'
import { isoDate } from '../time/civil.ts'
import type { Opening } from '../time/draft.ts'
import { resolveDays } from '../time/resolve-days.ts'
import { type Stretch, shiftDays } from '../time/resolve-units.ts'
import { later, wallIso } from '../time/wall.ts'
import type { Repeat } from './repeat.ts'
import { startDay } from './rule-days.ts'

const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

export function ruleParts(repeat: Repeat, times: readonly number[]): string[] {
  const parts = [`FREQ=${repeat.frequency}`]
  if (repeat.interval > 1) parts.push(`INTERVAL=${repeat.interval}`)
  const excluded = repeat.except.flatMap((each) => (each.kind === 'months' ? each.months : []))
  const months =
    repeat.months.length > 0
      ? repeat.months.filter((month) => !excluded.includes(month))
      : excluded.length > 0
        ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].filter((month) => !excluded.includes(month))
        : []
  if (months.length > 0) parts.push(`BYMONTH=${[...months].sort((a, b) => a - b).join(',')}`)
  if (repeat.weekNumbers.length > 0) parts.push(`BYWEEKNO=${repeat.weekNumbers.join(',')}`)
  if (repeat.yearDays.length > 0) parts.push(`BYYEARDAY=${repeat.yearDays.join(',')}`)
  if (repeat.monthDays.length > 0) parts.push(`BYMONTHDAY=${[...repeat.monthDays].sort((a, b) => a - b).join(',')}`)
  const without = repeat.except.flatMap((each) => (each.kind === 'weekdays' ? each.weekdays : []))
  const given = repeat.weekdays.length > 0 || without.length === 0 ? repeat.weekdays : [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday }))
  const weekdays = given.filter(({ weekday }) => !without.includes(weekday))
  if (weekdays.length > 0)
    parts.push(
      `BYDAY=${[...weekdays]
        .sort((a, b) => ((a as { n?: number }).n ?? 0) - ((b as { n?: number }).n ?? 0) || a.weekday - b.weekday)
        .map(dayCode)
        .join(',')}`,
    )
  if (repeat.weekStart !== undefined) parts.push(`WKST=${dayCode({ weekday: repeat.weekStart })}`)
  const positions = times.length > 1 ? positionsAt(repeat, times) : repeat.positions
  if (positions.length > 0) parts.push(`BYSETPOS=${positions.join(',')}`)
  if (times.length > 1) {
    const { hours, minutes } = clocksOf(times)
    parts.push(`BYHOUR=${hours.join(',')}`)
    if (minutes.length > 1 || minutes[0] !== 0) parts.push(`BYMINUTE=${minutes.join(',')}`)
  }
  return parts
}

/** Which of the times that hours and minutes give are meant; empty when all of them are. */
function positionsAt(repeat: Repeat, times: readonly number[]): readonly number[] {
  const clocks = clocksOf(times)
  if (repeat.positions.length > 0) return positionsOf(clocks, repeat.positions)
  if (clocks.wanted.length === clocks.hours.length * clocks.minutes.length) return []
  const days = daysInInterval(repeat)
  return days === undefined
    ? []
    : positionsOf(
        clocks,
        Array.from({ length: days }, (_, index) => index + 1),
      )
}

/** How many days each interval has; undefined when that differs: "every Friday of the month". */
function daysInInterval({ frequency, weekdays, monthDays, months, yearDays, weekNumbers }: Repeat): number | undefined {
  if (frequency === 'DAILY') return 1
  if (frequency === 'WEEKLY') return Math.max(1, weekdays.length)
  if (frequency === 'YEARLY' && yearDays.length > 0 && weekdays.length + monthDays.length + months.length === 0) return yearDays.length
  if (yearDays.length + weekNumbers.length > 0 || (weekdays.length > 0 && monthDays.length > 0)) return undefined
  if (weekdays.some(({ n }) => n === undefined) || monthDays.some((day) => day > 28 || day < -28)) return undefined
  return Math.max(1, weekdays.length, monthDays.length) * (frequency === 'YEARLY' ? Math.max(1, months.length) : 1)
}

function dayCode({ weekday, n }: { readonly weekday: number; readonly n?: number }): string {
  return `${n ?? ''}${codes[weekday - 1] ?? 'MO'}`
}

/** COUNT, or UNTIL as a date for all-day rules and as an instant in UTC otherwise (RFC 5545 3.3.10). */
export function endParts(repeat: Repeat, first: number, today: number, timed: boolean, timeZone: string): string[] {
  if (repeat.count !== undefined) return [`COUNT=${Math.max(1, Math.min(repeat.count, 10_000))}`]
  let last: number | undefined
  if (repeat.length) last = shiftDays(startDay(repeat, today), repeat.length) - 1
  if (repeat.until?.days) {
    // "until Friday" on a Thursday is tomorrow, even when the first one is not before tomorrow either.
    const near = resolveDays(repeat.until.days, today)
    const from = near.unit === 'day' && near.end > first ? today : Math.max(first, today)
    const soonest = from === today ? near : resolveDays(repeat.until.days, from)
    // "until November" in November is until the next one.
    const over = soonest.start <= from && soonest.unit === 'month' && repeat.until.days.kind === 'date'
    const stretch = over ? resolveDays(repeat.until.days, soonest.end) : soonest
    last = lastDayOf(repeat.until.open, stretch)
  }
  if (repeat.within) last = resolveDays(repeat.within, today).end - 1
  if (last === undefined) return []
  if (!timed) return [`UNTIL=${isoDate(last).replaceAll('-', '')}`]
  const end = wallIso(last * 86_400 + 86_399, timeZone)
  const utc = end === null ? null : later(end, 0, 'UTC')
  return utc === null ? [] : [`UNTIL=${utc.slice(0, utc.lastIndexOf('+')).replaceAll(/[-:]/g, '')}Z`]
}

/** "until June" ends when June comes, "through June" with its last day, "before June" ahead of it. */
function lastDayOf(open: Opening | undefined, { start, end, unit }: Stretch): number {
  if (open === 'before') return start - 1
  return open !== 'through' && (unit === 'month' || unit === 'year') ? start : end - 1
}
