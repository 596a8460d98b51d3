import { type Found, readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { Clock } from './expression.ts'

/** A clock time, and whether it can be nothing else ("5pm") or needs a word before it ("at 5"). */
export interface FoundClock extends Found<Clock> {
  readonly sure: boolean
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
  const ish = next.text === '-' && at(s, whole.end + 1).text === 'ish'
  const isGlued =
    !ish && next.glued && (next.kind === 'word' || next.text === '%' || next.text === '/' || next.text === '-' || next.text === "'")
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

export function clock(hour: number, minute: number, second: number, half: Clock['half'], grain: Clock['grain'] = 'hour'): Clock {
  const sure = half === '' && (hour > 12 || hour === 0) ? '24' : half
  return {
    hour: half === 'pm' && hour === 0 ? 12 : hour % 24,
    minute,
    second,
    half: hour > 12 ? '24' : sure,
    grain: second ? 'second' : minute ? 'minute' : grain,
  }
}

// "5pm"   "5 p.m."   "5p"   "eleven am"   "3ish pm"
export function readWithHalf(s: Sentence, i: number): FoundClock | undefined {
  const hour = readWhole(s, i)
  if (!hour || hour.value > 24 || (at(s, i).kind === 'number' && at(s, i).text.length > 2)) return undefined
  const found = withHalf(s, skipIsh(s, hour.end), clock(hour.value, 0, 0, ''), false)
  return found.sure ? found : undefined
}

/** "09:30" is the morning: nobody writes a zero and means nine at night. */
export function zeroHour(text: string): Clock['half'] {
  return text.length === 2 && text.startsWith('0') ? '24' : ''
}

/** Takes the "am" or "pm" after a time, in any of its spellings. */
export function withHalf(s: Sentence, i: number, value: Clock, sure: boolean): FoundClock {
  const found = readHalfOfDay(s, i)
  if (!found) return { value, end: skipIsh(s, i), sure }
  const half = value.hour > 12 || (value.half === '24' && value.hour === 0) ? '24' : found.value
  return { value: { ...value, half }, end: skipIsh(s, found.end), sure: true }
}

// "am"   "a.m."   "a m"   "p"   "pm."
function readHalfOfDay(s: Sentence, i: number): Found<'am' | 'pm'> | undefined {
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
export function skipIsh(s: Sentence, i: number): number {
  if (at(s, i).text === 'ish' || at(s, i).text === 'sharp') return i + 1
  return at(s, i).text === '-' && at(s, i + 1).text === 'ish' ? i + 2 : i
}
