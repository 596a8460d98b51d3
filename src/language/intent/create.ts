import { oneOf, spelled, verb } from '../text/beginnings.ts'
import { at } from '../text/tokens.ts'
import { readAmount } from '../time/amount.ts'
import type { IntentReading } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { findNoun, nounAt, says, type View, verbAt } from './view.ts'

export const articles = new Set([
  'a',
  'an',
  'the',
  'my',
  'new',
  'another',
  'quick',
  'our',
  'this',
  'some',
  'me',
  'up',
  'down',
  'out',
  'in',
  'us',
  'of',
  'one',
  'own',
  'short',
  'small',
  'repeating',
  'recurring',
  'for',
  'daily',
  'weekly',
  'monthly',
])
const asking = new Set(['remind', 'reminding'])
const nudges = phrasebook([
  'wake me',
  'alert me',
  'ping me',
  'notify me',
  'nudge me',
  "don't let me forget",
  'dont let me forget',
  'do not let me forget',
  "don't forget",
  "don't forget to remind me",
  'dont forget',
  'dont forget to remind me',
  'do not forget',
  'do not forget to remind me',
  'remember to remind me',
  'be reminded',
  'get reminded',
  'remember to',
  'give me a reminder',
  'need a reminder',
  'want a reminder',
  'put a reminder in',
  'reminder to self',
  'send me a reminder',
  'buzz me',
  'tell me to',
  'text me',
  'remember that i',
  'make sure i',
  "don't let us forget",
  'set me a reminder',
  'give me a nudge',
  'give me a shout',
  'shout at me',
  'holler at me',
  'lmk',
  'poke me',
  'bug me',
  'prod me',
  'message me',
  'dm me',
  'send me a message',
  'hit me up',
  'give me a heads up',
  'give me a heads-up',
  'make sure i remember',
  'make sure that i',
  "make sure i don't forget",
  "make sure that i don't forget",
  'make sure i do not forget',
  "make sure we don't forget",
  "i mustn't forget",
  'i must not forget',
  "i can't forget",
  "i shouldn't forget",
  "can't forget",
  'must not forget',
])

/** What `readReminder` begins with. */
export const reminderWord = oneOf(
  nudges.begins,
  verb('create', 'book'),
  spelled(...asking, ...articles, "don't", 'do', 'reminder', 'alarm', 'timer', 'know', 'set', 'give', 'have', 'use', 'get', 'open'),
)
/** What `readNote` begins with. */
export const noteWord = oneOf(verb('create'), spelled('write', 'jot', 'note', 'take', 'memo', 'leave'))

