import { any, clockTime, dayName, dayPart, halfOfDay, inOrder, oneOf, spelled, step, unit, whole } from '../text/beginnings.ts'
import type { Found } from '../text/numbers.ts'
import { at, enter, leave, type Sentence } from '../text/tokens.ts'
import { readBareHour, readClock } from './clock.ts'
import { hedges, roundAmount } from './day-shifts.ts'
import { type Draft, isEmpty, type PhraseReader } from './draft.ts'
import { emptyPhrase, type Phrase } from './expression.ts'
import { endsTime, readBareTime, readClockBeforeDays, readTime, readTimeRange, readZone } from './phrase-clock.ts'
import { readBareDay, readNamedDays, readSpan } from './phrase-days.ts'
import { lastOf, openingWord, readOnwards, readOpen } from './phrase-open.ts'
import { readAllPart, readFirstThing, readHalfDay, readMidPart, readPartOfDay, shade } from './phrase-part.ts'
import { readLength, readNowWord, readReach, readSameTime, readShift } from './phrase-shift.ts'
import { afterSeparator } from './range.ts'

/** Tried in this order at every step; a phrase is what they find one after the other. */
export const readers = inOrder<PhraseReader>([
  [spelled('now', 'asap', 'immediately', 'rn', 'right', 'as', 'at', 'this'), readNowWord],
  [spelled('same', 'this'), readSameTime],
  [openingWord, readOpen],
  [oneOf(roundAmount, unit), readShift],
  [oneOf(roundAmount, step, unit), readReach],
  [dayName, readSpan],
  [clockTime, readTimeRange],
  [spelled('first'), readFirstThing],
  [halfOfDay, readHalfDay],
  [spelled('mid'), readMidPart],
  [spelled('all'), readAllPart],
  [oneOf(dayPart, step, whole, shade), readPartOfDay],
  [roundAmount, readLength],
  [clockTime, readClockBeforeDays],
  [dayName, readNamedDays],
  [clockTime, readTime],
  [whole, readBareTime],
  [whole, readBareDay],
  [any, readZone],
])

/** Prepositions and marks that bind the pieces of a phrase and say nothing by themselves. */
const links = new Set([
  'on',
  'at',
  'in',
  'the',
  'of',
  'for',
  'around',
  'about',
  'by',
  '@',
  ',',
  'from',
  'between',
  'approximately',
  'circa',
  'to',
  '(',
  't',
  'during',
  'sometime',
  'anytime',
  'somewhere',
  'and',
  'exactly',
  'precisely',
  'roughly',
  'starting',
  'starts',
  'beginning',
  'as',
  '-',
  'within',
  'right',
  'over',
  'due',
  'until',
  'till',
  '.',
])

/** Reads one phrase of time that begins at token `i`. */
export function readPhrase(s: Sentence, i: number, nested = false): Found<Phrase> | undefined {
  const opening = at(s, i)
  if (opening.kind === 'mark' && !opensMark(opening.text) && !links.has(opening.text)) return undefined
  // "to check in at 9": the first of them is of the verb.
  if (opening.text === 'in' && at(s, i + 1).text === 'at') return undefined
  const draft: Draft = { ...emptyPhrase }
  let end = -1
  let j = i
  for (let pieces = 0; pieces < 10; pieces++) {
    const step = readPiece(s, j, draft, pieces === 0)
    if (step < 0) break
    end = step
    j = step
  }
  if (end < 0 || isEmpty(draft)) return undefined
  if (!nested) end = readOnwards(s, readOtherEnd(s, end, draft, at(s, i).text), draft, at(s, i).text)
  lookBack(s, i, draft)
  if (
    draft.open === 'by' &&
    draft.days === undefined &&
    draft.clocks.length === 0 &&
    draft.part === undefined &&
    draft.shift === undefined &&
    !draft.now
  )
    return undefined
  return { value: draft, end }
}

/** One more piece of the phrase at `i`; says where it ended, or -1. */
export function readPiece(s: Sentence, i: number, draft: Draft, isFirst: boolean): number {
  if (!enter(s)) return -1
  const end = readLinkedPiece(s, i, draft, isFirst)
  leave(s)
  return end
}

