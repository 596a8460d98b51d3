import { at } from '../text/tokens.ts'
import type { IntentReading } from './intent.ts'
import type { View } from './view.ts'

/** Only for words that were said to us. */
const confidence = 0.7

const finished = new Set(['done', 'finished', 'sorted', 'bought'])

// "eggs are done"   "milk's done": of something on a list
export function readToldDone({ s, opening, end }: View): IntentReading | undefined {
  const last = at(s, end - 1).kind === 'mark' ? end - 2 : end - 1
  if (!finished.has(at(s, last).text) || last - opening < 1 || last - opening > 6) return undefined
  const being = at(s, last - 1)
  const short = being.text.endsWith("'s") && being.kind === 'word'
  const to = short ? last : last - 1
  if (!(short || being.text === 'is' || being.text === 'are') || to <= opening || told.has(at(s, opening).text)) return undefined
  const title = s.text.slice(at(s, opening).start, at(s, to - 1).end - (short ? 2 : 0)).replace(/^(?:the|my) /i, '')
  return { intent: 'todo.complete', confidence, titleFrom: end, given: { title } }
}

const told = new Set(
  "i i'm he he's she she's we we're they you it it's that that's this what what's who who's there there's nothing all everything everyone dinner lunch".split(
    ' ',
  ),
)

const lead = new Set(['on', 'and', 'for', 'the'])

// "next week?"   "and Saturday?"
export function readDayAsked({ s, opening, end, times }: View): IntentReading | undefined {
  const [stretch, ...others] = times.phraseAt
  if (at(s, end - 1).text !== '?' || !times.phrase?.days || times.phrase.clocks.length > 0 || others.length > 0 || times.repeat)
    return undefined
  for (let i = opening; i < (stretch?.from ?? end); i++) if (!lead.has(at(s, i).text)) return undefined
  return stretch && stretch.to >= end - 1 ? { intent: 'event.list', confidence, titleFrom: end } : undefined
}
