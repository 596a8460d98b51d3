import type { Intent } from '#core/understanding.ts'
import { oneOf, spelled } from '../text/beginnings.ts'
import { at } from '../text/tokens.ts'
import type { IntentReading } from './intent.ts'
import { doneWords, findDoneEnd } from './manage.ts'
import { type Things, thingsAt } from './many.ts'
import type { Family } from './subject.ts'
import { says, type View } from './view.ts'

/** What becomes of every reminder alike, by the verb that asks for it. */
const verbs: Readonly<Record<string, { readonly intent: Intent; readonly content?: string }>> = {
  snooze: { intent: 'reminder.snooze' },
  pause: { intent: 'reminder.update', content: 'pause' },
  suspend: { intent: 'reminder.update', content: 'pause' },
  resume: { intent: 'reminder.update', content: 'resume' },
  unpause: { intent: 'reminder.update', content: 'resume' },
  restart: { intent: 'reminder.update', content: 'resume' },
  skip: { intent: 'reminder.update', content: 'skip' },
}

/** What `readEach` begins with. */
export const eachWord = oneOf(spelled(...Object.keys(verbs)), doneWords.begins)

/**
 * What is done to every one of what somebody keeps, where no time or name changes.
 *
 *   "pause all my reminders until Monday"   "snooze everything until 5"   "mark all my todos as done"
 */
export function readEach(view: View): IntentReading | undefined {
  return readRhythmOfAll(view) ?? readAllDone(view)
}

function readRhythmOfAll(view: View): IntentReading | undefined {
  const { s, opening } = view
  const does = verbs[at(s, opening).text]
  if (!does) return undefined
  const things = thingsOrAll(view, opening + 1)
  const isOurs = things && (things.family === 'reminder' || (things.family === undefined && does.content !== 'skip'))
  // "pause everything" is said to a player of music as well.
  return isOurs ? { ...does, ...every(things), confidence: things.family || does.intent === 'reminder.snooze' ? 0.93 : 0.8 } : undefined
}

const doneIntents: Readonly<Partial<Record<Family, Intent>>> = { todo: 'todo.complete', reminder: 'reminder.complete' }

function readAllDone(view: View): IntentReading | undefined {
  const { s, opening, end } = view
  const found = doneWords.find(s, opening)
  if (!found) return undefined
  const closes = findDoneEnd(s, found.end, end)
  const things = thingsOrAll(closes < 0 ? view : { ...view, end: closes }, found.end)
  if (!things) return undefined
  if (['mark', 'check', 'tick', 'cross'].includes(found.phrase) && closes < 0) return undefined
  const intent = things.family === undefined ? 'todo.complete' : doneIntents[things.family]
  if (!intent || (things.family === undefined && closes < 0)) return undefined
  // "everything on packing": of a list, by its name
  if (things.family === undefined && ['on', 'in', 'from'].includes(at(s, things.from).text)) return undefined
  return { intent, ...every(things), confidence: things.family ? 0.93 : 0.8, ...(closes < 0 ? {} : { drop: [[closes, end]] }) }
}

function every({ words, from }: Things): Pick<IntentReading, 'every' | 'titleFrom' | 'given'> {
  return { every: true, titleFrom: from, given: { title: words } }
}

/** "all my reminders", and "all", "all of them" alone. */
function thingsOrAll(view: View, i: number): Things | undefined {
  const { s } = view
  const found = thingsAt(view, i)
  if (found) return found
  if (at(s, i).text !== 'all') return undefined
  const after = says(s, i + 1, 'of them') || says(s, i + 1, 'of it') ? i + 3 : i + 1
  const { kind, text } = at(s, after)
  const isAlone = kind === 'end' || kind === 'mark' || ['until', 'till', 'for', 'as', 'done', 'please'].includes(text)
  return isAlone ? { family: undefined, words: '', from: after, isKnown: false } : undefined
}
