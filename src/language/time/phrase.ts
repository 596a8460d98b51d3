import type { Found } from '../text/numbers.ts'
import { readWhole } from '../text/numbers.ts'
import { at, enter, leave, type Sentence } from '../text/tokens.ts'
import type { Part } from '../text/words.ts'
import { amountOf, isWholeDays, readAmount, times } from './amount.ts'
import { type FoundClock, readBareHour, readClock } from './clock.ts'
import { type FoundDays, readAmountAfter, readAmountSpan, readDays, readSide, sizeOf, spanFromNow } from './days.ts'
import { type Amount, type Clock, type Days, emptyPhrase, type Phrase } from './expression.ts'
import { opensHoliday } from './holidays.ts'
import { afterSeparator, readClockRange, readDaySpan, separators } from './range.ts'
import { readPlace, readZoneAfterClock, readZoneName } from './zones.ts'

type Opening = NonNullable<Phrase['open']>

/** A phrase under construction. */
type Draft = { -readonly [Key in keyof Phrase]: Phrase[Key] }

/** Adds what it finds at `i` to the draft and says where it ended, or -1. `lead` is the preposition before `i`. */
type Reader = (s: Sentence, i: number, draft: Draft, lead: string) => number

/** Tried in this order at every step; a phrase is what they find one after the other. */
const readers: readonly Reader[] = [
  readNowWord,
  readOpen,
  readShift,
  readReach,
  readSpan,
  readTimeRange,
  readPartOfDay,
  readLength,
  readClockBeforeDays,
  readNamedDays,
  readTime,
  readBareTime,
  readBareDay,
  readZone,
]

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
  if (!nested) end = readOtherEnd(s, end, draft)
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

function isEmpty(draft: Draft): boolean {
  return (
    draft.days === undefined &&
    draft.clocks.length === 0 &&
    draft.part === undefined &&
    draft.shift === undefined &&
    !draft.now &&
    draft.reach === undefined &&
    draft.length === undefined
  )
}

/** One more piece of the phrase at `i`; says where it ended, or -1. */
function readPiece(s: Sentence, i: number, draft: Draft, isFirst: boolean): number {
  if (!enter(s)) return -1
  const end = readLinkedPiece(s, i, draft, isFirst)
  leave(s)
  return end
}

