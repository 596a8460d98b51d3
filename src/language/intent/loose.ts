import type { Intent } from '#core/understanding.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readPlace } from '../time/zones.ts'
import type { IntentReading } from './intent.ts'
import { nounAt, says, type View, verbAt } from './view.ts'
import type { Noun, Verb } from './vocabulary.ts'

/** What a sentence holds, wherever it stands: for requests that do not begin like one. */
interface Traits {
  readonly nouns: ReadonlyMap<Noun, { readonly from: number; readonly end: number }>
  readonly verbs: ReadonlyMap<Verb, number>
  /** "what", "do I", "let me know", "I want to see". */
  readonly asks: boolean
  /** "take ... off", "no longer need", "get rid of". */
  readonly removes: boolean
}

/** Only for words that were said to us: confident enough to answer, never to act on what is overheard. */
const confidence = 0.7
/** Where a loose request may hold its words, in tokens. */
const reach = 60

const asking = new Set([
  'what',
  "what's",
  'whats',
  'which',
  'when',
  "when's",
  'whens',
  'how',
  'who',
  "who's",
  'where',
  'do',
  'does',
  'did',
  'is',
  'are',
  'am',
  'was',
  'will',
  'any',
  'anything',
  'have',
  'has',
])
const wantingToKnow = [
  'to know',
  'let me know',
  'tell me',
  'show me',
  'read me',
  'give me',
  'to see',
  'to hear',
  'let me see',
  'wondering',
  'wanna know',
  'do you know',
  'i see',
  'find out',
  'check',
  'review',
  'display',
  'recite',
  'status of',
  'provide',
  'list all',
  'remember',
  'peek',
  'run down',
  'verify',
  'double check',
  'look at',
  'look up',
  'go over',
  'read',
  'list',
  'details',
  'detail',
  'detailed',
  'duration of',
  'location of',
  'attendees',
  'search',
  'confirm',
  'view',
  'see',
  'show',
  'access',
  'browse',
]
const removing = [
  'no longer',
  'get rid of',
  "don't need",
  'dont need',
  "don't want",
  'dont want',
  'off of',
  'off my',
  'off the',
  'take out',
  'blank out',
  'empty',
  'take off',
  'scratch',
  'strike',
  'cross',
  'abolish',
  'take away',
  'trash',
  'completely clear',
  'clean',
  'turn off',
  'shut off',
  'switch off',
  'free up',
  'void',
  'be off',
  'cancelled',
  'canceled',
  'unneeded',
  'reset',
]

function traitsOf({ s, opening, end }: View): Traits {
  const nouns = new Map<Noun, { readonly from: number; readonly end: number }>()
  const verbs = new Map<Verb, number>()
  const limit = Math.min(end, reach)
  for (let i = 0; i < limit; i++) {
    const noun = nounAt(s, i)
    if (noun && !nouns.has(noun.noun)) nouns.set(noun.noun, { from: i, end: noun.end })
    const verb = verbAt(s, i)
    if (verb && !verbs.has(verb)) verbs.set(verb, i)
  }
  const says2 = (list: readonly string[]) => list.some((words) => contains(s, 0, limit, words))
  return {
    nouns,
    verbs,
    asks: asking.has(at(s, opening).text) || asking.has(at(s, 0).text) || says2(wantingToKnow),
    removes: verbs.has('cancel') || says2(removing),
  }
}

function contains(s: Sentence, from: number, to: number, words: string): boolean {
  for (let i = from; i < to; i++) if (says(s, i, words)) return true
  return false
}

const loosely = (intent: Intent, titleFrom: number): IntentReading => ({ intent, confidence, titleFrom })

/** Tried after all readers of plain requests; the order is from the most telling word to the least. */
export function readLoosely(view: View): IntentReading | undefined {
  const { s, opening, end, times } = view
  if (s.tokens.length > reach * 3) return undefined
  const traits = traitsOf(view)
  return (
    looseTime(view, traits) ??
    looseAvailability(view, traits) ??
    looseRsvp(view) ??
    looseReminder(view, traits) ??
    looseThings(view, traits) ??
    looseEvent(view, traits) ??
    (times.phrase &&
    traits.asks &&
    (contains(s, 0, end, 'i') || contains(s, 0, end, 'my') || contains(s, 0, end, 'happening') || contains(s, 0, end, 'going on'))
      ? loosely('event.list', end)
      : undefined) ??
    looseRemoval(view, traits, opening)
  )
}

