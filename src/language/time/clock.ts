import { type Found, readWhole } from '../text/numbers.ts'
import { at, memoSlots, once, type Sentence, type Token } from '../text/tokens.ts'
import type { Clock } from './expression.ts'

/** A clock time, and whether it can be nothing else ("5pm") or needs a word before it ("at 5"). */
export interface FoundClock extends Found<Clock> {
  readonly sure: boolean
}

type Reader = (s: Sentence, i: number) => FoundClock | undefined

/** Tried in this order; the first that fits is taken. */
const readers: readonly Reader[] = [readMinutesPast, readDigital, readWithH, readOclock, readMilitary, readWithHalf, readSpoken, readNoon]

export function readClock(s: Sentence, i: number): FoundClock | undefined {
  return once(s, memoSlots.clock, i, readClockAnew)
}

function readClockAnew(s: Sentence, i: number): FoundClock | undefined {
  const token = at(s, i)
  if (token.kind === 'number' ? Number.isNaN(token.value) : !beginsClock(token)) return undefined
  for (const read of readers) {
    const found = read(s, i)
    if (found) return found
  }
  return undefined
}

/** "five", "half past", "a quarter to", "noon", "mid day" */
function beginsClock({ kind, word, text }: Token): boolean {
  return (
    kind === 'word' &&
    (!Number.isNaN(word.cardinal) || word.part !== '' || word.unit === 'quarter' || text === 'half' || text === 'a' || text === 'mid')
  )
}

/**
 * An hour alone, which only its surroundings make a time.
 *
 *     at 7    at two    around 11ish
 */
export function readBareHour(s: Sentence, i: number): FoundClock | undefined {
  const whole = readWhole(s, i)
  if (!whole || whole.value > 24 || (at(s, i).kind === 'number' && at(s, i).text.length > 2)) return undefined
  const next = at(s, whole.end)
  const isGlued = next.glued && (next.kind === 'word' || next.text === '%' || next.text === '/' || next.text === '-' || next.text === "'")
  if (isGlued && next.text !== 'ish') return undefined
  // "10:99" is no time at all.
  if (next.text === ':' && next.glued && at(s, whole.end + 1).glued && at(s, whole.end + 1).kind === 'number') return undefined
  if ((next.text === '.' || next.text === ',') && next.glued && at(s, whole.end + 1).glued && at(s, whole.end + 1).kind === 'number')
    return undefined
  return {
    value: clock(whole.value, 0, 0, at(s, i).text.startsWith('0') && whole.value > 0 ? '24' : ''),
    end: skipIsh(s, whole.end),
    sure: false,
  }
}

function clock(hour: number, minute: number, second: number, half: Clock['half'], grain: Clock['grain'] = 'hour'): Clock {
  const sure = half === '' && (hour > 12 || hour === 0) ? '24' : half
  return {
    hour: half === 'pm' && hour === 0 ? 12 : hour % 24,
    minute,
    second,
    half: hour > 12 ? '24' : sure,
    grain: second ? 'second' : minute ? 'minute' : grain,
  }
}

function isAfter(link: string): boolean {
  return link === 'past' || link === 'after'
}

// "ten to five"   "quarter past 3pm"   "half past seven"   "20 minutes before noon"   "half 3"
function readMinutesPast(s: Sentence, i: number): FoundClock | undefined {
  let j = i
  if (at(s, j).text === 'a') j++
  let minutes: number
  if (at(s, j).text === 'quarter') {
    minutes = 15
    j++
  } else if (at(s, j).text === 'half') {
    minutes = 30
    j++
  } else {
    const whole = readWhole(s, j)
    if (!whole || whole.value > 59 || whole.value < 1) return undefined
    minutes = whole.value
    j = whole.end
    if (at(s, j).word.unit === 'minute') j++
    else if (minutes % 5 !== 0 && !isAfter(at(s, j).text)) return undefined
  }
  if (at(s, j).text === 'prior' && at(s, j + 1).text === 'to') j++
  const link = at(s, j).text
  const isPast = isAfter(link)
  const isTo = link === 'to' || link === 'till' || link === 'til' || link === 'before' || link === 'of'
  if (!isPast && !isTo) {
    if (minutes !== 30 || at(s, i).text !== 'half') return undefined
    const hour = readWhole(s, j)
    if (!hour || hour.value < 1 || hour.value > 12 || at(s, hour.end).word.unit !== '' || at(s, hour.end).kind === 'number')
      return undefined
    return withHalf(s, hour.end, { ...clock(hour.value, 30, 0, '') }, false)
  }
  const hour = readHourAlone(s, j + 1)
  if (!hour && (link === 'past' || link === 'to')) return readOfNoHour(s, i, j + 1, isPast ? minutes : 60 - minutes)
  if (!hour || (isTo && link !== 'of' && at(s, i).kind === 'number' && minutes < 13 && at(s, i + 1).text === link)) return undefined
  if (minutes === 60) return undefined
  const total = (hour.value.hour * 60 + (isPast ? minutes : -minutes) + 1440) % 1440
  const newHour = Math.floor(total / 60)
  const value: Clock = { ...hour.value, hour: newHour === 0 && hour.value.half === '' ? 12 : newHour, minute: total % 60, grain: 'minute' }
  return {
    value: fixHalf(value, hour.value),
    end: hour.end,
    sure: hour.sure || at(s, i).text === 'half' || at(s, i).text === 'quarter' || at(s, i).word.cardinal >= 20 || isPast,
  }
}

