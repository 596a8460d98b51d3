import { type Found, readOrdinal } from '../text/numbers.ts'
import { table } from '../text/table.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readUnit } from '../time/amount.ts'
import { readRank } from '../time/day-periods.ts'
import { opensEvery, readInterval, repeatOf, workdays } from './every.ts'
import { readDayList, readMonthList } from './lists.ts'
import { noRepeat, type Repeat } from './repeat.ts'

/** One entry of "the first and third Friday and second Tuesday". */
interface Ranked {
  readonly ranks: readonly number[]
  readonly weekdays: readonly number[]
  readonly unit: 'day' | 'workday' | ''
}

/** "first and third Friday", "2nd and 2nd to the last", "4th and 10th", "first workday", "last day". */
function readRanked(s: Sentence, i: number): Found<Ranked> | undefined {
  const ranks: number[] = []
  let j = i
  for (let more = 0; more < 8; more++) {
    const rank = readRank(s, at(s, j).text === 'the' ? j + 1 : j)
    if (!rank) break
    ranks.push(rank.value)
    j = rank.end
    let k = j
    if (at(s, k).text === ',') k++
    if (at(s, k).text === 'and' || at(s, k).text === '&' || at(s, k).text === 'or') k++
    if (k === j || !readRank(s, at(s, k).text === 'the' ? k + 1 : k)) break
    j = k
  }
  if (ranks.length === 0) return undefined
  if (at(s, j).text === 'instance' || at(s, j).text === 'instances') j += at(s, j + 1).text === 'of' ? 2 : 1
  const days = at(s, j).word.weekday ? readDayList(s, j) : undefined
  if (days) return { value: { ranks, weekdays: days.value, unit: '' }, end: days.end }
  const unit = readUnit(s, j)
  if (unit && (unit.value === 'day' || unit.value === 'workday')) return { value: { ranks, weekdays: [], unit: unit.value }, end: unit.end }
  if (at(s, j).text === 'week' && at(s, j + 1).text === 'day') return { value: { ranks, weekdays: [], unit: 'workday' }, end: j + 2 }
  return { value: { ranks, weekdays: [], unit: '' }, end: j }
}

/** What ranks mean inside a month, or a year. */
function rankedRepeat(ranked: Ranked, inner: Repeat): Repeat {
  if (ranked.weekdays.length > 0) {
    return { ...inner, weekdays: [...inner.weekdays, ...ranked.weekdays.flatMap((weekday) => ranked.ranks.map((n) => ({ weekday, n })))] }
  }
  if (ranked.unit === 'workday') return { ...inner, weekdays: workdays, positions: ranked.ranks }
  if (inner.frequency === 'YEARLY' && inner.months.length === 0 && ranked.unit === 'day') return { ...inner, yearDays: [...ranked.ranks] }
  return { ...inner, monthDays: [...inner.monthDays, ...ranked.ranks] }
}

// "every first Friday of the month"   "every last day of the month"   "every 4th and 10th"   "every second Sunday in May"   "every 3rd Friday"
export function readEveryRank(s: Sentence, i: number): Found<Repeat> | undefined {
  const ranked = readRanked(s, i)
  if (!ranked) return readEveryBareDay(s, i)
  const { ranks, weekdays, unit } = ranked.value
  const link = at(s, ranked.end).text
  const outer = link === 'of' || link === 'in' ? readOuter(s, ranked.end + 1) : undefined
  if (outer) return { value: rankedRepeat(ranked.value, outer.value), end: outer.end }
  const first = ranks[0] ?? 1
  // "every 3rd day", "every 4th week" are intervals; "every second Friday" too.
  if (unit === 'day' && first > 0) return undefined
  if (weekdays.length > 0 && first > 0 && ranks.length === 1 && at(s, i).text !== 'first')
    return first === 2 || first > 4
      ? undefined
      : { value: rankedRepeat(ranked.value, { ...noRepeat, frequency: 'MONTHLY' }), end: ranked.end }
  if (weekdays.length === 0 && unit === '') {
    const next = at(s, ranked.end)
    if (next.word.unit !== '' || ranks.some((rank) => rank > 31)) return undefined
    // "every second" is no day of the month.
    if (at(s, i).text === 'second' && ranked.end === i + 1) return undefined
    if (next.word.month) {
      const months = readMonthList(s, ranked.end)
      return months && { value: { ...noRepeat, frequency: 'YEARLY', months: months.value, monthDays: ranks }, end: months.end }
    }
  }
  return { value: rankedRepeat(ranked.value, { ...noRepeat, frequency: 'MONTHLY' }), end: ranked.end }
}

