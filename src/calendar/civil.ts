/** Days of the proleptic Gregorian calendar, counted from 1970-01-01, and seconds of the wall clock, counted likewise. */

export interface Civil {
  readonly year: number
  readonly month: number
  readonly day: number
}

export const secondsADay = 86_400

export function dayOf(year: number, month: number, day: number): number {
  // Years that begin in March put the leap day last: the months before it are then regular.
  const y = month > 2 ? year : year - 1
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

export function civilOf(dayNumber: number): Civil {
  const shifted = dayNumber + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = ((monthFromMarch + 2) % 12) + 1
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1 }
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(dayNumber: number): number {
  return (((dayNumber + 3) % 7) + 7) % 7
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (lengths[month - 1] ?? 0)
}

export function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** Seconds on the wall from 1970-01-01T00:00 there. */
export function secondsOf({ year, month, day, hour, minute, second }: Temporal.PlainDateTime): number {
  return dayOf(year, month, day) * secondsADay + hour * 3_600 + minute * 60 + second
}

export function wallOf(seconds: number): Temporal.PlainDateTime {
  const dayNumber = Math.floor(seconds / secondsADay)
  const rest = seconds - dayNumber * secondsADay
  const { year, month, day } = civilOf(dayNumber)
  return new Temporal.PlainDateTime(year, month, day, Math.floor(rest / 3_600), Math.floor(rest / 60) % 60, rest % 60)
}