// "at half past"   "at quarter to"   "at twenty past": of the hour that comes
function readOfNoHour(s: Sentence, i: number, end: number, minute: number): FoundClock | undefined {
  const next = at(s, end)
  if (s.repeating || at(s, i - 1).text !== 'at' || (next.kind !== 'end' && next.kind !== 'mark' && next.text !== 'to')) return undefined
  return { value: { hour: Number.NaN, minute, second: 0, half: '24', grain: 'minute' }, end, sure: true }
}

/** "10 to 12pm" is still before noon. */
function fixHalf(value: Clock, spoken: Clock): Clock {
  if (spoken.half === 'pm' && spoken.hour === 12 && value.hour === 11) return { ...value, half: 'am' }
  if (spoken.half === 'am' && spoken.hour === 12 && value.hour === 11) return { ...value, half: 'pm' }
  return value
}

function readHourAlone(s: Sentence, i: number): FoundClock | undefined {
  return readNoon(s, i) ?? readOclock(s, i) ?? readWithHalf(s, i) ?? readBareHour(s, i)
}

// "12:30"   "9.30am"   "15:23:24"   "7:30 p.m."   "3:20ish"
function readDigital(s: Sentence, i: number): FoundClock | undefined {
  const hour = at(s, i)
  const colon = at(s, i + 1)
  const minute = at(s, i + 2)
  if (
    hour.kind !== 'number' ||
    hour.value > 24 ||
    hour.text.length > 2 ||
    minute.kind !== 'number' ||
    minute.text.length !== 2 ||
    minute.value > 59
  )
    return undefined
  if (colon.text === ':') {
    if (!minute.glued && !colon.glued) return undefined
    const second = at(s, i + 4)
    if (at(s, i + 3).text === ':' && second.kind === 'number' && second.glued && second.text.length === 2 && second.value < 60) {
      const fraction = at(s, i + 5).text === '.' && at(s, i + 5).glued && at(s, i + 6).glued && at(s, i + 6).kind === 'number'
      return withHalf(s, fraction ? i + 7 : i + 5, clock(hour.value, minute.value, second.value, zeroHour(hour.text), 'second'), true)
    }
    if (at(s, i + 3).text === ':' && at(s, i + 3).glued && at(s, i + 4).kind === 'number') return undefined
    return withHalf(s, i + 3, clock(hour.value, minute.value, 0, zeroHour(hour.text), 'minute'), true)
  }
  if (colon.text !== '.' || !colon.glued || !minute.glued) return undefined
  if (at(s, i + 3).text === '.' && at(s, i + 4).glued && at(s, i + 4).kind === 'number') return undefined
  const found = withHalf(s, i + 3, clock(hour.value, minute.value, 0, zeroHour(hour.text), 'minute'), false)
  const unit = at(s, found.end)
  return !found.sure && (unit.word.unit !== '' || unit.text === '%') ? undefined : found
}

/** "09:30" is the morning: nobody writes a zero and means nine at night. */
function zeroHour(text: string): Clock['half'] {
  return text.length === 2 && text.startsWith('0') ? '24' : ''
}

