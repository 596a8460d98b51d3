import type { View } from '../intent/view.ts'
import { findOnwards, isFirstDay, leadsFrom } from '../slots/scope.ts'
import { spanOf, type Used } from '../slots/used.ts'
import type { Found } from '../text/numbers.ts'
import { table } from '../text/table.ts'
import { at, type Sentence, seal } from '../text/tokens.ts'
import { readBareHour, readClock } from '../time/clock.ts'
import { emptyPhrase, type Phrase } from '../time/expression.ts'
import { readPhrase } from '../time/phrase.ts'
import type { TokenRange } from '../times.ts'
import { readByAmount, readSide } from './by-how-much.ts'
import type { ChangeReader, ChangeReading, Turn, Way } from './change.ts'
import { readNewColour } from './colour.ts'
import { readBareNew, readFromTo, readTo, readUntil } from './new-time.ts'
import {
  readAdded,
  readMorePeople,
  readNewAlerts,
  readNewCalendar,
  readNewLink,
  readNewPlace,
  readPartNamed,
  readPartSaid,
  readRemoved,
} from './other.ts'

/** Asked at every word in this order; the first that knows what becomes different is believed. */
const readers: readonly ChangeReader[] = [
  readAdded,
  readRemoved,
  readMorePeople,
  readNewLink,
  readNewColour,
  readSide,
  readByAmount,
  readUntil,
  readFromTo,
  readTo,
  readBareNew,
  readNewCalendar,
  readNewPlace,
  readNewAlerts,
]

/** How far after its verb a change is looked for, in tokens. */
const reach = 120

export interface FoundChange {
  readonly reading: ChangeReading
  /** Where the new things stand, and the time that tells the thing. */
  readonly taken: readonly TokenRange[]
  readonly phraseAt: readonly TokenRange[]
  readonly repeatAt: readonly TokenRange[]
  /** "from Friday on": that one, and all later ones. */
  readonly onwards: boolean
}

/**
 * What an update changes, and by which time it knows the thing.
 *
 *     move my 3pm with Bob to Friday at 4 and invite Ann
 *             ↑ from       ↑ to               ↑ addPeople
 */
export function readChange({ s, kept, times, ...view }: View, way: Way, from: number): FoundChange {
  const onwards = readOnwards(s, from, view.end) ?? readOnwards(s, 0, Math.max(from, view.opening))
  const end = Math.min(view.end, from + reach)
  let turn: Turn = { s, kept, way, from, end }
  let reading: ChangeReading = {}
  const taken: TokenRange[] = []
  const phraseAt: TokenRange[] = []
  const repeatAt: TokenRange[] = []
  const part = readPartNamed(s, from)
  if (part) taken.push(part)
  const said = part?.part === 'location' || part?.part === 'content' ? readPartSaid(s, part.to, end) : undefined
  if (part && said) {
    reading = { [part.part]: said.text }
    taken.push(said)
    seal(s, said.from, said.to)
  }
  for (let i = from; i < end; i++) {
    const another = readAnotherVerb(s, i)
    if (another) {
      turn = { ...turn, way: another.value, from: another.end - 1 }
      taken.push({ from: i, to: another.end })
      i = another.end - 1
      continue
    }
    const found = s.sealed[i] === 0 || kept.has(i) ? readAt(turn, i, reading) : undefined
    if (!found) continue
    reading = { ...reading, ...found.value }
    taken.push({ from: i, to: found.end })
    if (found.value.to || found.value.until) phraseAt.push({ from: i, to: found.end })
    if (found.value.repeat) repeatAt.push({ from: i, to: found.end })
    i = found.end - 1
  }
  if (part?.part === 'end' && reading.to) reading = { ...reading, to: undefined, until: reading.to }
  // "make it on the 4th, please, in the evening": apart, and all of it new.
  if (
    way === 'make' &&
    reading.to &&
    times.phrase?.days &&
    times.phrase.clocks.length > 0 &&
    times.phraseAt.every((each) => each.from >= from)
  )
    return {
      reading: { ...reading, to: times.phrase },
      taken: [...taken, ...times.phraseAt],
      phraseAt: times.phraseAt,
      repeatAt,
      onwards: false,
    }
  for (const range of taken) seal(s, range.from, range.to)
  const old = reading.from ? undefined : (onwards ?? findOld(turn))
  const found = { taken, repeatAt, onwards: onwards !== undefined }
  if (!old) return { ...found, reading: way === 'copy' ? { ...reading, copy: true } : reading, phraseAt }
  const phrases = [{ from: old.from, to: old.to }, ...phraseAt]
  if (way !== 'copy') return { ...found, reading: { ...reading, from: old.value }, phraseAt: phrases }
  // "duplicate the workshop on Friday": the only time is that of the copy.
  const when = reading.to || reading.shift ? { from: old.value } : { to: old.value }
  return { ...found, reading: { ...reading, ...when, copy: true }, phraseAt: phrases }
}

