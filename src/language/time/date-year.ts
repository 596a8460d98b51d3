import { type Found, readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { Days } from './expression.ts'

export type DateDays = Extract<Days, { kind: 'date' }>

/** "74" is 1974, "30" is 2030. */
export function fullYear(text: string, value: number): number {
  if (text.length > 2) return value
  return value > 50 ? 1900 + value : 2000 + value
}

export function skipDot(s: Sentence, i: number): number {
  return at(s, i).text === '.' && at(s, i).glued && at(s, i + 1).kind !== 'end' ? i + 1 : i
}

// ", 2030"   "'30"   "2030"   "of 2030"   "74"
export function withYear(s: Sentence, i: number, date: DateDays, day: number): Found<DateDays> {
  let j = i
  const link = at(s, j).text
  if (link === ',' || link === 'of' || link === 'in' || ((link === '-' || link === '/' || link === '.') && at(s, j).glued)) j++
  else if (link === 'year') j++
  if (link === 'in' && at(s, j).text === 'the' && at(s, j + 1).text === 'year') j += 2
  const year = at(s, j)
  if (year.text === "'" || year.text === '’') {
    const short = at(s, j + 1)
    if (short.kind === 'number' && short.text.length === 2 && short.glued)
      return { value: { ...date, year: fullYear(short.text, short.value) }, end: j + 2 }
  }
  if (year.kind === 'number' && isYear(s, j)) {
    const era = readEra(s, j + 1)
    if (era) return { value: { ...date, year: era.value * year.value + (era.value < 0 ? 1 : 0) }, end: era.end }
    if (year.text.length === 4 || year.text.length === 5) return { value: { ...date, year: year.value }, end: j + 1 }
    const clockFollows =
      at(s, j + 1).word.half !== '' ||
      ((at(s, j + 1).text === ':' || at(s, j + 1).text === '.') && at(s, j + 1).glued && at(s, j + 2).glued)
    // "Jan 12-14" are three days, and "Jan-12-14" is one of 2014.
    const isRange = link === '-' && year.value > day && year.value <= 31 && day > 0 && at(s, i - 2).text !== '-'
    const isBare = j === i || link === '-' || link === '/' || link === ','
    if (
      year.text.length === 2 &&
      !clockFollows &&
      !isRange &&
      isBare &&
      (year.value > (day > 0 ? 31 : 50) || (year.text.startsWith('0') && day > 0) || link === '-' || link === '/') &&
      at(s, j + 1).word.unit === ''
    ) {
      return { value: { ...date, year: fullYear(year.text, year.value) }, end: j + 1 }
    }
  }
  const spoken = readSpokenYear(s, j)
  return spoken ? { value: { ...date, year: spoken.value }, end: spoken.end } : { value: date, end: i }
}

// "BC"   "AD"   "BE": signs of the era
function readEra(s: Sentence, i: number): Found<1 | -1> | undefined {
  const text = at(s, i).text
  if (text === 'bc' || text === 'bce') return { value: -1, end: i + 1 }
  return text === 'ad' || text === 'ce' ? { value: 1, end: i + 1 } : undefined
}

/** Four digits that are a year rather than a time: "1 Nov 1145" is a quarter past ten. */
function isYear(s: Sentence, i: number): boolean {
  const token = at(s, i)
  if (token.text.length !== 4) return token.text.length <= 3 || token.value < 20_000
  const next = at(s, i + 1)
  if (
    next.word.half !== '' ||
    next.text === 'hours' ||
    next.text === 'hrs' ||
    (next.text === ':' && next.glued && at(s, i - 1).text !== '/') ||
    (next.text === '-' && at(s, i + 2).text.length === 4 && at(s, i + 2).value < 2400 && token.value < 1900)
  )
    return false
  if (readEra(s, i + 1)) return true
  return token.value >= 1900 && token.value < 2100
    ? true
    : token.value > 2359 || (token.value >= 1000 && token.value % 100 > 59) || (token.value >= 1100 && token.value < 1900 && !s.dayFirst)
}

/** "two thousand and thirty", "twenty thirty", "nineteen eighty four". */
export function readSpokenYear(s: Sentence, i: number): Found<number> | undefined {
  const first = at(s, i).word.cardinal
  if (Number.isNaN(first)) return undefined
  const whole = readWhole(s, i)
  if (whole && whole.value >= 1900 && whole.value < 2200) return whole
  if (first !== 19 && first !== 20) return undefined
  const rest = readWhole(s, i + 1)
  return rest && rest.value >= 10 && rest.value < 100 && at(s, rest.end).word.unit === ''
    ? { value: first * 100 + rest.value, end: rest.end }
    : undefined
}
