import { spelled } from '../text/beginnings.ts'
import { type Found, readOrdinal, readQuantity, readWhole } from '../text/numbers.ts'
import { table } from '../text/table.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { Unit } from '../text/words.ts'
import { readAmount, readUnit } from './amount.ts'
import type { Amount, Days } from './expression.ts'
import { type DaysReader, type FoundDays, foundDays, sizeOf, sizes, unitDays } from './found-days.ts'

/** "in 2 months" as the month it falls in, for "the first Monday in 2 months". */
export function unitsAway(amount: Amount): Days {
  if (amount.months !== 0 && amount.months % 12 === 0 && amount.days === 0) return unitDays('year', amount.months / 12)
  if (amount.months !== 0 && amount.days === 0) return unitDays('month', amount.months)
  return amount.days % 7 === 0 && amount.months === 0 ? unitDays('week', amount.days / 7) : { kind: 'shift', amount, from: undefined }
}

/** The last of something, the third from the end, the second: negative counts from the end. */
export function readRank(s: Sentence, i: number): Found<number> | undefined {
  const { text } = at(s, i)
  if (text === 'last' || text === 'final') return { value: -1, end: i + 1 }
  if (text === 'penultimate') return { value: -2, end: i + 1 }
  if (text === 'next' && at(s, i + 1).text === 'to' && at(s, i + 2).text === 'last') return { value: -2, end: i + 3 }
  const ordinal = readOrdinal(s, i)
  if (!ordinal) return undefined
  let j = ordinal.end
  // "2nd to the last", "third-to-last"
  while (j < ordinal.end + 5 && ['to', 'the', '-'].includes(at(s, j).text)) j++
  if (at(s, j).text === 'last') return { value: -ordinal.value, end: j + 1 }
  return ordinal
}

// "first Monday of May"   "last day of the month"   "2nd to last Friday in June"   "third week of 2030"   "the first 2 weeks of"
export function readNth(s: Sentence, i: number, days: DaysReader): FoundDays | undefined {
  const rank = readRank(s, i)
  if (!rank) return undefined
  const counted = readWhole(s, rank.end)
  const count = counted && at(s, rank.end).kind !== 'end' && !Number.isNaN(counted.value) ? counted.value : undefined
  const j = count === undefined ? rank.end : (counted?.end ?? rank.end)
  const token = at(s, j)
  const unit = token.word.weekday === 0 ? readUnit(s, j) : undefined
  const of = token.word.weekday || unit?.value
  if (!of || of === 'second' || of === 'minute' || of === 'hour') return undefined
  let k = unit ? unit.end : j + 1
  const link = at(s, k).text
  if (
    link !== 'of' &&
    link !== 'in' &&
    link !== 'from' &&
    link !== 'after' &&
    Number.isNaN(at(s, k).word.step) &&
    at(s, k).word.month === 0 &&
    !(at(s, k).kind === 'number' && at(s, k).text.length === 4)
  )
    return undefined
  if (link === 'after') return undefined
  if (link === 'of' || link === 'in' || link === 'from') k++
  const away = link === 'in' ? readAmount(s, k) : undefined
  if (away && sizes[away.value.unit] > (typeof of === 'number' ? 1 : sizes[of]))
    return foundDays({ kind: 'nth', n: rank.value, of, count, within: unitsAway(away.value) }, away.end)
  const bareUnit = at(s, k).text === 'the' ? at(s, k + 1).word.unit : at(s, k).word.unit
  const isBare = bareUnit === 'month' || bareUnit === 'year' || bareUnit === 'week' || bareUnit === 'quarter'
  const outer = isBare ? foundDays(unitDays(bareUnit, 0), at(s, k).text === 'the' ? k + 2 : k + 1) : days(s, k, 1)
  const size = typeof of === 'number' ? 1 : sizes[of]
  if (!outer || sizeOf(outer.value) <= size) return undefined
  return foundDays({ kind: 'nth', n: rank.value, of, count, within: outer.value, ...(isBare ? { rolls: true } : {}) }, outer.end)
}

