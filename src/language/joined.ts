import type { Intent } from '#core/understanding.ts'
import type { Reading } from './reading.ts'

/** As many requests as are looked for in one sentence. */
const mostParts = 4
/** A longer sentence is a story. */
const longest = 400
/** What is hardly understood is no request of its own. */
const sure = 0.75
/** Beside a sure one that is enough: "cancel my 3pm and ...". */
const loose = 0.6

/** Most texts have none of these: that costs least to see. */
const mayJoin = /[;.!]\s| (?:and|then|plus)\s/i
/** Where one request may end and the next begin: none without one of these. */
const joints = /\s*[,;.!]?\s+(?:and|then|plus)(?:\s+(?:then|also|please))*\s+|\s*[;.!]\s+(?:(?:also|please)\s+)*/giu

const asking =
  /^(?:remind (?:me|us)|(?:set|create|make|add) (?:a|an|me a|another) (?:reminder|alarm|timer)|wake me|ping me|nudge me|don['’]?t let me forget)\b/iu
const doing =
  /^(?:cancel|delete|remove|book|schedule|add|create|plan|move|push|postpone|reschedule|put|rename|snooze|pause|skip|note|invite|tick off|block|set)\b/iu
/** "another on Sunday at 3", "one more next week" */
const again = /^(?:another(?: one)?|one more|a second one)\s+(?=\S)/iu
const inviting = /^invite (?!.*\bto\b)/iu
/** "at 6 to leave", "tomorrow to post it", "to post her card on Monday" */
const elliptic = /^(?:also )?(?:to\s|(?:at|on|in|by|tomorrow|tonight|\d)[^,;]{0,40}?\sto\s)/iu
/** "pay rent at noon": what is done, and no sentence about something. */
const doingSomething =
  /^(?!(?:the|a|an|my|his|her|their|our|it|that|this|there|i|we|he|she|they|you|if|so|not|at|on|in|or|for|with)\b)\p{Ll}/u
/** "... and remind me [an hour before]" belongs to what was made, "... and invite Ann" as well. */
const belonging =
  /\b(?:before(?:hand)?|ahead|earlier|in advance|prior)\W*$|^(?:add|put|set|remove|move|push|make|cancel) (?:it|them|this)\b/iu

const acting: ReadonlySet<Intent> = new Set([
  'event.create',
  'event.update',
  'event.cancel',
  'reminder.create',
  'reminder.update',
  'reminder.cancel',
  'reminder.snooze',
  'todo.create',
  'todo.complete',
  'todo.delete',
  'todo.update',
  'note.create',
  'note.delete',
])
const kept: ReadonlySet<Intent> = new Set(['reminder.create', 'todo.create', 'note.create'])

const makes: ReadonlySet<Intent> = new Set(['event.create', 'reminder.create'])

type Read = (text: string) => Reading

/**
 * Several requests in one sentence, each a sentence of its own; undefined where it is one.
 *
 *     cancel my 3pm and book the dentist at 4     ->  cancel my 3pm | book the dentist at 4
 *     remind me at 5 to call Ann and at 6 to go   ->  remind me at 5 to call Ann | remind me at 6 to go
 *
 * What shall be remembered may hold verbs of ours: "remind me to call the vet and book a visit" is one.
 */
export function readJoined(text: string, read: Read): Reading | undefined {
  if (text.length > longest || !mayJoin.test(text)) return undefined
  const parts = partsOf(text.trim(), read)
  const [first] = parts
  if (!first || parts.length < 2) return undefined
  const confidence = Math.min(...parts.map((each) => each.confidence))
  const alike = parts.every(({ intent }) => familyOf(intent) === familyOf(first.intent))
  return {
    ...first,
    text,
    intent: alike ? first.intent : 'batch.create',
    confidence,
    title: null,
    spans: [],
    parts: parts.map((each) => each.text),
  }
}

function familyOf(intent: Intent): string {
  return intent.slice(0, intent.indexOf('.'))
}

function partsOf(text: string, read: Read, depth = 1): readonly Reading[] {
  if (depth < mostParts)
    for (const { 0: joint, index } of text.matchAll(joints)) {
      const [before, behind] = [text.slice(0, index), text.slice(index + joint.length)]
      if (before === '' || isQuoting(before) || !mayBegin(before, behind)) continue
      const first = read(before)
      const next =
        acting.has(first.intent) && first.confidence >= loose && isWhole(first) ? spelledOut(first, before, behind, read) : undefined
      if (next === undefined) continue
      const rest = partsOf(next, read, depth + 1)
      return [onItsList(first, before, rest[0], read), ...rest]
    }
  return [read(text)]
}

/** "remove wine and add beer to my shopping list": of that list, both. */
function onItsList(first: Reading, before: string, next: Reading | undefined, read: Read): Reading {
  const leads = { 'todo.create': 'to', 'todo.delete': 'from', 'todo.complete': 'on' }[first.intent as string]
  if (leads === undefined || first.list !== null || !next?.intent.startsWith('todo.') || next.list === null) return first
  return read(`${before} ${leads} my ${next.list} list`)
}

/** Most of what stands behind an "and" begins no request: that is cheap to see. */
function mayBegin(before: string, behind: string): boolean {
  if (asking.test(behind) || doing.test(behind) || again.test(behind)) return true
  return /\bremind (?:me|us)\b/i.test(before) && (elliptic.test(behind) || doingSomething.test(behind))
}

function isQuoting(before: string): boolean {
  return (before.match(/"/g)?.length ?? 0) % 2 === 1 || (before.match(/[“«]/g)?.length ?? 0) > (before.match(/[”»]/g)?.length ?? 0)
}

/** Nothing is made without a name, and no event without its time: the rest of the sentence is what was missing. */
function isWhole({ intent, title, content, times, change }: Reading): boolean {
  if (intent === 'event.create') return title !== null && isTimed(times)
  if (intent.endsWith('.update')) return change !== null
  return !intent.endsWith('.create') || title !== null || content !== null
}

function isTimed({ phrase, repeat }: Reading['times']): boolean {
  return phrase !== undefined || repeat !== undefined
}

/** The second request with what it leaves out, which the first has said; undefined when it is none. */
function spelledOut(first: Reading, before: string, behind: string, read: Read): string | undefined {
  if (belonging.test(behind)) return undefined
  const text = named(first, behind)
  if (inviting.test(behind) && first.intent === 'event.update' && first.title !== null)
    return read(`${before} and ${behind}`).change?.addPeople ? undefined : `${behind} to ${first.title}`
  const isAsked = asking.test(text) || (doing.test(text) && !kept.has(first.intent))
  if (isAsked) {
    const dated = makes.has(first.intent) ? onItsDay(first, before, text, read) : text
    return dated !== undefined && isRequest(read(dated)) ? withThing(first, dated) : undefined
  }
  if (again.test(behind) && first.intent === 'event.create') {
    const another = `schedule ${first.title} ${behind.replace(again, '')}`
    return isRequest(read(another)) ? another : undefined
  }
  if (first.intent !== 'reminder.create' || !isTimed(first.times) || !/\bremind (?:me|us)\b.*\b(?:to|about|that|of)\b/iu.test(before))
    return undefined
  if (!elliptic.test(behind) && !(doingSomething.test(behind) && endsInTime(first, before))) return undefined
  // "at 8:15 and 12:30 to dust": both times of one thing.
  if (
    read(`${before} and ${behind}`).spans.some(
      ({ slot, start, end }) => slot !== 'title' && start < before.length && end > before.length + 1,
    )
  )
    return undefined
  const carried = onItsDay(first, before, `remind me ${behind.replace(/^also /iu, '')}`, read)
  const next = carried === undefined ? undefined : read(carried)
  return next?.intent === 'reminder.create' && next.title !== null && isTimed(next.times) ? carried : undefined
}

const clockWords =
  /\b(?:at|by|@|from)?\s*(?:\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm|a\.m\.|p\.m\.|h|o['’]clock)?(?![\d/.-])|noon|midnight|midday)(?=[\s,]|$)/giu

/**
 * "remind me [tomorrow] at 8 to get up and at 9 to leave": a clock time alone is of the day that was said before it.
 * Undefined where that day cannot be told from its hour.
 */
function onItsDay(first: Reading, before: string, text: string, read: Read): string | undefined {
  const { phrase, repeat } = read(text).times
  if (repeat || !phrase || phrase.clocks.length === 0 || phrase.days) return text
  if (!first.times.repeat && !first.times.phrase?.days) return text
  const said = first.spans.filter(({ slot }) => slot === 'when' || slot === 'recurrence').map(({ start, end }) => before.slice(start, end))
  const day = said.join(' ').replace(clockWords, ' ').replace(/\s+/g, ' ').trim()
  const dated = day === '' ? undefined : `${text} ${day}`
  const next = dated === undefined ? undefined : read(dated).times
  return next && (first.times.repeat ? next.repeat : next.phrase?.days && next.phrase.clocks.length > 0) ? dated : undefined
}

function isRequest(reading: Reading): boolean {
  return acting.has(reading.intent) && reading.confidence >= sure && reading.reference === null && isWhole(reading)
}

function endsInTime({ spans }: Reading, before: string): boolean {
  return spans.some(({ slot, end }) => (slot === 'when' || slot === 'recurrence') && end === before.length)
}

/** "delete the gas reminder and add [one] for water": one of the same kind. */
function named({ intent }: Reading, behind: string): string {
  const noun = intent.startsWith('reminder') ? 'a reminder' : intent.startsWith('todo') ? 'a todo' : 'an event'
  return behind.replace(/^((?:add|make|create|set|book|schedule|put)(?: in)?) (?:one|another(?: one)?|a new one)\b/iu, `$1 ${noun}`)
}

/** "add milk to my list and remind me tomorrow to buy [it]" */
function withThing({ intent, title }: Reading, text: string): string {
  if (title === null || intent !== 'todo.create' || !/^remind\b/iu.test(text)) return text
  return text.replace(/\b(?:it|them)(?=[.!]?$)/iu, title)
}
