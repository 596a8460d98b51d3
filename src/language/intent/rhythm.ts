import { spelled } from '../text/beginnings.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { IntentReading } from './intent.ts'
import { findNoun, says, type View } from './view.ts'

/** What may become of a reminder that repeats, by the verb that asks for it. */
const verbs: Readonly<Record<string, string>> = {
  skip: 'skip',
  pause: 'pause',
  suspend: 'pause',
  resume: 'resume',
  unpause: 'resume',
  restart: 'resume',
  turn: 'resume',
}

/** What `readRhythm` begins with. */
export const rhythmWord = spelled(...Object.keys(verbs), 'stop', 'make', "don't", 'dont')

// "skip the next stand-up reminder"   "pause it until Monday"   "resume my water reminder"   "turn the water reminder back on"
export function readRhythm({ s, kept, opening, end }: View): IntentReading | undefined {
  const halt = pastHalt(s, opening)
  const content = halt ? 'stop' : verbs[at(s, opening).text]
  if (content === undefined) return undefined
  const from = halt ?? opening + 1
  const tail = at(s, opening).text === 'turn' ? findBackOn(s, from, end) : end
  if (tail === undefined) return undefined
  if (kept.get(from)?.kind === 'id') return { intent: 'reminder.update', confidence: 0.93, titleFrom: from, drop: [[tail, end]], content }
  const noun = findNoun(s, from, tail, 'reminder')
  const lead = pastLead(s, from)
  if (noun && !pointsAt(s, from)) {
    return {
      intent: 'reminder.update',
      confidence: 0.93,
      titleFrom: lead,
      drop: [
        [noun.from, noun.end],
        [tail, end],
      ],
      content,
    }
  }
  const points = pointsAt(s, from) !== undefined || pointsAtNext(s, from)
  // "skip it" is said of events too.
  if (!points || content === 'skip') return undefined
  return { intent: 'reminder.update', confidence: 0.8, titleFrom: end, reference: 'last', content }
}

/** Past "stop repeating", "don't repeat", "make it stop repeating": the token of what stops. */
function pastHalt(s: Sentence, i: number): number | undefined {
  if (says(s, i, 'stop repeating')) return i + 2
  if (says(s, i, "don't repeat") || says(s, i, 'dont repeat')) return i + 2
  return says(s, i, 'make it stop repeating') || says(s, i, 'make that stop repeating') ? i + 1 : undefined
}

/** Past "the", "my", "next": what only says which one. */
function pastLead(s: Sentence, from: number): number {
  let i = from
  while (['the', 'my', 'our', 'next', 'this', 'that'].includes(at(s, i).text)) i++
  return i
}

/** "it", "that", "this one": the token after it. */
function pointsAt(s: Sentence, i: number): number | undefined {
  const { text } = at(s, i)
  if (text !== 'it' && text !== 'that' && text !== 'this') return undefined
  const next = ['one', 'reminder'].includes(at(s, i + 1).text) ? i + 2 : i + 1
  const { kind, word, text: after } = at(s, next)
  const ends =
    kind !== 'word' || word.opens || ['until', 'till', 'for', 'please', 'again', 'any', 'anymore', 'once', 'back', 'stop'].includes(after)
  return ends ? next : undefined
}

/** Nothing more, or "the next one". */
function pointsAtNext(s: Sentence, i: number): boolean {
  return i >= s.tokens.length || (says(s, i, 'the next one') && at(s, i + 3).kind !== 'word')
}

/** Where "back on" or "on again" closes the sentence. */
function findBackOn(s: Sentence, from: number, end: number): number | undefined {
  for (let i = from; i < end; i++) if (says(s, i, 'back on') || says(s, i, 'on again')) return i
  return undefined
}
