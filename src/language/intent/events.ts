import { readPeople } from '../slots/people.ts'
import { readAlerts } from '../slots/places.ts'
import { at } from '../text/tokens.ts'
import { eventPlurals } from '../text/vocabulary.ts'
import type { IntentReading } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { findNoun, nounAt, says, type View, verbAt } from './view.ts'

/** Nouns that are nothing but an event. */
const firm = new Set([
  'meeting',
  'meetings',
  'event',
  'events',
  'appointment',
  'appt',
  'call',
  'calendar',
  'sync',
  'standup',
  'schedule',
  'conference',
  'interview',
])
export const makers = phrasebook([
  'set up',
  'put together',
  'pencil in',
  'block off',
  'block out',
  'sign me up',
  'lock in',
  'fix a',
  'fix an',
  'fix me a',
  'fix me an',
])

// "schedule a meeting ..."   "create an event ..."   "add lunch to my calendar"   "book a call"   "event: lunch at 1"
export function readEventCreate(view: View): IntentReading | undefined {
  const { s, opening, end, times } = view
  const verb = verbAt(s, opening)
  const phrase = makers.find(s, opening)
  const titleFrom = phrase?.end ?? opening + 1
  const first = findNoun(s, titleFrom, Math.min(end, titleFrom + 14))
  // "schedule a review tomorrow, alert me 10 minutes before": the alert is no reminder of its own.
  const noun = first?.noun === 'reminder' && readAlerts(s, titleFrom, end) ? undefined : first
  const about = noun?.noun === 'event' || noun?.noun === 'calendar'
  const brewed = at(s, noun?.from ?? 0).text === 'coffee' && ['make', 'start', 'set'].includes(at(s, opening).text)
  if (brewed) return undefined
  // "make sure my calendar is clear", "make my calendar empty": nothing is added.
  const made = at(s, opening).text === 'make'
  if (made && (at(s, opening + 1).text === 'sure' || nounAt(s, opening + 2)?.noun === 'calendar')) return undefined
  const room = verb === 'book' || at(s, opening).text === 'reserve' ? readRoom(view) : undefined
  if (room && (times.phrase || times.repeat)) return room
  const strong = noun !== undefined && (firm.has(at(s, noun.from).text) || findNoun(s, noun.end, noun.end + 3, 'calendar') !== undefined)
  // "fix a bug in the calendar"
  if (phrase?.phrase.startsWith('fix') && !(about && noun.from <= titleFrom + 1)) return undefined
  const blocked = readBlocked(view)
  if (blocked) return blocked
  if (verb === 'book' || phrase) {
    if (about) return { intent: 'event.create', confidence: strong || times.phrase !== undefined ? 0.94 : 0.85, titleFrom }
    if (noun === undefined && (times.phrase || times.repeat))
      return { intent: 'event.create', confidence: verb === 'book' && at(s, opening).text === 'schedule' ? 0.9 : 0.8, titleFrom }
    return noun === undefined && at(s, opening).text === 'schedule' && at(s, titleFrom).kind === 'word'
      ? { intent: 'event.create', confidence: 0.75, titleFrom }
      : undefined
  }
  const kept = keepsFor(view)
  if (kept) return kept
  const holds = (view.polite || opening > 0) && !says(s, opening, 'get me some')
  if (holds && about && ['have', 'hold', 'host', 'do', 'get'].includes(at(s, opening).text) && noun.from <= opening + 4)
    return { intent: 'event.create', confidence: times.phrase || times.repeat ? 0.85 : 0.75, titleFrom }
  if (verb === 'create' && about)
    return { intent: 'event.create', confidence: strong && at(s, opening).text !== 'start' ? 0.93 : 0.8, titleFrom }
  if (says(s, opening, 'invite') && (times.phrase || about)) return { intent: 'event.create', confidence: 0.8, titleFrom: opening }
  if (
    verb === 'create' &&
    (times.phrase || times.repeat) &&
    ['add', 'put', 'create', 'set', 'enter', 'insert'].includes(at(s, opening).text) &&
    noun === undefined
  )
    return { intent: 'event.create', confidence: 0.7, titleFrom }
  return undefined
}

