import { type Found, readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readBareHour, readClock } from '../time/clock.ts'
import { readPhrase } from '../time/phrase.ts'
import { readZoneAfterClock } from '../time/zones.ts'
import { readBetween, readCount, readExcept, readStart, readUntil, readWithin } from './bounds.ts'
import { readInMonths, readOnDays, readWeekNumbers } from './on-days.ts'
import type { Repeat } from './repeat.ts'

/** Adds one detail that begins at `i` to the repetition, or returns undefined. */
type Detail = (s: Sentence, i: number, repeat: Repeat) => Found<Repeat> | undefined

/** Tried in this order, again and again, until none fits. */
const details: readonly Detail[] = [
  readExcept,
  readWithin,
  readBetween,
  readStart,
  readUntil,
  readCount,
  readOnTheHour,
  readOnDays,
  readInMonths,
  readWeekNumbers,
  readTimes,
  readPart,
]

export function readDetails(s: Sentence, first: Found<Repeat>): Found<Repeat> {
  let found = first
  for (let more = 0; more < 10; more++) {
    const next = readDetail(s, found)
    if (!next) break
    found = next
  }
  return found
}

function readDetail(s: Sentence, found: Found<Repeat>): Found<Repeat> | undefined {
  const j =
    at(s, found.end).text === ',' || (at(s, found.end).text === 'and' && at(s, found.end + 1).text === 'at') ? found.end + 1 : found.end
  for (const read of details) {
    const next = read(s, j, found.value)
    if (next) return next
  }
  return undefined
}

// "[every hour] on the hour"   "[every 2 hours] on the half hour"   "at the top of the hour"   "at half past"   "at 15 past"
function readOnTheHour(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  if (repeat.frequency !== 'HOURLY' || repeat.clocks.length > 0) return undefined
  const minute = readMinute(s, i)
  if (!minute) return undefined
  const clock = { hour: Number.NaN, minute: minute.value, second: 0, half: '', grain: 'minute' } as const
  return { value: { ...repeat, clocks: [clock] }, end: minute.end }
}

function readMinute(s: Sentence, i: number): Found<number> | undefined {
  if (at(s, i).text === 'on' && at(s, i + 1).text === 'the') {
    const half = at(s, i + 2).text === 'half'
    const hour = half && at(s, i + 3).text === '-' ? i + 4 : half ? i + 3 : i + 2
    return at(s, hour).text === 'hour' ? { value: half ? 30 : 0, end: hour + 1 } : undefined
  }
  if (at(s, i).text !== 'at') return undefined
  const from = at(s, i + 1).text === 'the' || at(s, i + 1).text === 'a' ? i + 2 : i + 1
  if (at(s, from).text === 'top') return at(s, from + 1).text === 'of' ? { value: 0, end: skipTheHour(s, from + 2) } : undefined
  const part = { half: 30, quarter: 15 }[at(s, from).text]
  const whole = part === undefined ? readWhole(s, from) : { value: part, end: from + 1 }
  if (!whole || whole.value > 59) return undefined
  const past = at(s, whole.end).word.unit === 'minute' ? whole.end + 1 : whole.end
  return at(s, past).text === 'past' ? { value: whole.value, end: skipTheHour(s, past + 1) } : undefined
}

function skipTheHour(s: Sentence, i: number): number {
  return at(s, i).text === 'the' && at(s, i + 1).text === 'hour' ? i + 2 : i
}

// "at 9"   "at 9 and 17"   "at 10, 12 and 17"   "9:00"   "at noon"
function readTimes(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  if (repeat.clocks.length > 0) return undefined
  const named = at(s, i).text === 'at' || at(s, i).text === '@' || at(s, i).text === 'around' || at(s, i).text === 'by'
  const j = named ? i + 1 : i
  const phrase = readPhrase(s, i)
  if (
    phrase &&
    phrase.value.clocks.length > 0 &&
    phrase.value.days === undefined &&
    phrase.value.until === undefined &&
    phrase.value.shift === undefined &&
    phrase.value.to === undefined &&
    phrase.value.open === undefined &&
    phrase.value.length === undefined
  ) {
    return {
      value: { ...repeat, clocks: phrase.value.clocks, part: phrase.value.part ?? repeat.part, zone: phrase.value.zone },
      end: phrase.end,
    }
  }
  const clock = readClock(s, j) ?? (named ? readBareHour(s, j) : undefined)
  if (!clock || (!named && !clock.sure && at(s, clock.end).kind !== 'end' && clock.value.minute === 0)) return undefined
  const zone = readZoneAfterClock(s, clock.end)
  return { value: { ...repeat, clocks: [clock.value], zone: zone?.value.zone }, end: zone?.end ?? clock.end }
}

// "in the morning"   "at night"   "mornings"   "[every Friday] night"
function readPart(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  if (repeat.part !== undefined) return undefined
  let j = i
  if (at(s, j).text === 'in' || at(s, j).text === 'at' || at(s, j).text === 'during') j++
  if (at(s, j).text === 'the') j++
  const { part } = at(s, j).word
  if (part === '' || at(s, j).text === 'eve' || part === 'lunch') return undefined
  return { value: { ...repeat, part }, end: j + 1 }
}