// "15h"   "15h30"   "9h"   "1500 hours"   "0900h"
function readWithH(s: Sentence, i: number): FoundClock | undefined {
  const hour = at(s, i)
  const h = at(s, i + 1)
  if (hour.kind !== 'number') return undefined
  if (
    hour.text.length === 4 &&
    (h.text === 'hours' || h.text === 'hrs' || h.text === 'h' || h.text === 'hour') &&
    hour.value < 2400 &&
    hour.value % 100 < 60
  ) {
    return { value: clock(Math.floor(hour.value / 100), hour.value % 100, 0, '24', 'minute'), end: i + 2, sure: true }
  }
  if (h.text !== 'h' || !h.glued || hour.value > 24 || hour.text.length > 2) return undefined
  const minute = at(s, i + 2)
  if (minute.kind === 'number' && minute.glued) {
    if (minute.value > 59 || minute.text.length !== 2 || (at(s, i + 3).glued && at(s, i + 3).kind === 'word')) return undefined
    return { value: clock(hour.value, minute.value, 0, '24', 'minute'), end: i + 3, sure: true }
  }
  return { value: clock(hour.value, 0, 0, '24'), end: i + 2, sure: false }
}

// "3 o'clock"   "five oclock pm"   "12 o"clock"
function readOclock(s: Sentence, i: number): FoundClock | undefined {
  const hour = readWhole(s, i)
  if (!hour || hour.value > 24) return undefined
  const word = at(s, hour.end)
  let end = 0
  if (word.text === "o'clock" || word.text === 'oclock') end = hour.end + 1
  else if (word.text === 'o' && at(s, hour.end + 1).text === 'clock') end = hour.end + 2
  else if (word.text === 'o' && at(s, hour.end + 2).text === 'clock') end = hour.end + 3
  return end === 0 ? undefined : withHalf(s, end, clock(hour.value, 0, 0, ''), true)
}

// "930am"   "1515pm"   "1400" after "at"   "0730"
function readMilitary(s: Sentence, i: number): FoundClock | undefined {
  const token = at(s, i)
  if (token.kind === 'number' && token.text.length === 6 && at(s, i - 1).text === 't' && token.glued) return readCompactTime(s, i)
  if (token.kind !== 'number' || (token.text.length !== 3 && token.text.length !== 4)) return undefined
  const hour = Math.floor(token.value / 100)
  const minute = token.value % 100
  if (hour > 24 || minute > 59) return undefined
  const next = at(s, i + 1)
  if (
    next.glued &&
    (next.text === '/' || next.text === '-' || next.text === '.') &&
    at(s, i + 2).kind === 'number' &&
    at(s, i + 2).text.length < 3
  )
    return undefined
  const found = withHalf(s, i + 1, clock(hour, minute, 0, token.text.length === 4 ? zeroHour(token.text.slice(0, 2)) : '', 'minute'), false)
  if (!found.sure && next.kind === 'word' && next.glued && next.text !== 'ish') return undefined
  return { ...found, end: skipIsh(s, found.end) }
}

// "[20300309T]143015"
function readCompactTime(s: Sentence, i: number): FoundClock | undefined {
  const { value } = at(s, i)
  const [hour, minute, second] = [Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100]
  if (hour > 23 || minute > 59 || second > 59) return undefined
  return { value: { hour, minute, second, half: '24', grain: 'second' }, end: i + 1, sure: true }
}

// "5pm"   "5 p.m."   "5p"   "eleven am"   "3ish pm"
function readWithHalf(s: Sentence, i: number): FoundClock | undefined {
  const hour = readWhole(s, i)
  if (!hour || hour.value > 24 || (at(s, i).kind === 'number' && at(s, i).text.length > 2)) return undefined
  const found = withHalf(s, skipIsh(s, hour.end), clock(hour.value, 0, 0, ''), false)
  return found.sure ? found : undefined
}

