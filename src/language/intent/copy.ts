import { spelled } from '../text/beginnings.ts'
import { at } from '../text/tokens.ts'
import type { IntentReading } from './intent.ts'
import { readReference } from './subject.ts'
import { findNoun, type View } from './view.ts'

const verbs = new Set(['copy', 'duplicate', 'clone'])
export const copying = spelled(...verbs)

/** How far behind the verb the thing is named, in tokens. */
const reach = 6

// "copy the retro to next Friday"   "duplicate Monday's lunch on Tuesday"   "clone it to the 5th at 4"
export function readCopy({ s, opening, end, times }: View): IntentReading | undefined {
  if (!verbs.has(at(s, opening).text)) return undefined
  const from = opening + 1
  const reference = readReference(s, from)
  const noun = findNoun(s, from, Math.min(end, from + reach), 'event')
  const owned = ['the', 'my', 'our'].includes(at(s, from).text)
  if (!noun && !(times.phrase && (reference || owned))) return undefined
  return {
    intent: 'event.create',
    confidence: 0.88,
    titleFrom: reference?.end ?? from,
    change: { way: 'copy', from },
    ...(reference ? { reference: reference.value } : {}),
  }
}
