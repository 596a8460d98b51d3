/**
 * Days of the proleptic Gregorian calendar counted from 1970-01-01, so that arithmetic is on whole numbers.
 *
 * The algorithms are Howard Hinnant's (chrono-compatible low-level date algorithms).
 */
export interface Civil {
  readonly year: number
  readonly month: number
  readonly day: number
}

export function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

export function civil(number: number): Civil {
  const shifted = number + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

/** 1 (Monday) to 7. */
export function weekdayOf(number: number): number {
  return ((((number + 3) % 7) + 7) % 7) + 1
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

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
