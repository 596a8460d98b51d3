import { type Found, readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readBareHour } from './clock.ts'
import { emptyPhrase, type Phrase } from './expression.ts'
import { readPhrase } from './phrase.ts'
import { endsTime } from './phrase-clock.ts'
import { inheritHalf } from './range.ts'

/**
 * Another time that would do, at "or"; each takes from the other what it does not say itself.
 *
 *     Tuesday or Wednesday at 3    tomorrow at 2 or 3pm    December 4 or 5
 */
export function readEither(s: Sentence, i: number, first: Phrase): Found<readonly [Phrase, Phrase]> | undefined {
  if (at(s, i).text !== 'or' || !isPlain(first)) return undefined
  const other = readPhrase(s, i + 1) ?? readHour(s, i + 1, first) ?? readDay(s, i + 1, first)
  if (!other || !isPlain(other.value) || !isAlike(first, other.value)) return undefined
  return { value: complete(first, other.value), end: other.end }
}

/** A day, a clock time, or both. */
function isPlain({ until, shift, now, to, length, open, reach, clocks }: Phrase): boolean {
  return !(until ?? shift ?? to ?? length ?? open ?? reach) && !now && clocks.length < 2
}

function isAlike(a: Phrase, b: Phrase): boolean {
  return (a.days !== undefined && b.days !== undefined) || (saysTime(a) && saysTime(b))
}

function saysTime({ clocks, part }: Phrase): boolean {
  return clocks.length > 0 || part !== undefined
}

// "at 3 or [4]"
function readHour(s: Sentence, i: number, { clocks }: Phrase): Found<Phrase> | undefined {
  const hour = clocks.length > 0 ? readBareHour(s, i) : undefined
  return hour && endsTime(s, hour.end) ? { value: { ...emptyPhrase, clocks: [hour.value] }, end: hour.end } : undefined
}

// "December 4 or [5]"
function readDay(s: Sentence, i: number, { days, clocks }: Phrase): Found<Phrase> | undefined {
  if (days?.kind !== 'date' || days.day === undefined || days.weekday || clocks.length > 0) return undefined
  const day = readWhole(s, i)
  if (!day || day.value < 1 || day.value > 31 || !endsTime(s, day.end)) return undefined
  const rest = readPhrase(s, day.end, true)?.value
  return rest?.days ? undefined : { value: { ...emptyPhrase, days: { ...days, day: day.value } }, end: day.end }
}

function complete(first: Phrase, other: Phrase): readonly [Phrase, Phrase] {
  const [from] = first.clocks
  const [to] = other.clocks
  const halves = from && to ? inheritHalf(from, to) : undefined
  const a = halves ? { ...first, clocks: [halves.from] } : first
  const b = halves ? { ...other, clocks: [halves.to] } : other
  return [lend(b, a), lend(a, b)]
}

function lend(from: Phrase, to: Phrase): Phrase {
  const timed = saysTime(to) ? to : { ...to, clocks: from.clocks, part: from.part, partMood: from.partMood }
  return { ...timed, days: to.days ?? from.days, zone: to.zone ?? from.zone }
}
