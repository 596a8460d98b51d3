import { mark, oneOf, quantity, spelled } from '../text/beginnings.ts'
import { type Found, readOrdinal, readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { wordOf } from '../text/words.ts'
import { amountOf, isWholeDays, readAmount, readUnit, times } from './amount.ts'
import type { Amount, Days } from './expression.ts'
import { type DaysReader, type FoundDays, foundDays, sizeOf, unitDays } from './found-days.ts'

// "3 days ago"   "2 weeks from tomorrow"   "a month before Christmas"   "4 Sundays from now"   "2 days later"
export function readAgo(s: Sentence, i: number, days: DaysReader): FoundDays | undefined {
  const fridays = readWeekdaysAway(s, i, days)
  if (fridays) return fridays
  const counted = readUnitsAway(s, i) ?? readMonthsAway(s, i)
  if (counted) return counted
  const wide = readAmountSpan(s, i)
  if (wide) {
    const side = isWholeDays(wide.value[0]) ? readSide(s, wide.end) : undefined
    return side?.from === 'now' ? foundDays(spanFromNow(wide.value, side.sign), side.end) : undefined
  }
  const amount = readAmount(s, i)
  if (!amount || !isWholeDays(amount.value)) return undefined
  const weeksOn = readWeeksOn(s, amount, days)
  if (weeksOn) return weeksOn
  const side = readSide(s, amount.end)
  if (!side) return undefined
  const from = side.from === 'now' && at(s, side.end - 1).text !== 'ago' ? undefined : days(s, side.end, 1)
  if (side.from === 'now' && (!from || sizeOf(from.value) !== 1))
    return foundDays({ kind: 'shift', amount: times(amount.value, side.sign), from: undefined }, side.end)
  if (!from) return undefined
  return foundDays({ kind: 'shift', amount: times(amount.value, side.sign), from: from.value }, from.end)
}

// "a week tomorrow"   "two weeks today"   "a fortnight on Friday"   "three weeks Monday"
function readWeeksOn(s: Sentence, amount: Found<Amount>, days: DaysReader): FoundDays | undefined {
  if (amount.value.unit !== 'week' || amount.value.days <= 0) return undefined
  const i = at(s, amount.end).text === 'on' ? amount.end + 1 : amount.end
  const { word } = at(s, i)
  const isDay = (word.weekday > 0 && !word.plural && !word.vague) || (word.offset >= 0 && word.part === '' && i === amount.end)
  const from = isDay ? days(s, i, 1) : undefined
  return from && sizeOf(from.value) === 1 ? foundDays({ kind: 'shift', amount: amount.value, from: from.value }, from.end) : undefined
}

// "the Monday before Christmas"   "the Friday after the 10th"
export function readWeekdayBeside(s: Sentence, i: number, days: DaysReader): FoundDays | undefined {
  const { word } = at(s, i)
  const side = at(s, i + 1).text
  if (!word.weekday || word.plural || (side !== 'before' && side !== 'after' && side !== 'following')) return undefined
  const anchor = days(s, i + 2, 1)
  if (!anchor || sizeOf(anchor.value) !== 1 || anchor.value.kind === 'weekday') return undefined
  const count = side === 'before' ? -1 : 1
  return foundDays({ kind: 'weekdays', weekday: word.weekday, count, from: anchor.value }, anchor.end)
}

// "2 Septembers from now"   "three Marches ago"
function readMonthsAway(s: Sentence, i: number): FoundDays | undefined {
  const count = readWhole(s, i)
  const month = count ? pluralMonth(at(s, count.end).text) : 0
  const side = count && month ? readSide(s, count.end + 1) : undefined
  if (!count || side?.from !== 'now' || count.value < 1 || count.value > 1000) return undefined
  return foundDays({ kind: 'date', month, step: count.value * side.sign }, side.end)
}

function pluralMonth(text: string): number {
  return text.endsWith('s') ? (wordOf(text.endsWith('ches') ? text.slice(0, -2) : text.slice(0, -1))?.month ?? 0) : 0
}

// "2 weekends ago"   "a quarter from now"   "3 quarters ago"
function readUnitsAway(s: Sentence, i: number): FoundDays | undefined {
  const count = at(s, i).text === 'a' ? { value: 1, end: i + 1 } : readWhole(s, i)
  const unit = count && readUnit(s, count.end)
  if (!unit || (unit.value !== 'weekend' && unit.value !== 'quarter')) return undefined
  const side = readSide(s, unit.end)
  if (side?.from !== 'now' || count.value > 1000) return undefined
  const away = count.value * side.sign
  if (unit.value === 'quarter') return foundDays(unitDays('quarter', away), side.end)
  const saturday: Days = { kind: 'weekdays', weekday: 6, count: away, from: undefined }
  return foundDays({ kind: 'within', inner: unitDays('weekend', 0), outer: saturday }, side.end)
}

/** "2 to 4 weeks", "one to five months", "3-5 days": two amounts of one unit. */
export function readAmountSpan(s: Sentence, i: number): Found<readonly [Amount, Amount]> | undefined {
  const { text } = at(s, i)
  if (text === 'a' || text === 'an') return readOneOrTwo(s, i + 1)
  const low = readWhole(s, i)
  if (!low || (at(s, low.end).text !== 'to' && at(s, low.end).text !== '-' && at(s, low.end).text !== 'or')) return undefined
  const high = readWhole(s, low.end + 1)
  const unit = high && high.value > low.value ? readUnit(s, high.end) : undefined
  return high && unit ? { value: [amountOf(low.value, unit.value), amountOf(high.value, unit.value)], end: unit.end } : undefined
}

// "a [day or two]"   "an [hour or three]"
function readOneOrTwo(s: Sentence, i: number): Found<readonly [Amount, Amount]> | undefined {
  const { unit } = at(s, i).word
  const high = at(s, i + 2).word.cardinal
  if (unit === '' || at(s, i + 1).text !== 'or' || !(high > 1)) return undefined
  return { value: [amountOf(1, unit), amountOf(high, unit)], end: i + 3 }
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
      return { sign: 1, ...(readNow(s, i + 1) ?? { from: 'phrase', end: i + 1 }) }
    default:
      return undefined
  }
}

