import { readRepeat } from '../repeat/read.ts'
import type { Found } from '../text/numbers.ts'
import { at, type Sentence, upTo } from '../text/tokens.ts'
import { readAmount } from '../time/amount.ts'
import { readBareHour, readClock } from '../time/clock.ts'
import { emptyPhrase, type Phrase } from '../time/expression.ts'
import { readPhrase } from '../time/phrase.ts'
import type { ChangeReader, Turn } from './change.ts'

/** A time that may be no more than an hour: "10", "Friday at 9", "tomorrow". */
export function readTimeOrHour(s: Sentence, i: number, nested = false): Found<Phrase> | undefined {
  const phrase = readPhrase(s, i, nested)
  if (phrase) return phrase
  const clock = readClock(s, i) ?? readBareHour(s, i)
  // "10 tomorrow"
  const rest = clock && readPhrase(s, clock.end, nested)
  if (clock && rest?.value.days && rest.value.clocks.length === 0 && rest.value.shift === undefined)
    return { value: { ...rest.value, clocks: [clock.value] }, end: rest.end }
  const after = clock && at(s, clock.end)
  if (!clock || after?.word.unit || (after?.kind === 'word' && !closing.has(after.text) && !after.word.opens)) return undefined
  return { value: { ...emptyPhrase, clocks: [clock.value] }, end: clock.end }
}

const closing = new Set(['instead', 'please', 'and', 'with', 'now', 'then', 'because', 'so', 'if', 'pls', 'thanks', 'from', 'for'])

/** "to [be at | start on | the] 4" */
const between = new Set(['be', 'start', 'starting', 'at', 'on', 'the', 'begin', 'happen', 'take', 'place', 'run', 'last'])

function afterLead(s: Sentence, i: number): number {
  let j = i
  while (j < i + 3 && between.has(at(s, j).text) && !(at(s, j).text === 'the' && at(s, j + 1).word.ordinal > 0)) j++
  return j
}

// "move lunch [to 1]"   "change the standup [to every Monday at 9]"   "move my 2 to 3pm slot [to 5pm]"
export const readTo: ChangeReader = (turn, i) => {
  const { s } = turn
  if (!['to', 'for', 'on', 'at', 'until', 'till'].includes(at(s, i).text)) return undefined
  const moves = at(s, i).text === 'to'
  const { text } = at(s, i)
  const leads =
    text === 'for' || text === 'until' || text === 'till'
      ? turn.way === 'move' || turn.way === 'copy' || turn.way === 'later'
      : opensNew(turn, i)
  if (!moves && (!leads || (text === 'for' && tellsThing(turn, i)))) return undefined
  const j = afterLead(s, i + 1)
  const repeat = s.repeating ? readRepeat(s, j) : undefined
  if (repeat) return { value: { repeat: repeat.value }, end: repeat.end }
  const phrase = readTimeOrHour(s, j) ?? (j > i + 1 ? readTimeOrHour(s, i + 1) : undefined)
  if (!phrase || saysNoMoment(phrase.value)) return undefined
  if (moves && isOvertaken(turn, phrase.end)) return undefined
  const later = behindInstead(s, phrase)
  if (later) return later
  const { length, open: _, ...to } = phrase.value
  // "to Wednesday, same time": the time of the thing, not the one it is now.
  const now = to.now && !(to.days && saysSame(s, j, phrase.end))
  return { value: { to: { ...to, now, length: undefined, open: undefined }, ...(length ? { duration: length } : {}) }, end: phrase.end }
}

// "move my reminders [for today] to tomorrow morning": the day of the things, and no beginning of the new time
function tellsThing({ s, from }: Turn, i: number): boolean {
  const leads = s.readable.findIndex(({ text }, index) => index > i + 1 && text === 'to')
  // Read together, the two would be a stretch of time.
  const day = leads === -1 ? undefined : readPhrase(upTo(s, leads), i + 1, true)
  if (!day?.value.days || day.value.clocks.length > 0 || day.end !== leads) return false
  const to = readTimeOrHour(s, leads + 1, true)?.value
  if (!to || saysNoMoment(to)) return false
  // Of one thing, two days are where it begins and ends: "reschedule the retreat for Friday to Sunday".
  return areMany(s, from, i) || to.clocks.length > 0 || to.part !== undefined
}

