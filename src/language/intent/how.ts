import { spelled } from '../text/beginnings.ts'
import { at } from '../text/tokens.ts'
import type { IntentReading } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { findNoun, says, type View, verbAt } from './view.ts'

const ways = phrasebook([
  'how do i',
  'how do we',
  'how do you',
  'how can i',
  'how can we',
  'how would i',
  'how could i',
  'how should i',
  'how to',
  'how i can',
  'how i could',
  'how i would',
  'how we can',
  'how you',
  'how does',
  'how is',
  'how are',
  'process to',
  'process of',
  'process for',
  'steps to',
  'way to',
  'do i do to',
  'do to',
])

const asking = ['how', 'what', "what's", 'tell', 'show', 'explain', 'walk', 'know', 'teach', 'is', 'i']
/** What `readHow` begins with. */
export const askingHow = spelled(...asking)
const makings = new Set(['scheduling', 'scheduled', 'booking', 'booked', 'creating', 'created', 'setting', 'adding', 'making', 'arranging'])

/**
 * "how do I schedule a meeting"   "tell me how to set an alarm"   "what is the process of booking a call"
 *
 * The way to plan something is to say what and when, so the question begins it and what is missing is asked for.
 */
export function readHow({ s, opening, end }: View): IntentReading | undefined {
  if (!asking.includes(at(s, opening).text)) return undefined
  for (let i = opening; i < Math.min(end, opening + 8); i++) {
    const way = ways.find(s, i)
    if (!way) continue
    const verb = verbAt(s, way.end)
    const phrasal = says(s, way.end, 'set up')
    const makes = verb === 'create' || verb === 'book' || phrasal
    const passive = makings.has(at(s, way.end).text) || hasMaking(s, way.end, end)
    if (!makes && !passive) return undefined
    const noun = findNoun(s, way.end, Math.min(end, way.end + 8))
    if (noun?.noun === 'event' || noun?.noun === 'calendar') return { intent: 'event.create', confidence: 0.7, titleFrom: noun.from }
    if (noun?.noun === 'reminder') return { intent: 'reminder.create', confidence: 0.7, titleFrom: noun.end }
    return noun?.noun === 'todo' || noun?.noun === 'list' ? { intent: 'todo.create', confidence: 0.7, titleFrom: noun.end } : undefined
  }
  return undefined
}

function hasMaking(s: View['s'], from: number, end: number): boolean {
  for (let i = from; i < Math.min(end, from + 4); i++) if (makings.has(at(s, i).text)) return true
  return false
}