// "seven thirty"   "twelve oh three pm"   "six fifteen"   "7 30 pm"
function readSpoken(s: Sentence, i: number): FoundClock | undefined {
  const first = at(s, i)
  if (first.kind === 'number') {
    const minute = at(s, i + 1)
    if (
      first.value > 12 &&
      first.value < 24 &&
      at(s, i - 1).text === 'at' &&
      minute.text.length === 2 &&
      minute.value < 60 &&
      !minute.glued
    )
      return { value: clock(first.value, minute.value, 0, '24', 'minute'), end: i + 2, sure: at(s, i + 2).word.unit === '' }
    if (first.value < 1 || first.value > 12 || minute.kind !== 'number' || minute.text.length !== 2 || minute.value > 59 || minute.glued)
      return undefined
    const found = withHalf(s, i + 2, clock(first.value, minute.value, 0, '', 'minute'), false)
    return found.sure ? found : undefined
  }
  const hour = first.word.cardinal
  if (!(hour >= 1 && hour <= 12)) return undefined
  const middle = at(s, i + 1)
  if (middle.text === 'oh' || middle.text === 'o' || middle.text === 'zero') {
    const digit = at(s, i + 2).word.cardinal
    return digit > 0 && digit < 10 ? withHalf(s, i + 3, clock(hour, digit, 0, '', 'minute'), false) : undefined
  }
  if (!(middle.word.cardinal >= 10)) return undefined
  const minute = readWhole(s, i + 1)
  if (!minute || minute.value > 59 || at(s, minute.end).word.unit !== '') return undefined
  return withHalf(s, minute.end, clock(hour, minute.value, 0, '', 'minute'), false)
}

// "noon"   "12 noon"   "midnight"   "mid day"   "noonish"
function readNoon(s: Sentence, i: number): FoundClock | undefined {
  const first = at(s, i)
  const j = first.value === 12 || first.word.cardinal === 12 ? i + 1 : i
  const word = at(s, j)
  if (word.text === 'mid' && (at(s, j + 1).text === 'day' || at(s, j + 2).text === 'day') && at(s, j + 1).kind !== 'number') {
    return { value: clock(12, 0, 0, '24'), end: at(s, j + 1).text === 'day' ? j + 2 : j + 3, sure: true }
  }
  if (word.word.part === 'noon') return { value: clock(12, 0, 0, '24'), end: skipIsh(s, j + 1), sure: true }
  if (word.word.part === 'midnight') return { value: { hour: 24, minute: 0, second: 0, half: '24', grain: 'hour' }, end: j + 1, sure: true }
  return undefined
}

/** Takes the "am" or "pm" after a time, in any of its spellings. */
function withHalf(s: Sentence, i: number, value: Clock, sure: boolean): FoundClock {
  const found = readHalfOfDay(s, i)
  if (!found) return { value, end: skipIsh(s, i), sure }
  const half = value.hour > 12 || (value.half === '24' && value.hour === 0) ? '24' : found.value
  return { value: { ...value, half }, end: skipIsh(s, found.end), sure: true }
}

// "am"   "a.m."   "a m"   "p"   "pm."
export function readHalfOfDay(s: Sentence, i: number): Found<'am' | 'pm'> | undefined {
  let j = i
  if (at(s, j).text === '.' && at(s, j + 1).glued && at(s, j + 1).word.half !== '') j++
  const token = at(s, j)
  if (token.word.half !== '') return { value: token.word.half, end: j + 1 }
  if (token.text !== 'a' && token.text !== 'p') return undefined
  const half = token.text === 'a' ? 'am' : 'pm'
  if (at(s, j + 1).text === '.' && at(s, j + 2).text === 'm') {
    return { value: half, end: at(s, j + 3).text === '.' && at(s, j + 3).glued && !isSentenceEnd(s, j + 4) ? j + 4 : j + 3 }
  }
  if (at(s, j + 1).text === 'm') return { value: half, end: j + 2 }
  const before = at(s, j - 1)
  if (token.glued && before.kind === 'number' && !(at(s, j + 1).glued && at(s, j + 1).kind === 'word')) return { value: half, end: j + 1 }
  return token.text === 'p' && before.kind === 'number' && (at(s, j + 1).kind === 'end' || at(s, j + 1).text === '.')
    ? { value: half, end: j + 1 }
    : undefined
}

function isSentenceEnd(s: Sentence, i: number): boolean {
  const start = at(s, i).start
  return at(s, i).kind === 'end' || /[A-Z]/.test(s.text[start] ?? '')
}

// "11ish"   "3-ish"   "5 ish"
function skipIsh(s: Sentence, i: number): number {
  if (at(s, i).text === 'ish' || at(s, i).text === 'sharp') return i + 1
  return at(s, i).text === '-' && at(s, i + 1).text === 'ish' ? i + 2 : i
}
