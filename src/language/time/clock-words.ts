import { readWhole } from '../text/numbers.ts'
import { table } from '../text/table.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { clock, type FoundClock, readBareHour, readWithHalf, skipIsh, withHalf } from './clock-parts.ts'
import type { Clock } from './expression.ts'

function isAfter(link: string): boolean {
  return link === 'past' || link === 'after'
}

// "ten to five"   "quarter past 3pm"   "half past seven"   "20 minutes before noon"   "half 3"
export function readMinutesPast(s: Sentence, i: number): FoundClock | undefined {
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
    return withHalf(s, hour.end, clock(hour.value, 30, 0, ''), isWhole(s, i) && at(s, hour.end).kind === 'end')
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

const points = table<number>({ top: 0, bottom: 30 })

// "at the top of the hour"   "top of the next hour"   "at the bottom of the hour": of the hour that comes
export function readPointOfHour(s: Sentence, i: number): FoundClock | undefined {
  const minute = points[at(s, i).text]
  if (minute === undefined || s.repeating || at(s, i + 1).text !== 'of' || at(s, i + 2).text !== 'the') return undefined
  const end = at(s, i + 3).text === 'next' ? i + 4 : i + 3
  return at(s, end).text === 'hour'
    ? { value: { hour: Number.NaN, minute, second: 0, half: '24', grain: 'minute' }, end: end + 1, sure: true }
    : undefined
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

// "3 o'clock"   "five oclock pm"   "12 o"clock"
export function readOclock(s: Sentence, i: number): FoundClock | undefined {
  const hour = readWhole(s, i)
  if (!hour || hour.value > 24) return undefined
  const word = at(s, hour.end)
  let end = 0
  if (word.text === "o'clock" || word.text === 'oclock') end = hour.end + 1
  else if (word.text === 'o' && at(s, hour.end + 1).text === 'clock') end = hour.end + 2
  else if (word.text === 'o' && at(s, hour.end + 2).text === 'clock') end = hour.end + 3
  return end === 0 ? undefined : withHalf(s, end, clock(hour.value, 0, 0, ''), true)
}

// "fourteen hundred hours"   "zero eight hundred hours"   "twenty hundred hours"
export function readHundred(s: Sentence, i: number): FoundClock | undefined {
  const zero = at(s, i).word.cardinal === 0 ? 1 : 0
  const hour = at(s, i + zero).word.cardinal
  const end = i + zero + 1
  if (!(hour >= 1 && hour <= 20) || at(s, end).text !== 'hundred') return undefined
  const said = at(s, end + 1).text
  return said === 'hours' || said === 'hrs' || zero === 1
    ? { value: clock(hour, 0, 0, '24'), end: said === 'hours' || said === 'hrs' ? end + 2 : end + 1, sure: true }
    : undefined
}

// "seven thirty"   "twelve oh three pm"   "six fifteen"   "7 30 pm"
export function readSpoken(s: Sentence, i: number): FoundClock | undefined {
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
  if (!(hour >= 1 && hour <= 12) && !(hour >= 13 && hour <= 19 && isWhole(s, i))) return undefined
  const middle = at(s, i + 1)
  if (middle.text === 'oh' || middle.text === 'o' || middle.text === 'zero') {
    const digit = at(s, i + 2).word.cardinal
    return digit > 0 && digit < 10 ? withHalf(s, i + 3, clock(hour, digit, 0, '', 'minute'), false) : undefined
  }
  if (!(middle.word.cardinal >= 10)) return undefined
  const minute = readWhole(s, i + 1)
  if (!minute || minute.value > 59 || at(s, minute.end).word.unit !== '') return undefined
  return withHalf(s, minute.end, clock(hour, minute.value, 0, '', 'minute'), hour > 12 && at(s, minute.end).kind === 'end')
}

/** "half eight", "fourteen thirty": said alone, it answers "At what time?". */
function isWhole(s: Sentence, i: number): boolean {
  return i === 0 && s.tokens.length <= 4
}

// "noon"   "12 noon"   "midnight"   "mid day"   "noonish"   "next noon"
export function readNoon(s: Sentence, i: number): FoundClock | undefined {
  const first = at(s, i)
  const j = first.value === 12 || first.word.cardinal === 12 || first.text === 'next' ? i + 1 : i
  const word = at(s, j)
  if (word.text === 'mid' && (at(s, j + 1).text === 'day' || at(s, j + 2).text === 'day') && at(s, j + 1).kind !== 'number') {
    return { value: clock(12, 0, 0, '24'), end: at(s, j + 1).text === 'day' ? j + 2 : j + 3, sure: true }
  }
  if (word.word.part === 'noon') return { value: clock(12, 0, 0, '24'), end: skipIsh(s, j + 1), sure: true }
  if (word.word.part === 'midnight') return { value: { hour: 24, minute: 0, second: 0, half: '24', grain: 'hour' }, end: j + 1, sure: true }
  return undefined
}
