import type { Intent } from '#core/understanding.ts'
import { readAlerts } from '../slots/places.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readPlace } from '../time/zones.ts'
import { readAppointment } from './appointment.ts'
import { isToldOf } from './events.ts'
import type { IntentReading } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { readDayAsked, readToldDone } from './short-said.ts'
import { asking, reach, type Traits, traitsOf } from './traits.ts'
import { says, type View, verbAt } from './view.ts'

/** Only for words that were said to us: confident enough to answer, never to act on what is overheard. */
const confidence = 0.7
const questions = new Set(['what', "what's", 'whats', 'which', 'is', 'are', 'did', 'have', 'was', 'who', 'when'])

const loosely = (intent: Intent, titleFrom: number): IntentReading => ({ intent, confidence, titleFrom })

/** Tried after all readers of plain requests, from the most telling word to the least. */
const readers: readonly ((view: View, traits: Traits) => IntentReading | undefined)[] = [
  readShortage,
  readRecall,
  readAvailable,
  readClockQuestion,
  readReminderWords,
  readThings,
  readEventWords,
  readErrands,
  readDoings,
  readRemoval,
  readCompany,
  readAppointment,
  readToldDone,
  readDayAsked,
]

export function readLoosely(view: View): IntentReading | undefined {
  // "poll: pizza or sushi on Friday?" is for people to answer.
  if (view.s.tokens.length > reach * 3 || ['poll', 'vote'].includes(at(view.s, view.opening).text)) return undefined
  const traits = traitsOf(view)
  for (const read of readers) {
    const found = read(view, traits)
    if (found) return found
  }
  return undefined
}

const shortages = phrasebook([
  "we're out of",
  'we are out of',
  'we ran out of',
  "we're running out of",
  "we're low on",
  "we're running low on",
  "i'm out of",
  'i am out of',
  'i ran out of',
  "i'm running out of",
  "i'm low on",
  "i'm running low on",
  'out of',
  'ran out of',
  'running low on',
])

// "we're out of [rice], put it on the list"   "I ran out of [stamps], add some to my shopping list"
function readShortage({ s, opening, end }: View, { nouns, verbs, cues }: Traits): IntentReading | undefined {
  const found = shortages.find(s, 0) ?? shortages.find(s, opening)
  if (!found || !(verbs.has('create') || cues.has('adds')) || !(nouns.has('list') || nouns.has('todo'))) return undefined
  for (let i = found.end + 1; i < end; i++)
    if (at(s, i).kind === 'mark' || verbAt(s, i) === 'create') {
      const clause = ['so', 'and', 'please', 'can', 'could'].includes(at(s, i - 1).text) ? i - 1 : i
      return { ...loosely('todo.create', found.end), drop: [[clause, end]] }
    }
  return undefined
}

// "what did I want to remember"   "did I ask you to remind me of the bins"
function readRecall({ end }: View, { asks, cues }: Traits): IntentReading | undefined {
  return asks && cues.has('recalls') ? loosely('reminder.list', end) : undefined
}

// "over in Oslo, what time is it"   "what timezone is Lima in"   "what is tomorrow's date"   "how many days until Easter"
function readClockQuestion({ s, opening, end, times }: View, { asks, nouns, cues }: Traits): IntentReading | undefined {
  if (nouns.has('event') || nouns.has('reminder') || nouns.has('todo') || nouns.has('list')) return undefined
  if (!asks && isTimeOff(s)) return undefined
  if (cues.has('zone') && !cues.has('mine') && !cues.has('changes')) return loosely('time.query', end)
  if (cues.has('converts')) return loosely('time.query', end)
  // "when is Easter"
  if (asks && cues.has('when') && times.phrase?.days?.kind === 'holiday' && (times.phraseAt[0]?.from ?? end) <= opening + 2)
    return loosely('time.query', end)
  if (cues.has('counts') && !cues.has('mine') && !cues.has('me')) return loosely('time.query', end)
  if (cues.has('isToday') && times.phrase !== undefined) return loosely('time.query', end)
  if (!cues.has('clock') || cues.has('events') || cues.has('meets') || (cues.has('mine') && nouns.size > 0)) return undefined
  return asks || cues.has('now') || cues.has('zone') || end < 8 || hasPlace(s, Math.min(end, reach))
    ? loosely('time.query', end)
    : undefined
}

const timesOff = phrasebook(['holiday', 'holidays', 'day off', 'days off', 'time off', 'vacation', 'annual leave'])

/** "holiday on May 4": told, where "the next holiday?" asks. */
function isTimeOff(s: Sentence): boolean {
  const found = timesOff.find(s, 0)
  const after = found && at(s, found.end)
  return after !== undefined && ['on', 'from'].includes(after.text)
}

function hasPlace(s: Sentence, limit: number): boolean {
  for (let i = 0; i < limit; i++) if (readPlace(s, i)) return true
  return false
}