// "remind me to ..."   "remind <@U1> ..."   "set a reminder ..."   "wake me at 7"   "reminder: ..."
export function readReminder(view: View): IntentReading | undefined {
  const { s, opening, end } = view
  const first = at(s, opening)
  if (asking.has(first.text)) return readRemind(view, opening + 1)
  if (says(s, opening, "don't wake me") || says(s, opening, 'do not wake me') || says(s, opening, "don't remind me"))
    return { intent: 'reminder.cancel', confidence: 0.85, titleFrom: opening + (first.text === 'do' ? 4 : 3) }
  const nudge = nudges.find(s, opening)
  if (nudge) {
    const timed = view.times.phrase !== undefined || view.times.repeat !== undefined
    // "don't forget the party on Friday" is said among people as well.
    const among = /^(?:don't|dont|do not) forget$/.test(nudge.phrase)
    return {
      intent: 'reminder.create',
      confidence: timed && !among ? 0.95 : 0.8,
      titleFrom: nudge.phrase === 'wake me' ? opening : nudge.end,
    }
  }
  if (first.text === 'reminder' || first.text === 'alarm' || first.text === 'timer') {
    const next = at(s, opening + 1)
    if (
      next.text === ':' ||
      next.text === 'to' ||
      next.text === 'for' ||
      next.text === 'that' ||
      next.text === 'about' ||
      next.text === '-' ||
      next.text === 'at' ||
      next.text === 'in' ||
      next.text === 'on'
    )
      return { intent: 'reminder.create', confidence: view.times.phrase || view.times.repeat ? 0.93 : 0.85, titleFrom: opening + 1 }
    if (view.times.phrase || view.times.repeat) return { intent: 'reminder.create', confidence: 0.88, titleFrom: opening + 1 }
  }
  // "let me know in 10 minutes": politeness has taken "let me".
  if (first.text === 'know' && says(s, opening - 2, 'let me know') && view.times.phraseAt.some(({ from }) => from === opening + 1))
    return { intent: 'reminder.create', confidence: 0.8, titleFrom: opening + 1 }
  const got = readGetReminder(view)
  if (got) return got
  const verb = verbAt(s, opening)
  if (verb !== 'create' && verb !== 'book' && !(opening > 0 && articles.has(first.text))) return undefined
  const noun = nounAfter(view, opening + 1, 7)
  if (noun?.noun === 'reminder')
    return {
      intent: 'reminder.create',
      confidence: 0.96,
      titleFrom: opening + 1,
      drop: [
        [opening, noun.from],
        [noun.from, forMe(view, noun.end)],
      ],
    }
  // "I need a reminder to ...", "can I have an alarm at 7"
  const direct = nounAt(s, opening + 1)
  return direct?.noun === 'reminder' && view.polite && opening + 1 < end
    ? { intent: 'reminder.create', confidence: 0.9, titleFrom: direct.end }
    : undefined
}

/** "put a reminder [for me] at 6 to leave": whom it is for is no part of what it says. */
function forMe({ s }: View, i: number): number {
  return at(s, i).text === 'for' && (at(s, i + 1).text === 'me' || at(s, i + 1).text === 'us') ? i + 2 : i
}

// "give me a 10 minute timer"   "have an alarm wake me at 6"   "I need to use a timer"   "set 20 minutes for the rice"
function readGetReminder({ s, opening, end }: View): IntentReading | undefined {
  const { text } = at(s, opening)
  const amount = text === 'set' ? readAmount(s, opening + 1) : undefined
  if (amount && amount.value.seconds > 0) return { intent: 'reminder.create', confidence: 0.8, titleFrom: opening + 1 }
  if (text !== 'give' && text !== 'have' && text !== 'use' && text !== 'get' && text !== 'open') return undefined
  const article = at(s, opening + 1).text === 'me' ? opening + 2 : opening + 1
  if (at(s, article).text !== 'a' && at(s, article).text !== 'an') return undefined
  const noun = findNoun(s, article + 1, Math.min(end, article + 5), 'reminder')
  return noun && { intent: 'reminder.create', confidence: 0.85, titleFrom: article, drop: [[noun.from, noun.end]] }
}

/** The noun that the verb is about: only articles and adjectives stand between. */
export function nounAfter(
  { s, end }: View,
  from: number,
  reach: number,
): { readonly noun: string; readonly from: number; readonly end: number } | undefined {
  for (let i = from; i < Math.min(end, from + reach); i++) {
    const noun = nounAt(s, i)
    if (noun) {
      const then = nounAt(s, noun.end)
      return then && then.noun !== 'event' && noun.noun !== 'note' ? { noun: then.noun, from: i, end: then.end } : { ...noun, from: i }
    }
    const { text, kind, word } = at(s, i)
    if (kind === 'word' && !articles.has(text) && !word.opens && i > from + 1) return undefined
    if (text === 'to' || text === 'about' || text === 'that' || text === 'called' || text === 'with') return undefined
  }
  return undefined
}

function readRemind({ s, end, times }: View, i: number): IntentReading | undefined {
  const next = at(s, i)
  // "remind list", "remind me of my meetings today": questions.
  if (next.text === 'list' && at(s, i + 1).kind === 'end') return { intent: 'reminder.list', confidence: 0.98, titleFrom: end }
  if (next.text === 'help' && at(s, i + 1).kind === 'end') return { intent: 'help', confidence: 0.98, titleFrom: end }
  const asks = at(s, i + 1).text === 'what' || at(s, i + 1).text === 'which' || (at(s, i + 1).text === 'when' && !happens(s, i + 2, end))
  if (next.text === 'me' && asks) {
    return { intent: times.phrase || findNoun(s, i, end) ? 'event.list' : 'reminder.list', confidence: 0.85, titleFrom: end }
  }
  // "remind me why we did this": asked of whoever knows.
  if (next.text === 'me' && ['why', 'how', 'who', 'whose'].includes(at(s, i + 1).text) && !times.phrase && !times.repeat)
    return { intent: 'none', confidence: 0.9, titleFrom: end }
  if (next.text === 'me' && at(s, i + 1).text === 'again')
    return { intent: 'reminder.snooze', confidence: 0.95, titleFrom: i + 2, reference: 'last' }
  return { intent: 'reminder.create', confidence: 0.98, titleFrom: i }
}

/** "remind me when [I get home to ...]": what is awaited, and no question. */
function happens(s: View['s'], i: number, end: number): boolean {
  if (!['i', 'we', 'he', 'she', 'they', 'you', 'it'].includes(at(s, i).text)) return false
  for (let j = i + 2; j < Math.min(end, i + 10); j++) if (at(s, j).text === 'to' && at(s, j - 1).text !== 'have') return true
  return false
}

// "note: ..."   "make a note about ..."   "write down ..."   "note to self ..."   "take notes from ..."
export function readNote(view: View): IntentReading | undefined {
  const { s, opening } = view
  const first = at(s, opening)
  const created = (titleFrom: number, confidence = 0.95): IntentReading => ({ intent: 'note.create', confidence, titleFrom })
  if (
    says(s, opening, 'write down') ||
    says(s, opening, 'jot down') ||
    says(s, opening, 'note down') ||
    says(s, opening, 'take down') ||
    says(s, opening, 'write this down')
  ) {
    const noun = nounAt(s, opening + 3) ?? nounAt(s, opening + 2)
    return created(noun?.noun === 'note' ? noun.end : opening + 2, 0.92)
  }
  if (first.text === 'note' && findNoun(s, opening + 1, view.end, 'calendar'))
    return { intent: 'event.create', confidence: 0.75, titleFrom: opening + 1 }
  if (first.text === 'note' || first.text === 'memo') {
    if (says(s, opening, 'note to self')) return created(opening + 3)
    if (at(s, opening + 1).kind !== 'end') return created(opening + 1, at(s, opening + 1).text === ':' ? 0.95 : 0.85)
  }
  if (verbAt(s, opening) !== 'create' && first.text !== 'take' && first.text !== 'write' && first.text !== 'leave') return undefined
  const noun = nounAfter(view, opening + 1, 5)
  if (noun?.noun !== 'note') return undefined
  return created(noun.end, 0.96)
}