// "next 3 weeks"   "the last couple of days"   "past two months"   "2 upcoming weeks"   "the next few days"
export function readRun(s: Sentence, i: number): FoundDays | undefined {
  const first = at(s, i)
  if (!Number.isNaN(first.word.step)) {
    if (first.word.step === 0) return undefined
    const count = readQuantity(s, i + 1)
    if (!count || count.end === i + 1 || at(s, i + 1).text === 'half') return undefined
    const unit = readUnit(s, count.end)
    if (!unit || sizes[unit.value] === 0) return undefined
    if (first.text === 'upcoming' || first.text === 'coming')
      return foundDays({ kind: 'run', unit: unit.value, count: Math.round(count.value), side: 1 }, unit.end)
    return foundDays({ kind: 'run', unit: unit.value, count: Math.round(count.value), side: first.word.step > 0 ? 1 : -1 }, unit.end)
  }
  if (first.kind === 'word' && Number.isNaN(first.word.cardinal)) return undefined
  const count = readWhole(s, i)
  const step = count ? at(s, count.end).word.step : Number.NaN
  if (!count || Number.isNaN(step) || step === 0) return undefined
  const unit = readUnit(s, count.end + 1)
  return unit && sizes[unit.value] > 0
    ? foundDays({ kind: 'run', unit: unit.value, count: count.value, side: step > 0 ? 1 : -1 }, unit.end)
    : undefined
}

const abbreviatedEdges = table<readonly ['start' | 'end', Unit]>({
  eod: ['end', 'day'],
  cob: ['end', 'day'],
  eow: ['end', 'week'],
  eom: ['end', 'month'],
  eoq: ['end', 'quarter'],
  eoy: ['end', 'year'],
  bom: ['start', 'month'],
  boy: ['start', 'year'],
})

const edges = table<'start' | 'middle' | 'end'>({
  end: 'end',
  late: 'end',
  later: 'end',
  beginning: 'start',
  start: 'start',
  early: 'start',
  mid: 'middle',
  middle: 'middle',
  midweek: 'middle',
})

/** "end of [day]", "close of [business]": when the working day ends. */
const endsOfDay = table<readonly string[]>({ close: ['business', 'play', 'day'], end: ['business', 'play'] })

/** What `readEdge` begins with. */
export const edgeWord = spelled(...Object.keys(abbreviatedEdges), ...Object.keys(edges), ...Object.keys(endsOfDay), 'earlier')

// "close of business Friday"   "end of play tomorrow"
function readCloseOfDay(s: Sentence, i: number, days: DaysReader): FoundDays | undefined {
  if (at(s, i + 1).text !== 'of' || !endsOfDay[at(s, i).text]?.includes(at(s, i + 2).text)) return undefined
  const day = days(s, at(s, i + 3).text === 'on' ? i + 4 : i + 3, 2)
  const named = day && sizeOf(day.value) === 1 ? day : undefined
  return foundDays({ kind: 'edge', edge: 'end', of: named?.value ?? unitDays('day', 0) }, named?.end ?? i + 3)
}

// "the rest of the week"   "the remainder of this month"   "all week"   "all of next month"
export function readWholeOf(s: Sentence, i: number, days: DaysReader): FoundDays | undefined {
  const { text } = at(s, i)
  const linked = at(s, i + 1).text === 'of'
  const j = linked ? i + 2 : i + 1
  const bare = at(s, at(s, j).text === 'the' ? j + 1 : j)
  const { unit } = bare.word
  const isUnit = (unit === 'week' || unit === 'weekend' || unit === 'month' || unit === 'quarter' || unit === 'year') && !bare.word.plural
  const end = at(s, j).text === 'the' ? j + 2 : j + 1
  if (text === 'all' || text === 'whole') {
    if (linked) {
      const named = isUnit ? undefined : days(s, j, 1)
      return isUnit ? foundDays(unitDays(unit, 0), end) : named && sizeOf(named.value) >= 3 ? named : undefined
    }
    return isUnit && text === 'all' && end === j + 1 ? foundDays(unitDays(unit, 0), end) : undefined
  }
  if ((text !== 'rest' && text !== 'remainder') || !linked) return undefined
  if (unit === 'day') return foundDays(unitDays('day', 0), end)
  const whole = isUnit ? foundDays(unitDays(unit, 0), end) : days(s, j, 1)
  if (!whole || sizeOf(whole.value) < 3) return undefined
  // Of what has not begun, all is left.
  if (whole.value.kind !== 'unit' || whole.value.offset !== 0) return whole
  return foundDays({ kind: 'span', from: unitDays('day', 0), to: whole.value, inclusive: true }, whole.end)
}

