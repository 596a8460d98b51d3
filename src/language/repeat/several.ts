import { type Found, readOrdinal } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readDate } from '../time/date.ts'
import { emptyPhrase } from '../time/expression.ts'
import { readDetails } from './details.ts'
import { readDayList, skipAnd } from './lists.ts'
import { noRepeat, type Repeat } from './repeat.ts'

/**
 * "on Monday and Wednesday at 9"   "Thursday, Friday"
 *
 * One time each, so a rule that ends when each has come. Days in a row are left to the phrase that holds them.
 */
export function readSeveralDays(s: Sentence, i: number): Found<Repeat> | undefined {
  const j = at(s, i).text === 'on' || at(s, i).text === 'this' || at(s, i).text === 'next' ? i + 1 : i
  if (!at(s, j).word.weekday || at(s, j).word.plural || !opensList(s, j)) return undefined
  const days = readDayList(s, j)
  if (!days || days.value.length < 2) return undefined
  for (let k = j; k < days.end; k++) if (['-', 'to', 'through', 'thru', 'till'].includes(at(s, k).text)) return undefined
  return readDetails(s, { value: eachOnce(days.value), end: days.end })
}

/** Each of the weekdays once, from tomorrow on: a bare weekday is never today. */
export function eachOnce(days: readonly number[]): Repeat {
  const weekdays = days.map((weekday) => ({ weekday }))
  const start = { ...emptyPhrase, days: { kind: 'unit', unit: 'day', offset: 1 } as const }
  return { ...noRepeat, frequency: 'WEEKLY', weekdays, count: weekdays.length, start }
}

/** As many dates as one sentence names. */
const mostDates = 12

/** "on Dec 3 and Dec 10 at 9"   "the 3rd, 10th and 17th"   "Jan 5, Feb 5 and Mar 5": one time each. */
export function readSeveralDates(s: Sentence, i: number): Found<Repeat> | undefined {
  const dates: { month: number | undefined; day: number }[] = []
  let end = i
  for (let j = i; dates.length < mostDates; ) {
    const found = readOneDate(s, at(s, j).text === 'the' ? j + 1 : j)
    if (!found) break
    dates.push(found.value)
    end = found.end
    if (at(s, end).text !== ',' && at(s, end).text !== 'and' && at(s, end).text !== '&') break
    const next = skipAnd(s, end)
    j = at(s, next).text === 'on' ? next + 1 : next
  }
  if (dates.length < 2) return undefined
  // "Dec 3 and 10th", "the 3rd and 10th of December": the month of one is that of its neighbours.
  for (const [index, date] of dates.entries()) date.month ??= dates[index - 1]?.month
  for (const [index, date] of [...dates.entries()].toReversed()) date.month ??= dates[index + 1]?.month
  return readDetails(s, { value: { ...noRepeat, frequency: 'YEARLY', dates }, end })
}

function readOneDate(s: Sentence, i: number): Found<{ month: number | undefined; day: number }> | undefined {
  const date = readDate(s, i)
  if (date) {
    const { year, month, day } = date.value
    return year === undefined && month !== undefined && day !== undefined ? { value: { month, day }, end: date.end } : undefined
  }
  const day = readOrdinal(s, i)
  return day && day.value >= 1 && day.value <= 31 && at(s, i).kind === 'number'
    ? { value: { month: undefined, day: day.value }, end: day.end }
    : undefined
}

function opensList(s: Sentence, i: number): boolean {
  const { text } = at(s, i + 1)
  return text === 'and' || text === ',' || text === '&'
}
