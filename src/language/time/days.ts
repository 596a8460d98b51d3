import {
  dayWord,
  holiday,
  inOrder,
  month,
  number,
  oneOf,
  ordinal,
  quantity,
  season,
  spelled,
  step,
  unit,
  weekday,
  whole,
} from '../text/beginnings.ts'
import type { Found } from '../text/numbers.ts'
import { at, enter, leave, memoSlots, once, type Sentence } from '../text/tokens.ts'
import { readAmount, times } from './amount.ts'
import { readHoliday } from './day-holidays.ts'
import { readDayOfMonth, readDayWord, readStepped, readTwoMorrow, readWeekday, readWrittenDate } from './day-names.ts'
import { readFraction, readSeason, readWeekNumber, readWeekOf, readYears } from './day-numbered.ts'
import { edgeWord, readEdge, readNth, readRun, readWholeOf, unitsAway } from './day-periods.ts'
import { readAgo, readWeekdayBeside } from './day-shifts.ts'
import type { Amount, Days } from './expression.ts'
import { type DaysReader, type FoundDays, sizeOf, sizes } from './found-days.ts'

type Reader = (s: Sentence, i: number, days: DaysReader) => FoundDays | undefined

/** One name of days without what it is part of, tried in this order. */
export const readers = inOrder<Reader>([
  [oneOf(holiday, step), readHoliday],
  [oneOf(dayWord, unit), readDayWord],
  [number, readTwoMorrow],
  [oneOf(ordinal, step, spelled('final', 'penultimate')), readNth],
  [oneOf(step, whole), readRun],
  [oneOf(step, weekday, unit), readStepped],
  [edgeWord, readEdge],
  [spelled('all', 'whole', 'rest', 'remainder'), readWholeOf],
  [oneOf(quantity, ordinal, spelled('closest', 'nearest')), readAgo],
  [oneOf(number, spelled('week')), readWeekNumber],
  [oneOf(ordinal, whole, month), readWrittenDate],
  [oneOf(ordinal, spelled('q', 'h')), readFraction],
  [oneOf(ordinal, spelled('year')), readYears],
  [oneOf(unit, spelled('w')), readWeekOf],
  [weekday, readWeekdayBeside],
  [weekday, readWeekday],
  [oneOf(ordinal, whole), readDayOfMonth],
  [season, readSeason],
])

/**
 * A name of days with everything it is part of.
 *
 *     Tuesday next week    the 5th of next month    next week Tuesday    the first Monday of May 2030
 */
export function readDays(s: Sentence, i: number, depth = 0): FoundDays | undefined {
  const { kind, word } = at(s, i)
  if (kind === 'end' || (kind === 'word' && !word.names && !word.holiday)) return undefined
  if (depth === 0) return once(s, memoSlots.days, i, readDaysAnew)
  return readDeeper(s, i, depth)
}

function readDaysAnew(s: Sentence, i: number): FoundDays | undefined {
  return readDeeper(s, i, 0)
}

function readDeeper(s: Sentence, i: number, depth: number): FoundDays | undefined {
  if (!enter(s)) return undefined
  const found = readNamed(s, i, depth)
  leave(s)
  return found
}

function readNamed(s: Sentence, i: number, depth: number): FoundDays | undefined {
  const first = readOne(s, i)
  if (!first) return undefined
  return depth > 2 ? first : (readOuter(s, first, depth) ?? readInner(s, first) ?? first)
}

export function readOne(s: Sentence, i: number): FoundDays | undefined {
  return once(s, memoSlots.oneDay, i, readOneAnew)
}

function readOneAnew(s: Sentence, i: number): FoundDays | undefined {
  const start = at(s, i).text === 'the' ? i + 1 : i
  const { kind, word } = at(s, start)
  if (kind !== 'number' && !word.names && !word.holiday) return undefined
  for (const read of readers.from(word)) {
    const found = read(s, start, readDays)
    if (found && (found.sure || start === i)) return found
    if (found) return { ...found, sure: found.value.kind === 'date' || found.sure }
  }
  return undefined
}

// "[Tuesday] of next week"   "[the 5th] of next month"   "[Christmas] last year"   "[March] in 2 years"
function readOuter(s: Sentence, first: FoundDays, depth: number): FoundDays | undefined {
  const inner = first.value
  if (isSettled(inner)) return undefined
  let j = first.end
  const link = at(s, j).text
  const linked = link === 'of' || link === 'in' || link === 'from' || link === 'during' || link === ',' || link === 'for'
  if (linked) j++
  if (link === 'for' && inner.kind !== 'season' && inner.kind !== 'fraction') return undefined
  const amount = link === 'in' ? readAmount(s, j) : linked ? undefined : readAmountAgo(s, j)
  const outer: FoundDays | undefined =
    amount && sizes[amount.value.unit] > 1 ? { value: unitsAway(amount.value), end: amount.end, sure: true } : readDays(s, j, depth + 1)
  const isHalf = inner.kind === 'fraction' && inner.of === 'half'
  if (!outer || sizeOf(outer.value) <= (isHalf ? 2 : sizeOf(inner)) || (!linked && !isPointing(outer.value))) return undefined
  if (outer.value.kind === 'span' || outer.value.kind === 'run' || outer.value.kind === 'edge') return undefined
  return { value: { kind: 'within', inner, outer: outer.value }, end: outer.end, sure: true }
}

// "[March] 2 years ago"
function readAmountAgo(s: Sentence, i: number): Found<Amount> | undefined {
  const amount = readAmount(s, i)
  return amount && at(s, amount.end).text === 'ago' ? { value: times(amount.value, -1), end: amount.end + 1 } : undefined
}

/** Nothing coarser can add to it. */
function isSettled(days: Days): boolean {
  switch (days.kind) {
    case 'unit':
      return days.unit !== 'weekend' || days.offset !== 0
    case 'date':
      return days.year !== undefined
    case 'weekday':
      return days.which === 'last'
    case 'holiday':
      return days.year !== undefined
    case 'nth':
      return false
    case 'season':
    case 'fraction':
    case 'week':
      return days.year !== undefined
    default:
      return true
  }
}

/** "next week", "last year", "2030": may follow without a word between. */
function isPointing(days: Days): boolean {
  return days.kind === 'unit' || (days.kind === 'date' && days.month === undefined && days.year !== undefined)
}

// "next week [Tuesday]"   "next month on the [5th]"   "last year [in March]"   "2030 [Q3]"
function readInner(s: Sentence, outer: FoundDays): FoundDays | undefined {
  const isWeek = outer.value.kind === 'nth' && outer.value.of === 'week'
  if ((!isPointing(outer.value) && !isWeek) || sizeOf(outer.value) < 3) return undefined
  let j = outer.end
  if (at(s, j).text === ',' || (isWeek && at(s, j).text === '.' && at(s, j).glued)) j++
  const link = at(s, j).text
  if (isWeek && link !== 'on') return undefined
  if (link === 'on' || link === 'in') j++
  const inner = readOne(s, j)
  if (!inner || sizeOf(inner.value) >= sizeOf(outer.value) || isSettled(inner.value)) return undefined
  if (inner.value.kind === 'weekday' && inner.value.which !== 'coming') return undefined
  if (
    outer.value.kind === 'date' &&
    link !== 'in' &&
    inner.value.kind !== 'fraction' &&
    inner.value.kind !== 'week' &&
    inner.value.kind !== 'season'
  )
    return undefined
  return { value: { kind: 'within', inner: inner.value, outer: outer.value }, end: inner.end, sure: true }
}
