import { civil, dayNumber, weekdayOf } from '#core/days.ts'
import { monthStart, weekdayFrom, weekStart } from './civil.ts'
import type { Days } from './expression.ts'
import { holidayIn } from './holidays.ts'
import { type DateDays, dateOfSomeYear, dateStretch, fraction, holiday, season, weekNumber } from './resolve-names.ts'
import { edgeOf, halfOf, nthStretch, weekendWithin } from './resolve-parts.ts'
import { oneDay, run, type Stretch, shiftDays, unitStretch, weekday } from './resolve-units.ts'

/** The days that a phrase means when `today` is that day. */
export function resolveDays(days: Days, today: number): Stretch {
  switch (days.kind) {
    case 'unit':
      return unitStretch(days.unit, days.offset, today)
    case 'weekday':
      return oneDay(weekday(days.weekday, days.which, today))
    case 'date':
      return dateStretch(days, today)
    case 'nth': {
      const { n, of, count, within: whole, rolls } = days
      const found = nthStretch(n, of, count, resolveDays(whole, today))
      if (!rolls || whole.kind !== 'unit' || found.end > today) return found
      return nthStretch(n, of, count, resolveDays({ ...whole, offset: 1 }, today))
    }
    case 'within':
      return within(days.inner, resolveDays(days.outer, today), today)
    case 'edge':
      return edgeOf(days.edge, resolveDays(days.of, today))
    case 'run':
      return run(days.unit, days.count, days.side, today)
    case 'shift':
      return shifted(days, today)
    case 'weekdays':
      return weekdaysAway(days, today)
    case 'holiday':
      return holiday(days.name, days.step, days.year, today)
    case 'season':
      return season(days.season, days.step, days.year, today)
    case 'week':
      return weekNumber(days.week, days.year, today)
    case 'fraction':
      return fraction(days, today)
    case 'span':
      return span(days, today)
    case 'years':
      return { start: dayNumber(days.from, 1, 1), end: dayNumber(days.to, 1, 1), unit: 'decade' }
  }
}

/** How long a date counts as just passed. */
const recentDays = 7

/**
 * The same days, and where they name a date of no year that has just passed, that one.
 *
 *     on October 10th, said on the 15th    Jan 4, said on the 6th    11/28 until today
 *
 * Who plans something means the coming one: ask only for words that plan nothing.
 */
export function justPassed(days: Days, today: number): Days {
  if (days.kind === 'span') {
    const from = justPassed(days.from, today)
    return from === days.from ? days : { ...days, from }
  }
  if (days.kind === 'week' || days.kind === 'fraction') return nearer(days, today)
  if (days.kind !== 'date' || days.year !== undefined || days.month === undefined || days.day === undefined || days.step !== undefined)
    return days
  const next = dateOfSomeYear(days.month, days.day, days.weekday, undefined, today)
  if (days.weekday !== undefined && (next < today || weekdayOf(next) === days.weekday)) return days
  const last = dateOfSomeYear(days.month, days.day, undefined, -1, today)
  const passed = last >= today - recentDays && next > today && civil(last).day === days.day
  return passed ? { ...days, year: civil(last).year } : days
}

/** `inner` inside `outer`: its first occurrence there. */
function within(inner: Days, outer: Stretch, today: number): Stretch {
  switch (inner.kind) {
    case 'weekday': {
      const from = outer.unit === 'day' ? weekStart(outer.start) : outer.start
      return oneDay(weekdayFrom(from, inner.weekday))
    }
    case 'date':
      return dateWithin(inner, outer)
    case 'holiday': {
      const year = civil(outer.start).year
      const first = holidayIn(inner.name, year)
      return oneDay(first >= outer.start || outer.end - outer.start < 300 ? first : holidayIn(inner.name, year + 1))
    }
    case 'unit':
      if (inner.unit === 'weekend') {
        return weekendWithin(outer)
      }
      return resolveDays(inner, outer.start)
    case 'season':
      return season(inner.season, 0, civil(outer.start).year, today)
    case 'fraction':
      return inner.of === 'half' && outer.end - outer.start < 100
        ? halfOf(inner.n, outer)
        : fraction({ ...inner, year: civil(outer.start).year }, today)
    case 'week':
      return weekNumber(inner.week, civil(outer.start + 3).year, today)
    case 'nth':
    case 'edge':
    case 'within':
    case 'span':
      return resolveDays(inner, outer.start)
    default:
      return resolveDays(inner, outer.start)
  }
}