// "block my calendar tomorrow 1 to 4 for [writing]"
function readBlocked({ s, opening, end, times }: View): IntentReading | undefined {
  if (at(s, opening).text !== 'block' || nounAt(s, opening + 2)?.noun !== 'calendar' || !times.phrase) return undefined
  for (let i = opening + 3; i < end - 1; i++)
    if (at(s, i).text === 'for' && !times.phraseAt.some(({ from, to }) => i >= from && i < to))
      return { intent: 'event.create', confidence: 0.94, titleFrom: i + 1 }
  return undefined
}

// "hold next Tuesday for [interviews]"   "keep Friday afternoon for [the audit]"
function keepsFor({ s, opening, end, times }: View): IntentReading | undefined {
  const [stretch, ...others] = times.phraseAt
  if (!['hold', 'keep'].includes(at(s, opening).text) || stretch?.from !== opening + 1 || others.length > 0 || times.repeat)
    return undefined
  if (at(s, stretch.to).text !== 'for' || stretch.to + 1 >= end) return undefined
  const isDay = times.phrase?.clocks.length === 0 && times.phrase.part === undefined
  return { intent: 'event.create', confidence: 0.8, titleFrom: stretch.to + 1, ...(isDay ? { given: { allDay: true } } : {}) }
}

const rooms = new Set(['room', 'hall', 'studio', 'court', 'auditorium', 'workshop'])

const shown = new Set(['demo', 'tour', 'viewing', 'inspection', 'service'])

// "book the [Oak room] tomorrow 10 to 11 for the [retro]": a place, and what for where that is said
function readRoom({ s, opening, end, times }: View): IntentReading | undefined {
  const from = ['the', 'a', 'our', 'my'].includes(at(s, opening + 1).text) ? opening + 2 : opening + 1
  let last = from
  while (last < from + 4 && at(s, last).kind === 'word' && !rooms.has(at(s, last).text) && !at(s, last).word.opens) last++
  if (!rooms.has(at(s, last).text)) return undefined
  // "meeting room 4"
  const to = at(s, last + 1).kind === 'number' && !times.phraseAt.some((each) => each.from === last + 1) ? last + 2 : last + 1
  // "book a room demo"
  if (nounAt(s, to)?.noun === 'event' || shown.has(at(s, to).text)) return undefined
  const location = s.text.slice(at(s, from).start, at(s, to - 1).end)
  for (let i = to; i < end - 1; i++) {
    if (at(s, i).text !== 'for' || times.phraseAt.some((each) => i >= each.from && i < each.to)) continue
    const titleFrom = ['the', 'a', 'an', 'our', 'my'].includes(at(s, i + 1).text) ? i + 2 : i + 1
    if (at(s, titleFrom).kind === 'word') return { intent: 'event.create', confidence: 0.92, titleFrom, given: { location } }
  }
  return { intent: 'event.create', confidence: 0.92, titleFrom: end, given: { title: location, location } }
}

// "lunch with Ann"   "a call with Bob and Eve": when is asked
export function readCompanyAlone({ s, kept, opening, end }: View): IntentReading | undefined {
  let from = opening
  while (['a', 'an', 'my', 'quick', 'short', 'another'].includes(at(s, from).text)) from++
  const noun = nounAt(s, from)
  if (noun?.noun !== 'event' || at(s, noun.end).text !== 'with' || eventPlurals.has(at(s, from).text)) return undefined
  const people = readPeople(s, noun.end + 1, end, kept, false)
  const after = people && at(s, people.to)
  return after && (after.kind === 'end' || after.kind === 'mark' || after.text === 'about')
    ? { intent: 'event.create', confidence: 0.7, titleFrom: from }
    : undefined
}