// "from [now]"   "from [right now]"   "from [this moment]"
function readNow(s: Sentence, i: number): { readonly from: 'now'; readonly end: number } | undefined {
  const { text } = at(s, i)
  const next = at(s, i + 1).text
  if (text === 'now') return { from: 'now', end: i + 1 }
  const isNow = (text === 'right' && next === 'now') || (text === 'this' && (next === 'second' || next === 'minute' || next === 'moment'))
  return isNow ? { from: 'now', end: i + 2 } : undefined
}

// "4 Sundays from now"   "two Thursdays ago"   "3 Sundays after May 1"   "the second closest Monday to May 1"
function readWeekdaysAway(s: Sentence, i: number, days: DaysReader): FoundDays | undefined {
  const first = at(s, i)
  const rank = first.text === 'closest' || first.text === 'nearest' ? { value: 1, end: i } : readOrdinal(s, i)
  if (
    rank &&
    (at(s, rank.end).text === 'closest' || at(s, rank.end).text === 'nearest') &&
    at(s, rank.end + 1).word.weekday &&
    at(s, rank.end + 2).text === 'to'
  ) {
    const to = days(s, rank.end + 3, 1)
    return (
      to &&
      foundDays({ kind: 'weekdays', weekday: at(s, rank.end + 1).word.weekday, count: rank.value, from: to.value, closest: true }, to.end)
    )
  }
  if (first.kind !== 'number' && Number.isNaN(first.word.cardinal) && first.text !== 'a') return undefined
  const count = first.text === 'a' ? { value: 1, end: i + 1 } : readWhole(s, i)
  const weekday = count ? at(s, count.end).word.weekday : 0
  const side = count && weekday ? readSide(s, count.end + 1) : undefined
  if (!count || !side || count.value > 1000) return undefined
  if (side.from === 'now') return foundDays({ kind: 'weekdays', weekday, count: count.value * side.sign, from: undefined }, side.end)
  const from = days(s, side.end, 1)
  return from && foundDays({ kind: 'weekdays', weekday, count: count.value * side.sign, from: from.value }, from.end)
}

/** "in [about] 2 hours", "in [just] under an hour" */
export const hedges: ReadonlySet<string> = new Set(
  'about around approximately approx roughly exactly the like maybe another just under over nearly almost circa'.split(' '),
)

/** What `readAmountAfter` begins with. */
export const roundAmount = oneOf(quantity, mark, spelled(...hedges))

/** "in 3 days", "within 2 weeks": the amount after its preposition. */
export function readAmountAfter(s: Sentence, i: number): Found<Amount> | undefined {
  let j = i
  if (hedges.has(at(s, j).text)) j++
  if (at(s, j - 1).text === 'just' && hedges.has(at(s, j).text)) j++
  if (at(s, j).text === '-' && at(s, j + 1).kind === 'number') j++
  return readAmount(s, j)
}
