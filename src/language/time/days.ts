import { type Found, readOrdinal, readQuantity, readWhole } from '../text/numbers.ts'
import { at, enter, leave, memoSlots, once, type Sentence } from '../text/tokens.ts'
import type { Unit } from '../text/words.ts'
import { amountOf, isWholeDays, readAmount, readUnit, times } from './amount.ts'
import { fullYear, readDate, readSpokenYear } from './date.ts'
import type { Amount, Days } from './expression.ts'
import { holidayNamed, longestHoliday, opensHoliday } from './holidays.ts'

/** Days that a phrase names; `sure` when no word before it is needed to believe that. */
export interface FoundDays extends Found<Days> {
  readonly sure: boolean
}
type Reader = (s: Sentence, i: number) => FoundDays | undefined

/** One name of days without what it is part of, tried in this order. */
const readers: readonly Reader[] = [
  readHoliday,
  readDayWord,
  readNth,
  readRun,
  readStepped,
  readEdge,
  readAgo,
  readWrittenDate,
  readFraction,
  readWeekNumber,
  readYears,
  readWeekOf,
  readWeekday,
  readDayOfMonth,
  readSeason,
]

/**
 * A name of days with everything it is part of.
 *
 *     Tuesday next week    the 5th of next month    next week Tuesday    the first Monday of May 2030
 */
export function readDays(s: Sentence, i: number, depth = 0): FoundDays | undefined {
  const { kind, word, text } = at(s, i)
  if (kind === 'end' || (kind === 'word' && !word.opens && !opensHoliday(text))) return undefined
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
  for (const read of readers) {
    const found = read(s, start)
    if (found && (found.sure || start === i)) return found
    if (found) return { ...found, sure: found.value.kind === 'date' || found.sure }
  }
  return undefined
}

const sizes: Readonly<Record<Unit, number>> = {
  second: 0,
  minute: 0,
  hour: 0,
  day: 1,
  workday: 1,
  weekend: 2,
  week: 3,
  month: 4,
  quarter: 5,
  year: 6,
  decade: 7,
  century: 8,
}

/** How large a stretch is: 1 a day, 3 a week, 4 a month, 6 a year. */
export function sizeOf(days: Days): number {
  switch (days.kind) {
    case 'unit':
    case 'run':
      return sizes[days.unit]
    case 'date':
      return days.day !== undefined ? 1 : days.month !== undefined ? 4 : 6
    case 'nth':
      return typeof days.of === 'number' ? 1 : sizes[days.of]
    case 'within':
      return sizeOf(days.inner)
    case 'shift':
      return Math.max(1, sizes[days.amount.unit])
    case 'season':
    case 'fraction':
      return 5
    case 'week':
      return 3
    case 'years':
      return 7
    default:
      return 1
  }
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
  const amount = link === 'in' ? readAmount(s, j) : undefined
  const outer: FoundDays | undefined =
    amount && sizes[amount.value.unit] > 1 ? { value: unitsAway(amount.value), end: amount.end, sure: true } : readDays(s, j, depth + 1)
  if (!outer || sizeOf(outer.value) <= sizeOf(inner) || (!linked && !isPointing(outer.value))) return undefined
  if (outer.value.kind === 'span' || outer.value.kind === 'run' || outer.value.kind === 'edge') return undefined
  return { value: { kind: 'within', inner, outer: outer.value }, end: outer.end, sure: true }
}

