import { civil, dayNumber, weekdayOf } from '#core/days.ts'
import type { Unit } from '../text/words.ts'
import { addMonths, monthStart, weekdayFrom, weekStart } from './civil.ts'
import type { Amount } from './expression.ts'

/** Whole days, end exclusive, counted from 1970-01-01. */
export interface Stretch {
  readonly start: number
  readonly end: number
  readonly unit: Unit
}

export const oneDay = (start: number): Stretch => ({ start, end: start + 1, unit: 'day' })

export function unitStretch(unit: Unit, offset: number, today: number): Stretch {
  switch (unit) {
    case 'week': {
      const start = weekStart(today) + offset * 7
      return { start, end: start + 7, unit }
    }
    case 'weekend': {
      // On Saturday and Sunday "this weekend" is the present one; "next weekend" the one after.
      const start = weekStart(today) + 5 + offset * 7
      return { start, end: start + 2, unit }
    }
    case 'month':
      return { start: monthStart(today, offset), end: monthStart(today, offset + 1), unit }
    case 'quarter': {
      const first = monthStart(today, -((civil(today).month - 1) % 3))
      return { start: monthStart(first, offset * 3), end: monthStart(first, offset * 3 + 3), unit }
    }
    case 'year':
    case 'decade':
    case 'century': {
      const length = unit === 'year' ? 1 : unit === 'decade' ? 10 : 100
      const year = Math.floor(civil(today).year / length) * length + offset * length
      return { start: dayNumber(year, 1, 1), end: dayNumber(year + length, 1, 1), unit }
    }
    case 'workday':
      return oneDay(addWorkdays(today, offset))
    default:
      return oneDay(today + offset)
  }
}

/**
 * A bare weekday is the next one after today; "next Monday" is the coming one too, unless that is tomorrow,
 * which nobody calls so; "this Monday" is today's own week's when still ahead.
 */
export function weekday(day: number, which: 'coming' | 'this' | 'next' | 'last', today: number): number {
  const coming = weekdayFrom(today + 1, day)
  switch (which) {
    case 'last':
      return coming - 7 === today ? today - 7 : coming - 7
    case 'next':
      return coming === today + 1 ? coming + 7 : coming
    case 'this':
      return weekdayFrom(today, day)
    case 'coming':
      return coming
  }
}

/** The following or preceding whole units: "next 3 weeks" begins on Monday, "last 2 days" ends with yesterday. */
export function run(unit: Unit, count: number, side: 1 | -1, today: number): Stretch {
  if (unit === 'workday') {
    return side > 0
      ? { start: addWorkdays(today, 1), end: addWorkdays(today, count) + 1, unit }
      : { start: addWorkdays(today, -count), end: today, unit }
  }
  const first = unitStretch(unit, side > 0 ? 1 : -count, today)
  const last = unitStretch(unit, side > 0 ? count : -1, today)
  return { start: first.start, end: last.end, unit }
}

/** Calendar arithmetic: months first, then days, then working days. */
export function shiftDays(day: number, amount: Amount): number {
  const moved = (amount.months === 0 ? day : addMonths(day, amount.months)) + amount.days
  return amount.workdays === 0 ? moved : addWorkdays(moved, amount.workdays)
}

/** Monday to Friday; holidays are not known here. */
export function addWorkdays(day: number, count: number): number {
  let result = day + Math.trunc(count / 5) * 7
  let left = count % 5
  const step = count < 0 ? -1 : 1
  while (left !== 0 || (count !== 0 && weekdayOf(result) > 5)) {
    result += step
    if (weekdayOf(result) <= 5 && left !== 0) left -= step
  }
  return result
}