function dateWithin(inner: DateDays, outer: Stretch): Stretch {
  const from = civil(outer.start)
  if (inner.month === undefined && inner.day !== undefined)
    return oneDay(Math.min(monthStart(outer.start) + inner.day - 1, monthStart(outer.start, 1) - 1))
  const sameYear = inner.month !== undefined && dayNumber(from.year, inner.month, inner.day ?? 28) < outer.start ? from.year + 1 : from.year
  return dateStretch({ ...inner, year: outer.unit === 'year' || outer.unit === 'month' ? from.year : sameYear }, outer.start)
}

/** "week 40", "Q2": this year's when that is nearer than the one to come. */
function nearer(days: Extract<Days, { kind: 'week' | 'fraction' }>, today: number): Days {
  const { year } = civil(today)
  if (days.year !== undefined || (days.kind === 'fraction' && days.step !== 0)) return days
  const ago = today - resolveDays({ ...days, year }, today).end
  return ago > 0 && ago < resolveDays({ ...days, year: year + 1 }, today).start - today ? { ...days, year } : days
}

/** The day that others are counted from: of "the end of May", its last. */
function anchorDay(days: Days, today: number): number {
  const { start, end } = resolveDays(days, today)
  return days.kind === 'edge' && days.edge === 'end' ? end - 1 : start
}

function shifted({ amount, from, upTo }: Extract<Days, { kind: 'shift' }>, today: number): Stretch {
  const base = from === undefined ? today : anchorDay(from, today)
  // "in 2 to 4 days" is on one of those days, the last of them too.
  if (upTo) return { start: shiftDays(base, amount), end: shiftDays(base, upTo) + (upTo.unit === 'day' ? 1 : 0), unit: 'weekend' }
  return oneDay(shiftDays(base, amount))
}

function weekdaysAway({ weekday: day, count, from, closest }: Extract<Days, { kind: 'weekdays' }>, today: number): Stretch {
  const base = from === undefined ? today : resolveDays(from, today).start
  if (closest) {
    const candidates = [-3, -2, -1, 0, 1, 2, 3].map((weeks) => weekdayFrom(base, day) + weeks * 7)
    return oneDay(candidates.sort((a, b) => Math.abs(a - base) - Math.abs(b - base))[count - 1] ?? base)
  }
  if (count > 0) return oneDay(weekdayFrom(base + 1, day) + (count - 1) * 7)
  const previous = weekdayFrom(base, day) - 7
  return oneDay(previous + (count + 1) * 7)
}

function namesMonth(days: Days): boolean {
  return days.kind !== 'date' || days.month !== undefined || days.year !== undefined
}

/** "tomorrow", "in 3 days", "the 23rd of next month" are not counted from the other end of a span. */
function countsFromToday(days: Days): boolean {
  return days.kind === 'unit' || days.kind === 'shift' || (days.kind === 'within' && days.outer.kind === 'unit')
}

function span({ from, to, inclusive }: Extract<Days, { kind: 'span' }>, today: number): Stretch {
  const first = resolveDays(from, today)
  let last = resolveDays(to, today)
  // "August to October" said in September, "12/20 to 1/5" said on January 2: it has begun.
  if (from.kind === 'date' && from.year === undefined && from.month !== undefined && namesMonth(to) && last.start < first.start) {
    const begun = resolveDays({ ...from, year: civil(first.start).year - 1 }, today)
    if (begun.start <= last.start)
      return { start: begun.start, end: inclusive ? last.end : last.start, unit: last.unit === 'month' ? 'month' : 'day' }
  }
  // The second end is counted from the first: "Wednesday to Friday", "November to March".
  if (last.start < first.start || !countsFromToday(to)) last = resolveDays(to, first.start)
  if (last.start < first.start) last = resolveDays(to, first.end)
  return {
    start: first.start,
    end: inclusive ? last.end : last.start,
    unit: last.unit === 'year' || last.unit === 'month' ? last.unit : 'day',
  }
}