/** "in 2 months" as the month it falls in, for "the first Monday in 2 months". */
function unitsAway(amount: Amount): Days {
  if (amount.months !== 0 && amount.months % 12 === 0 && amount.days === 0) return unitDays('year', amount.months / 12)
  if (amount.months !== 0 && amount.days === 0) return unitDays('month', amount.months)
  return amount.days % 7 === 0 && amount.months === 0 ? unitDays('week', amount.days / 7) : { kind: 'shift', amount, from: undefined }
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
  if (!isPointing(outer.value) || sizeOf(outer.value) < 3) return undefined
  let j = outer.end
  if (at(s, j).text === ',') j++
  const link = at(s, j).text
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

const found = (value: Days, end: number, sure = true): FoundDays => ({ value, end, sure })
const unitDays = (unit: Unit, offset: number): Days => ({ kind: 'unit', unit, offset })

// "today"   "tomorrow"   "the day after tomorrow"   "day before yesterday"   "the day after"
function readDayWord(s: Sentence, i: number): FoundDays | undefined {
  const { word, text } = at(s, i)
  if (!Number.isNaN(word.offset)) {
    if (word.vague && at(s, i + 1).kind !== 'number' && at(s, i + 1).kind !== 'end') return undefined
    return found(unitDays('day', word.offset), word.part === '' ? i + 1 : i, !word.vague || at(s, i + 1).kind === 'number')
  }
  if (text !== 'day') return undefined
  const side = at(s, i + 1).text
  if (side !== 'after' && side !== 'before') return undefined
  const anchor = at(s, i + 2)
  if (!Number.isNaN(anchor.word.offset)) return found(unitDays('day', anchor.word.offset + (side === 'after' ? 1 : -1)), i + 3)
  if (anchor.kind === 'end' || (anchor.kind === 'mark' && anchor.text !== '@'))
    return found(unitDays('day', side === 'after' ? 1 : -1), i + 2)
  return undefined
}

// "Christmas"   "new year's eve 2030"   "next Mother's day"   "July fourth"
function readHoliday(s: Sentence, i: number): FoundDays | undefined {
  let j = i
  let step = 0
  const stepped = at(s, i).word.step
  if (!Number.isNaN(stepped)) {
    step = stepped
    j++
  }
  if (!opensHoliday(at(s, j).text)) return undefined
  let name = ''
  let best = 0
  let bestName = ''
  for (let words = 0; words < longestHoliday; words++) {
    const token = at(s, j + words)
    if (token.kind === 'end') break
    if (token.kind === 'mark') {
      if (token.text === '.' && token.glued) {
        j++
        words--
        if (j - i > 4) break
        continue
      }
      break
    }
    name = name === '' ? bare(token.text) : token.glued ? name + token.text : `${name} ${bare(token.text)}`
    if (holidayNamed(name)) {
      best = j + words + 1
      bestName = name
    }
  }
  if (best > 0 && at(s, best).word.unit === 'weekend') {
    return found({ kind: 'within', inner: unitDays('weekend', 0), outer: { kind: 'holiday', name: bestName, step } }, best + 1)
  }
  if (best === 0 || (bestName === 'ascension' && at(s, best).text !== '')) return undefined
  const link = at(s, best).text === 'of' || at(s, best).text === 'in' || at(s, best).text === ',' ? best + 1 : best
  const year = at(s, link)
  if (year.kind === 'number' && year.text.length === 4 && year.value > 1000 && year.value < 3000)
    return withWeekend(s, { kind: 'holiday', name: bestName, step: 0, year: year.value }, link + 1)
  return found({ kind: 'holiday', name: bestName, step }, best)
}

// "Labor Day 2030 [weekend]"
function withWeekend(s: Sentence, holiday: Days, end: number): FoundDays {
  if (at(s, end).word.unit !== 'weekend') return found(holiday, end)
  return found({ kind: 'within', inner: unitDays('weekend', 0), outer: holiday }, end + 1)
}

function bare(text: string): string {
  return text.includes("'") ? text.replaceAll("'", '') : text
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
  if (at(s, j).text === 'to' || at(s, j).text === '-') j++
  if (at(s, j).text === 'the') j++
  if (at(s, j).text === '-') j++
  if (at(s, j).text === 'last') return { value: -ordinal.value, end: j + 1 }
  return ordinal
}

// "first Monday of May"   "last day of the month"   "2nd to last Friday in June"   "third week of 2030"   "the first 2 weeks of"
function readNth(s: Sentence, i: number): FoundDays | undefined {
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
    link !== 'this' &&
    at(s, k).word.month === 0 &&
    !(at(s, k).kind === 'number' && at(s, k).text.length === 4)
  )
    return undefined
  if (link === 'after') return undefined
  if (link === 'of' || link === 'in' || link === 'from') k++
  const away = link === 'in' ? readAmount(s, k) : undefined
  if (away && sizes[away.value.unit] > (typeof of === 'number' ? 1 : sizes[of]))
    return found({ kind: 'nth', n: rank.value, of, count, within: unitsAway(away.value) }, away.end)
  const bareUnit = at(s, k).text === 'the' ? at(s, k + 1).word.unit : at(s, k).word.unit
  const outer =
    bareUnit === 'month' || bareUnit === 'year' || bareUnit === 'week' || bareUnit === 'quarter'
      ? found(unitDays(bareUnit, 0), at(s, k).text === 'the' ? k + 2 : k + 1)
      : readDays(s, k, 1)
  const size = typeof of === 'number' ? 1 : sizes[of]
  if (!outer || sizeOf(outer.value) <= size) return undefined
  return found({ kind: 'nth', n: rank.value, of, count, within: outer.value }, outer.end)
}