function areMany(s: Sentence, from: number, end: number): boolean {
  const { text, word } = at(s, end - 1)
  if (word.noun !== '' && text.endsWith('s')) return true
  for (let i = from; i < end; i++) if (at(s, i).text === 'all' || at(s, i).text === 'everything') return true
  return false
}

function saysSame(s: Sentence, from: number, end: number): boolean {
  for (let i = from; i < end; i++) if (at(s, i).text === 'same') return true
  return false
}

/** "on Friday", "at 4" are new after "make it", and after "move it", where nothing else can be told apart by them. */
function opensNew({ s, way, from }: Turn, i: number): boolean {
  if (way === 'make') return true
  const pronoun = ['it', 'that', 'this'].includes(at(s, from).text)
  return way !== 'add' && way !== 'remove' && way !== 'longer' && way !== 'shorter' && pronoun && i === from + 1
}

function saysNoMoment({ days, clocks, part, shift, now, foreign, reach }: Phrase): boolean {
  return !days && clocks.length === 0 && part === undefined && !shift && !now && !foreign && !reach
}

// "to [March 8 instead at noon]": the word stands between the day and its clock time
function behindInstead(s: Sentence, { value, end }: Found<Phrase>): ReturnType<ChangeReader> {
  if (at(s, end).text !== 'instead' || !value.days || value.clocks.length > 0) return undefined
  const clock = readTimeOrHour(s, at(s, end + 1).text === 'at' ? end + 2 : end + 1)
  if (!clock || clock.value.days || clock.value.clocks.length === 0) return undefined
  return { value: { to: { ...value, open: undefined, clocks: clock.value.clocks } }, end: clock.end }
}

/** Whether a later "to" leads to a time, so that this one belongs to the name: "my 2 to 3pm slot to 5". */
function isOvertaken({ s, end }: Turn, from: number): boolean {
  for (let i = from; i < Math.min(end, from + 12); i++) if (at(s, i).text === 'to' && readTimeOrHour(s, i + 1, true)) return true
  return false
}

// "extend it [until 5]"   "make it [end at 4:30]"
export const readUntil: ChangeReader = ({ s, way }, i) => {
  const { text } = at(s, i)
  const ends = text === 'end' || text === 'finish' || text === 'stop'
  const reaches = (text === 'until' || text === 'till' || text === 'to') && (way === 'longer' || way === 'shorter' || way === 'make')
  if (!ends && !reaches) return undefined
  const phrase = readTimeOrHour(s, ends && ['at', 'by'].includes(at(s, i + 1).text) ? i + 2 : i + 1)
  if (!phrase || phrase.value.clocks.length === 0) return undefined
  return { value: { until: { ...phrase.value, open: undefined } }, end: phrase.end }
}

// "move it [from 3 to 4]": the old and the new, where "make it [from 3 to 4]" is both ends
export const readFromTo: ChangeReader = (turn, i) => {
  const { s, way } = turn
  if (at(s, i).text !== 'from' || way === 'longer' || way === 'shorter') return undefined
  if (way === 'make') {
    const phrase = readPhrase(s, i)
    return phrase && { value: { to: phrase.value }, end: phrase.end }
  }
  const old = readClock(s, i + 1) ?? readBareHour(s, i + 1)
  if (!old || at(s, old.end).text !== 'to') return undefined
  const next = readTimeOrHour(s, old.end + 1)
  return next && { value: { from: { ...emptyPhrase, clocks: [old.value] }, to: next.value }, end: next.end }
}

// "make it [4pm]"   "make it [weekly]"   "reschedule that [tomorrow at noon]"
export const readBareNew: ChangeReader = (turn, i) => {
  const { s } = turn
  if (!opensNew(turn, i) || readAmount(s, i)) return undefined
  const repeat = s.repeating ? readRepeat(s, i) : undefined
  if (repeat) return { value: { repeat: repeat.value }, end: repeat.end }
  const phrase = readTimeOrHour(s, i)
  // "it's in room 5 now": that it changes, not when it is.
  if (!phrase || saysNoMoment(phrase.value) || phrase.value.now || isWhose(s, phrase.end)) return undefined
  return { value: { to: phrase.value }, end: phrase.end }
}

/** "make [tomorrow's] standup 30 minutes": what it is told by. */
function isWhose(s: Sentence, end: number): boolean {
  return at(s, end - 1).text.endsWith("'s") && at(s, end).kind === 'word'
}
