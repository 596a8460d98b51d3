import type { Intent } from '#core/understanding.ts'
import { at } from '../text/tokens.ts'
import { readBareHour, readClock } from '../time/clock.ts'
import { emptyPhrase } from '../time/expression.ts'
import { readPhrase } from '../time/phrase.ts'
import type { TokenRange } from '../times.ts'
import type { IntentReading } from './intent.ts'
import { type Family, familyOf } from './subject.ts'
import { nounAt, type View, verbAt } from './view.ts'

/** Verbs that say that the time of things changes, and not what they are. */
const moving = new Set(['bump', 'move', 'reschedule', 'postpone', 'push', 'shift', 'delay', 'bring'])
/** What comes between "all" and the things: "all of my other meetings". */
const small = new Set(['of', 'my', 'our', 'the', 'these', 'those', 'other', 'upcoming', 'future', 'remaining', 'scheduled', 'open'])
/** What ends the name of the things. */
const ends = new Set(
  'with from on in at for to by until till before after as back up forward forwards ahead later earlier and or this next between starting please if set planned booked'.split(
    ' ',
  ),
)
/** "all day", "all hands", "all the time": no number of things. */
const noNumber = new Set(['day', 'hands', 'night', 'time', 'that', 'this'])
/** Events of any kind. */
const anyEvent = new Set(
  'event events meeting meetings appointment appointments entry entries item items thing things plan plans engagement engagements calendar schedule agenda'.split(
    ' ',
  ),
)
const cancels: Readonly<Record<Family, Intent | undefined>> = {
  event: 'event.cancel',
  reminder: 'reminder.cancel',
  todo: 'todo.delete',
  note: 'note.delete',
  group: undefined,
  digest: undefined,
}

/**
 * What is done to many things at once.
 *
 *   "cancel everything next week"          "cancel all my reminders for tomorrow"   "delete every meeting with Bob"
 *   "move all my Friday meetings to 10"    "push everything this afternoon back"    "rename all standups to daily"
 *   "postpone all my tasks to Friday"
 */
export function readMany(view: View): IntentReading | undefined {
  const { s, opening } = view
  const text = at(s, opening).text
  const verb = text === 'bring' ? 'update' : verbAt(s, opening)
  if (verb !== 'cancel' && verb !== 'update') return undefined
  const things = thingsAt(view, opening + 1) ?? cleared(view)
  if (!things) return undefined
  const { family, words, from, isKnown } = things
  // "delete all voicemails" is about nothing of ours; appointments are cancelled and moved, and have a time.
  if (!isKnown && view.times.phrase === undefined && text !== 'cancel' && verb !== 'update') return undefined
  const confidence = isKnown ? 0.93 : 0.88
  const weekly = weeklyOf(view, opening + 1, from)
  const every = { every: true, titleFrom: from, given: { title: words }, ...(weekly && { weekly }) } as const
  if (verb === 'cancel') {
    const intent = family === undefined ? 'batch.cancel' : cancels[family]
    return intent && { ...every, intent, confidence }
  }
  const change = {
    way: text === 'push' || text === 'bump' || text === 'postpone' || text === 'delay' ? 'later' : 'move',
    from: opening + 1,
  } as const
  if (family === 'reminder' || family === 'todo')
    return moving.has(text) ? { ...every, intent: `${family}.update`, confidence, change } : undefined
  if (family !== undefined && family !== 'event') return undefined
  return { ...every, intent: moving.has(text) ? 'batch.shift' : 'event.update', confidence, change }
}

// "move standup to 10 on Monday and Tuesday": both of them, and not the first alone
export function readBothDays({ s, opening, times }: View): IntentReading | undefined {
  const days = times.phrase?.days
  if (!moving.has(at(s, opening).text) || days?.kind !== 'span' || times.repeat) return undefined
  for (let i = opening + 2; i < opening + 10; i += 1) {
    if (at(s, i).text !== 'to') continue
    const clock = readClock(s, i + 1) ?? readBareHour(s, i + 1)
    const rest = clock && readPhrase(s, clock.end)
    if (!clock || at(s, clock.end).text !== 'on' || rest?.value.days?.kind !== 'span' || at(s, rest.end).kind === 'word') continue
    if (!s.tokens.slice(clock.end, rest.end).some(({ text }) => text === 'and' || text === '&')) return undefined
    const from = ['the', 'my', 'our'].includes(at(s, opening + 1).text) ? opening + 2 : opening + 1
    const title = s.text.slice(at(s, from).start, at(s, i - 1).end)
    const change = { from: { ...emptyPhrase, days: rest.value.days }, to: { ...emptyPhrase, clocks: [clock.value] } }
    return { intent: 'batch.shift', every: true, confidence: 0.88, titleFrom: s.tokens.length, given: { title, change } }
  }
  return undefined
}

export interface Things {
  /** Undefined when nothing says what kind of things: "everything". */
  readonly family: Family | undefined
  /** False when only the rest of the sentence shows that they are events. */
  readonly isKnown: boolean
  /** What they are called, where that says more than their kind. */
  readonly words: string
  /** The token after them. */
  readonly from: number
}

export function thingsAt(view: View, i: number): Things | undefined {
  const { s } = view
  const { text } = at(s, i)
  if (text === 'everything' || text === 'anything') return everythingAt(view, i)
  if (text !== 'all' && text !== 'every' && text !== 'each') return undefined
  // "every Friday" is when, and says which in "every Friday meeting"; "all-hands" is what.
  if (isTime(view, i, 'repeat') && at(s, i + 1).word.weekday > 0 && anyEvent.has(at(s, i + 2).text)) return named(view, i + 1, false)
  if (isTime(view, i, 'repeat') || at(s, i + 1).glued || noNumber.has(at(s, i + 1).text)) return undefined
  let from = i + 1
  while (small.has(at(s, from).text)) from += 1
  return named(view, from, text === 'all')
}