// "next 3 weeks"   "the last couple of days"   "past two months"   "2 upcoming weeks"   "the next few days"
function readRun(s: Sentence, i: number): FoundDays | undefined {
  const first = at(s, i)
  if (!Number.isNaN(first.word.step)) {
    if (first.word.step === 0) return undefined
    const count = readQuantity(s, i + 1)
    if (!count || count.end === i + 1 || at(s, i + 1).text === 'half') return undefined
    const unit = readUnit(s, count.end)
    if (!unit || sizes[unit.value] === 0) return undefined
    if (first.text === 'upcoming' || first.text === 'coming')
      return found({ kind: 'run', unit: unit.value, count: Math.round(count.value), side: 1 }, unit.end)
    return found({ kind: 'run', unit: unit.value, count: Math.round(count.value), side: first.word.step > 0 ? 1 : -1 }, unit.end)
  }
  if (first.kind === 'word' && Number.isNaN(first.word.cardinal)) return undefined
  const count = readWhole(s, i)
  const step = count ? at(s, count.end).word.step : Number.NaN
  if (!count || Number.isNaN(step) || step === 0) return undefined
  const unit = readUnit(s, count.end + 1)
  return unit && sizes[unit.value] > 0
    ? found({ kind: 'run', unit: unit.value, count: count.value, side: step > 0 ? 1 : -1 }, unit.end)
    : undefined
}

// "next week"   "this Monday"   "last March"   "this coming Friday"   "the week after next"   "this past weekend"
function readStepped(s: Sentence, i: number): FoundDays | undefined {
  const afterNext = readAfterNext(s, i)
  if (afterNext) return afterNext
  const { word } = at(s, i)
  if (Number.isNaN(word.step)) return undefined
  let j = i + 1
  let step = word.step
  const inner = at(s, j).word.step
  if (!Number.isNaN(inner) && (step === 0 || inner === step)) {
    if (step !== 0) step += inner
    else step = inner
    j++
    const named = at(s, j).word
    if (word.step === 0 && inner === 1 && named.weekday)
      return found({ kind: 'weekday', weekday: named.weekday, which: 'coming' }, skipDot(s, j + 1))
  }
  const token = at(s, j)
  const target = token.word
  if (target.weekday && !(target.vague && target.unit !== '')) {
    const which =
      at(s, i).text === 'coming' || at(s, i).text === 'upcoming' || at(s, i).text === 'following'
        ? 'coming'
        : step > 0
          ? 'next'
          : step < 0
            ? 'last'
            : 'this'
    return found({ kind: 'weekday', weekday: target.weekday, which }, skipDot(s, j + 1))
  }
  const unit = readUnit(s, j)
  if (unit && sizes[unit.value] > 0) {
    if (at(s, j).word.plural && unit.value !== 'weekend')
      return found({ kind: 'run', unit: unit.value, count: 2, side: step > 0 ? 1 : -1 }, unit.end, false)
    return found(unitDays(unit.value, step), unit.end)
  }
  if (target.month && !(token.text === 'may' && step === 0 && at(s, j + 1).kind === 'word' && !at(s, j + 1).word.opens)) {
    const dated = readDate(s, j)
    if (dated && dated.value.day !== undefined) return found({ ...dated.value, step }, dated.end)
    return found({ kind: 'date', month: target.month, step }, j + 1)
  }
  if (target.season) return found({ kind: 'season', season: target.season, step }, j + 1)
  if (token.text === 'season' || token.text === 'seasons') return found({ kind: 'season', season: '', step }, j + 1)
  const date = readDate(s, j)
  if (date && date.value.day !== undefined) return found(date.value, date.end)
  return undefined
}

