import { weekdayOf } from '#core/days.ts'
import type { Unit } from '../text/words.ts'
import { monthStart, weekdayFrom, weekStart } from './civil.ts'
import { addWorkdays, oneDay, type Stretch } from './resolve-units.ts'

export function nthStretch(n: number, of: Unit | number, count: number | undefined, outer: Stretch): Stretch {
  if (typeof of === 'number') {
    const start = n > 0 ? weekdayFrom(outer.start, of) + (n - 1) * 7 : weekdayFrom(outer.end - 7, of) + (n + 1) * 7
    // A fifth Monday that the month does not have is its last.
    return oneDay(n === 5 && outer.unit === 'month' && start >= outer.end ? start - 7 : start)
  }
  const many = count ?? 1
  if (of === 'day')
    return n > 0
      ? { start: outer.start + (n - 1) * many, end: outer.start + n * many, unit: of }
      : { start: outer.end + n * many, end: outer.end + (n + 1) * many, unit: of }
  if (of === 'workday') return oneDay(n > 0 ? addWorkdays(outer.start - 1, n) : addWorkdays(outer.end, n))
  if (of === 'week' || of === 'weekend') return nthWeek(n, of, many, outer)
  if (of === 'month' || of === 'quarter' || of === 'year') {
    const months = of === 'month' ? 1 : of === 'quarter' ? 3 : 12
    const start = n > 0 ? monthStart(outer.start, (n - 1) * months * many) : monthStart(outer.end, n * months * many)
    return { start, end: monthStart(start, months * many), unit: of }
  }
  return outer
}

/** The weeks of a month or year are those whose Thursday is in it (ISO 8601). */
function nthWeek(n: number, of: 'week' | 'weekend', many: number, outer: Stretch): Stretch {
  if (of === 'weekend') {
    const start = n > 0 ? weekdayFrom(outer.start, 6) + (n - 1) * 7 : weekdayFrom(outer.end - 7, 6) + (n + 1) * 7
    return { start, end: start + 2, unit: of }
  }
  const first = weekdayFrom(outer.start, 4) - 3
  const last = weekdayFrom(outer.end - 7, 4) - 3
  const start = n > 0 ? first + (n - 1) * 7 * many : last + (n + 1) * 7 - (many - 1) * 7
  return { start, end: start + 7 * many, unit: of }
}

/** The weekend of a day; a holiday on Friday or Monday makes it longer. */
export function weekendWithin(outer: Stretch): Stretch {
  if (outer.end - outer.start > 1) {
    const saturday = weekdayFrom(outer.start, 6)
    return { start: saturday, end: saturday + 2, unit: 'weekend' }
  }
  if (weekdayOf(outer.start) === 1) return { start: outer.start - 2, end: outer.end, unit: 'weekend' }
  const saturday = weekStart(outer.start) + 5
  return { start: weekdayOf(outer.start) === 5 ? outer.start : saturday, end: saturday + 2, unit: 'weekend' }
}

/** "the second half of November": from the 16th on; an odd day goes to the second half. */
export function halfOf(n: number, { start, end }: Stretch): Stretch {
  const middle = start + Math.ceil((end - start) / 2 - 0.5)
  return n === 1 ? { start, end: middle, unit: 'day' } : { start: middle, end, unit: 'day' }
}

/** The first or last third of a stretch, by the calendar: 10 days of a month, 3 of a week, 4 months of a year. */
export function edgeOf(edge: 'start' | 'middle' | 'end', { start, end, unit }: Stretch): Stretch {
  if (end - start === 1) return { start, end, unit: 'day' }
  if (unit === 'year') {
    if (edge === 'start') return { start, end: monthStart(start, 3), unit: 'month' }
    return edge === 'end'
      ? { start: monthStart(start, 8), end, unit: 'month' }
      : { start: monthStart(start, 4), end: monthStart(start, 8), unit: 'month' }
  }
  // The middle of a week is Wednesday.
  if (unit === 'week' && edge === 'middle' && end - start === 7) return oneDay(start + 2)
  const length = end - start
  const [head, tail] = length === 7 ? [3, 3] : length < 32 ? [10, length - 20] : [Math.floor(length / 3), Math.floor(length / 3)]
  if (edge === 'start') return { start, end: start + head, unit: 'day' }
  if (edge === 'end') return { start: length < 32 && length > 7 ? start + 20 : end - tail, end, unit: 'day' }
  return { start: start + head, end: length < 32 && length > 7 ? start + 20 : end - tail, unit: 'day' }
}