// "show me when I'm available"   "I need to know my availability"   "when is Ada free"
function readAvailable({ s, end, times }: View, { asks, nouns, removes }: Traits): IntentReading | undefined {
  const limit = Math.min(end, reach)
  if (removes && (nouns.has('calendar') || nouns.has('event'))) return undefined
  for (let i = 0; i < limit; i++) {
    const { text } = at(s, i)
    if (text === 'availability' || text === 'available') return loosely('availability.find', end)
    const maybe = text === 'free' || text === 'busy' || (text === 'open' && nouns.has('calendar'))
    if (maybe && (asks || times.phrase !== undefined) && !nouns.has('list')) return loosely('availability.find', end)
  }
  return undefined
}

// "please make me wake up at four"   "read my list of reminders"   "20 second timer"   "pause the timer"
function readReminderWords({ s, end, times, opening }: View, { nouns, asks, removes, verbs, cues }: Traits): IntentReading | undefined {
  const noun = nouns.get('reminder')
  if (!noun) {
    if (!cues.has('rouses')) return undefined
    // "dentist at 3:30, remind me an hour before": an alert of what is planned
    if ((times.phrase?.clocks.length ?? 0) > 0 && readAlerts(s, opening, end)) return loosely('event.create', opening)
    return loosely(asks && !cues.has('asked') && cues.has('what') ? 'reminder.list' : 'reminder.create', opening)
  }
  // "no reminders on weekends, please"
  if (at(s, noun.from - 1).text === 'no' && !cues.has('have')) return undefined
  const drop = [[noun.from, noun.end] as const]
  if (cues.has('adjusts')) return { ...loosely('reminder.update', end), drop }
  if (cues.has('remains')) return { ...loosely('reminder.list', end), drop }
  if (removes) return { ...loosely('reminder.cancel', nameBefore(s, noun.from) ?? noun.end), drop: [...drop, ...hanging(s, noun.end, end)] }
  if (verbs.has('update')) return { ...loosely('reminder.update', noun.end), drop }
  const setAlready = cues.has('isSet') && !cues.has('isToday')
  if (asks ? setAlready || !verbs.has('create') : setAlready && end < 5) return { ...loosely('reminder.list', end), drop }
  const makes = verbs.has('create') || verbs.has('book') || times.phrase !== undefined || cues.has('durations') || end < 6
  return makes ? { ...loosely('reminder.create', opening), drop } : undefined
}

/** "I don't need the [water] reminder": where its name begins. */
function nameBefore(s: Sentence, noun: number): number | undefined {
  for (let i = noun - 1; i >= Math.max(0, noun - 5) && at(s, i).kind === 'word'; i--)
    if (['the', 'my', 'that', 'this', 'our', 'any'].includes(at(s, i).text)) return i < noun - 1 ? i + 1 : undefined
  return undefined
}

/** "... the reminder [any more]" */
function hanging(s: Sentence, from: number, end: number): readonly (readonly [number, number])[] {
  const rest = ['anymore', 'any', 'more', 'longer', 'please', 'now', 'thanks']
  for (let i = from; i < end; i++) if (at(s, i).kind === 'word' && !rest.includes(at(s, i).text)) return []
  return [[from, end]]
}

const handing = new Set(['assign', 'delegate', 'hand', 'give', 'pin', 'unpin', 'share', 'send'])

// "I want to know what's on my packing list"   "put candles on the list"   "take soap off my list"   "I need milk on my list"
function readThings({ s, end, opening }: View, { nouns, asks, removes, verbs, cues }: Traits): IntentReading | undefined {
  const note = nouns.get('note')
  const todo = nouns.get('todo') ?? nouns.get('list') ?? (cues.has('basket') ? { from: end, end } : undefined)
  if (!todo && note) {
    if (removes) return loosely('note.delete', note.end)
    // "assign the release notes to Ann", "pin that note": nothing to be written down.
    const writes = verbs.has('create') || cues.has('adds') || cues.has('needs') || note.from <= opening + 1
    return asks
      ? loosely('note.list', note.end)
      : writes && !handing.has(at(s, opening).text)
        ? loosely('note.create', note.end)
        : undefined
  }
  if (!todo) return undefined
  const drop = [[todo.from, todo.end] as const]
  if (removes || cues.has('off')) return { ...loosely('todo.delete', opening), drop }
  if (verbs.has('complete') || cues.has('finishes')) return { ...loosely('todo.complete', opening), drop }
  if (cues.has('fresh') || (cues.has('adds') && !cues.has('knows') && !questions.has(at(s, opening).text)))
    return { ...loosely('todo.create', opening), drop }
  const begins = verbs.get('create') ?? reach
  if (asks && begins >= (verbs.get('list') ?? reach)) return { ...loosely('todo.list', end), drop }
  const adds = verbs.has('create') || cues.has('adds') || (cues.has('needs') && !cues.has('knows'))
  return { ...loosely(adds ? 'todo.create' : 'todo.list', adds ? opening : end), drop }
}

/** "good luck with the exam tomorrow" */
const wishes = new Set(['good', 'great', 'nice', 'happy', 'enjoy', 'hope', 'congrats', 'luck'])
/** "I forgot my lines at rehearsal on Thursday" */
const lived = new Set(['forgot', 'loved', 'hated', 'liked', 'missed', 'met', 'saw', 'went', 'enjoyed', 'skipped', 'slept', 'survived'])