function skipDot(s: Sentence, i: number): number {
  return at(s, i).text === '.' && at(s, i).glued && at(s, i - 1).text.length <= 4 && at(s, i + 1).kind !== 'end' ? i + 1 : i
}

// "the week after next"   "Wednesday after next"
function readAfterNext(s: Sentence, i: number): FoundDays | undefined {
  const { word, text } = at(s, i)
  if (at(s, i + 1).text === 'before' && at(s, i + 2).text === 'last') {
    if (word.weekday) return found({ kind: 'weekdays', weekday: word.weekday, count: -2, from: undefined }, i + 3)
    return word.unit !== '' && text.length > 1 && sizes[word.unit] > 0 ? found(unitDays(word.unit, -2), i + 3) : undefined
  }
  if (at(s, i + 1).text !== 'after' || at(s, i + 2).text !== 'next') return undefined
  if (word.weekday) return found({ kind: 'weekdays', weekday: word.weekday, count: 2, from: undefined }, i + 3)
  return word.unit !== '' && text.length > 1 && sizes[word.unit] > 0 ? found(unitDays(word.unit, 2), i + 3) : undefined
}

const abbreviatedEdges: Readonly<Record<string, readonly ['start' | 'end', Unit]>> = {
  eod: ['end', 'day'],
  cob: ['end', 'day'],
  eow: ['end', 'week'],
  eom: ['end', 'month'],
  eoq: ['end', 'quarter'],
  eoy: ['end', 'year'],
  bom: ['start', 'month'],
  boy: ['start', 'year'],
}
const edges: Readonly<Record<string, 'start' | 'middle' | 'end'>> = {
  end: 'end',
  late: 'end',
  later: 'end',
  beginning: 'start',
  start: 'start',
  early: 'start',
  mid: 'middle',
  middle: 'middle',
}

// "end of March"   "the beginning of next week"   "mid-July"   "late 2030"   "EOM"   "end of day tomorrow"
function readEdge(s: Sentence, i: number): FoundDays | undefined {
  const { text, start } = at(s, i)
  const short = abbreviatedEdges[text]
  if (short) {
    if (text === 'boy' && s.text.charCodeAt(start) > 90) return undefined
    const day = short[1] === 'day' ? readDays(s, at(s, i + 1).text === 'on' ? i + 2 : i + 1, 2) : undefined
    if (day && sizeOf(day.value) === 1) return found({ kind: 'edge', edge: short[0], of: day.value }, day.end)
    return found({ kind: 'edge', edge: short[0], of: unitDays(short[1], 0) }, i + 1)
  }
  const edge = edges[text]
  if (!edge) return undefined
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
    const day = unit === 'day' ? readDays(s, at(s, j + 1).text === 'on' ? j + 2 : j + 1, 1) : undefined
    return found({ kind: 'edge', edge, of: day?.value ?? unitDays(unit, 0) }, day?.end ?? j + 1)
  }
  const of = readDays(s, j, 1)
  if (!of || (!linked && sizeOf(of.value) < 3)) return undefined
  if (!linked && text !== 'mid' && text !== 'early' && text !== 'late' && text !== 'later') return undefined
  return found({ kind: 'edge', edge, of: of.value }, of.end)
}

// "3 days ago"   "2 weeks from tomorrow"   "a month before Christmas"   "3 Fridays from now"   "2 days later"
function readAgo(s: Sentence, i: number): FoundDays | undefined {
  const fridays = readWeekdaysAway(s, i)
  if (fridays) return fridays
  const wide = readAmountSpan(s, i)
  if (wide) {
    const side = readSide(s, wide.end)
    return side?.from === 'now' ? found(spanFromNow(wide.value, side.sign), side.end) : undefined
  }
  const amount = readAmount(s, i)
  if (!amount || !isWholeDays(amount.value)) return undefined
  const side = readSide(s, amount.end)
  if (!side) return undefined
  if (side.from === 'now') return found({ kind: 'shift', amount: times(amount.value, side.sign), from: undefined }, side.end)
  const from = readDays(s, side.end, 1)
  if (!from) return undefined
  return found({ kind: 'shift', amount: times(amount.value, side.sign), from: from.value }, from.end)
}