/** Skips up to three linking words, then asks each reader. */
function readLinkedPiece(s: Sentence, i: number, draft: Draft, isFirst: boolean): number {
  let lead = ''
  let j = i
  for (let skipped = 0; skipped <= 3; skipped++) {
    const { word, kind, text } = at(s, j)
    if (kind === 'end') return -1
    if (kind === 'number' || word.opens || text === '@' || text === '+' || text === '-' || text === '(' || opensHoliday(text)) {
      for (const read of readers) {
        const end = read(s, j, draft, lead)
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

// "now"   "right now"   "asap"   "as soon as possible"   "immediately"   "at the moment"
function readNowWord(s: Sentence, i: number, draft: Draft): number {
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
  if (text === 'at' && at(s, i + 1).text === 'the' && at(s, i + 2).text === 'moment') {
    draft.now = true
    return i + 3
  }
  return -1
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

// "after 3pm"   "before Friday"   "since Monday"   "until June"   "by end of day"   "no later than 6"
function readOpen(s: Sentence, i: number, draft: Draft): number {
  if (draft.open !== undefined || draft.until !== undefined) return -1
  const found = openingAt(s, i)
  if (!found || (draft.clocks.length > 0 && separators.has(at(s, i).text))) return -1
  const rest: Draft = { ...emptyPhrase, days: draft.days }
  const next = readPiece(s, found.end, rest, true)
  if (
    next < 0 ||
    (rest.days === draft.days && isEmpty({ ...rest, days: undefined })) ||
    rest.length !== undefined ||
    rest.reach !== undefined
  )
    return readBareAfter(s, found, draft)
  if (draft.days !== undefined && rest.days !== draft.days) return -1
  Object.assign(draft, rest, { open: found.value })
  return next
}

// "after 3"   "before four"   "until 5"
function readBareAfter(s: Sentence, opening: Found<Opening>, draft: Draft): number {
  const hour = readBareHour(s, opening.end)
  if (!hour || !endsTime(s, hour.end)) return -1
  draft.clocks = [hour.value]
  draft.open = opening.value
  return hour.end
}

function openingAt(s: Sentence, i: number): Found<Opening> | undefined {
  const { text } = at(s, i)
  switch (text) {
    case 'after':
      return { value: 'after', end: i + 1 }
    case 'since':
      return { value: 'since', end: i + 1 }
    case 'later':
    case 'earlier':
      return at(s, i + 1).text === 'than' ? { value: text === 'later' ? 'after' : 'before', end: i + 2 } : undefined
    case 'before':
    case 'until':
    case 'till':
    case 'til':
    case 'untill':
    case 'through':
      return { value: 'before', end: i + 1 }
    case 'by':
      return { value: 'by', end: i + 1 }
    case 'no':
    case 'not':
      if (at(s, i + 2).text !== 'than') return undefined
      if (at(s, i + 1).text === 'later') return { value: 'by', end: i + 3 }
      return at(s, i + 1).text === 'earlier' || at(s, i + 1).text === 'before' ? { value: 'since', end: i + 3 } : undefined
    case 'starting':
    case 'beginning':
      if (at(s, i + 1).text === 'of') return undefined
      return ['from', 'on', 'at', 'in'].includes(at(s, i + 1).text) ? { value: 'since', end: i + 2 } : { value: 'since', end: i + 1 }
    default:
      return undefined
  }
}

// "in 2 hours"   "30 minutes from now"   "an hour before noon"   "+15 minutes"   "in 3 days"
function readShift(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (draft.shift !== undefined || draft.now) return -1
  const { text } = at(s, i)
  const signed =
    text === '+' || (text === '-' && at(s, i + 1).glued && !at(s, i).glued && lead === '' && isEmpty(draft)) ? (text === '+' ? 1 : -1) : 0
  const wide = lead === 'in' && draft.days === undefined ? readAmountSpan(s, i) : undefined
  if (wide) {
    draft.days = spanFromNow(wide.value, 1)
    return wide.end
  }
  const amount =
    lead === 'in' || signed !== 0 ? readAmountAfter(s, signed === 0 ? i : i + 1) : lead === 'within' ? undefined : readAmount(s, i)
  if (!amount) return lead === 'in' ? readInMinutes(s, i, draft) : -1
  const side = readSide(s, amount.end)
  if (side && lead === 'for' && side.from === 'phrase') return -1
  if (side) {
    if (side.from === 'now') return takeShift(draft, times(amount.value, side.sign), side.end, true)
    if (isWholeDays(amount.value)) return -1
    const anchor: Draft = { ...emptyPhrase }
    const end = readAnchor(s, side.end, anchor)
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
    return takeShift(draft, times(amount.value, signed === 0 ? 1 : signed), end, false)
  }
  return -1
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

function readAnchor(s: Sentence, i: number, draft: Draft): number {
  let end = -1
  let j = i
  for (let pieces = 0; pieces < 4; pieces++) {
    const next = readPiece(s, j, draft, pieces === 0)
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
function readReach(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (!isEmpty(draft)) return -1
  const { word } = at(s, i)
  if (lead === 'within') {
    const amount = readAmountAfter(s, i)
    if (!amount) return -1
    // The moment by which: what people plan for.
    return takeShift(draft, amount.value, amount.end, true)
  }
  if (Number.isNaN(word.step) || word.step === 0) return readCountedReach(s, i, draft)
  const amount =
    readAmount(s, i + 1) ?? (at(s, i + 1).word.unit === 'hour' || at(s, i + 1).word.unit === 'minute' ? readOneUnit(s, i + 1) : undefined)
  if (!amount || (isWholeDays(amount.value) && amount.value.unit !== 'second')) return -1
  draft.reach = word.step > 0 ? amount.value : times(amount.value, -1)
  return amount.end
}

// "the 5 past minutes"   "2 coming hours"
function readCountedReach(s: Sentence, i: number, draft: Draft): number {
  const count = readWhole(s, i)
  const { step } = at(s, count?.end ?? i).word
  const { unit } = at(s, (count?.end ?? i) + 1).word
  if (!count || Number.isNaN(step) || step === 0 || (unit !== 'hour' && unit !== 'minute' && unit !== 'second')) return -1
  draft.reach = amountOf(count.value * step, unit)
  return count.end + 2
}

function readOneUnit(s: Sentence, i: number): Found<Amount> {
  const { unit } = at(s, i).word
  return {
    value: { months: 0, days: 0, workdays: 0, seconds: unit === 'hour' ? 3600 : 60, unit: unit === 'hour' ? 'hour' : 'minute' },
    end: i + 1,
  }
}

// "July 13 to 15"   "Mon-Wed"   "from March to June"
function readSpan(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (draft.days !== undefined) return -1
  const found = readDaySpan(s, i, lead)
  if (!found) return -1
  // "from Friday to 3pm": the second end is a time.
  draft.days = found.value
  return found.end
}

// "9-10am"   "from 2 to 3:30"   "between 5 and 7"
function readTimeRange(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (draft.clocks.length > 0) return -1
  const found = readClockRange(s, i, lead, draft.days !== undefined || draft.part !== undefined)
  if (!found) return -1
  draft.clocks = [found.value.from]
  draft.until = found.value.to
  return found.end
}

const shades: Readonly<Record<string, 'early' | 'late'>> = { early: 'early', late: 'late' }

// "in the morning"   "tonight"   "this afternoon"   "early evening"   "last night"   "at night"   "eve"
function readPartOfDay(s: Sentence, i: number, draft: Draft, lead: string): number {
  let j = i
  let step = Number.NaN
  if (!Number.isNaN(at(s, j).word.step)) {
    step = at(s, j).word.step
    j++
  }
  const shade = shades[at(s, j).text]
  if (shade) j++
  if (shade && at(s, j).text === 'in') j += at(s, j + 1).text === 'the' ? 2 : 1
  const { word, text } = at(s, j)
  const early = text === 'early' || text === 'late' ? shades[text] : undefined
  if (early) j++
  const token = at(s, j)
  const part: Part | '' = token.word.part
  if (part === '' || draft.part !== undefined) return -1
  if ((part === 'noon' || part === 'midnight') && !shade) return -1
  if (
    token.text === 'eve' ||
    (part === 'lunch' && !(lead === 'at' || lead === 'around' || lead === 'during' || draft.days !== undefined || step === 0))
  )
    return -1
  if (token.word.plural && part !== 'lunch' && Number.isNaN(step) && lead !== 'in' && lead !== 'the' && draft.clocks.length === 0) return -1
  // A bare "morning" or "night" without "in the", "this", or a day says nothing yet.
  const placed =
    !Number.isNaN(step) ||
    !Number.isNaN(token.word.offset) ||
    shade !== undefined ||
    lead !== '' ||
    draft.days !== undefined ||
    draft.clocks.length > 0 ||
    startsClock(s, j + 1)
  if (!placed && !(at(s, i - 1).kind === 'end' && at(s, j + 1).kind === 'end')) return -1
  if (lead === 'for' || (lead === 'of' && draft.days === undefined && draft.clocks.length === 0)) return -1
  draft.part = part
  draft.partMood = shade ?? early ?? ''
  if (!Number.isNaN(step) && draft.days === undefined) draft.days = { kind: 'unit', unit: 'day', offset: step }
  else if (!Number.isNaN(word.offset) && draft.days === undefined) draft.days = { kind: 'unit', unit: 'day', offset: word.offset }
  return j + 1
}

function startsClock(s: Sentence, i: number): boolean {
  const j = at(s, i).text === 'at' || at(s, i).text === '@' ? i + 1 : i
  return (readClock(s, j) ?? readBareHour(s, j)) !== undefined
}

// "for 45 minutes"   "for an hour and a half"
function readLength(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (lead !== 'for' || draft.length !== undefined) return -1
  const start = at(s, i).text === 'the' || at(s, i).text === 'about' || at(s, i).text === 'around' ? i + 1 : i
  const amount = readAmount(s, start)
  if (!amount || at(s, amount.end).text === 'before' || at(s, amount.end).text === 'ago') return -1
  draft.length = amount.value
  return amount.end
}

/** After "at", a number is a time before it is a date: "at 12.30". */
function readClockBeforeDays(s: Sentence, i: number, draft: Draft, lead: string): number {
  return lead === 'at' || lead === '@' || lead === 'around' || lead === 't' ? readTime(s, i, draft, lead) : -1
}

function readNamedDays(s: Sentence, i: number, draft: Draft, lead: string): number {
  const found = readDays(s, i)
  if (!found || !(found.sure || places(lead) || draft.clocks.length > 0)) return -1
  if (lead === 'at' && found.value.kind === 'date' && found.value.month === undefined) return -1
  // "the 15th of every month" repeats.
  if (at(s, found.end).text === 'of' && repeats.has(at(s, found.end + 1).text)) return -1
  const merged = mergeDays(draft.days, found)
  if (!merged) return -1
  draft.days = merged
  return found.end
}

const repeats = new Set(['every', 'each', 'ev'])

function places(lead: string): boolean {
  return lead !== '' && lead !== 'at' && lead !== '@' && lead !== ',' && lead !== 'a'
}

/** Two names of the same day: "Friday ... March 3rd", "the weekend of the 5th". */
function mergeDays(before: Days | undefined, found: FoundDays): Days | undefined {
  const after = found.value
  if (before === undefined) return after
  if (before.kind === 'weekday' && after.kind === 'date' && after.day !== undefined) return { ...after, weekday: before.weekday }
  if (before.kind === 'date' && after.kind === 'weekday' && before.day !== undefined && after.which === 'coming')
    return { ...before, weekday: after.weekday }
  if (before.kind === 'date' && after.kind === 'date' && before.year === undefined && after.month === undefined && after.day === undefined)
    return { ...before, year: after.year }
  if (before.kind === 'weekday' && after.kind === 'unit' && after.unit === 'day') return undefined
  if (sizeOf(before) < sizeOf(after) && after.kind === 'unit' && before.kind !== 'unit')
    return { kind: 'within', inner: before, outer: after }
  if (sizeOf(before) > sizeOf(after) && before.kind === 'unit' && (after.kind === 'weekday' || after.kind === 'date'))
    return { kind: 'within', inner: after, outer: before }
  if (before.kind === 'unit' && before.unit === 'day' && after.kind === 'date' && after.day !== undefined) return after
  return undefined
}

function readTime(s: Sentence, i: number, draft: Draft, lead: string): number {
  const found = readClock(s, i)
  if (!found) return -1
  if (!found.sure && !placesTime(s, found, draft, lead)) return -1
  if (draft.clocks.length > 0) return -1
  return takeClocks(s, found, draft, lead)
}

/** A time that needs to be placed: after "at", with a day, with a part of the day. */
function placesTime(s: Sentence, found: FoundClock, draft: Draft, lead: string): boolean {
  if (draft.days !== undefined && readZoneAfterClock(s, found.end)) return true
  if (lead === 'at' || lead === '@' || lead === 'around' || lead === 'approximately' || lead === 'by' || lead === 't') return true
  if (draft.part !== undefined || (draft.days !== undefined && lead !== 'in' && lead !== 'for'))
    return endsTime(s, found.end) || found.value.minute > 0
  if (at(s, found.end - 1).kind === 'word' && found.value.minute > 0 && at(s, found.end).word.part !== '') return true
  if (lead === 'for' && found.value.minute > 0 && at(s, found.end).kind === 'end') return true
  return leadsToPart(s, found.end) || (found.value.half === '24' && found.value.minute > 0 && found.end === s.tokens.length && lead === '')
}

/** "at 9 and 17", "9am, noon and 5pm" */
function takeClocks(s: Sentence, first: FoundClock, draft: Draft, lead: string): number {
  const clocks: Clock[] = [first.value]
  let end = first.end
  for (let more = 0; more < 11; more++) {
    let j = end
    if (at(s, j).text === ',') j++
    if (at(s, j).text === 'and' || at(s, j).text === '&') j++
    if (j === end) break
    if (at(s, j).text === 'at') j++
    const next = readClock(s, j) ?? (lead === 'at' ? readBareHour(s, j) : undefined)
    if (!next || (!next.sure && !endsTime(s, next.end))) break
    clocks.push(next.value)
    end = next.end
  }
  // "at 9 and 11am" is 9am too.
  const last = clocks.at(-1)
  draft.clocks =
    last && (last.half === 'am' || last.half === 'pm')
      ? clocks.map((clock) => (clock.half === '' ? { ...clock, half: last.half } : clock))
      : clocks
  return end
}

/** "an alarm for 7" */
const ringers = new Set(['alarm', 'alarms', 'reminder', 'reminders', 'up', 'me'])
const hourLeads = new Set(['at', '@', 'around', 'by', 'approximately', 't'])

// "at 7"   "tonight 7"   "9 tomorrow evening"   "Mon 14"
function readBareTime(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (draft.clocks.length > 0) return -1
  const found = readBareHour(s, i)
  if (!found) return -1
  const isDigit = at(s, i).kind === 'number'
  if (lead === 'from' && at(s, found.end).text === 'for' && readAmount(s, found.end + 1)) return takeClocks(s, found, draft, lead)
  if (lead === 'for' && ringers.has(at(s, i - 2).text) && endsTime(s, found.end)) return takeClocks(s, found, draft, 'at')
  const placed = hourLeads.has(lead)
    ? !isCounted(s, found.end)
    : (draft.part !== undefined && endsTime(s, found.end)) ||
      leadsToPart(s, found.end) ||
      (draft.days !== undefined &&
        isDigit &&
        lead !== 'in' &&
        lead !== 'the' &&
        lead !== 'of' &&
        lead !== 'for' &&
        endsPhrase(s, found.end)) ||
      ((lead === 'about' || lead === 'for') && draft.days !== undefined && endsPhrase(s, found.end)) ||
      at(s, found.end - 1).text === 'ish'
  if (!placed) return -1
  return takeClocks(s, found, draft, lead)
}

/** "at 5 people", "at 20 %": a number of something. */
function isCounted(s: Sentence, i: number): boolean {
  const { text, kind, word } = at(s, i)
  if (
    text === '%' ||
    text === '$' ||
    (word.unit !== '' && word.unit !== 'weekend' && text.length > 1 && text !== 'weekday' && text !== 'weekdays' && text !== 'day')
  )
    return true
  return (
    kind === 'word' &&
    (text === 'percent' || text === 'people' || text === 'times' || text === 'street' || text === 'st' || text === 'main')
  )
}

/** What follows is a part of the day: "8 this evening", "eleven in the morning". */
function leadsToPart(s: Sentence, i: number): boolean {
  let j = i
  for (let skipped = 0; skipped < 4; skipped++) {
    const { word, text } = at(s, j)
    if (word.part !== '' && word.part !== 'noon' && word.part !== 'midnight' && word.part !== 'lunch') return true
    if (
      text !== 'in' &&
      text !== 'the' &&
      text !== 'this' &&
      text !== 'at' &&
      text !== 'tomorrow' &&
      text !== 'yesterday' &&
      text !== 'today' &&
      text !== 'early' &&
      text !== 'late' &&
      text !== 'on' &&
      word.weekday === 0
    )
      return false
    j++
  }
  return false
}

function endsPhrase(s: Sentence, i: number): boolean {
  const { kind, text } = at(s, i)
  return kind === 'end' || (kind === 'mark' && text !== '%' && text !== '$' && text !== '/' && text !== "'" && text !== '"')
}

/** What stands after a time rather than after a number of things. */
function endsTime(s: Sentence, i: number): boolean {
  return (
    endsPhrase(s, i) ||
    at(s, i).word.opens ||
    ['to', 'with', 'and', 'or', 'please', 'that', 'if', 'is', 'called', 'about'].includes(at(s, i).text)
  )
}

// "on 7", "on seven": a day of the month
function readBareDay(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (draft.days !== undefined || (lead !== 'on' && lead !== 'the')) return -1
  const whole = readWhole(s, i)
  if (!whole || whole.value < 1 || whole.value > 31 || (at(s, i).text.length > 2 && at(s, i).kind === 'number')) return -1
  const link = at(s, whole.end).text
  const within = link === 'of' ? readDays(s, whole.end + 1, 1) : undefined
  if (within && sizeOf(within.value) === 4) {
    draft.days = { kind: 'within', inner: { kind: 'date', day: whole.value }, outer: within.value }
    return within.end
  }
  if (!endsTime(s, whole.end) || (lead === 'the' && at(s, i - 2).text !== 'on')) return -1
  if (at(s, whole.end).glued && at(s, whole.end).kind === 'mark' && at(s, whole.end + 1).glued) return -1
  draft.days = { kind: 'date', day: whole.value }
  return whole.end
}

// "PT"   "London time"   "(CET)"   "+02:00"   "in Tokyo" after a clock time
function readZone(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (draft.zone !== undefined || (draft.clocks.length === 0 && draft.part === undefined && draft.shift === undefined)) return -1
  const found = readZoneAfterClock(s, i) ?? (lead === 'in' ? (readZoneName(s, i, true) ?? readPlace(s, i)) : undefined)
  if (!found) return -1
  draft.zone = found.value.zone
  return found.end
}

// "Monday 9am [to Tuesday noon]"   "2pm [till tomorrow 4:30pm]"
function readOtherEnd(s: Sentence, end: number, draft: Draft): number {
  if (
    draft.until !== undefined ||
    draft.to !== undefined ||
    draft.days?.kind === 'span' ||
    (draft.open !== undefined && draft.open !== 'after')
  )
    return end
  const j =
    afterSeparator(s, end, '') ?? (at(s, end).text === 'and' && draft.clocks.length > 0 && draft.days !== undefined ? undefined : undefined)
  if (j === undefined) return end
  if (at(s, end).text === 'to' && at(s, j).kind === 'word' && !at(s, j).word.opens) return end
  const other = readPhrase(s, j, true)
  if (!other || other.value.open !== undefined || other.value.length !== undefined || other.value.reach !== undefined) return end
  draft.to = other.value
  return other.end
}
