/**
 * Several times of one day in a recurrence rule.
 *
 * BYHOUR and BYMINUTE give every hour with every minute (RFC 5545 section 3.3.10): of 8:15 and 12:30 they make four
 * times, and BYSETPOS has to say which of them are meant. It counts through all times of all days of an interval.
 */
export interface ClockTimes {
  readonly hours: readonly number[]
  readonly minutes: readonly number[]
  /** Which of the times that hours and minutes give are meant, from 0; in order. */
  readonly wanted: readonly number[]
}

const unique = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b)

/** From seconds since midnight. */
export function clockTimes(times: readonly number[]): ClockTimes {
  const hours = unique(times.map((time) => Math.floor(time / 3600) % 24))
  const minutes = unique(times.map((time) => Math.floor(time / 60) % 60))
  const place = (time: number) => hours.indexOf(Math.floor(time / 3600) % 24) * minutes.length + minutes.indexOf(Math.floor(time / 60) % 60)
  return { hours, minutes, wanted: unique(times.map(place)) }
}

/** BYSETPOS for the wanted times of these days of an interval; days count from 1, and from the end when negative. */
export function positionsOf({ hours, minutes, wanted }: ClockTimes, days: readonly number[]): readonly number[] {
  const many = hours.length * minutes.length
  return days.flatMap((day) => wanted.map((slot) => (day > 0 ? (day - 1) * many + slot + 1 : (day + 1) * many - (many - slot))))
}

/** The other way round: of how many times a day, which are meant, and on which days of the interval. */
export function daysAndTimes(
  positions: readonly number[],
  many: number,
): { readonly days: readonly number[]; readonly wanted: readonly number[] } {
  const dayOf = (position: number) => (position > 0 ? Math.floor((position - 1) / many) + 1 : -Math.floor((-position - 1) / many) - 1)
  const slotOf = (position: number) => (position > 0 ? (position - 1) % many : many - 1 - ((-position - 1) % many))
  return { days: unique(positions.map(dayOf)), wanted: unique(positions.map(slotOf)) }
}