/** "2 to 4 weeks", "one to five months", "3-5 days": two amounts of one unit. */
export function readAmountSpan(s: Sentence, i: number): Found<readonly [Amount, Amount]> | undefined {
  const low = readWhole(s, i)
  if (!low || (at(s, low.end).text !== 'to' && at(s, low.end).text !== '-' && at(s, low.end).text !== 'or')) return undefined
  const high = readWhole(s, low.end + 1)
  const unit = high && high.value > low.value ? readUnit(s, high.end) : undefined
  return high && unit && sizes[unit.value] > 0
    ? { value: [amountOf(low.value, unit.value), amountOf(high.value, unit.value)], end: unit.end }
    : undefined
}

/** From the nearer to the farther of two amounts. */
export function spanFromNow([low, high]: readonly [Amount, Amount], sign: 1 | -1): Days {
  const [amount, upTo] = sign > 0 ? [low, high] : [times(high, -1), times(low, -1)]
  return { kind: 'shift', amount, from: undefined, upTo }
}

/** Which way an amount points and from where: "ago", "from now", "before ...", "after ...". */
export function readSide(
  s: Sentence,
  i: number,
): { readonly sign: 1 | -1; readonly from: 'now' | 'phrase'; readonly end: number } | undefined {
  const { text } = at(s, i)
  switch (text) {
    case 'ago':
    case 'earlier':
    case 'back':
      return { sign: -1, from: 'now', end: i + 1 }
    case 'later':
    case 'hence':
    case 'out':
      return { sign: 1, from: 'now', end: i + 1 }
    case 'before':
      if (at(s, i + 1).kind === 'end') return { sign: -1, from: 'now', end: i + 1 }
      return at(s, i + 1).text === 'now' ? { sign: -1, from: 'now', end: i + 2 } : { sign: -1, from: 'phrase', end: i + 1 }
    case 'prior':
      return at(s, i + 1).text === 'to' ? { sign: -1, from: 'phrase', end: i + 2 } : { sign: -1, from: 'now', end: i + 1 }
    case 'from':
    case 'after':
    case 'following':
    case 'since':
      return at(s, i + 1).text === 'now' || (at(s, i + 1).text === 'right' && at(s, i + 2).text === 'now')
        ? { sign: 1, from: 'now', end: at(s, i + 1).text === 'now' ? i + 2 : i + 3 }
        : { sign: 1, from: 'phrase', end: i + 1 }
    default:
      return undefined
  }
}

// "3 Fridays from now"   "two Thursdays ago"   "3 Sundays after May 1"   "the second closest Monday to May 1"
function readWeekdaysAway(s: Sentence, i: number): FoundDays | undefined {
  const first = at(s, i)
  const rank = first.text === 'closest' || first.text === 'nearest' ? { value: 1, end: i } : readOrdinal(s, i)
  if (
    rank &&
    (at(s, rank.end).text === 'closest' || at(s, rank.end).text === 'nearest') &&
    at(s, rank.end + 1).word.weekday &&
    at(s, rank.end + 2).text === 'to'
  ) {
    const to = readDays(s, rank.end + 3, 1)
    return (
      to && found({ kind: 'weekdays', weekday: at(s, rank.end + 1).word.weekday, count: rank.value, from: to.value, closest: true }, to.end)
    )
  }
  if (first.kind !== 'number' && Number.isNaN(first.word.cardinal) && first.text !== 'a') return undefined
  const count = first.text === 'a' ? { value: 1, end: i + 1 } : readWhole(s, i)
  const weekday = count ? at(s, count.end).word.weekday : 0
  const side = count && weekday ? readSide(s, count.end + 1) : undefined
  if (!count || !side || count.value > 1000) return undefined
  if (side.from === 'now') return found({ kind: 'weekdays', weekday, count: count.value * side.sign, from: undefined }, side.end)
  const from = readDays(s, side.end, 1)
  return from && found({ kind: 'weekdays', weekday, count: count.value * side.sign, from: from.value }, from.end)
}