/** All that a phrase may begin with at "the". */
const afterThe: readonly PhraseReader[] = [readShift, readSpan, readNamedDays]
const afterAt: readonly PhraseReader[] = [readNowWord]

function opensMark(text: string): boolean {
  return text === '@' || text === '+' || text === '-' || text === '('
}

/** Links that no reader begins with. */
const onlyLinks = new Set(['on', 'in', 'of', 'for', 'from', 'between', 'to', 'during', 'and', ','])

/** Skips up to three linking words, then asks each reader. */
function readLinkedPiece(s: Sentence, i: number, draft: Draft, isFirst: boolean): number {
  let lead = ''
  let j = i
  for (let skipped = 0; skipped <= 3; skipped++) {
    const { word, kind, text } = at(s, j)
    if (kind === 'end') return -1
    const begins =
      kind === 'number' ||
      (lead === 'in' && hedges.has(text)) ||
      (word.half !== '' && !isFirst) ||
      (kind === 'mark' ? opensMark(text) : (word.opens || word.holiday) && !(isFirst && onlyLinks.has(text)))
    if (begins) {
      for (const read of text === 'at' ? afterAt : text === 'the' ? afterThe : readers.from(word)) {
        const end = read(s, j, draft, lead, readPiece)
        if (end > j) return end
      }
    } else if (!isFirst) {
      const end = readZone(s, j, draft, lead)
      if (end > j) return end
    }
    if (!links.has(text)) return -1
    if (text === '.' && !(at(s, j).glued && at(s, j + 1).kind !== 'end' && skipped === 0 && !isFirst && isClockNext(s, j + 1))) return -1
    if (text === 't' && !at(s, j).glued) return -1
    if ((text === 'and' || text === 'to' || text === '-' || text === 'until' || text === 'till') && (isFirst || !canJoin(s, j, draft)))
      return -1
    if (text === 'for' && !isFirst && draft.clocks.length > 0 && draft.days !== undefined) return -1
    if (text !== 'the' && text !== ',' && text !== '(') lead = text
    else if (lead === '') lead = text === 'the' ? 'the' : ''
    j++
  }
  return -1
}

function isClockNext(s: Sentence, i: number): boolean {
  return readClock(s, i)?.sure === true
}

/** "at 11 and on March 3rd": "and" may join a day and a time, never two days. */
function canJoin(s: Sentence, i: number, draft: Draft): boolean {
  const { text } = at(s, i)
  if (text !== 'and' && text !== '-') return false
  if (text === '-') return !at(s, i).glued || draft.days !== undefined
  const next = at(s, i + 1).text
  return draft.clocks.length > 0 && draft.days === undefined && (next === 'on' || next === 'the')
}

/** "it was on May 3", "the deadline was Friday": days that lie behind. */
function lookBack(s: Sentence, i: number, draft: Draft) {
  const { text } = at(s, i - 1)
  if ((text === 'was' || text === 'were') && draft.days && draft.open === undefined) draft.days = lastOf(draft.days)
}

// "now until [5]"
function readHourEnd(s: Sentence, i: number, draft: Draft): Found<Phrase> | undefined {
  const hour = draft.now ? readBareHour(s, i) : undefined
  return hour && endsTime(s, hour.end) ? { value: { ...emptyPhrase, clocks: [hour.value] }, end: hour.end } : undefined
}

// "Monday 9am [to Tuesday noon]"   "2pm [till tomorrow 4:30pm]"   "between 2 tomorrow [and 4]"
function readOtherEnd(s: Sentence, end: number, draft: Draft, lead: string): number {
  if (
    draft.until !== undefined ||
    draft.to !== undefined ||
    draft.days?.kind === 'span' ||
    (draft.open !== undefined && draft.open !== 'after')
  )
    return end
  const j = afterSeparator(s, end, lead)
  if (j === undefined) return end
  if (at(s, end).text === 'to' && at(s, j).kind === 'word' && !at(s, j).word.opens) return end
  const other = readPhrase(s, j, true) ?? readHourEnd(s, j, draft)
  if (!other || other.value.open !== undefined || other.value.length !== undefined || other.value.reach !== undefined) return end
  draft.to = other.value
  return other.end
}
