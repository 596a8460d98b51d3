import { daysInMonth } from '#core/days.ts'
import type { Found } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { type DateDays, fullYear } from './date-year.ts'

// "20300309"
export function readCompact(s: Sentence, i: number): Found<DateDays> | undefined {
  const { kind, text, value } = at(s, i)
  if (kind !== 'number' || text.length !== 8) return undefined
  const year = Math.floor(value / 10_000)
  const month = Math.floor(value / 100) % 100
  const day = value % 100
  if (year < 1900 || year >= 2200 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  return { value: { kind: 'date', year, month, day }, end: i + 1 }
}

// "2030-03-09"   "2030/3/9"   "2030-03"   "2030-Mar-9"
export function readYearFirst(s: Sentence, i: number): Found<DateDays> | undefined {
  const year = at(s, i)
  const mark = at(s, i + 1)
  const month = at(s, i + 2)
  if (year.kind !== 'number' || year.text.length !== 4 || !mark.glued || !month.glued || !'-/.'.includes(mark.text)) return undefined
  const monthValue = month.word.month || (month.kind === 'number' && month.text.length <= 2 ? month.value : 0)
  if (monthValue < 1 || monthValue > 31) return undefined
  const second = at(s, i + 3)
  const day = at(s, i + 4)
  const hasDay = second.glued && second.text === mark.text && day.glued && day.kind === 'number' && day.text.length <= 2
  if (hasDay && monthValue > 12 && day.value >= 1 && day.value <= 12 && mark.text === '-') {
    return { value: { kind: 'date', year: year.value, month: day.value, day: monthValue }, end: i + 5 }
  }
  if (monthValue > 12) return undefined
  if (hasDay && day.value >= 1 && day.value <= daysInMonth(year.value, monthValue)) {
    return { value: { kind: 'date', year: year.value, month: monthValue, day: day.value }, end: i + 5 }
  }
  if (hasDay || mark.text === '.' || (second.glued && second.text === mark.text && day.kind === 'number')) return undefined
  return year.value >= 1000 && year.value < 3000 ? { value: { kind: 'date', year: year.value, month: monthValue }, end: i + 3 } : undefined
}

// "3/4/2030"   "3/4"   "3-4-30"   "3.4."   "3.4.2030"   "11 30 2031"   "4/2030"
export function readNumeric(s: Sentence, i: number): Found<DateDays> | undefined {
  const first = at(s, i)
  const mark = at(s, i + 1)
  const second = at(s, i + 2)
  if (first.kind !== 'number' || first.text.length > 2 || first.value > 31) return undefined
  if (first.glued && at(s, i - 1).text === '-' && at(s, i - 1).glued && at(s, i - 2).kind === 'number' && !followsDate(s, i, mark.text))
    return undefined
  if (mark.kind === 'number') return readSpaced(s, i)
  if (second.kind !== 'number' || !'/-.'.includes(mark.text) || (mark.text !== '/' && !(mark.glued && second.glued))) return undefined
  const mark2 = at(s, i + 3)
  const third = at(s, i + 4)
  const hasYear =
    mark2.text === mark.text &&
    third.kind === 'number' &&
    (mark.text === '/' || (mark2.glued && third.glued)) &&
    (third.text.length === 4 || third.text.length === 2)
  if (hasYear && mark.text === '.' && third.text.length === 2 && isVersion(s, i)) return undefined
  if (hasYear) {
    const date = ordered(s, first.value, second.value, mark.text)
    return date && { value: { ...date, year: fullYear(third.text, third.value) }, end: i + 5 }
  }
  if (mark2.glued && (mark2.text === mark.text || mark2.text === '.') && third.glued && third.kind !== 'end' && third.kind !== 'mark')
    return undefined
  if (
    mark.text === '/' &&
    mark2.text === ',' &&
    third.kind === 'number' &&
    third.text.length === 4 &&
    third.value > 1900 &&
    third.value < 2200
  ) {
    const date = ordered(s, first.value, second.value, mark.text)
    if (date) return { value: { ...date, year: third.value }, end: i + 5 }
  }
  if (second.text.length === 4 && first.value >= 1 && first.value <= 12 && second.value >= 1900 && second.value < 2200) {
    return mark.text === '.' ? undefined : { value: { kind: 'date', year: second.value, month: first.value }, end: i + 3 }
  }
  if (second.text.length > 2) return undefined
  const date = ordered(s, first.value, second.value, mark.text)
  if (!date || (first.value === 24 && second.value === 7 && !at(s, i - 1).word.opens)) return undefined
  // A bare "3-4" is a range of something and "3.4" a number, unless a dot or two digits make it a date.
  if (mark.text === '-' && !isBareHyphenDate(s, i)) return undefined
  const trailing = mark2.text === '.' && mark2.glued
  if (
    mark.text === '.' &&
    !trailing &&
    !(second.text.length === 2 && first.text.length === 2) &&
    at(s, i - 1).word.weekday === 0 &&
    at(s, i - 1).text !== 'on'
  )
    return undefined
  if (
    mark2.text === '%' ||
    at(s, i + 3).word.unit !== '' ||
    (mark.text === '/' && first.value < second.value && second.value <= 4 && at(s, i + 3).word.unit !== '')
  )
    return undefined
  return { value: date, end: mark.text === '.' && trailing && !endsSentence(s, i + 3) ? i + 4 : i + 3 }
}

/** "version 1.2.30", "release: 4.5.26" are no days. */
function isVersion(s: Sentence, i: number): boolean {
  const before = at(s, i - 1).text === ':' ? at(s, i - 2) : at(s, i - 1)
  return before.kind === 'word' && !before.word.opens
}

/** "3/4-3/9", "10-1-2030-10-7-2030": the number after a whole date begins the other end of a range. */
function followsDate(s: Sentence, i: number, mark: string): boolean {
  return at(s, i - 2).text.length === 4 ? at(s, i - 3).text === mark : mark === '/' && at(s, i - 3).text === mark
}

function endsSentence(s: Sentence, i: number): boolean {
  return at(s, i + 1).kind === 'end'
}

// "on 12-12", "Monday 12-5 at noon", "Mon 12-28": nothing but a date stands there; "Monday 9-11" is from nine to eleven
function isBareHyphenDate(s: Sentence, i: number): boolean {
  const before = at(s, i - 1)
  const next = at(s, i + 3)
  if (before.word.weekday > 0) return next.text === 'at' || at(s, i).value > 24 || at(s, i + 2).value > 24
  return (before.text === 'on' || before.text === 'until' || before.text === 'by') && !(next.text === ':' && next.glued)
}

// "11 30 2031"
function readSpaced(s: Sentence, i: number): Found<DateDays> | undefined {
  const second = at(s, i + 1)
  const third = at(s, i + 2)
  if (second.text.length > 2 || third.kind !== 'number' || third.text.length !== 4 || third.value < 1900 || third.value > 2200)
    return undefined
  const date = ordered(s, at(s, i).value, second.value, '/')
  return date && { value: { ...date, year: third.value }, end: i + 3 }
}

/** Which number is the day: the locale says, unless only one order is possible; dots put the day first everywhere. */
function ordered(s: Sentence, a: number, b: number, mark: string): DateDays | undefined {
  const dayIsFirst = (s.dayFirst || mark === '.') && b <= 12 ? true : a > 12
  const day = dayIsFirst ? a : b
  const month = dayIsFirst ? b : a
  if (month < 1 || month > 12 || day < 1 || day > (mark === '/' ? 31 : daysInMonth(2000, month))) return undefined
  return { kind: 'date', month, day }
}
