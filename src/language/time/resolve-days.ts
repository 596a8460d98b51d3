import { civil, dayNumber, daysInMonth, weekdayOf } from '#core/days.ts'
import type { Season, Unit } from '../text/words.ts'
import { addMonths, isoWeekStart, monthStart, weekdayFrom, weekStart } from './civil.ts'
import type { Amount, Days } from './expression.ts'
import { holidayIn } from './holidays.ts'

/** Whole days, end exclusive, counted as civil.ts counts. */
export interface Stretch {
  readonly start: number
  readonly end: number
  readonly unit: Unit
}

const oneDay = (start: number): Stretch => ({ start, end: start + 1, unit: 'day' })

/** The days that a phrase means when `today` is that day. */
export function resolveDays(days: Days, today: number): Stretch {
  switch (days.kind) {
    case 'unit':
      return unitStretch(days.unit, days.offset, today)
    case 'weekday':
      return oneDay(weekday(days.weekday, days.which, today))
    case 'date':
      return dateStretch(days, today)
    case 'nth':
      return nthStretch(days.n, days.of, days.count, resolveDays(days.within, today))
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

function unitStretch(unit: Unit, offset: number, today: number): Stretch {
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
function weekday(day: number, which: 'coming' | 'this' | 'next' | 'last', today: number): number {
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

type DateDays = Extract<Days, { kind: 'date' }>

function dateStretch({ year, month, day, weekday: named, step }: DateDays, today: number): Stretch {
  if (month === undefined && day === undefined)
    return { start: dayNumber(year ?? 0, 1, 1), end: dayNumber((year ?? 0) + 1, 1, 1), unit: 'year' }
  if (day === undefined) return monthOf(month ?? 1, year, step, today)
  if (month === undefined) return oneDay(step === -1 ? dayOfLastMonth(day, today) : dayOfSomeMonth(day, named, today))
  if (year !== undefined) return oneDay(dayNumber(year, month, Math.min(day, daysInMonth(year, month))))
  return oneDay(dateOfSomeYear(month, day, named, step, today))
}

/** "March": this month or the next March; "last March" the one before. */
function monthOf(month: number, year: number | undefined, step: number | undefined, today: number): Stretch {
  const now = civil(today)
  let wanted = year ?? (month < now.month ? now.year + 1 : now.year)
  if (year === undefined && step !== undefined && step < 0) wanted = (month < now.month ? now.year + 1 : now.year) + step
  if (year === undefined && step !== undefined && step > 0) wanted = (month <= now.month ? now.year : now.year - 1) + step
  if (year === undefined && step === 0) wanted = now.year
  const start = dayNumber(wanted, month, 1)
  return { start, end: monthStart(start, 1), unit: 'month' }
}

/** "the 15th": the next day of that number, today included; "Friday the 13th" the next month that has it so. */
function dayOfSomeMonth(day: number, named: number | undefined, today: number): number {
  for (let ahead = 0; ahead < 60; ahead++) {
    const start = monthStart(today, ahead)
    const date = civil(start)
    if (day > daysInMonth(date.year, date.month)) continue
    const number = start + day - 1
    if (number < today || (named !== undefined && weekdayOf(number) !== named)) continue
    return number
  }
  return named === undefined ? today : dayOfSomeMonth(day, undefined, today)
}

/** "since the 3rd": the last day of that number, today included. */
function dayOfLastMonth(day: number, today: number): number {
  for (let back = 0; back < 3; back++) {
    const number = monthStart(today, -back) + day - 1
    if (number <= today && civil(number).day === day) return number
  }
  return today
}

/** "March 3rd": this year's, or next year's when that has passed; a weekday that was said picks the year it fits. */
function dateOfSomeYear(month: number, day: number, named: number | undefined, step: number | undefined, today: number): number {
  const { year } = civil(today)
  const inYear = (wanted: number) => dayNumber(wanted, month, Math.min(day, daysInMonth(wanted, month)))
  if (step === -1) return inYear(year) < today ? inYear(year) : inYear(year - 1)
  if (month === 2 && day === 29) {
    for (let wanted = year; wanted < year + 9; wanted++) if (daysInMonth(wanted, 2) === 29 && inYear(wanted) >= today) return inYear(wanted)
  }
  const next = inYear(year) >= today ? inYear(year) : inYear(year + 1)
  if (named === undefined || weekdayOf(next) === named) return next
  // "Thursday, August 10" said the week after: the weekday shows that this year's is meant.
  const passed = inYear(year)
  if (passed < today && passed > today - 15 && weekdayOf(passed) === named) return passed
  return weekdayOf(inYear(year + 1)) === named ? inYear(year + 1) : next
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

function nthStretch(n: number, of: Unit | number, count: number | undefined, outer: Stretch): Stretch {
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

/** The weekend of a day; a holiday on Friday or Monday makes it longer. */
function weekendWithin(outer: Stretch): Stretch {
  if (outer.end - outer.start > 1) {
    const saturday = weekdayFrom(outer.start, 6)
    return { start: saturday, end: saturday + 2, unit: 'weekend' }
  }
  if (weekdayOf(outer.start) === 1) return { start: outer.start - 2, end: outer.end, unit: 'weekend' }
  const saturday = weekStart(outer.start) + 5
  return { start: weekdayOf(outer.start) === 5 ? outer.start : saturday, end: saturday + 2, unit: 'weekend' }
}

function dateWithin(inner: DateDays, outer: Stretch): Stretch {
  const from = civil(outer.start)
  if (inner.month === undefined && inner.day !== undefined)
    return oneDay(Math.min(monthStart(outer.start) + inner.day - 1, monthStart(outer.start, 1) - 1))
  const sameYear = inner.month !== undefined && dayNumber(from.year, inner.month, inner.day ?? 28) < outer.start ? from.year + 1 : from.year
  return dateStretch({ ...inner, year: outer.unit === 'year' || outer.unit === 'month' ? from.year : sameYear }, outer.start)
}

/** "the second half of November": from the 16th on; an odd day goes to the second half. */
function halfOf(n: number, { start, end }: Stretch): Stretch {
  const middle = start + Math.ceil((end - start) / 2 - 0.5)
  return n === 1 ? { start, end: middle, unit: 'day' } : { start: middle, end, unit: 'day' }
}

/** The first or last third of a stretch, by the calendar: 10 days of a month, 3 of a week, 4 months of a year. */
function edgeOf(edge: 'start' | 'middle' | 'end', { start, end, unit }: Stretch): Stretch {
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

/** The following or preceding whole units: "next 3 weeks" begins on Monday, "last 2 days" ends with yesterday. */
function run(unit: Unit, count: number, side: 1 | -1, today: number): Stretch {
  if (unit === 'workday') {
    return side > 0
      ? { start: addWorkdays(today, 1), end: addWorkdays(today, count) + 1, unit }
      : { start: addWorkdays(today, -count), end: today, unit }
  }
  const first = unitStretch(unit, side > 0 ? 1 : -count, today)
  const last = unitStretch(unit, side > 0 ? count : -1, today)
  return { start: first.start, end: last.end, unit }
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

function holiday(name: string, step: number, year: number | undefined, today: number): Stretch {
  const now = civil(today).year
  if (year !== undefined) return oneDay(holidayIn(name, year))
  const thisYear = holidayIn(name, now)
  if (step < 0) return oneDay(thisYear < today ? thisYear : holidayIn(name, now - 1))
  if (step > 0) return oneDay(thisYear > today ? thisYear : holidayIn(name, now + 1))
  return oneDay(thisYear >= today ? thisYear : holidayIn(name, now + 1))
}

/** Meteorological seasons of the northern half: whole months. */
const seasonStarts: Readonly<Record<Season, number>> = { spring: 3, summer: 6, autumn: 9, winter: 12 }
const seasonOrder: readonly Season[] = ['spring', 'summer', 'autumn', 'winter']

function season(name: Season | '', step: number, year: number | undefined, today: number): Stretch {
  if (name !== '' && year !== undefined) return seasonOf(name, year)
  const now = civil(today).year
  const around = [now - 1, now, now + 1].flatMap((each) => seasonOrder.map((which) => ({ which, ...seasonOf(which, each) })))
  const present = around.findIndex((each) => each.start <= today && today < each.end)
  if (name === '') return around[present + step] ?? seasonOf('spring', now)
  const named = around.filter((each) => each.which === name)
  if (step < 0) return named.findLast((each) => each.end <= today) ?? seasonOf(name, now)
  if (step > 0) return named.find((each) => each.start > today) ?? seasonOf(name, now)
  return named.find((each) => each.end > today) ?? seasonOf(name, now)
}

function seasonOf(name: Season, year: number): Stretch {
  const start = dayNumber(year, seasonStarts[name], 1)
  return { start, end: monthStart(start, 3), unit: 'quarter' }
}

function weekNumber(week: number, year: number | undefined, today: number): Stretch {
  const now = civil(today).year
  const start = isoWeekStart(year ?? now, week)
  const chosen = year === undefined && start + 7 <= today ? isoWeekStart(now + 1, week) : start
  return { start: chosen, end: chosen + 7, unit: 'week' }
}

function fraction({ of, n, year, step }: Extract<Days, { kind: 'fraction' }>, today: number): Stretch {
  const months = of === 'quarter' ? 3 : 6
  const wanted = (year ?? civil(today).year) + step
  const passed = year === undefined && step === 0 && dayNumber(wanted, n * months + 1, 1) <= today
  const start = dayNumber(passed ? wanted + 1 : wanted, 1 + (n - 1) * months, 1)
  return { start, end: monthStart(start, months), unit: 'quarter' }
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
