import { at, holds, type Sentence } from '../text/tokens.ts'
import { telling } from '../text/words.ts'
import type { IntentReading } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { findOpening, type View } from './view.ts'

const nudgings = phrasebook([
  'remind me',
  'remind us',
  'ping me',
  'poke me',
  'bug me',
  'nudge me',
  'buzz me',
  'prod me',
  'nag me',
  'alert me',
  'notify me',
  'message me',
  'text me',
  'let me know',
  "don't let me forget",
  'do not let me forget',
])
const nudgingWord = telling('me', 'us')
const pointing = phrasebook([
  'about it',
  'about that',
  'about this',
  'of it',
  'of that',
  'of this',
  'to do it',
  'to do that',
  'to do so',
  'it',
  'that',
])

/** What tells why somebody wants to be reminded, before the thing itself. */
const reasons = phrasebook([
  'i keep forgetting to',
  'i keep forgetting about',
  'i keep forgetting',
  'i always forget to',
  'i always forget',
  'i tend to forget to',
  'i might forget to',
  "i'll forget to",
  "i'm going to forget to",
  'i must not forget to',
  "i mustn't forget to",
])

const waiting = new Set(['when', 'once', 'if', 'after', 'before', 'remind'])

// "rent is due on the 1st, [remind me]"   "I keep forgetting to stretch, can you [poke me about it] every hour"
export function readSaidBefore(view: View): IntentReading | undefined {
  const { s, opening, end } = view
  // "when I am home, remind me" says nothing to be reminded of.
  if (!holds(s, nudgingWord) || waiting.has(at(s, opening).text)) return undefined
  for (let i = opening + 2; i < Math.min(end, opening + 40); i++) {
    if (!parts(s, i)) continue
    const asked = findOpening(s, i + 1).opening
    const nudge = nudgings.find(s, asked)
    if (!nudge || !isRest(view, pointing.find(s, nudge.end)?.end ?? nudge.end)) continue
    const titleFrom = reasons.find(s, opening)?.end ?? opening
    const about = pointing.find(s, nudge.end)
    return { intent: 'reminder.create', confidence: 0.92, titleFrom, drop: [[i, about?.end ?? nudge.end]] }
  }
  return undefined
}

function parts(s: Sentence, i: number): boolean {
  const { kind, text } = at(s, i)
  return kind === 'mark' ? ',;-.'.includes(text) : text === 'so' || text === 'and'
}

/** Nothing but when it is, up to the end. */
function isRest({ s, end, times }: View, from: number): boolean {
  const stretches = [...times.phraseAt, ...times.repeatAt]
  for (let i = from; i < end; i++) {
    const { kind, text } = at(s, i)
    if (kind === 'mark' || ['please', 'then', 'ok', 'thanks', 'too'].includes(text)) continue
    const stretch = stretches.find((one) => one.from <= i && i < one.to)
    if (!stretch) return false
    i = stretch.to - 1
  }
  return true
}
