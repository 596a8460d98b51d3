import { type Found, readOrdinal } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readDate } from '../time/date.ts'
import { type Days, emptyPhrase } from '../time/expression.ts'
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
  if (!at(s, j).word.weekday || at(s, j).word.plural) return undefined
  // "mon wed fri 6:30": a timetable, of every week.
  const spaced = isSpaced(s, j) ? readDayList(s, j) : undefined
  if (spaced)
    return readDetails(s, {
      value: { ...noRepeat, frequency: 'WEEKLY', weekdays: spaced.value.map((weekday) => ({ weekday })) },
      end: spaced.end,
    })
  if (!opensList(s, j)) return undefined
  const days = readDayList(s, j)
  if (!days || days.value.length < 2) return undefined
  for (let k = j; k < days.end; k++) if (['-', 'to', 'through', 'thru', 'till'].includes(at(s, k).text)) return undefined
  const value = eachOnce(days.value)
  // "a recurring review on Tuesday and Thursday"
  if (s.tokens.some(({ text }) => text === 'recurring' || text === 'repeating'))
    return readDetails(s, { value: { ...noRepeat, frequency: 'WEEKLY', weekdays: value.weekdays }, end: days.end })
  return readDetails(s, { value, end: days.end })
}

/** Each of the weekdays once, from tomorrow on: a bare weekday is never today. */
export function eachOnce(days: readonly number[]): Repeat {
  const weekdays = days.map((weekday) => ({ weekday }))
  const start = { ...emptyPhrase, days: { kind: 'unit', unit: 'day', offset: 1 } as const }
  return { ...noRepeat, frequency: 'WEEKLY', weekdays, count: weekdays.length, start }
}

/** As many dates as one sentence names. */
const mostDates = 12

type OneDay = { kind: 'date'; month: number | undefined; day: number } | Exclude<Days, { readonly kind: 'date' }>

/** "on Dec 3 and Dec 10 at 9"   "the 3rd, 10th and 17th"   "Friday and Dec 3"   "tomorrow and Sunday": one time each. */
export function readSeveralDates(s: Sentence, i: number): Found<Repeat> | undefined {
  const days: OneDay[] = []
  let end = i
  for (let j = i; days.length < mostDates; ) {
    const found = readOneDay(s, at(s, j).text === 'the' ? j + 1 : j) ?? (days.length > 0 ? readBareDay(s, j, days.length) : undefined)
    if (!found) break
    days.push(found.value)
    end = found.end
    if (at(s, end).text !== ',' && at(s, end).text !== 'and' && at(s, end).text !== '&') break
    const next = skipAnd(s, end)
    j = at(s, next).text === 'on' ? next + 1 : next
  }
  if (days.length < 2) return undefined
  // "Dec 3 and 10th", "the 3rd and 10th of December": the month of one is that of its neighbours.
  for (const [index, day] of days.entries()) if (day.kind === 'date') day.month ??= monthOf(days[index - 1])
  for (const [index, day] of [...days.entries()].toReversed()) if (day.kind === 'date') day.month ??= monthOf(days[index + 1])
  return readDetails(s, { value: { ...noRepeat, frequency: 'YEARLY', dates: days }, end })
}

/** "Dec 3, [5], [8] at 7pm": two of them may be a day and an hour, three are days. */
function readBareDay(s: Sentence, i: number, count: number): Found<OneDay> | undefined {
  const { kind, value } = at(s, i)
  const next = at(s, i + 1)
  const goesOn = next.text === ',' || next.text === 'and' || next.text === '&'
  const closes = ['at', 'from', '@'].includes(next.text) || next.kind === 'end'
  if (kind !== 'number' || !Number.isInteger(value) || value < 1 || value > 31 || !(goesOn || (closes && count > 1))) return undefined
  return { value: { kind: 'date', month: undefined, day: value }, end: i + 1 }
}

function monthOf(day: OneDay | undefined): number | undefined {
  return day?.kind === 'date' ? day.month : undefined
}

function readOneDay(s: Sentence, i: number): Found<OneDay> | undefined {
  const date = readDate(s, i)
  if (date) {
    const { year, month, day } = date.value
    return year === undefined && month !== undefined && day !== undefined
      ? { value: { kind: 'date', month, day }, end: date.end }
      : undefined
  }
  const { kind, word } = at(s, i)
  const day = readOrdinal(s, i)
  if (day && day.value >= 1 && day.value <= 31 && kind === 'number')
    return { value: { kind: 'date', month: undefined, day: day.value }, end: day.end }
  if (word.weekday > 0 && !word.plural) return { value: { kind: 'weekday', weekday: word.weekday, which: 'coming' }, end: i + 1 }
  return word.offset === 0 || word.offset === 1 ? { value: { kind: 'unit', unit: 'day', offset: word.offset }, end: i + 1 } : undefined
}

/** The days that go on behind a stretch of time: "Friday [and Dec 3]", "mon [wed fri]"; with the token that they begin at. */
export function readSeveralAround(s: Sentence, from: number, to: number): (Found<Repeat> & { readonly from: number }) | undefined {
  if (!goesOn(s, to)) return undefined
  for (let i = from; i < to; i++) {
    const weekday = at(s, i).word.weekday > 0
    const found = (weekday ? readSeveralDays(s, i) : undefined) ?? readSeveralDates(s, i)
    if (found && found.end > to && (isSpaced(s, i) || links(s, to, found.end) || found.value.dates.length > 2)) return { ...found, from: i }
  }
  return undefined
}

function goesOn(s: Sentence, i: number): boolean {
  const { text, word } = at(s, i)
  return text === 'and' || text === ',' || text === '&' || (word.weekday > 0 && at(s, i - 1).word.weekday > 0)
}

function links(s: Sentence, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (at(s, i).text === 'and' || at(s, i).text === '&') return true
  return false
}

/** "mon wed fri": three and more of them, with nothing between. */
function isSpaced(s: Sentence, i: number): boolean {
  return [i, i + 1, i + 2].every((j) => at(s, j).word.weekday > 0 && !at(s, j).word.plural)
}

function opensList(s: Sentence, i: number): boolean {
  const { text } = at(s, i + 1)
  return text === 'and' || text === ',' || text === '&'
}
