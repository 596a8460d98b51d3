import { spelled } from '../text/beginnings.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { IntentReading } from './intent.ts'
import { findNoun, type View } from './view.ts'

const verbs = new Set(['find', 'suggest', 'propose', 'pick', 'get', 'offer'])
export const findingTime = spelled(...verbs)

const others = new Set(['another', 'better', 'new', 'different', 'other', 'later', 'earlier'])
const times = new Set(['time', 'times', 'slot', 'day', 'date'])

// "find a better time for the retro"   "suggest another slot for lunch with Ann"
export function readAnotherTime({ s, opening, end }: View): IntentReading | undefined {
  if (!verbs.has(at(s, opening).text)) return undefined
  const first = ['me', 'us'].includes(at(s, opening + 1).text) ? opening + 2 : opening + 1
  const after = readOtherTime(s, first)
  if (after === undefined || at(s, after).text !== 'for') return undefined
  const pointed = ['it', 'that', 'this'].includes(at(s, after + 1).text)
  const from = ['the', 'my', 'our'].includes(at(s, after + 1).text) ? after + 2 : after + 1
  if (!pointed && !findNoun(s, from, Math.min(end, from + 5), 'event')) return undefined
  const change = { way: 'move', from } as const
  if (pointed) return { intent: 'event.update', confidence: 0.85, titleFrom: from + 1, change, reference: 'last' }
  return { intent: 'event.update', confidence: 0.85, titleFrom: from, change }
}

/** "[a better time]", "[another day]": the token behind it. */
function readOtherTime(s: Sentence, i: number): number | undefined {
  const { text } = at(s, i)
  const from = text === 'a' || text === 'an' || text === 'some' ? i + 1 : i
  return others.has(at(s, from).text) && times.has(at(s, from + 1).text) ? from + 2 : undefined
}

/** "move the retro [to a better time]", "move the retro [earlier]": words that leave open when, and end the sentence. */
export function openTime(s: Sentence, from: number, end: number): readonly [number, number] | undefined {
  let last = end
  while (last > from && at(s, last - 1).kind === 'mark') last--
  if (last - 1 > from && ['earlier', 'later', 'elsewhere'].includes(at(s, last - 1).text)) return [last - 1, last]
  for (let i = Math.max(from + 1, last - 4); i < last; i++) if (at(s, i).text === 'to' && readOtherTime(s, i + 1) === last) return [i, last]
  return undefined
}
