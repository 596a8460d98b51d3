import type { Intent } from '#core/understanding.ts'
import { readOrdinal, readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { Noun } from '../text/vocabulary.ts'
import type { IntentReading, Reference } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { findNoun, nounAt, says, type View, verbAt } from './view.ts'

const small = new Set([
  'the',
  'my',
  'a',
  'an',
  'our',
  'all',
  'of',
  'any',
  'that',
  'this',
  'every',
  'me',
  'next',
  'upcoming',
  'scheduled',
  'both',
  'last',
  'latest',
  'first',
])

/** "that", "it", "the last one", "2", "number 3", "the second one". */
function readReference(s: Sentence, i: number): { readonly value: Reference; readonly end: number } | undefined {
  const { text, kind } = at(s, i)
  const ends = (j: number) =>
    at(s, j).kind === 'end' ||
    at(s, j).kind === 'mark' ||
    at(s, j).word.opens ||
    ['please', 'to', 'as', 'reminder', 'one', 'off'].includes(at(s, j).text)
  if ((text === 'that' || text === 'it' || text === 'this') && ends(i + 1))
    return { value: 'last', end: at(s, i + 1).text === 'one' || at(s, i + 1).text === 'reminder' ? i + 2 : i + 1 }
  if (says(s, i, 'the last one') || says(s, i, 'my last one')) return { value: { ordinal: -1 }, end: i + 3 }
  const j = text === 'number' || text === 'no' || text === '#' || text === 'nr' ? i + 1 : i
  if (kind !== 'end' && (j > i || kind === 'number')) {
    const whole = readWhole(s, j)
    if (
      whole &&
      whole.value >= 1 &&
      whole.value <= 999 &&
      ends(whole.end) &&
      at(s, whole.end).text !== ':' &&
      at(s, whole.end).word.unit === '' &&
      at(s, whole.end).word.half === ''
    )
      return { value: { ordinal: whole.value }, end: whole.end }
  }
  const k = text === 'the' ? i + 1 : i
  const ordinal = readOrdinal(s, k)
  if (ordinal && at(s, ordinal.end).text === 'one') return { value: { ordinal: ordinal.value }, end: ordinal.end + 1 }
  return undefined
}

type Family = 'event' | 'reminder' | 'todo' | 'note' | 'group' | 'digest'
const familyOf: Readonly<Record<Noun, Family | undefined>> = {
  event: 'event',
  calendar: 'event',
  reminder: 'reminder',
  todo: 'todo',
  list: 'todo',
  note: 'note',
  digest: 'digest',
  group: 'group',
  setting: undefined,
}

/** The noun that a command is about, and the tokens of it that are no title. */
function subject(
  view: View,
  from: number,
): { readonly family: Family; readonly drop: readonly [number, number]; readonly end: number } | undefined {
  const { s, end } = view
  for (let i = from; i < Math.min(end, from + 12); i++) {
    const found = nounAt(s, i)
    const family = found && familyOf[found.noun]
    if (!found || !family) continue
    // "reminder list", "list of alarms": the thing listed counts.
    if (found.noun === 'list' && at(s, found.end).text === 'of') {
      const listed = nounAt(s, at(s, found.end + 1).text === 'my' || at(s, found.end + 1).text === 'the' ? found.end + 2 : found.end + 1)
      if (listed && familyOf[listed.noun]) return { family: familyOf[listed.noun] ?? family, drop: [i, listed.end], end: listed.end }
    }
    const then = nounAt(s, found.end)
    if (then?.noun === 'list') return { family, drop: [i, then.end], end: then.end }
    if (then && found.noun !== 'event' && familyOf[then.noun])
      return { family: familyOf[then.noun] ?? family, drop: [i, then.end], end: then.end }
    if (found.noun === 'group' && then?.noun === 'event') continue
    return { family, drop: [i, found.end], end: found.end }
  }
  return undefined
}

// "snooze for 1 hour"   "snooze until 5"   "snooze 2 for 10 minutes"   "remind me again in an hour"
export function readSnooze({ s, opening }: View): IntentReading | undefined {
  if (at(s, opening).text !== 'snooze') return undefined
  const reference = readReference(s, opening + 1)
  if (reference) return { intent: 'reminder.snooze', confidence: 0.98, titleFrom: reference.end, reference: reference.value }
  return { intent: 'reminder.snooze', confidence: 0.98, titleFrom: opening + 1 }
}

const doneWords = phrasebook([
  'done with',
  'i finished',
  "i've finished",
  'i have finished',
  'i completed',
  "i've completed",
  'i did',
  "i've done",
  'check off',
  'tick off',
  'cross off',
  'mark off',
  'complete',
  'completed',
  'finish',
  'finished',
  'done',
  'mark',
  'check',
  'tick',
  'cross',
])

// "done"   "done 2"   "complete buy milk"   "mark the report as done"   "check off the second one"
export function readComplete(view: View): IntentReading | undefined {
  const { s, end } = view
  const found = doneWords.find(s, view.opening) ?? doneWords.find(s, 0)
  if (!found) return undefined
  const { phrase, end: from } = found
  const closes = findDoneEnd(s, from, end)
  if ((phrase === 'mark' || phrase === 'check' || phrase === 'tick' || phrase === 'cross') && closes < 0) return undefined
  const about = subject(view, from)
  const reference = readReference(s, from) ?? (at(s, from).kind === 'end' ? { value: 'last' as const, end: from } : undefined)
  if (phrase.startsWith('i') && !about && closes < 0 && !reference) return undefined
  const pointed = about?.family !== 'todo' && reference !== undefined
  const intent: Intent = about?.family === 'reminder' || (pointed && !about) ? 'reminder.complete' : 'todo.complete'
  const drop: [number, number][] = closes >= 0 ? [[closes, end]] : []
  if (about && (about.family === 'reminder' || about.family === 'todo')) drop.push([about.drop[0], about.drop[1]])
  return {
    intent,
    confidence: about || closes >= 0 || reference ? 0.93 : 0.8,
    titleFrom: reference?.end ?? from,
    drop,
    ...(reference ? { reference: reference.value } : {}),
  }
}

/** Where "as done", "off" or "complete" closes the sentence. */
function findDoneEnd(s: Sentence, from: number, end: number): number {
  for (let i = from; i < end; i++) {
    const { text } = at(s, i)
    if (text === 'off' && at(s, i + 1).kind !== 'word') return i
    if ((text === 'as' || text === 'off') && ['done', 'complete', 'completed', 'finished', 'the', 'my'].includes(at(s, i + 1).text))
      return i
    if ((text === 'done' || text === 'complete' || text === 'completed' || text === 'finished') && at(s, i + 1).kind === 'end') return i
  }
  return -1
}

const stopping = phrasebook([
  'turn off',
  'get rid of',
  'switch off',
  'call off',
  'take off',
  'shut off',
  'cross out',
  'stop reminding me',
  'forget about',
  'unset',
  'silence',
])

// "cancel the meeting with Bob"   "delete reminder 2"   "cancel that"   "remove milk from my list"   "stop reminding me to ..."
export function readCancel(view: View): IntentReading | undefined {
  const { s, opening, end } = view
  let from = opening + 1
  if (verbAt(s, opening) !== 'cancel') {
    const found = stopping.find(s, opening)
    if (!found) return undefined
    from = found.end
    if (found.phrase === 'stop reminding me') return { intent: 'reminder.cancel', confidence: 0.96, titleFrom: from }
  }
  const reference = readReference(s, from)
  const about = subject(view, from)
  if (!about) {
    if (reference) return { intent: 'reminder.cancel', confidence: 0.85, titleFrom: reference.end, reference: reference.value }
    if (at(s, from).kind === 'end') return { intent: 'reminder.cancel', confidence: 0.8, titleFrom: end, reference: 'last' }
    return view.times.phrase
      ? { intent: 'event.cancel', confidence: 0.75, titleFrom: from }
      : { intent: 'event.cancel', confidence: 0.6, titleFrom: from }
  }
  const intents: Readonly<Record<Family, Intent>> = {
    event: 'event.cancel',
    reminder: 'reminder.cancel',
    todo: 'todo.delete',
    note: 'note.delete',
    group: 'group.delete',
    digest: 'digest.delete',
  }
  const after = readReference(s, about.end)
  const named = about.family === 'event' && at(s, about.drop[0]).text !== 'event' && at(s, about.drop[0]).text !== 'events'
  const drop = named ? [] : [about.drop]
  const pointed = reference ?? after
  return {
    intent: intents[about.family],
    confidence: 0.95,
    titleFrom: reference?.end ?? from,
    drop: [...drop, ...(after ? [[about.end, after.end] as const] : [])],
    ...(pointed ? { reference: pointed.value } : {}),
  }
}

// "move the standup to 10"   "reschedule my dentist appointment to Friday"   "rename ..."   "push it back an hour"
export function readUpdate(view: View): IntentReading | undefined {
  const { s, opening } = view
  if (verbAt(s, opening) !== 'update') return undefined
  const reference = readReference(s, opening + 1)
  const about = subject(view, opening + 1)
  const family = about?.family ?? (reference || view.times.phrase ? 'event' : undefined)
  if (!family) return undefined
  const intents: Readonly<Record<Family, Intent>> = {
    event: 'event.update',
    reminder: 'reminder.update',
    todo: 'todo.update',
    note: 'note.update',
    group: 'group.update',
    digest: 'digest.create',
  }
  const drop = about && about.family !== 'event' ? [about.drop] : []
  return {
    intent: intents[family],
    confidence: about ? 0.93 : 0.8,
    titleFrom: reference?.end ?? opening + 1,
    drop,
    ...(reference ? { reference: reference.value } : {}),
  }
}

const questions = new Set([
  'what',
  "what's",
  'whats',
  'which',
  'when',
  "when's",
  'do',
  'does',
  'did',
  'is',
  'are',
  'am',
  'how',
  'have',
  'any',
  'where',
  'who',
  'anything',
  'got',
  "what're",
  'will',
])
const showing = new Set([
  'list',
  'show',
  'display',
  'view',
  'see',
  'read',
  'tell',
  'give',
  'check',
  'open',
  'browse',
  'pull',
  'look',
  'find',
  'get',
  'name',
  'describe',
  'recite',
  'say',
  'report',
  'present',
  'bring',
  'search',
])
const lists: Readonly<Record<Family, Intent>> = {
  event: 'event.list',
  reminder: 'reminder.list',
  todo: 'todo.list',
  note: 'note.list',
  group: 'group.list',
  digest: 'event.list',
}

// "list my reminders"   "what's on Friday"   "do I have any meetings today"   "agenda"   "todos"
export function readList(view: View): IntentReading | undefined {
  const { s, opening, end, times } = view
  const first = at(s, opening)
  const about = subject(view, showing.has(first.text) ? opening + 1 : opening)
  const bare = barePlural(view)
  if (bare) return bare
  const asks = questions.has(first.text)
  const shows = showing.has(first.text)
  if (!asks && !shows) return undefined
  if (
    about &&
    first.text !== 'who' &&
    first.text !== 'how' &&
    !(first.text === 'get' || first.text === 'find' || first.text === 'search')
  ) {
    return { intent: lists[about.family], confidence: isOwn(s, opening, end) ? 0.92 : 0.75, titleFrom: about.end, drop: [about.drop] }
  }
  const mine = findOwn(s, opening, end)
  if (mine && (times.phrase || at(s, mine).text === 'have') && (asks || shows))
    return { intent: 'event.list', confidence: times.phrase ? 0.85 : 0.6, titleFrom: end }
  if (
    times.phrase &&
    (says(s, opening, "what's on") || says(s, opening, 'what is on') || says(s, opening, 'whats on') || says(s, opening, 'anything on'))
  )
    return { intent: 'event.list', confidence: 0.92, titleFrom: end }
  if (
    says(s, opening, "what's next") ||
    says(s, opening, "what's up next") ||
    says(s, opening, "what's coming up") ||
    says(s, opening, 'what is next')
  )
    return { intent: 'event.list', confidence: 0.85, titleFrom: end }
  return undefined
}

/** Whether the sentence speaks of the speaker's own things. */
function isOwn(s: Sentence, from: number, end: number): boolean {
  for (let i = from; i < Math.min(end, from + 12); i++)
    if (
      ['my', 'our', "today's", 'today', 'tomorrow'].includes(at(s, i).text) ||
      says(s, i, 'do i have') ||
      says(s, i, 'i have') ||
      says(s, i, 'do we have')
    )
      return true
  return false
}

/** "I", "my", "we" of "what do I have tomorrow". */
function findOwn(s: Sentence, from: number, end: number): number {
  for (let i = from; i < Math.min(end, from + 10); i++) {
    const { text } = at(s, i)
    if (
      (text === 'i' || text === 'we') &&
      (at(s, i + 1).text === 'have' ||
        at(s, i + 1).text === 'got' ||
        at(s, i + 1).text === 'doing' ||
        at(s, i + 1).text === 'need' ||
        at(s, i + 1).text === 'supposed')
    )
      return i
    if (
      text === 'my' &&
      (at(s, i + 1).text === 'day' ||
        at(s, i + 1).text === 'week' ||
        at(s, i + 1).text === 'morning' ||
        at(s, i + 1).text === 'afternoon' ||
        at(s, i + 1).text === 'plate')
    )
      return i
    if (text === 'am' && at(s, i + 1).text === 'i' && at(s, i + 2).text === 'doing') return i
  }
  return 0
}

// "reminders"   "my todos"   "agenda for Friday"   "todo list"   "upcoming meetings"
function barePlural(view: View): IntentReading | undefined {
  const { s, opening, end } = view
  let i = opening
  while (i < end && small.has(at(s, i).text)) i++
  const noun = nounAt(s, i)
  if (!noun) return undefined
  const then = nounAt(s, noun.end)
  const last = then && then.noun !== 'event' ? then : noun
  const family = familyOf[noun.noun === 'list' ? 'todo' : noun.noun]
  const isList = at(s, i).text.endsWith('s') || noun.noun === 'calendar' || last.noun === 'list'
  if (!family || !isList) return undefined
  const rest = at(s, last.end)
  const timed = view.times.phraseAt.some(
    (stretch) => stretch.from === last.end && (stretch.to >= end - 1 || at(s, stretch.to).kind !== 'word'),
  )
  if (rest.kind !== 'end' && rest.kind !== 'mark' && !timed && rest.text !== 'please') return undefined
  return { intent: lists[family], confidence: 0.93, titleFrom: end }
}

/** Every noun of a sentence counts for what it is about. */
export const findSubject = findNoun