// "every 27"
function readEveryBareDay(s: Sentence, i: number): Found<Repeat> | undefined {
  const token = at(s, i)
  if (token.kind !== 'number' || token.value < 1 || token.value > 31) return undefined
  const next = at(s, i + 1)
  if (next.kind === 'end' || next.text === 'at' || next.text === 'to')
    return { value: { ...noRepeat, frequency: 'MONTHLY', monthDays: [token.value] }, end: i + 1 }
  return undefined
}

// after "of" or "in": "the month"   "every other month"   "each month"   "November"   "every year"   "2 months"
function readOuter(s: Sentence, i: number): Found<Repeat> | undefined {
  const every = opensEvery(s, i)
  if (every > 0) {
    const ordinal = readOrdinal(s, every)
    const spaced = ordinal && at(s, ordinal.end).word.unit !== '' ? ordinal : readInterval(s, every)
    const unit = readUnit(s, spaced.end)
    if (unit && (unit.value === 'month' || unit.value === 'year' || unit.value === 'quarter' || unit.value === 'week'))
      return { value: repeatOf(unit.value, spaced.value), end: unit.end }
    const months = readMonthList(s, every)
    return months && { value: { ...noRepeat, frequency: 'YEARLY', months: months.value }, end: months.end }
  }
  const j = at(s, i).text === 'the' || at(s, i).text === 'a' ? i + 1 : i
  const { unit } = at(s, j).word
  if (unit === 'month' || unit === 'year' || unit === 'quarter') return { value: repeatOf(unit, 1), end: j + 1 }
  const months = readMonthList(s, j)
  return months && { value: { ...noRepeat, frequency: 'YEARLY', months: months.value }, end: months.end }
}

// "1st of every month"   "the last day of each month"   "second Friday of every other month"   "the beginning of each month"   "20th and 30th of every August"
export function readNthOfEvery(s: Sentence, i: number): Found<Repeat> | undefined {
  const edge = readEdgeOfEvery(s, i)
  if (edge) return edge
  const first = readRanked(s, i)
  if (!first) return undefined
  let list = [first.value]
  let end = first.end
  while (list.length < 5 && at(s, end).text === 'and') {
    const more = readRanked(s, end + 1)
    if (!more) break
    list = [...list, more.value]
    end = more.end
  }
  const j = at(s, end).text === 'of' || at(s, end).text === 'in' ? end + 1 : end
  if (opensEvery(s, j) < 0) return undefined
  const outer = readOuter(s, j)
  if (!outer) return undefined
  return { value: list.reduce((inner, ranked) => rankedRepeat(ranked, inner), outer.value), end: outer.end }
}

const edgeRanks = table<number>({ beginning: 1, begin: 1, start: 1, end: -1 })

function readEdgeOfEvery(s: Sentence, i: number): Found<Repeat> | undefined {
  const rank = edgeRanks[at(s, i).text]
  if (rank === undefined || at(s, i + 1).text !== 'of' || opensEvery(s, i + 2) < 0) return undefined
  const outer = readOuter(s, i + 2)
  if (!outer) return undefined
  return {
    value: outer.value.frequency === 'YEARLY' ? { ...outer.value, yearDays: [rank] } : { ...outer.value, monthDays: [rank] },
    end: outer.end,
  }
}