/** "everything", "everything on my calendar", "everything from my todo list" */
function everythingAt(view: View, i: number): Things {
  const { s, end } = view
  for (let j = i + 1; j < Math.min(end, i + 6); j += 1) {
    const found = nounAt(s, j)
    const family = found && familyOf[found.noun]
    if (found && family) return { family, words: '', from: found.end, isKnown: true }
    if (!ends.has(at(s, j).text) && !small.has(at(s, j).text)) break
  }
  return { family: undefined, words: '', from: i + 1, isKnown: view.times.phrase !== undefined }
}

/** The things and their kind: of "all my Friday meetings", times apart, the meetings. */
function named(view: View, from: number, plural: boolean): Things | undefined {
  const { s, end } = view
  const words: string[] = []
  let family: Family | undefined
  let to = from
  for (; to < Math.min(end, from + 8); to += 1) {
    const token = at(s, to)
    if (isTime(view, to)) continue
    if (token.kind === 'end' || token.kind === 'mark' || ends.has(token.text)) break
    if (family !== undefined && token.text === 'of') break
    // "all my reminders about water"
    if (family !== undefined && token.text === 'about') continue
    const found = nounAt(s, to)
    const kind = found && familyOf[found.noun]
    // Lists are many things each, and no things to be done away with by the way.
    if (found?.noun === 'list' && family === undefined) return undefined
    const next = wordEnd(view, found && kind ? found.end : to + 1)
    if (anyEvent.has(token.text)) family ??= 'event'
    else if (found && kind && kind !== 'event') family ??= kind
    else words.push(s.text.slice(token.start, at(s, next - 1).end))
    to = next - 1
  }
  const last = words.at(-1)
  if (family === undefined && (last === undefined || (plural && !/s$/i.test(last)))) return undefined
  const listed = listAfter(view, to)
  const known = listed ?? family
  return { family: known ?? 'event', words: words.map(singular).join(' '), from: to, isKnown: known !== undefined }
}

/**
 * The day of the week that things are said to be of: surely each of them in "on Fridays" and "every Friday", and perhaps
 * only the coming one in "my Friday meetings".
 */
function weeklyOf({ s, times }: View, from: number, to: number): IntentReading['weekly'] {
  const daysIn = (ranges: readonly TokenRange[]) =>
    ranges.flatMap((range) => {
      const days: number[] = []
      for (let i = range.from; i < range.to; i += 1) if (at(s, i).word.weekday > 0) days.push(at(s, i).word.weekday)
      return days
    })
  const [day, ...others] = daysIn(times.repeatAt)
  if (day !== undefined) return others.length === 0 ? { day, sure: true } : undefined
  const [named, ...more] = times.phraseAt.filter((range) => range.from >= from && range.to < to && range.to - range.from === 1)
  const [perhaps] = named && more.length === 0 ? daysIn([named]) : []
  return perhaps === undefined ? undefined : { day: perhaps, sure: false }
}

/** "all items [on my todo list]" */
function listAfter({ s }: View, i: number): Family | undefined {
  if (!['on', 'from', 'in', 'of', 'off'].includes(at(s, i).text)) return undefined
  const j = ['my', 'our', 'the'].includes(at(s, i + 1).text) ? i + 2 : i + 1
  const found = nounAt(s, j)
  const then = found && nounAt(s, found.end)
  return found?.noun === 'list' || then?.noun === 'list' ? 'todo' : undefined
}

/** "clear my calendar tomorrow", "clear my Friday afternoon", "clear my week" */
function cleared(view: View): Things | undefined {
  const { s, opening } = view
  if (at(s, opening).text !== 'clear' && at(s, opening).text !== 'wipe') return undefined
  let i = opening + 1
  while (['my', 'our', 'the', 'whole', 'entire'].includes(at(s, i).text)) i += 1
  const from = ['calendar', 'schedule', 'agenda', 'diary'].includes(at(s, i).text) ? i + 1 : i
  const isOwn = (j: number) =>
    isTime(view, j) || (at(s, j - 1).text === 'my' && (at(s, j).word.part !== '' || stretches.has(at(s, j).text)))
  const isRest = (j: number) => isOwn(j) || ends.has(at(s, j).text) || at(s, j).kind === 'mark' || ['of', 'all'].includes(at(s, j).text)
  for (let j = from; at(s, j).kind !== 'end'; j += 1) if (!isRest(j)) return undefined
  if (from === i && !isOwn(i)) return undefined
  return { family: 'event', words: '', from, isKnown: true }
}

/** "clear my [day]" */
const stretches = new Set(['day', 'week', 'month'])

/** Where a word ends that is written without a blank: "1:1s". */
function wordEnd({ s }: View, from: number): number {
  let end = from
  while (at(s, end).kind === 'word' && at(s, end).start === at(s, end - 1).end) end += 1
  return end
}

function isTime({ times }: View, i: number, kind: 'any' | 'repeat' = 'any'): boolean {
  const stretches = kind === 'repeat' ? times.repeatAt : [...times.phraseAt, ...times.repeatAt]
  return stretches.some(({ from, to }) => from <= i && i < to)
}

/** "standups" -> "standup", "lunches" -> "lunch", "1:1s" -> "1:1" */
function singular(word: string): string {
  if (/(?:ch|sh|x|ss)es$/i.test(word)) return word.slice(0, -2)
  if (/[^aeiou]ies$/i.test(word)) return `${word.slice(0, -3)}y`
  return /[^su]s$/i.test(word) ? word.slice(0, -1) : word
}