// "Friday, March 3rd"   "March 3rd"   "3/4/2030"   "Tue 3 Mar"
function readWrittenDate(s: Sentence, i: number): FoundDays | undefined {
  const date = readDate(s, i)
  if (!date) return undefined
  // "March 3rd (Tuesday)", "3 May Tue": a weekday after the date adds nothing.
  let end = date.end
  if (date.value.day !== undefined) {
    const j = at(s, end).text === ',' || at(s, end).text === '(' ? end + 1 : end
    const weekday = at(s, j)
    if (weekday.word.weekday && !weekday.word.plural && (weekday.word.unit === '' || at(s, end).text === '('))
      end = at(s, j + 1).text === ')' ? j + 2 : at(s, end).text === '(' ? j + 1 : j + 1
  }
  return found(date.value, end)
}

// "Q3"   "Q1 2030"   "third quarter of 2030"   "2030 Q3"   "first half of 2030"   "H2 2030"
function readFraction(s: Sentence, i: number): FoundDays | undefined {
  const short = at(s, i)
  const number = at(s, i + 1)
  if ((short.text === 'q' || short.text === 'h') && number.glued && number.value >= 1 && number.value <= (short.text === 'q' ? 4 : 2)) {
    const year = readYearNear(s, i + 2)
    return found(
      { kind: 'fraction', of: short.text === 'q' ? 'quarter' : 'half', n: number.value, year: year?.value, step: 0 },
      year?.end ?? i + 2,
      short.text === 'q' || year !== undefined,
    )
  }
  if (short.kind === 'number' && short.text.length === 4) return readYearFraction(s, i)
  const rank = readOrdinal(s, i)
  const name = rank ? at(s, rank.end).text : ''
  if (!rank || (name !== 'quarter' && name !== 'qtr' && name !== 'half') || rank.value > (name === 'half' ? 2 : 4)) return undefined
  return found(
    { kind: 'fraction', of: name === 'half' ? 'half' : 'quarter', n: rank.value, year: undefined, step: 0 },
    rank.end + 1,
    name !== 'half',
  )
}

// "2030-Q1"   "2030 H2"
function readYearFraction(s: Sentence, i: number): FoundDays | undefined {
  const j = at(s, i + 1).text === '-' ? i + 2 : i + 1
  const letter = at(s, j).text
  const number = at(s, j + 1)
  if ((letter !== 'q' && letter !== 'h') || !number.glued || !(number.value >= 1 && number.value <= (letter === 'q' ? 4 : 2)))
    return undefined
  return found({ kind: 'fraction', of: letter === 'q' ? 'quarter' : 'half', n: number.value, year: at(s, i).value, step: 0 }, j + 2)
}

// "[Q1]-2030"   "[Q1] of 2030"   "[Q1] '30"
function readYearNear(s: Sentence, i: number): Found<number> | undefined {
  const link = at(s, i).text
  const j = link === '-' || link === 'of' || link === 'in' || link === '/' || link === ',' ? i + 1 : i
  const year = at(s, j)
  return year.kind === 'number' && year.text.length === 4 && year.value > 1900 && year.value < 2200
    ? { value: year.value, end: j + 1 }
    : undefined
}

// "week 12"   "week 3 of 2030"   "calendar week 7"
function readWeekNumber(s: Sentence, i: number): FoundDays | undefined {
  if (at(s, i).text !== 'week') return undefined
  const number = readWhole(s, i + 1)
  if (!number || number.value < 1 || number.value > 53) return undefined
  return found({ kind: 'week', week: number.value, year: undefined }, number.end)
}

