import { daysInMonth } from '#core/days.ts'
import { inOrder, month, number, oneOf, ordinal, whole } from '../text/beginnings.ts'
import { type Found, readOrdinal, readWhole } from '../text/numbers.ts'
import { at, memoSlots, once, type Sentence } from '../text/tokens.ts'
import { readCompact, readNumeric, readYearFirst } from './date-numeric.ts'
import { type DateDays, skipDot, withYear } from './date-year.ts'

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
