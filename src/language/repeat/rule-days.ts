import { civil, dayNumber, daysInMonth, weekdayOf } from '#core/days.ts'
import { isoWeekStart } from '../time/civil.ts'
import { resolveDays } from '../time/resolve-days.ts'
import type { Repeat } from './repeat.ts'

export function startDay(repeat: Repeat, today: number): number {
  if (repeat.within) return Math.max(today, resolveDays(repeat.within, today).start)
  if (!repeat.start?.days) return today
  const { start, end } = resolveDays(repeat.start.days, today)
  // "from November" in November is from now on.
  return start < today && today < end ? today : start
}

/** The first day at or after `from` that the rule gives; the day after `from` when its times have passed. */
export function firstDay(repeat: Repeat, from: number, passed: boolean): number {
  const start = passed ? from + 1 : from
  for (let day = start; day < start + 366 * 9; day = nextCandidate(repeat, day)) if (fits(repeat, day, from)) return day
  return start
}

/** The next day worth a look: none of a month that the rule leaves out, and of a month only the days it names. */
function nextCandidate({ months, monthDays }: Repeat, day: number): number {
  if (months.length + monthDays.length === 0) return day + 1
  const { year, month, day: ofMonth } = civil(day)
  const before = day - ofMonth
  const length = daysInMonth(year, month)
  let next = before + length + 1
  if (months.length > 0 && !months.includes(month)) return next
  if (monthDays.length === 0) return day + 1
  for (const rank of monthDays) {
    const each = before + (rank > 0 ? rank : length + rank + 1)
    if (each > day && each < next) next = each
  }
  return next
}

function fits(repeat: Repeat, day: number, from: number): boolean {
  const date = civil(day)
  if (repeat.months.length > 0 && !repeat.months.includes(date.month)) return false
  if (
    repeat.weekNumbers.length > 0 &&
    !repeat.weekNumbers.some((week) => isoWeekStart(civil(day - weekdayOf(day) + 4).year, week) === day - weekdayOf(day) + 1)
  )
    return false
  if (repeat.yearDays.length > 0) {
    const first = dayNumber(date.year, 1, 1)
    const length = dayNumber(date.year + 1, 1, 1) - first
    if (!repeat.yearDays.some((rank) => day === (rank > 0 ? first + rank - 1 : first + length + rank))) return false
  }
  if (
    repeat.monthDays.length > 0 &&
    !repeat.monthDays.some((rank) => date.day === (rank > 0 ? rank : daysInMonth(date.year, date.month) + rank + 1))
  )
    return false
  if (repeat.positions.length > 0) return isAtPosition(repeat, day)
  if (repeat.weekdays.length > 0 && !repeat.weekdays.some((each) => isWeekday(each, repeat, day))) return false
  if (repeat.weekNumbers.length > 0 && repeat.weekdays.length === 0) return weekdayOf(day) === 1
  return (
    repeat.weekdays.length + repeat.monthDays.length + repeat.yearDays.length + repeat.months.length + repeat.weekNumbers.length > 0 ||
    day >= from
  )
}

function isWeekday({ weekday, n }: Repeat['weekdays'][number], repeat: Repeat, day: number): boolean {
  if (weekdayOf(day) !== weekday) return false
  if (n === undefined) return true
  const { year, month } = civil(day)
  const inYear = repeat.frequency === 'YEARLY' && repeat.months.length === 0
  const start = inYear ? dayNumber(year, 1, 1) : dayNumber(year, month, 1)
  const end = inYear ? dayNumber(year + 1, 1, 1) : start + daysInMonth(year, month)
  return n > 0 ? Math.floor((day - start) / 7) === n - 1 : Math.floor((end - 1 - day) / 7) === -n - 1
}

/** The nth of the days of its month that the weekdays allow. */
function isAtPosition(repeat: Repeat, day: number): boolean {
  const { year, month } = civil(day)
  const start = dayNumber(year, month, 1)
  const allowed: number[] = []
  for (let each = start; each < start + daysInMonth(year, month); each++)
    if (repeat.weekdays.some(({ weekday }) => weekday === weekdayOf(each))) allowed.push(each)
  return repeat.positions.some((position) => allowed.at(position > 0 ? position - 1 : position) === day)
}