// "in Tokyo, what time is it"   "what timezone is Reno in"   "what is tomorrow's date"   "how many days until Easter"
function looseTime({ s, end, times }: View, { asks, nouns }: Traits): IntentReading | undefined {
  if (nouns.has('event') || nouns.has('reminder') || nouns.has('todo') || nouns.has('list')) return undefined
  const limit = Math.min(end, reach)
  const has = (words: string) => contains(s, 0, limit, words)
  const zone = has('timezone') || has('time zone') || has('timezones') || has('time zones')
  const clock =
    has('the time') ||
    has('what time is') ||
    has('what time') ||
    has('current time') ||
    has('local time') ||
    has('time difference') ||
    has('time between') ||
    has('what day') ||
    has('what date') ||
    has("today's date") ||
    has('todays date') ||
    has('the date') ||
    has("tomorrow's date") ||
    has('tomorrows date') ||
    has('which day') ||
    has('day of the week') ||
    has('next holiday') ||
    has('what year') ||
    has('what month') ||
    has('convert')
  if (zone && !has('my') && !has('change') && !has('set')) return loosely('time.query', end)
  const counts =
    (has('how many days') ||
      has('how many weeks') ||
      has('how long until') ||
      has('how long till') ||
      has('days until') ||
      has('days left')) &&
    !has('my') &&
    !has('i')
  const timed = times.phrase !== undefined && (has('is today') || has('today is'))
  if ((clock && (asks || has('now') || zone || hasPlace(s, limit) || limit < 8) && !has('meet') && !has('my')) || counts || timed)
    return loosely('time.query', end)
  return undefined
}

function hasPlace(s: Sentence, limit: number): boolean {
  for (let i = 0; i < limit; i++) if (readPlace(s, i)) return true
  return false
}

// "show me when I'm available"   "I need to know my availability"   "when is Dylan free"
function looseAvailability({ s, end, times }: View, { asks, nouns }: Traits): IntentReading | undefined {
  const limit = Math.min(end, reach)
  for (let i = 0; i < limit; i++) {
    const { text } = at(s, i)
    if (
      text === 'availability' ||
      text === 'available' ||
      ((text === 'free' || text === 'busy' || text === 'open') && (asks || times.phrase !== undefined) && !nouns.has('list'))
    ) {
      return text === 'open' && !nouns.has('calendar') ? undefined : loosely('availability.find', end)
    }
  }
  return undefined
}

const answers = new Set(['accept', 'decline', 'attend', 'attending', 'rsvp', 'reject', 'tentatively'])

// "accept the meeting at 3"   "I'll attend ..."   "decline that"
function looseRsvp({ s, opening }: View): IntentReading | undefined {
  const start =
    at(s, opening).text === "i'll" || at(s, opening).text === "i'm" || says(s, opening, 'i will')
      ? opening + (at(s, opening).text === 'i' ? 2 : 1)
      : opening
  return answers.has(at(s, start).text) ? { ...loosely('event.rsvp', start + 1), confidence: 0.85 } : undefined
}

const rousing = [
  'wake me',
  'wake up',
  'get up',
  'remind me',
  'reminder to',
  'remind us',
  'countdown',
  'count down',
  'counting down',
  'need to remember',
  'to remind',
]
const handling: readonly [words: string, intent: Intent][] = [
  ['pause', 'reminder.update'],
  ['resume', 'reminder.update'],
  ['continue', 'reminder.update'],
  ['increase', 'reminder.update'],
  ['decrease', 'reminder.update'],
  ['minutes from', 'reminder.update'],
  ['minutes to', 'reminder.update'],
  ['minutes off', 'reminder.update'],
  ['status', 'reminder.list'],
  ['time left', 'reminder.list'],
  ['left on', 'reminder.list'],
]

