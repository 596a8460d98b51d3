import { civil, dayNumber, daysInMonth, weekdayOf } from '#core/days.ts'
import type { Season } from '../text/words.ts'
import { isoWeekStart, monthStart } from './civil.ts'
import type { Days } from './expression.ts'
import { holidayIn } from './holidays.ts'
import { oneDay, type Stretch } from './resolve-units.ts'

export type DateDays = Extract<Days, { kind: 'date' }>

export function dateStretch({ year, month, day, weekday: named, step }: DateDays, today: number): Stretch {
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
export function dateOfSomeYear(month: number, day: number, named: number | undefined, step: number | undefined, today: number): number {
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

export function holiday(name: string, step: number, year: number | undefined, today: number): Stretch {
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

export function season(name: Season | '', step: number, year: number | undefined, today: number): Stretch {
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

export function weekNumber(week: number, year: number | undefined, today: number): Stretch {
  const now = civil(today).year
  const start = isoWeekStart(year ?? now, week)
  const chosen = year === undefined && start + 7 <= today ? isoWeekStart(now + 1, week) : start
  return { start: chosen, end: chosen + 7, unit: 'week' }
}

export function fraction({ of, n, year, step }: Extract<Days, { kind: 'fraction' }>, today: number): Stretch {
  const months = of === 'quarter' ? 3 : 6
  const wanted = (year ?? civil(today).year) + step
  const passed = year === undefined && step === 0 && dayNumber(wanted, n * months + 1, 1) <= today
  const start = dayNumber(passed ? wanted + 1 : wanted, 1 + (n - 1) * months, 1)
  return { start, end: monthStart(start, months), unit: 'quarter' }
}