const verbs = table<Way>({
  make: 'make',
  move: 'move',
  put: 'move',
  set: 'move',
  rename: 'move',
  call: 'move',
  push: 'later',
  delay: 'later',
  extend: 'longer',
  shorten: 'shorter',
})

// "push it back 2 hours [and make it] an hour"
function readAnotherVerb(s: Sentence, i: number): Found<Way> | undefined {
  const { text } = at(s, i)
  if (text !== 'and' && text !== ',' && text !== 'then') return undefined
  const verb = at(s, i + 1).text === 'then' || at(s, i + 1).text === 'and' ? i + 2 : i + 1
  const way = verbs[at(s, verb).text]
  return way && ['it', 'that', 'them'].includes(at(s, verb + 1).text) ? { value: way, end: verb + 2 } : undefined
}

function readAt(turn: Turn, i: number, sofar: ChangeReading): ReturnType<ChangeReader> {
  for (const read of readers) {
    const found = read(turn, i)
    // What was said first stands: "move it to 4, to be safe".
    if (found && Object.keys(found.value).every((key) => !(key in sofar))) return found
  }
  return undefined
}

// "make standup 20 minutes [from Friday on]"   "move it to 9 [from the 3rd onwards]"
function readOnwards(
  s: Sentence,
  from: number,
  end: number,
): { readonly value: Phrase; readonly from: number; readonly to: number } | undefined {
  for (let i = from; i < end - 1; i++) {
    if (!leadsFrom(s, i)) continue
    const phrase = readPhrase(s, i) ?? readPhrase(s, at(s, i).text === 'as' ? i + 2 : i + 1)
    const said = phrase && findOnwards(s, [{ from: i, to: phrase.end }])
    // "move standup to 10 starting tomorrow", where "from Monday to Friday" has an end
    const last = said ?? (phrase && isFirstDay(phrase.value) && at(s, phrase.end).text !== 'to' ? phrase.end - 1 : undefined)
    if (!phrase?.value.days || last === undefined) continue
    seal(s, i, last + 1)
    return { value: { ...phrase.value, open: 'after' }, from: i, to: last + 1 }
  }
  return undefined
}

/** The time that is left once the new one is taken out tells which thing is meant. */
function findOld({ s, from, end }: Turn): { readonly value: Phrase; readonly from: number; readonly to: number } | undefined {
  for (let i = from; i < end; i++) {
    const token = at(s, i)
    if (token.kind !== 'number' && !token.word.opens) continue
    const phrase = readPhrase(s, i) ?? hourAfter(s, i)
    if (!phrase) continue
    const { days, clocks } = phrase.value
    // "Friday's lunch" is the lunch of Friday, and no time of day.
    const meal = phrase.value.part === 'lunch' && clocks.length === 0
    if (!days && clocks.length === 0 && (meal || !phrase.value.part)) continue
    const part = meal ? undefined : phrase.value.part
    const to = meal ? phrase.end - 1 : phrase.end
    return { value: { ...phrase.value, part, length: undefined, open: undefined }, from: i, to }
  }
  return undefined
}

// "the [3:30]"   "from 3"
function hourAfter(s: Turn['s'], i: number) {
  if (at(s, i).text !== 'from' && at(s, i).text !== 'at') return undefined
  const clock = readClock(s, i + 1) ?? readBareHour(s, i + 1)
  return clock && { value: { ...emptyPhrase, clocks: [clock.value] }, end: clock.end }
}

const particles = new Set([
  'back',
  'forward',
  'forwards',
  'up',
  'out',
  'instead',
  'now',
  'over',
  'to',
  'from',
  'for',
  'too',
  'also',
  'by',
  'until',
  'and',
])

/** Marks the words of a change as used, and the particles of its verb. */
export function takeChange({ s }: View, found: FoundChange, from: number, used: Used) {
  for (const range of [...found.taken, ...found.phraseAt, ...found.repeatAt]) used.take(range.from, range.to)
  const isParticle = (i: number) => particles.has(s.tokens[i]?.text ?? '')
  for (let i = from; i < s.tokens.length && isParticle(i) && !used.isTaken(i); i++) used.take(i, i + 1)
  for (let i = s.tokens.length - 1; i >= from; i--) {
    if (used.isTaken(i)) continue
    if (!isParticle(i)) break
    used.take(i, i + 1)
  }
  for (const { from: first } of found.taken) for (let i = first - 1; i >= from && isParticle(i); i--) used.take(i, i + 1)
}

export function spansOfChange(view: View, found: FoundChange) {
  return [
    ...found.phraseAt.map(({ from, to }) => spanOf(view.s, 'when', from, to)),
    ...found.repeatAt.map(({ from, to }) => spanOf(view.s, 'recurrence', from, to)),
  ]
}