// "the week of April 10th"   "the weekend of Halloween"   "the week starting May 4"
function readWeekOf(s: Sentence, i: number): FoundDays | undefined {
  const { unit } = at(s, i).word
  if (unit !== 'week' && unit !== 'weekend') return undefined
  const link = at(s, i + 1).text
  if (link !== 'of' && link !== 'starting' && link !== 'beginning' && link !== 'commencing') return undefined
  const of = readDays(s, at(s, i + 2).text === 'on' ? i + 3 : i + 2, 2)
  if (!of || sizeOf(of.value) !== 1) return undefined
  return found({ kind: 'within', inner: unitDays(unit, 0), outer: of.value }, of.end)
}

// "in 2030"   "the year 2030"   "the 1990s"   "the 21st century"   "2030" and nothing else
function readYears(s: Sentence, i: number): FoundDays | undefined {
  const rank = readOrdinal(s, i)
  if (rank && at(s, rank.end).word.unit === 'century')
    return found({ kind: 'years', from: (rank.value - 1) * 100, to: rank.value * 100 }, rank.end + 1)
  const named = at(s, i).text === 'year'
  const j = named ? i + 1 : i
  const token = at(s, j)
  if (token.kind === 'number') {
    if (at(s, j + 1).text === 's' && at(s, j + 1).glued && token.value % 10 === 0 && (token.text.length === 4 || token.text.length === 2)) {
      const from = fullYear(token.text, token.value)
      return found({ kind: 'years', from, to: from + 10 }, j + 2)
    }
    if (token.text.length !== 4 || token.value < 1000 || token.value > 2999) return undefined
    const before = at(s, i - 1).text
    const placed =
      named ||
      before === 'in' ||
      before === 'of' ||
      before === 'by' ||
      before === 'since' ||
      before === 'until' ||
      before === 'till' ||
      before === 'from' ||
      before === 'after' ||
      before === 'before' ||
      before === 'through' ||
      before === 'during' ||
      before === 'late' ||
      before === 'early' ||
      before === 'mid' ||
      before === 'to' ||
      before === 'and' ||
      before === 'between' ||
      before === '-'
    const plausible = token.value >= 1900 && token.value < 2100
    const next = at(s, j + 1)
    if (next.glued && (next.kind === 'word' || next.text === ':' || next.text === '.') && at(s, j + 2).glued) return undefined
    if (!(plausible && (placed || next.kind === 'end' || next.word.opens)) && !(placed && plausible)) return undefined
    return found({ kind: 'date', year: token.value }, j + 1, placed || (before === '' && next.kind === 'end'))
  }
  const spoken = named ? readSpokenYear(s, j) : undefined
  return spoken ? found({ kind: 'date', year: spoken.value }, spoken.end) : undefined
}

// "Tuesday"   "Tue."   "Friday the 13th"   "Fri 13"   "Sunday, the 3rd"
function readWeekday(s: Sentence, i: number): FoundDays | undefined {
  const { word, text } = at(s, i)
  if (!word.weekday) return undefined
  if (word.vague && text.length <= 3 && !isWeekdayHere(s, i)) return undefined
  let j = skipDot(s, i + 1)
  if (at(s, j).text === ',') j++
  const date = readDate(s, at(s, j).text === 'the' ? j + 1 : j)
  if (date && date.value.day !== undefined) return found({ ...date.value, weekday: word.weekday }, date.end)
  const k = at(s, j).text === 'the' ? j + 1 : at(s, j).text === 'on' && at(s, j + 1).text === 'the' ? j + 2 : j
  const ordinal = readOrdinal(s, k)
  if (ordinal && ordinal.value <= 31 && at(s, ordinal.end).word.unit === '' && at(s, ordinal.end).word.weekday === 0)
    return found({ kind: 'date', day: ordinal.value, weekday: word.weekday }, ordinal.end)
  const bareDay = at(s, j)
  if (bareDay.kind === 'number' && bareDay.text.length <= 2 && bareDay.value >= 1 && bareDay.value <= 31 && at(s, j + 1).text === 'at') {
    return found({ kind: 'date', day: bareDay.value, weekday: word.weekday }, j + 1)
  }
  return found({ kind: 'weekday', weekday: word.weekday, which: 'coming' }, skipDot(s, i + 1))
}