// "please make me wake up at four"   "read my list of reminders"   "45 second timer"   "pause the timer"
function looseReminder({ s, end, times, opening }: View, { nouns, asks, removes, verbs }: Traits): IntentReading | undefined {
  const limit = Math.min(end, reach)
  const noun = nouns.get('reminder')
  if (!noun) {
    if (rousing.some((words) => contains(s, opening, limit, words)))
      return loosely(
        asks && !contains(s, 0, limit, 'can you') && contains(s, 0, limit, 'what') ? 'reminder.list' : 'reminder.create',
        opening,
      )
    return undefined
  }
  const drop = [[noun.from, noun.end] as const]
  for (const [words, intent] of handling) if (contains(s, 0, limit, words)) return { ...loosely(intent, end), drop }
  if (removes) return { ...loosely('reminder.cancel', noun.end), drop }
  if (verbs.has('update')) return { ...loosely('reminder.update', noun.end), drop }
  if (asks && !verbs.has('create')) return { ...loosely('reminder.list', end), drop }
  const makes =
    verbs.has('create') ||
    verbs.has('book') ||
    times.phrase !== undefined ||
    contains(s, 0, limit, 'minute') ||
    contains(s, 0, limit, 'second') ||
    contains(s, 0, limit, 'hour')
  return makes || limit < 6 ? { ...loosely('reminder.create', opening), drop } : undefined
}

// "let me know what's on my shopping list"   "put bananas on the list"   "take bread off my list"   "I need milk on my list"
function looseThings({ s, end, opening }: View, { nouns, asks, removes, verbs }: Traits): IntentReading | undefined {
  const note = nouns.get('note')
  const todo = nouns.get('todo') ?? nouns.get('list')
  const limit = Math.min(end, reach)
  const basket = todo ?? (contains(s, 0, limit, 'shopping cart') || contains(s, 0, limit, 'shopping bag') ? { from: end, end } : undefined)
  if (!basket && note) {
    if (removes) return loosely('note.delete', note.end)
    return loosely(asks ? 'note.list' : 'note.create', note.end)
  }
  if (!basket) return undefined
  const drop = [[basket.from, basket.end] as const]
  if (removes || contains(s, 0, limit, 'off')) return { ...loosely('todo.delete', opening), drop }
  const marks = verbs.has('complete') || contains(s, 0, limit, 'done') || contains(s, 0, limit, 'mark')
  if (marks) return { ...loosely('todo.complete', opening), drop }
  const adds =
    verbs.has('create') ||
    contains(s, 0, limit, 'onto') ||
    contains(s, 0, limit, 'place') ||
    contains(s, 0, limit, 'added') ||
    (contains(s, 0, limit, 'i need') && !contains(s, 0, limit, 'to know') && !asks)
  const begins = verbs.get('create') ?? limit
  if (asks && !(begins < (verbs.get('list') ?? limit))) return { ...loosely('todo.list', end), drop }
  if (adds) return { ...loosely('todo.create', opening), drop }
  return { ...loosely('todo.list', end), drop }
}

/** Words of telling what was, which asks for nothing. */
const told = ['had', 'was', 'were', 'went', 'they', 'he', 'she', 'has been', 'just got']

// "is anything happening on March 4"   "I have a meeting with Sean on Wednesday, put it in"   "clear my calendar"
function looseEvent({ s, end, times, opening }: View, { nouns, asks, removes, verbs }: Traits): IntentReading | undefined {
  const noun = nouns.get('event') ?? nouns.get('calendar')
  const limit = Math.min(end, reach)
  if (!noun) {
    const meets =
      contains(s, 0, limit, 'meet') ||
      contains(s, 0, limit, 'birthday') ||
      contains(s, 0, limit, 'anniversary') ||
      contains(s, 0, limit, 'planned') ||
      contains(s, 0, limit, 'scheduled')
    if (!meets) return undefined
    if (removes) return loosely('event.cancel', opening)
    return asks ? loosely('event.list', end) : times.phrase ? loosely('event.create', opening) : undefined
  }
  if (told.some((words) => contains(s, 0, limit, words)) && !asks) return undefined
  if (removes) return loosely('event.cancel', opening)
  if (verbs.has('update')) return loosely('event.update', opening)
  if (asks) return loosely('event.list', end)
  if (
    verbs.has('create') ||
    verbs.has('book') ||
    contains(s, 0, limit, 'put') ||
    contains(s, 0, limit, 'mark') ||
    times.phrase ||
    times.repeat
  )
    return loosely('event.create', opening)
  return contains(s, 0, limit, 'my') || limit < 5 ? loosely('event.list', end) : undefined
}

// "get rid of peas"   "remove the last item"
function looseRemoval({ s, end }: View, { removes }: Traits, opening: number): IntentReading | undefined {
  if (!removes || end - opening > 12) return undefined
  return contains(s, opening, end, 'item') || contains(s, opening, end, 'items') ? loosely('todo.delete', opening) : undefined
}