// "later this week"   "earlier this month"   "later in the year"   "later today"
function readRestOf(s: Sentence, i: number): FoundDays | undefined {
  const { text } = at(s, i)
  if (text !== 'later' && text !== 'earlier') return undefined
  if (at(s, i + 1).text === 'today') return foundDays(unitDays('day', 0), i + 2)
  const j = at(s, i + 1).text === 'in' ? i + 2 : i + 1
  const named = at(s, j).text
  const { unit } = at(s, j + 1).word
  if (
    (named !== 'this' && !(named === 'the' && j > i + 1)) ||
    !(unit === 'week' || unit === 'month' || unit === 'quarter' || unit === 'year')
  )
    return undefined
  const whole = unitDays(unit, 0)
  return text === 'later'
    ? foundDays({ kind: 'span', from: unitDays('day', 1), to: whole, inclusive: true }, j + 2)
    : foundDays({ kind: 'span', from: whole, to: unitDays('day', 0), inclusive: true }, j + 2)
}

// "end of March"   "the beginning of next week"   "mid-July"   "late 2030"   "EOM"   "end of day tomorrow"
export function readEdge(s: Sentence, i: number, days: DaysReader): FoundDays | undefined {
  const { text, start } = at(s, i)
  const short = abbreviatedEdges[text]
  if (short) {
    if (text === 'boy' && s.text.charCodeAt(start) > 90) return undefined
    const day = short[1] === 'day' ? days(s, at(s, i + 1).text === 'on' ? i + 2 : i + 1, 2) : undefined
    if (day && sizeOf(day.value) === 1) return foundDays({ kind: 'edge', edge: short[0], of: day.value }, day.end)
    return foundDays({ kind: 'edge', edge: short[0], of: unitDays(short[1], 0) }, i + 1)
  }
  const part = readCloseOfDay(s, i, days) ?? readRestOf(s, i)
  if (part) return part
  const edge = edges[text]
  if (!edge) return undefined
  if (text === 'midweek') return foundDays({ kind: 'edge', edge, of: unitDays('week', 0) }, i + 1)
  let j = i + 1
  const linked = at(s, j).text === 'of' || at(s, j).text === 'in' || at(s, j).text === '-'
  if (linked) j++
  const approx = at(s, j).text
  if (approx === 'around' || approx === 'about') j++
  if (at(s, j).text === 'the') j++
  const unit = at(s, j).word.unit
  const isUnit = unit === 'day' || unit === 'week' || unit === 'month' || unit === 'quarter' || unit === 'year'
  if (isUnit && (linked || text === 'mid')) {
    if (unit === 'day' && edge !== 'end') return undefined
    const day = unit === 'day' ? days(s, at(s, j + 1).text === 'on' ? j + 2 : j + 1, 1) : undefined
    return foundDays({ kind: 'edge', edge, of: day?.value ?? unitDays(unit, 0) }, day?.end ?? j + 1)
  }
  const of = days(s, j, 1)
  if (!of || (!linked && sizeOf(of.value) < 3)) return undefined
  if (!linked && text !== 'mid' && text !== 'early' && text !== 'late' && text !== 'later') return undefined
  return foundDays({ kind: 'edge', edge, of: of.value }, of.end)
}
