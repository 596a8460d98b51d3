import { dayPart, inOrder, number, oneOf, spelled, whole } from '../text/beginnings.ts'
import { at, memoSlots, once, type Sentence } from '../text/tokens.ts'
import { clock, type FoundClock, readWithHalf, skipIsh, withHalf, zeroHour } from './clock-parts.ts'
import { readHundred, readMinutesPast, readNoon, readOclock, readPointOfHour, readSpoken } from './clock-words.ts'

export { type FoundClock, readBareHour } from './clock-parts.ts'

type Reader = (s: Sentence, i: number) => FoundClock | undefined

/** Tried in this order; the first that fits is taken. */
export const readers = inOrder<Reader>([
  [oneOf(whole, spelled('a', 'quarter', 'half')), readMinutesPast],
  [number, readDigital],
  [number, readWithH],
  [whole, readOclock],
  [number, readMilitary],
  [whole, readWithHalf],
  [whole, readHundred],
  [whole, readSpoken],
  [oneOf(whole, dayPart, spelled('mid', 'next')), readNoon],
  [spelled('top', 'bottom'), readPointOfHour],
])

export function readClock(s: Sentence, i: number): FoundClock | undefined {
  const { kind, value, word } = at(s, i)
  if (readers.from(word).length === 0 || (kind === 'number' && (Number.isNaN(value) || continues(s, i)))) return undefined
  return once(s, memoSlots.clock, i, readClockAnew)
}

function readClockAnew(s: Sentence, i: number): FoundClock | undefined {
  for (const read of readers.from(at(s, i).word)) {
    const found = read(s, i)
    if (found) return found
  }
  return undefined
}

/** The second half of "12:0" and of "%e7": part of what stands before it. */
function continues(s: Sentence, i: number): boolean {
  const before = at(s, i - 1)
  return (
    at(s, i).glued &&
    (before.text === '%' || (before.text === ':' && before.glued && at(s, i - 2).kind === 'number' && at(s, i - 2).text.length < 3))
  )
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

// "930am"   "1515pm"   "1400" after "at"   "0730"
function readMilitary(s: Sentence, i: number): FoundClock | undefined {
  const token = at(s, i)
  if (token.kind === 'number' && token.text.length === 6 && at(s, i - 1).text === 't' && token.glued) return readCompactTime(s, i)
  if (token.kind !== 'number' || (token.text.length !== 3 && token.text.length !== 4)) return undefined
  const hour = Math.floor(token.value / 100)
  const minute = token.value % 100
  if (hour > 24 || minute > 59) return undefined
  const next = at(s, i + 1)
  // "650.555.0100", "730/12" are no times; "730-930" are two.
  const longer = next.glued && at(s, i + 2).glued && at(s, i + 2).kind === 'number'
  if (longer && (next.text === '.' || ((next.text === '/' || next.text === '-') && at(s, i + 2).text.length < 3))) return undefined
  const found = withHalf(s, i + 1, clock(hour, minute, 0, token.text.length === 4 ? zeroHour(token.text.slice(0, 2)) : '', 'minute'), false)
  if (!found.sure && ((next.kind === 'word' && next.glued && next.text !== 'ish') || numbersThing(s, i))) return undefined
  return { ...found, end: skipIsh(s, found.end) }
}

/** "room B204", "flight LH 405": the number of something, and no time. */
function numbersThing(s: Sentence, i: number): boolean {
  const before = at(s, i - 1)
  if (before.kind !== 'word' || before.text === 't') return false
  if (at(s, i).glued) return true
  const written = s.text.slice(before.start, before.end)
  return /^[A-Z]{2,3}$/.test(written) && !before.word.opens && /\p{Ll}/u.test(s.text)
}

// "[20300309T]143015"
function readCompactTime(s: Sentence, i: number): FoundClock | undefined {
  const { value } = at(s, i)
  const [hour, minute, second] = [Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100]
  if (hour > 23 || minute > 59 || second > 59) return undefined
  return { value: { hour, minute, second, half: '24', grain: 'second' }, end: i + 1, sure: true }
}
