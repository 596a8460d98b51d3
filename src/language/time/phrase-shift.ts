import { type Found, readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { amountOf, isWholeDays, plus, readAmount, times } from './amount.ts'
import { readBareHour } from './clock.ts'
import { readAmountAfter, readAmountSpan, readSide, spanFromNow } from './day-shifts.ts'
import { readDays } from './days.ts'
import { type Draft, isEmpty, type PieceReader } from './draft.ts'
import { type Amount, emptyPhrase } from './expression.ts'
import { endsTime } from './phrase-clock.ts'

// "now"   "right now"   "asap"   "as soon as possible"   "immediately"   "at the moment"
export function readNowWord(s: Sentence, i: number, draft: Draft): number {
  const { text } = at(s, i)
  if (!isEmpty(draft)) return -1
  if (text === 'now' || text === 'asap' || text === 'immediately' || text === 'rn') {
    draft.now = true
    if (text !== 'now') draft.open = text === 'asap' ? 'after' : draft.open
    return readNowShift(s, i + 1, draft)
  }
  if (text === 'right' && at(s, i + 1).text === 'now') {
    draft.now = true
    return i + 2
  }
  if (text === 'as' && at(s, i + 1).text === 'soon' && at(s, i + 2).text === 'as' && at(s, i + 3).text === 'possible') {
    draft.now = true
    draft.open = 'after'
    return i + 4
  }
  if (text === 'this' && moments.has(at(s, i + 1).text) && (at(s, i + 2).kind === 'end' || at(s, i + 2).kind === 'mark')) {
    draft.now = true
    return i + 2
  }
  if (text === 'at' && at(s, i + 1).text === 'the' && (at(s, i + 2).text === 'moment' || at(s, i + 2).text === 'minute')) {
    draft.now = true
    return i + 3
  }
  return -1
}

const moments = new Set(['second', 'minute', 'moment', 'instant'])

// "this time [tomorrow]"   "[tomorrow at] the same time"
export function readSameTime(s: Sentence, i: number, draft: Draft): number {
  const { text } = at(s, i)
  if ((text !== 'same' && text !== 'this') || at(s, i + 1).text !== 'time' || draft.now || draft.clocks.length > 0) return -1
  if (draft.days !== undefined) {
    if (text === 'this') return -1
    draft.now = true
    return i + 2
  }
  const days = readDays(s, at(s, i + 2).text === 'on' ? i + 3 : i + 2)
  if (!days?.sure || at(s, i + 2).text === 'of') return -1
  draft.now = true
  draft.days = days.value
  return days.end
}

// "now + 1 hour"   "now - 2 days"
function readNowShift(s: Sentence, i: number, draft: Draft): number {
  const sign = at(s, i).text
  if (sign !== '+' && sign !== '-') return i
  const amount = readAmount(s, i + 1)
  if (!amount) return i
  draft.now = false
  draft.shift = sign === '+' ? amount.value : times(amount.value, -1)
  return amount.end
}

// "in 2 hours"   "30 minutes from now"   "an hour before noon"   "+15 minutes"   "in 3 days"
export function readShift(s: Sentence, i: number, draft: Draft, lead: string, piece: PieceReader): number {
  if (draft.shift !== undefined || draft.now) return -1
  const { text } = at(s, i)
  const signed =
    text === '+' || (text === '-' && at(s, i + 1).glued && !at(s, i).glued && lead === '' && isEmpty(draft)) ? (text === '+' ? 1 : -1) : 0
  const wide = lead === 'in' && draft.days === undefined ? readAmountSpan(s, i) : undefined
  if (wide) {
    const [low, high] = wide.value
    if (isWholeDays(low)) draft.days = spanFromNow(wide.value, 1)
    else Object.assign(draft, { shift: low, length: plus(high, times(low, -1)) })
    return wide.end
  }
  const amount =
    lead === 'in' || signed !== 0
      ? readAmountAfter(s, signed === 0 ? i : i + 1)
      : lead === 'within'
        ? undefined
        : (readAmount(s, i) ?? readUnitBefore(s, i))
  if (!amount) return lead === 'in' ? readInMinutes(s, i, draft) : -1
  const side = readSide(s, amount.end)
  if (side && lead === 'for' && side.from === 'phrase') return -1
  if (side && side.from === 'now' && (isCountOf(s, amount.end - 1) || namesDay(s, side.end))) return -1
  if (side) {
    if (side.from === 'now') return takeShift(draft, times(amount.value, side.sign), side.end, true)
    if (isWholeDays(amount.value)) return -1
    const anchor: Draft = { ...emptyPhrase }
    const end = readAnchor(s, side.end, anchor, piece)
    if (end < 0) return -1
    Object.assign(draft, anchor, { shift: times(amount.value, side.sign), days: anchor.days ?? draft.days })
    return end
  }
  const before = at(s, i - 1).text
  const after = at(s, amount.end)
  const alone =
    lead === '' &&
    ((i === 0 && after.kind === 'end') ||
      (shiftedVerbs.has(before) && (after.kind === 'end' || after.kind === 'mark' || after.text === 'to')) ||
      timers.has(after.text))
  if (lead === 'in' || signed !== 0 || alone) {
    const end = at(s, amount.end).text === 'time' ? amount.end + 1 : amount.end
    return takeShift(draft, times(amount.value, signed === 0 ? 1 : signed), end, signed !== 0)
  }
  return -1
}

/** "2 weekends ago", "a quarter from now": whole ones, which the names of days read. */
function isCountOf(s: Sentence, i: number): boolean {
  const { unit } = at(s, i).word
  return unit === 'weekend' || unit === 'quarter'
}

/** "3 years ago [tomorrow]" */
function namesDay(s: Sentence, i: number): boolean {
  const { word } = at(s, i)
  return at(s, i - 1).text === 'ago' && ((word.weekday > 0 && !word.vague) || (!Number.isNaN(word.offset) && word.part === ''))
}

/** "snooze [10 minutes]", "remind me [5 minutes] to ...": said without "in". */
const shiftedVerbs = new Set(['snooze', 'again', 'me', 'that', 'it', 'timer', 'postpone', 'delay'])

/** "a [10 minute] timer" */
const timers = new Set(['timer', 'countdown', 'alarm', 'reminder', 'timers'])

/** Whole days name a day; "from now" and "ago" keep the time of day too. */
function takeShift(draft: Draft, amount: Amount, end: number, fromNow: boolean): number {
  if (!isWholeDays(amount)) {
    draft.shift = amount
    return end
  }
  if (draft.days !== undefined) {
    draft.days = { kind: 'shift', amount, from: draft.days }
    return end
  }
  draft.days = { kind: 'shift', amount, from: undefined }
  if (fromNow && amount.workdays === 0) draft.now = true
  return end
}

function readAnchor(s: Sentence, i: number, draft: Draft, piece: PieceReader): number {
  let end = -1
  let j = i
  for (let pieces = 0; pieces < 4; pieces++) {
    const next = piece(s, j, draft, pieces === 0)
    if (next < 0) break
    end = next
    j = next
  }
  if (end < 0) {
    const bare = readBareHour(s, i)
    if (!bare || !endsTime(s, bare.end)) return -1
    draft.clocks = [bare.value]
    return bare.end
  }
  return draft.shift === undefined ? end : -1
}

// "in 15", which is minutes when nothing follows
function readInMinutes(s: Sentence, i: number, draft: Draft): number {
  const token = at(s, i)
  if (token.kind !== 'number' || token.text.length > 3 || at(s, i + 1).kind !== 'end' || !isEmpty(draft)) return -1
  draft.shift = { months: 0, days: 0, workdays: 0, seconds: token.value * 60, unit: 'minute' }
  return i + 1
}

// "within 2 weeks"   "the next 2 hours"   "last 5 minutes"   "in the next hour"
export function readReach(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (!isEmpty(draft)) return -1
  const { word } = at(s, i)
  if (lead === 'within') {
    const amount = readAmountAfter(s, i) ?? readTheUnit(s, i)
    if (!amount) return -1
    // The moment by which: what people plan for.
    return takeShift(draft, amount.value, amount.end, true)
  }
  if (Number.isNaN(word.step) || word.step === 0) return readCountedReach(s, i, draft)
  const amount = readAmount(s, i + 1) ?? readOneUnit(s, i + 1)
  if (!amount || (isWholeDays(amount.value) && amount.value.unit !== 'second')) return -1
  draft.reach = word.step > 0 ? amount.value : times(amount.value, -1)
  return amount.end
}

// "the [minute] before"   "the [hour] before"
function readUnitBefore(s: Sentence, i: number): Found<Amount> | undefined {
  const { unit } = at(s, i).word
  if ((unit !== 'hour' && unit !== 'minute') || at(s, i - 1).text !== 'the' || at(s, i + 1).text !== 'before') return undefined
  return { value: amountOf(1, unit), end: i + 1 }
}

// "within [the hour]"   "within [the week]"
function readTheUnit(s: Sentence, i: number): Found<Amount> | undefined {
  const { unit } = at(s, i).word
  const named = at(s, i - 1).text === 'the' && (unit === 'hour' || unit === 'day' || unit === 'week' || unit === 'month' || unit === 'year')
  return named ? { value: amountOf(1, unit), end: i + 1 } : undefined
}

// "the 5 past minutes"   "2 coming hours"
function readCountedReach(s: Sentence, i: number, draft: Draft): number {
  const count = readWhole(s, i)
  const { step } = at(s, count?.end ?? i).word
  const { unit, plural } = at(s, (count?.end ?? i) + 1).word
  // "13 last minute" are not 13 minutes.
  if (
    !count ||
    plural !== count.value > 1 ||
    Number.isNaN(step) ||
    step === 0 ||
    (unit !== 'hour' && unit !== 'minute' && unit !== 'second')
  )
    return -1
  draft.reach = amountOf(count.value * step, unit)
  return count.end + 2
}

// "[next] hour"   "[last] minute"   "[next] second"
function readOneUnit(s: Sentence, i: number): Found<Amount> | undefined {
  const { unit, vague } = at(s, i).word
  if (unit !== 'hour' && unit !== 'minute' && !(unit === 'second' && (!vague || at(s, i + 1).kind === 'end'))) return undefined
  return { value: amountOf(1, unit), end: i + 1 }
}

// "[tomorrow at 4pm], 90 minutes"
function readBareLength(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (lead !== '') return -1
  const amount = readAmount(s, i)
  if (!amount || isWholeDays(amount.value) || (at(s, amount.end).kind !== 'end' && at(s, amount.end).kind !== 'mark')) return -1
  draft.length = amount.value
  return amount.end
}

// "[3 days] starting Monday"   "[2 hours] beginning at noon"
function readLengthFrom(s: Sentence, i: number, draft: Draft): number {
  const amount = readAmount(s, i)
  const next = amount && at(s, amount.end).text
  if (!amount || (next !== 'starting' && next !== 'beginning')) return -1
  draft.length = amount.value
  return amount.end
}

// "for 45 minutes"   "for an hour and a half"
export function readLength(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (lead === '' && isEmpty(draft)) return readLengthFrom(s, i, draft)
  if (lead !== 'for' && draft.clocks.length === 1 && draft.until === undefined && draft.length === undefined)
    return readBareLength(s, i, draft, lead)
  if (lead !== 'for' || draft.length !== undefined) return -1
  const start = at(s, i).text === 'the' || at(s, i).text === 'about' || at(s, i).text === 'around' ? i + 1 : i
  const amount = readAmount(s, start)
  if (!amount || at(s, amount.end).text === 'before' || at(s, amount.end).text === 'ago') return -1
  draft.length = amount.value
  return amount.end
}