// "is anything happening on March 4"   "there is a choir rehearsal on Sunday, put it in"   "empty my calendar for Friday"
function readEventWords({ s, end, times, opening }: View, { nouns, asks, removes, verbs, cues }: Traits): IntentReading | undefined {
  if (!nouns.has('event') && !nouns.has('calendar')) {
    if (!cues.has('planned')) return cues.has('marked') && times.phrase && !asks ? loosely('event.create', opening) : undefined
    if (removes) return loosely('event.cancel', opening)
    return asks ? loosely('event.list', end) : times.phrase ? loosely('event.create', opening) : undefined
  }
  if (
    !asks &&
    (cues.has('tells') ||
      wishes.has(at(s, opening).text) ||
      (at(s, 0).text === 'i' && lived.has(at(s, 1).text) && end < 14) ||
      isToldOf(s, nouns.get('event'), times))
  )
    return undefined
  if (removes) return { ...loosely('event.cancel', opening), drop: toldOff(s, opening, end) }
  if (verbs.has('update')) return loosely('event.update', opening)
  if (asks) return loosely('event.list', end)
  if (verbs.has('create') || verbs.has('book') || cues.has('marks') || times.phrase || times.repeat) return loosely('event.create', opening)
  // "call Jim": something to do, which is not ours to do.
  const verbal = at(s, opening).text === 'call' && at(s, opening + 1).kind === 'word'
  // "the coffee is cold" is told.
  const tells = ['is', 'was', 'are', 'were'].some((being) => says(s, opening + 1, being) || says(s, opening + 2, being))
  return cues.has('mine') || (end < 5 && !verbal && !tells) ? loosely('event.list', end) : undefined
}

const toldOffWords = new Set(['is', 'are', 'was', 'has', 'been', 'cancelled', 'canceled', 'deleted', 'removed', 'off', 'now'])

/** "the retro [is cancelled]": from the end, which thing it is stays. */
function toldOff(s: Sentence, opening: number, end: number): readonly (readonly [number, number])[] {
  let from = end
  while (from > opening && (at(s, from - 1).kind === 'mark' || toldOffWords.has(at(s, from - 1).text))) from--
  return [[from, end]]
}

// "what do I have to do"   "do I need to buy eggs"   "what items do I get when I go shopping"
function readErrands({ end }: View, { asks, cues }: Traits): IntentReading | undefined {
  if (!asks || !(cues.has('me') || cues.has('mine') || cues.has('items'))) return undefined
  return cues.has('todo') || cues.has('shops') || (cues.has('items') && end < 12) ? loosely('todo.list', end) : undefined
}

// "what do I do on Friday"   "is anything going on tomorrow"
function readDoings({ s, opening, times, end }: View, { asks, cues }: Traits): IntentReading | undefined {
  if (asks && cues.has('measures')) return loosely('event.find', end)
  const own = cues.has('me') || cues.has('mine') || cues.has('goings')
  if (asks && ((times.phrase && own) || cues.has('have'))) return loosely('event.list', end)
  if (!(cues.has('when') || (cues.has('events') && asks)) || !(own || times.phrase)) return undefined
  return loosely('event.find', nameFrom(s, opening) ?? end)
}

// "when is [book club] after Easter"
function nameFrom(s: Sentence, opening: number): number | undefined {
  const lead = ['when is', 'when are', "when's"].find((words) => says(s, opening, words))
  if (lead === undefined) return undefined
  const owned = opening + lead.split(' ').length
  const from = ['the', 'our'].includes(at(s, owned).text) ? owned + 1 : owned
  return at(s, from).kind === 'word' && !subjects.has(at(s, from).text) ? from : undefined
}

// "throw out the item I said"
function readRemoval({ end, opening }: View, { removes, cues }: Traits): IntentReading | undefined {
  return removes && end - opening <= 12 && cues.has('items') ? loosely('todo.delete', opening) : undefined
}

const subjects = new Set(['i', "i'm", "i've", 'he', 'she', 'they', 'we', "we're", 'you', 'it', 'this', 'that', 'the', 'if', 'who', 'there'])

// "budget review with Ann on Friday at 3": company and a clock time make an appointment of anything
function readCompany({ s, end, times, opening }: View, { cues }: Traits): IntentReading | undefined {
  const timed = (times.phrase?.clocks.length ?? 0) + (times.repeat?.clocks.length ?? 0) > 0 || times.phrase?.part !== undefined
  const looks = asking.has(at(s, opening).text) || verbAt(s, opening) === 'list'
  if (looks || !timed || cues.has('tells') || subjects.has(at(s, opening).text) || end - opening > 16) return undefined
  for (let i = opening + 1; i < end - 1; i++) {
    if (at(s, i).text !== 'with') continue
    const first = s.text[s.tokens[i + 1]?.start ?? 0] ?? ''
    return first !== first.toLowerCase() || first === '<' || first === '@' ? loosely('event.create', opening) : undefined
  }
  return undefined
}
