import { type Found, readOrdinal, readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { Unit } from '../text/words.ts'
import { type Frequency, noRepeat, type Repeat } from './repeat.ts'

const frequencies: Readonly<Record<Unit, readonly [Frequency, number]>> = {
  second: ['SECONDLY', 1],
  minute: ['MINUTELY', 1],
  hour: ['HOURLY', 1],
  day: ['DAILY', 1],
  workday: ['WEEKLY', 1],
  week: ['WEEKLY', 1],
  weekend: ['WEEKLY', 1],
  month: ['MONTHLY', 1],
  quarter: ['MONTHLY', 3],
  year: ['YEARLY', 1],
  decade: ['YEARLY', 10],
  century: ['YEARLY', 100],
}

export const workdays = [1, 2, 3, 4, 5].map((weekday) => ({ weekday }))

const weekendDays = [6, 7].map((weekday) => ({ weekday }))

export function repeatOf(unit: Unit, interval: number): Repeat {
  const [frequency, factor] = frequencies[unit]
  const weekdays = unit === 'workday' ? workdays : unit === 'weekend' ? weekendDays : []
  return { ...noRepeat, frequency, interval: interval * factor, weekdays }
}

export function opensEvery(s: Sentence, i: number): number {
  const { text } = at(s, i)
  if (text === 'every' || text === 'each' || text === 'ev')
    return at(s, i + 1).text === 'and' && at(s, i + 2).text === 'every' ? i + 3 : at(s, i + 1).text === 'single' ? i + 2 : i + 1
  if (text === 'all' && at(s, i + 1).word.plural) return -1
  return -1
}

/** "other", "second", "3", "3rd": how many apart. */
export function readInterval(s: Sentence, i: number): Found<number> {
  const { text } = at(s, i)
  if (text === 'other' || text === 'alternate') return { value: 2, end: i + 1 }
  if (text === 'couple') return { value: 2, end: at(s, i + 1).text === 'of' ? i + 2 : i + 1 }
  if (text === 'few') return { value: 3, end: i + 1 }
  const whole = readWhole(s, i)
  if (whole && !readOrdinal(s, i)) return { value: whole.value, end: whole.end }
  return { value: 1, end: i }
}
