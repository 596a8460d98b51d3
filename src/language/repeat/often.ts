import type { Clock } from '../time/expression.ts'
import type { Repeat } from './repeat.ts'

/** Weekdays for so many times a week, the likeliest first. */
const weeks: Readonly<Record<number, readonly (readonly number[])[]>> = {
  2: [
    [1, 4],
    [2, 5],
  ],
  3: [
    [1, 3, 5],
    [2, 4, 6],
  ],
  4: [
    [1, 2, 4, 5],
    [1, 3, 5, 7],
  ],
  5: [[1, 2, 3, 4, 5]],
  6: [[1, 2, 3, 4, 5, 6]],
}

/** Hours for so many times a day. */
const days: Readonly<Record<number, readonly (readonly number[])[]>> = {
  2: [
    [9, 17],
    [8, 20],
  ],
  3: [
    [9, 13, 18],
    [8, 14, 20],
  ],
  4: [
    [8, 12, 16, 20],
    [9, 12, 15, 18],
  ],
}

/** Days for so many times a month. */
const months: Readonly<Record<number, readonly (readonly number[])[]>> = {
  2: [
    [1, 15],
    [15, -1],
  ],
  3: [[1, 11, 21]],
  4: [[1, 8, 15, 22]],
}

/** "twice a week", "three times a day": the days or hours it may mean, the likeliest first; none when they were said. */
export function spreads(repeat: Repeat): readonly Repeat[] {
  const count = repeat.often ?? 0
  switch (repeat.frequency) {
    case 'DAILY':
      return repeat.clocks.length > 0 ? [] : (days[count] ?? []).map((hours) => ({ ...repeat, clocks: hours.map(clockOf) }))
    case 'WEEKLY':
      return repeat.weekdays.length > 0
        ? []
        : (weeks[count] ?? []).map((list) => ({ ...repeat, weekdays: list.map((weekday) => ({ weekday })) }))
    case 'MONTHLY':
      return repeat.monthDays.length + repeat.weekdays.length > 0
        ? []
        : (months[count] ?? []).map((monthDays) => ({ ...repeat, monthDays }))
    case 'YEARLY':
      return 12 % count === 0 && repeat.months.length === 0 ? [{ ...repeat, frequency: 'MONTHLY', interval: 12 / count }] : []
    default:
      return []
  }
}

function clockOf(hour: number): Clock {
  return { hour, minute: 0, second: 0, half: '24', grain: 'hour' }
}
