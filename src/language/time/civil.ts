import { civil, dayNumber, daysInMonth, weekdayOf } from '#core/days.ts'

/** The same day of a month `months` later, or that month's last day. */
export function addMonths(number: number, months: number): number {
  const { year, month, day } = civil(number)
  const index = year * 12 + month - 1 + months
  const newYear = Math.floor(index / 12)
  const newMonth = index - newYear * 12 + 1
  return dayNumber(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)))
}

/** The first day of the month that is `offset` months after the one of `number`. */
export function monthStart(number: number, offset = 0): number {
  const { year, month } = civil(number)
  const index = year * 12 + month - 1 + offset
  const newYear = Math.floor(index / 12)
  return dayNumber(newYear, index - newYear * 12 + 1, 1)
}

/** The first day of a weekday at or after `number`. */
export function weekdayFrom(number: number, weekday: number): number {
  return number + ((weekday - weekdayOf(number) + 7) % 7)
}

/** Monday of the week that `number` is in. */
export function weekStart(number: number): number {
  return number - weekdayOf(number) + 1
}

/** Monday of ISO week `week` of `year`. */
export function isoWeekStart(year: number, week: number): number {
  return weekStart(dayNumber(year, 1, 4)) + (week - 1) * 7
}

export function isoDate(number: number): string {
  const { year, month, day } = civil(number)
  return `${isoYear(year)}-${two(month)}-${two(day)}`
}

function isoYear(year: number): string {
  if (year >= 1000 && year <= 9999) return String(year)
  if (year >= 0 && year < 1000) return String(year).padStart(4, '0')
  return `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`
}

export function two(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}
