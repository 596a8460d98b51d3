import type { Intent } from '#core/understanding.ts'
import type { Way } from '../change/change.ts'
import { readLocation } from '../slots/places.ts'
import { table } from '../text/table.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readAmount } from '../time/amount.ts'
import { openTime } from './another-time.ts'
import { findListName } from './create-todo.ts'
import type { IntentReading } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { nextOfSeries } from './series.ts'
import { type Family, readReference, subject } from './subject.ts'
import { nounAt, type View, verbAt } from './view.ts'

export const doneWords = phrasebook([
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
  const reference = readReference(s, from) ?? (from >= s.tokens.length ? { value: 'last' as const, end: from } : undefined)
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
export function findDoneEnd(s: Sentence, from: number, end: number): number {
  for (let i = from; i < end; i++) {
    const { text } = at(s, i)
    if (text === 'off' && at(s, i + 1).kind !== 'word') return i
    if ((text === 'as' || text === 'off') && ['done', 'complete', 'completed', 'finished', 'the', 'my'].includes(at(s, i + 1).text))
      return i
    if ((text === 'done' || text === 'complete' || text === 'completed' || text === 'finished') && at(s, i + 1).kind === 'end') return i
  }
  return -1
}

export const stopping = phrasebook([
  'turn off',
  'get rid of',
  'switch off',
  'call off',
  'take off',
  'shut off',
  'cross out',
  'stop reminding me',
  'stop reminding us',
  'forget about',
  'unset',
  'silence',
])

// "cancel the meeting with Bob"   "delete reminder 2"   "cancel that"   "remove milk from my list"   "stop reminding me to ..."
export function readCancel(view: View): IntentReading | undefined {
  const { s, opening, end } = view
  const stopped = stopping.find(s, opening)
  if (stopped?.phrase === 'stop reminding me' || stopped?.phrase === 'stop reminding us') {
    const pointed = at(s, stopped.end).text === 'about' ? readReference(s, stopped.end + 1) : undefined
    const nothing = stopped.end >= s.tokens.length
    const reference = pointed?.value ?? (nothing ? ('last' as const) : undefined)
    return { intent: 'reminder.cancel', confidence: 0.96, titleFrom: pointed?.end ?? stopped.end, ...(reference ? { reference } : {}) }
  }
  if (verbAt(s, opening) !== 'cancel' && !stopped) return undefined
  const from = verbAt(s, opening) === 'cancel' ? opening + 1 : (stopped?.end ?? opening)
  const reference = readReference(s, from)
  const list = findListName(view, from)
  if (list && nounAt(s, list.to - 1)?.noun !== 'reminder')
    return { intent: 'todo.delete', confidence: 0.93, titleFrom: from, drop: [[list.from, list.to]] }
  const about = subject(view, from)
  const next = nextOfSeries(view, from)
  if (
    next !== undefined &&
    (!about || about.family === 'event') &&
    ['cancel', 'drop', 'delete', 'remove', 'scrap'].includes(at(s, opening).text)
  )
    return { intent: 'event.cancel', confidence: about ? 0.93 : 0.6, titleFrom: next + 1, given: { scope: 'this' } }
  if (!about) {
    if (reference) return { intent: 'reminder.cancel', confidence: 0.85, titleFrom: reference.end, reference: reference.value }
    if (from >= s.tokens.length) return { intent: 'reminder.cancel', confidence: 0.8, titleFrom: end, reference: 'last' }
    // Appointments are cancelled; things are removed.
    const appointed = at(s, opening).text === 'cancel' || view.times.phrase !== undefined
    return { intent: appointed ? 'event.cancel' : 'todo.delete', confidence: 0.6, titleFrom: from }
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
    titleFrom: reference?.end ?? (about.family === 'note' && about.drop[0] <= from + 2 ? about.end : from),
    drop: [...drop, ...(after ? [[about.end, after.end] as const] : [])],
    ...(pointed ? { reference: pointed.value } : {}),
  }
}

const ways = table<Way>({ push: 'later', bump: 'later', postpone: 'later', delay: 'later', extend: 'longer' })

/** Verbs that say by themselves that something planned is moved. */
const moving = new Set(['bump', 'move', 'reschedule', 'postpone', 'push', 'shift', 'delay', 'extend'])

/** What may follow "it": "push it [back]", "move that [up] 10 minutes". */
const particles = new Set(['back', 'up', 'forward', 'forwards', 'out', 'over', 'ahead', 'by', 'to', 'for', 'from', 'until'])

// "move the standup to 10"   "reschedule my dentist appointment to Friday"   "rename ..."   "push it back an hour"
export function readUpdate(view: View): IntentReading | undefined {
  const { s, opening } = view
  if (verbAt(s, opening) !== 'update') return undefined
  const { text } = at(s, opening)
  const reference = readReference(s, opening + 1) ?? readPointer(s, opening + 1)
  const about = subject({ ...view, end: endOfThing(view) }, opening + 1)
  const renames = text === 'rename' && view.end < s.tokens.length
  const family =
    about?.family ??
    (reference || view.times.phrase || view.times.repeat || renames || (moving.has(text) && tellsHow(view)) ? 'event' : undefined)
  if (!family) return undefined
  const intents: Readonly<Record<Family, Intent>> = {
    event: 'event.update',
    reminder: 'reminder.update',
    todo: 'todo.update',
    note: 'note.update',
    group: 'group.update',
    digest: 'digest.create',
  }
  // "update my packing list with socks"
  if (about?.family === 'todo' && at(s, about.end).text === 'with' && text === 'update')
    return { intent: 'todo.create', confidence: 0.85, titleFrom: about.end + 1 }
  const numbered = about && about.family !== 'event' ? readReference(s, about.end) : undefined
  const drop: [number, number][] = about && about.family !== 'event' ? [[about.drop[0], numbered?.end ?? about.drop[1]]] : []
  const pointed = reference ?? numbered
  const next = family === 'event' && !reference ? nextOfSeries(view, opening + 1) : undefined
  const open = family === 'event' ? openTime(s, opening + 1, view.end) : undefined
  if (open) drop.push([open[0], open[1]])
  return {
    intent: intents[family],
    confidence: about ? 0.93 : 0.8,
    titleFrom: reference?.end ?? (next === undefined ? opening + 1 : next + 1),
    ...(next === undefined ? {} : { given: { scope: 'this' } }),
    drop,
    change: { way: ways[text] ?? 'move', from: opening + 1 },
    ...(pointed ? { reference: pointed.value } : {}),
  }
}

/** "push [it] back", "move [just this one] to 4": what points at the thing touched last. */
function readPointer(s: Sentence, i: number): { readonly value: 'last'; readonly end: number } | undefined {
  const { text } = at(s, i)
  const points = (text === 'it' || text === 'that' || text === 'this') && particles.has(at(s, i + 1).text)
  if (points) return { value: 'last', end: i + 1 }
  return at(s, i).kind === 'end' && s.sealed[i] === 1 && s.tokens[i]?.kind === 'word' ? { value: 'last', end: i } : undefined
}

/** "update the review: alert me 10 minutes before": the thing is named before it is said what becomes of it. */
function endOfThing({ s, opening, end }: View): number {
  for (let i = opening + 1; i < end; i++) {
    const { text } = at(s, i)
    if (text === ':' || (text === 'and' && ['alert', 'remind', 'notify', 'add', 'invite'].includes(at(s, i + 1).text))) return i
  }
  return end
}

/** Whether it is said by how much, or where to: "back by 30 minutes", "to room 5". */
function tellsHow({ s, opening, end }: View): boolean {
  const isFree = (index: number) => s.sealed[index] === 0
  for (let i = opening + 2; i < Math.min(end, opening + 10); i++)
    if (readAmount(s, i) || (at(s, i).text === 'to' && readLocation(s, i, end, isFree, true)?.from === i)) return true
  return false
}
