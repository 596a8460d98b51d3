import { daysInMonth } from '#core/days.ts'
import { inOrder, month, number, oneOf, ordinal, whole } from '../text/beginnings.ts'
import { type Found, readOrdinal, readWhole } from '../text/numbers.ts'
import { at, memoSlots, once, type Sentence } from '../text/tokens.ts'
import type { Days } from './expression.ts'

type DateDays = Extract<Days, { kind: 'date' }>
type Reader = (s: Sentence, i: number) => Found<DateDays> | undefined

/** Calendar dates with a month or a year in them, tried in this order. */
export const readers = inOrder<Reader>([
  [number, readCompact],
  [number, readYearFirst],
  [number, readYearMonth],
  [number, readNumeric],
  [oneOf(ordinal, whole), readDayMonth],
  [month, readMonthDay],
  [month, readMonthYear],
])

export function readDate(s: Sentence, i: number): Found<DateDays> | undefined {
  const { kind, value, word } = at(s, i)
  if (readers.from(word).length === 0 || (kind === 'number' && Number.isNaN(value))) return undefined
  return once(s, memoSlots.date, i, readDateAnew)
}

function readDateAnew(s: Sentence, i: number): Found<DateDays> | undefined {
  for (const read of readers.from(at(s, i).word)) {
    const found = read(s, i)
    if (found) return found
  }
  return undefined
}

/** "74" is 1974, "30" is 2030. */
export function fullYear(text: string, value: number): number {
  if (text.length > 2) return value
  return value > 50 ? 1900 + value : 2000 + value
}