// "meeting with Bob tomorrow at 3"   "lunch at 1pm"   "event lunch tomorrow"   "choir practice session in 2 hours"
export function readNamedEvent(view: View): IntentReading | undefined {
  const { s, opening, end, times } = view
  if (!times.phrase && !times.repeat) return undefined
  if (at(s, opening).text === 'event' || says(s, opening, 'new event'))
    return { intent: 'event.create', confidence: 0.93, titleFrom: opening }
  // "tomorrow from 2 to 3 called Planning": a time and a name.
  if (end < s.tokens.length && (times.phraseAt[0]?.from ?? end) <= opening && opening + 12 > end)
    return { intent: 'event.create', confidence: 0.8, titleFrom: end }
  const noun = findNoun(s, opening, Math.min(end, opening + 6), 'event')
  // "before lunch" is when.
  if (!noun || (times.phrase?.open && times.phraseAt.some(({ from, to }) => from <= noun.from && noun.from < to))) return undefined
  for (let i = opening; i < noun.from; i++) {
    const { kind, text } = at(s, i)
    if (kind !== 'word' || pronouns.has(text)) return undefined
  }
  if (isToldOf(s, noun, times)) return undefined
  // "tomorrow's standup has been cancelled"
  for (let i = noun.end; i < noun.end + 3; i++) if (at(s, i).text === 'cancelled' || at(s, i).text === 'canceled') return undefined
  const direct = nounAt(s, opening) !== undefined
  // "take final exams off my calendar"
  if (at(s, opening).text === 'take') return undefined
  // "first week of March meetings", "events from the 3rd to the 9th": several are looked at, one is made.
  if (eventPlurals.has(at(s, noun.from).text)) return { intent: 'event.list', confidence: 0.7, titleFrom: end }
  return { intent: 'event.create', confidence: direct ? 0.85 : 0.75, titleFrom: opening }
}

/** What is told of an event that is over, or of what it is like. */
const happened = new Set(['is', 'was', 'are', 'were', 'ran', 'went', 'felt', 'looks', 'looked', 'sucks', 'sucked', 'rocks', 'took'])

/** "the picnic is [scheduled] for Friday" */
const planned = new Set([
  'start',
  'starting',
  'scheduled',
  'set',
  'planned',
  'booked',
  'to',
  'from',
  'on',
  'at',
  'for',
  'now',
  'moved',
  'going',
])

/** "class is boring today", where "class is at 4 today" says when. */
export function isToldOf(s: View['s'], noun: { readonly end: number } | undefined, { phraseAt }: View['times']): boolean {
  if (!noun || !happened.has(at(s, noun.end).text)) return false
  const next = at(s, noun.end + 1)
  return !phraseAt.some(({ from }) => from === noun.end || from === noun.end + 1) && next.kind === 'word' && !planned.has(next.text)
}

/** Words of talk about events rather than of a request for one. */
const pronouns = new Set([
  'copy',
  'duplicate',
  'clone',
  'detail',
  'details',
  'duration',
  'location',
  'about',
  'many',
  'any',
  'find',
  'search',
  'i',
  'you',
  'he',
  'she',
  'we',
  'they',
  'it',
  'is',
  'was',
  'were',
  'are',
  'had',
  'have',
  'has',
  'did',
  'do',
  'who',
  'how',
  'why',
  'the',
  'that',
  'this',
  'if',
  'when',
  'after',
  'before',
  'not',
  'no',
  'just',
  'will',
  'would',
  'could',
  'should',
  'can',
  "i'm",
  "i'll",
  'my',
  'our',
  'your',
  'his',
  'her',
])

export const freeQuestions = phrasebook([
  'am i free',
  'am i busy',
  'am i available',
  'are we free',
  'when am i free',
  'when are we free',
  'when am i available',
  'find a time',
  'find time',
  'find a slot',
  'find us a time',
  'find me a time',
  'when is everyone free',
  'is everyone free',
  'when can we meet',
  'when can i',
  'do i have time',
  'do i have any free time',
  'do i have free time',
  'free slots',
  'find a free',
  'any gaps',
  'got any gaps',
  'do i have any gaps',
  'do i have a gap',
  'are there any gaps',
  'any free time',
  'got any free time',
  'any free slots',
  'got any free slots',
  'any openings',
  'do i have any openings',
  'have i got time',
  'do we have time',
])

// "am I free on Friday"   "find a time for lunch with Bob"   "when can we meet"
export function readAvailability({ s, opening }: View): IntentReading | undefined {
  const question = freeQuestions.find(s, opening)
  if (question) return { intent: 'availability.find', confidence: 0.93, titleFrom: question.end }
  const first = at(s, opening).text
  if ((first === 'is' || first === 'are') && ['free', 'available', 'busy'].includes(at(s, opening + 2).text))
    return { intent: 'availability.find', confidence: 0.85, titleFrom: opening + 1 }
  return undefined
}
