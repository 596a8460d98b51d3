import { dayNumber } from '#core/days.ts'

/**
 * The day of another calendar that falls in a year of ours, the first of them where there are two.
 *
 *     the 1st of Ramadan    the 15th of Nisan    the first day of the Chinese year
 */
export function dayOfCalendar(calendar: string, monthCode: string, day: number): (year: number) => number {
  const kept = new Map<number, number>()
  return (year) => {
    const known = kept.get(year)
    if (known !== undefined) return known
    const found = inYear(calendar, monthCode, day, year)
    if (kept.size > 200) kept.clear()
    kept.set(year, found)
    return found
  }
}

function inYear(calendar: string, monthCode: string, day: number, year: number): number {
  // Beyond these years such calendars are only estimates, and slow ones.
  if (year < 1900 || year > 2200) return Number.NaN
  const begun = Temporal.PlainDate.from({ year, month: 1, day: 1 }).withCalendar(calendar).year
  for (let next = begun; next <= begun + 2; next++) {
    const date = Temporal.PlainDate.from({ calendar, year: next, monthCode, day }).withCalendar('iso8601')
    if (date.year === year) return dayNumber(date.year, date.month, date.day)
  }
  return Number.NaN
}
