import { readRepeat } from './repeat/read.ts'
import type { Repeat } from './repeat/repeat.ts'
import { at, type Sentence } from './text/tokens.ts'
import type { Phrase } from './time/expression.ts'
import { readPhrase } from './time/phrase.ts'

/** Where something stands, by token numbers, end exclusive. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** All that a sentence says about time, in one: what stands apart but belongs together is joined. */
export interface Times {
  readonly phrase: Phrase | undefined
  readonly repeat: Repeat | undefined
  /** "15 minutes before": alerts, in seconds. */
  readonly alerts: readonly number[]
  readonly phraseAt: readonly Stretch[]
  readonly repeatAt: readonly Stretch[]
}

type Draft = { -readonly [Key in keyof Times]: Times[Key] extends readonly (infer Item)[] ? Item[] : Times[Key] }

/** Reads the times between two tokens, from left to right. */
export function readTimes(s: Sentence, from: number, to: number): Times {
  const draft: Draft = { phrase: undefined, repeat: undefined, alerts: [], phraseAt: [], repeatAt: [] }
  for (let i = from; i < to; ) {
    const token = at(s, i)
    const canOpen = token.kind === 'number' || token.kind === 'mark' || token.word.opens || mayBeHoliday(token.text)
    i = canOpen ? readTimeAt(s, i, draft) : i + 1
  }
  return draft
}

/** Reads what begins at token `i` into the draft and says where to go on. */
function readTimeAt(s: Sentence, i: number, draft: Draft): number {
  const repeat = draft.repeat === undefined ? readRepeat(s, i) : undefined
  if (repeat) {
    draft.repeat = repeat.value
    draft.repeatAt.push({ from: i, to: repeat.end })
    return repeat.end
  }
  const phrase = readPhrase(s, i)
  if (!phrase) return i + 1
  if (draft.phrase && isOnlyNow(draft.phrase) && !isOnlyNow(phrase.value)) {
    draft.phrase = undefined
    draft.phraseAt.length = 0
  }
  const joined = draft.phrase === undefined ? phrase.value : join(draft.phrase, phrase.value)
  if (joined === undefined) return phrase.end
  draft.phrase = joined
  draft.phraseAt.push({ from: i, to: phrase.end })
  return phrase.end
}

import { opensHoliday as mayBeHoliday } from './time/holidays.ts'

/** "now" is a figure of speech where another time follows. */
function isOnlyNow(phrase: Phrase): boolean {
  return phrase.now && phrase.days === undefined && phrase.clocks.length === 0 && phrase.shift === undefined
}

/** "at 3 ... tomorrow": two phrases are one time when each brings what the other lacks. */
function join(a: Phrase, b: Phrase): Phrase | undefined {
  const aDays = a.days !== undefined
  const bDays = b.days !== undefined
  const aClock = a.clocks.length > 0 || a.part !== undefined
  const bClock = b.clocks.length > 0 || b.part !== undefined
  if (b.length !== undefined && !bDays && !bClock && a.length === undefined) return { ...a, length: b.length }
  if (a.length !== undefined && !aDays && !aClock && a.shift === undefined && b.length === undefined) return { ...b, length: a.length }
  if (
    a.shift !== undefined ||
    b.shift !== undefined ||
    a.now ||
    b.now ||
    a.reach !== undefined ||
    b.reach !== undefined ||
    a.to !== undefined ||
    b.to !== undefined
  )
    return undefined
  if (aDays && !aClock && bClock && !bDays) return { ...b, days: a.days, length: a.length ?? b.length, open: b.open ?? a.open }
  if (aClock && !aDays && bDays && !bClock) return { ...a, days: b.days, length: a.length ?? b.length, open: a.open ?? b.open }
  if (aDays && a.part !== undefined && a.clocks.length === 0 && b.clocks.length > 0 && !bDays)
    return { ...b, days: a.days, part: b.part ?? a.part, length: a.length ?? b.length }
  return undefined
}
