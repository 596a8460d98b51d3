import type { Found } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { emptyPhrase } from '../time/expression.ts'
import { readDetails } from './details.ts'
import { readDayList } from './lists.ts'
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

function opensList(s: Sentence, i: number): boolean {
  const { text } = at(s, i + 1)
  return text === 'and' || text === ',' || text === '&'
}