// "20300309"
function readCompact(s: Sentence, i: number): Found<DateDays> | undefined {
  const { kind, text, value } = at(s, i)
  if (kind !== 'number' || text.length !== 8) return undefined
  const year = Math.floor(value / 10_000)
  const month = Math.floor(value / 100) % 100
  const day = value % 100
  if (year < 1900 || year >= 2200 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  return { value: { kind: 'date', year, month, day }, end: i + 1 }
}

// "2030-03-09"   "2030/3/9"   "2030-03"   "2030-Mar-9"
function readYearFirst(s: Sentence, i: number): Found<DateDays> | undefined {
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

// "2030 March"
function readYearMonth(s: Sentence, i: number): Found<DateDays> | undefined {
  const year = at(s, i)
  const { month } = at(s, i + 1).word
  if (year.kind !== 'number' || year.text.length !== 4 || year.value < 1900 || year.value > 2200 || month === 0) return undefined
  const day =
    readOrdinal(s, i + 2) ??
    (at(s, i + 2).text.length <= 2 && !(at(s, i + 3).text === ':' && at(s, i + 3).glued) ? readWhole(s, i + 2) : undefined)
  if (day && day.value >= 1 && day.value <= daysInMonth(year.value, month))
    return { value: { kind: 'date', year: year.value, month, day: day.value }, end: day.end }
  return { value: { kind: 'date', year: year.value, month }, end: i + 2 }
}

// "3/4/2030"   "3/4"   "3-4-30"   "3.4."   "3.4.2030"   "11 30 2031"   "4/2030"
function readNumeric(s: Sentence, i: number): Found<DateDays> | undefined {
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

// "3rd of March 2030"   "3 March"   "3-Mar-2030"   "31/Oct/74"   "the third of March"   "4th July"
function readDayMonth(s: Sentence, i: number): Found<DateDays> | undefined {
  const ordinal = readOrdinal(s, i)
  const day = ordinal ?? (at(s, i).kind === 'number' && at(s, i).text.length > 2 ? undefined : readWhole(s, i))
  if (!day || day.value < 1 || day.value > 31) return undefined
  let j = day.end
  // "twenty five January", but not "one may" or "three, March".
  if (!ordinal && at(s, i).kind === 'word' && (at(s, j).word.month === 0 || at(s, j).word.vague)) return undefined
  const link = at(s, j).text
  if (link === 'of' || link === 'day') j += at(s, j + 1).text === 'of' ? 2 : 1
  else if (((link === '-' || link === '/' || link === '.') && at(s, j).glued) || link === ',') j++
  const month = at(s, j).word.month
  if (month === 0) return undefined
  // "2 may": a number and the word may.
  if (at(s, j).text === 'may' && !ordinal && j === day.end && !isDateNeighbour(s, j + 1)) return undefined
  if (at(s, j).text === 'sat' || at(s, j).text === 'sun') return undefined
  return withYear(s, skipDot(s, j + 1), { kind: 'date', month, day: day.value }, day.value)
}

function isDateNeighbour(s: Sentence, i: number): boolean {
  const { kind, text, word } = at(s, i)
  return kind === 'end' || kind === 'number' || kind === 'mark' || text === 'at' || word.opens
}

// "March 3rd, 2030"   "Mar. 3"   "Jan/3"   "March the third"   "March-3"
function readMonthDay(s: Sentence, i: number): Found<DateDays> | undefined {
  const month = at(s, i).word.month
  if (month === 0) return undefined
  let j = skipDot(s, i + 1)
  const link = at(s, j)
  if (link.text === 'the') j++
  else if (link.text === 'on' && at(s, j + 1).text === 'the') j += 2
  else if ((link.text === '/' || link.text === '-' || link.text === '.') && link.glued) j++
  else if (link.text === ',' && at(s, j + 1).kind === 'number' && at(s, j + 1).text.length < 3) j++
  const ordinal = readOrdinal(s, j)
  const spoken = at(s, j).word.cardinal >= 1
  const day = ordinal ?? ((at(s, j).kind === 'number' && at(s, j).text.length <= 2) || spoken ? readWhole(s, j) : undefined)
  if (!day || day.value < 1 || day.value > 31) return undefined
  if (spoken && !ordinal && !isDateNeighbour(s, day.end)) return undefined
  // "March 3pm", "March 3:30", "March 10 minutes": the number belongs to what follows.
  const next = at(s, day.end)
  if (
    !ordinal &&
    (next.word.half !== '' || (next.text === ':' && next.glued) || (next.glued && next.kind === 'word' && next.text !== 'at'))
  )
    return undefined
  if (ordinal && next.word.weekday > 0 && next.word.plural) return undefined
  // "March 3 years ago"
  if (!ordinal && next.word.unit !== '' && at(s, day.end + 1).text === 'ago') return undefined
  return withYear(s, day.end, { kind: 'date', month, day: day.value }, day.value)
}

function skipDot(s: Sentence, i: number): number {
  return at(s, i).text === '.' && at(s, i).glued && at(s, i + 1).kind !== 'end' ? i + 1 : i
}

// ", 2030"   "'30"   "2030"   "of 2030"   "74"
function withYear(s: Sentence, i: number, date: DateDays, day: number): Found<DateDays> {
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
    const isBare = j === i || link === '-' || link === '/' || link === ','
    if (
      year.text.length === 2 &&
      !clockFollows &&
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

// "September 2030"   "Sept, 2030"   "in March"   "Dec-2030"   "may 2030"
function readMonthYear(s: Sentence, i: number): Found<DateDays> | undefined {
  const { word, text } = at(s, i)
  if (word.month === 0) return undefined
  const end = skipDot(s, i + 1)
  const dated = withYear(s, end, { kind: 'date', month: word.month }, 0)
  if (dated.end > end) return dated
  const spans = (at(s, end).text === '-' || at(s, end).text === 'to' || at(s, end).text === 'through') && at(s, end + 1).word.month > 0
  if (!spans && (text === 'may' || text === 'mar' || text === 'march')) {
    const before = at(s, i - 1)
    const next = at(s, end)
    const isVerb = text === 'may' && (next.kind === 'word' ? !next.word.opens && next.text !== 'and' : next.text === ',')
    const placed =
      before.text === 'in' ||
      before.text === 'of' ||
      before.text === 'by' ||
      before.text === 'until' ||
      before.text === 'till' ||
      before.text === 'during' ||
      before.text === 'since' ||
      before.text === 'from' ||
      before.text === 'to' ||
      (before.text === 'and' && !isVerb && (text !== 'may' || at(s, i - 2).word.month > 0)) ||
      before.text === 'every' ||
      before.text === 'for' ||
      before.text === 'through' ||
      before.text === 'before' ||
      before.text === 'after' ||
      before.text === 'early' ||
      before.text === 'late' ||
      before.text === 'mid' ||
      before.text === 'except' ||
      (next.text === 'in' && readWhole(s, end + 1) !== undefined) ||
      (next.text === 'in' && at(s, end + 1).text === 'a') ||
      (!Number.isNaN(before.word.step) && !(before.word.step === 0 && isVerb))
    const alone = before.kind === 'end' && at(s, i + 1).kind === 'end'
    const capital = s.text.charCodeAt(at(s, i).start) < 97 && before.kind !== 'end' && text === 'march'
    if (!placed && !alone && !capital) return undefined
  }
  if (
    text.length === 3 &&
    word.vague &&
    !spans &&
    at(s, i - 1).kind === 'word' &&
    Number.isNaN(at(s, i - 1).word.step) &&
    !'in of by until since from to and every for through starting during'.split(' ').includes(at(s, i - 1).text)
  )
    return undefined
  return { value: { kind: 'date', month: word.month }, end: i + 1 }
}