/** "sat", "sun", "wed", "mon": a day when it is written like one. */
function isWeekdayHere(s: Sentence, i: number): boolean {
  const before = at(s, i - 1)
  const after = at(s, i + 1)
  if (before.kind === 'end' && after.kind === 'end') return true
  if (after.text === '.' && after.glued) return true
  if (
    before.text === 'the' ||
    before.text === 'a' ||
    before.text === 'i' ||
    before.text === 'he' ||
    before.text === 'she' ||
    before.text === 'we' ||
    before.text === 'they'
  )
    return false
  const code = s.text.charCodeAt(at(s, i).start)
  if (code < 97 && before.kind !== 'end') return true
  return (
    before.word.opens ||
    before.kind === 'number' ||
    after.kind === 'number' ||
    after.word.opens ||
    after.kind === 'mark' ||
    after.kind === 'end'
  )
}

// "the 15th"   "on the first"   "15th"
function readDayOfMonth(s: Sentence, i: number): FoundDays | undefined {
  const ordinal = readOrdinal(s, i) ?? (at(s, i + 1).text === 'of' && at(s, i).text.length <= 2 ? readWhole(s, i) : undefined)
  if (!ordinal || ordinal.value < 1 || ordinal.value > 31) return undefined
  if (
    at(s, ordinal.end - 1).kind === 'number' &&
    !(at(s, ordinal.end + 1).word.step >= -1 && at(s, ordinal.end + 2).word.unit === 'month') &&
    !(at(s, ordinal.end + 1).text === 'the' && at(s, ordinal.end + 2).word.step >= -1)
  )
    return undefined
  const isDigits = at(s, i).kind === 'number'
  const placed =
    at(s, i - 1).text === 'the' &&
    (at(s, i - 2).text === 'on' ||
      at(s, i - 2).text === 'for' ||
      at(s, i - 2).text === 'from' ||
      at(s, i - 2).text === 'by' ||
      at(s, i - 2).text === 'until')
  const next = at(s, ordinal.end)
  const followed =
    next.text === 'of' &&
    (at(s, ordinal.end + 1).word.step >= -1 ||
      at(s, ordinal.end + 1).word.unit === 'month' ||
      (at(s, ordinal.end + 1).text === 'the' && at(s, ordinal.end + 2).word.opens))
  if (!isDigits && !placed && !followed) return undefined
  if (next.kind === 'word' && !next.word.opens && !isDigits && !followed) return undefined
  const month = at(s, ordinal.end).text === 'of' && at(s, ordinal.end + 1).text === 'month' ? ordinal.end + 2 : ordinal.end
  return found(
    { kind: 'date', day: ordinal.value },
    at(s, month).text === 'day' ? month + 1 : month,
    placed || followed || at(s, i - 1).text === 'on' || at(s, i - 1).text === 'the' || (at(s, i - 1).kind === 'end' && next.kind === 'end'),
  )
}

// "summer"   "in the fall of 2030"   "winter 2030"
function readSeason(s: Sentence, i: number): FoundDays | undefined {
  const { word } = at(s, i)
  if (!word.season) return undefined
  const j = at(s, i + 1).text === 'of' ? i + 2 : i + 1
  const year = at(s, j)
  if (year.kind === 'number' && year.text.length === 4 && year.value > 1900 && year.value < 2200)
    return found({ kind: 'season', season: word.season, step: 0, year: year.value }, j + 1)
  const before = at(s, i - 1).text
  return before === 'in' ||
    before === 'the' ||
    before === 'this' ||
    before === 'during' ||
    before === 'by' ||
    (before === '' && at(s, i + 1).kind === 'end')
    ? found({ kind: 'season', season: word.season, step: 0 }, i + 1)
    : undefined
}

/** "in 3 days", "within 2 weeks": the amount after its preposition. */
export function readAmountAfter(s: Sentence, i: number): Found<Amount> | undefined {
  let j = i
  const word = at(s, j).text
  if (word === 'about' || word === 'around' || word === 'approximately' || word === 'the' || word === 'roughly' || word === 'exactly') j++
  if (at(s, j).text === '-' && at(s, j + 1).kind === 'number') j++
  return readAmount(s, j)
}
