import type { Intent } from '#core/understanding.ts'
import { readSeats } from '../slots/seats.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { Noun, Verb } from '../text/vocabulary.ts'
import { readPlace } from '../time/zones.ts'
import type { TokenRange } from '../times.ts'
import { type CueGroup, cues, groupsFound } from './cues.ts'
import type { IntentReading } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { nounAt, says, type View, verbAt } from './view.ts'

/** What a sentence holds, wherever it stands: for requests that do not begin like one. */
interface Traits {
  readonly nouns: ReadonlyMap<Noun, { readonly from: number; readonly end: number }>
  readonly verbs: ReadonlyMap<Verb, number>
  readonly cues: ReadonlySet<CueGroup>
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

const questions = new Set(['what', "what's", 'whats', 'which', 'is', 'are', 'did', 'have', 'was', 'who', 'when'])

function traitsOf({ s, opening, end, times }: View): Traits {
  const nouns = new Map<Noun, { readonly from: number; readonly end: number }>()
  const verbs = new Map<Verb, number>()
  const limit = Math.min(end, reach)
  // "before lunch", and nothing more
  const onlyWhen = times.phrase?.open !== undefined && times.phraseAt.some(({ from, to }) => from === 0 && to === end)
  for (let i = 0; i < limit; i++) {
    const noun = nounAt(s, i)
    if (noun && !onlyWhen && !nouns.has(noun.noun)) nouns.set(noun.noun, { from: i, end: noun.end })
    const verb = verbAt(s, i)
    if (verb && !verbs.has(verb)) verbs.set(verb, i)
  }
  const groups = groupsFound(cues.all(s, 0, limit))
  return {
    nouns,
    verbs,
    cues: groups,
    asks: asking.has(at(s, opening).text) || asking.has(at(s, 0).text) || groups.has('asks') || groups.has('have'),
    removes: verbs.has('cancel') || groups.has('removes'),
  }
}

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
]

export function readLoosely(view: View): IntentReading | undefined {
  if (view.s.tokens.length > reach * 3) return undefined
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
    return loosely(asks && !cues.has('asked') && cues.has('what') ? 'reminder.list' : 'reminder.create', opening)
  }
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

// "I want to know what's on my packing list"   "put candles on the list"   "take soap off my list"   "I need milk on my list"
function readThings({ s, end, opening }: View, { nouns, asks, removes, verbs, cues }: Traits): IntentReading | undefined {
  const note = nouns.get('note')
  const todo = nouns.get('todo') ?? nouns.get('list') ?? (cues.has('basket') ? { from: end, end } : undefined)
  if (!todo && note) return removes ? loosely('note.delete', note.end) : loosely(asks ? 'note.list' : 'note.create', note.end)
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

// "is anything happening on March 4"   "there is a choir rehearsal on Sunday, put it in"   "empty my calendar for Friday"
function readEventWords({ s, end, times, opening }: View, { nouns, asks, removes, verbs, cues }: Traits): IntentReading | undefined {
  if (!nouns.has('event') && !nouns.has('calendar')) {
    if (!cues.has('planned')) return cues.has('marked') && times.phrase && !asks ? loosely('event.create', opening) : undefined
    if (removes) return loosely('event.cancel', opening)
    return asks ? loosely('event.list', end) : times.phrase ? loosely('event.create', opening) : undefined
  }
  if (cues.has('tells') && !asks) return undefined
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

/** Words that make a sentence of what would be the name of an appointment. */
const sentenceWords = new Set(
  "i i'm i've i'll i'd me my he she they we we're you it it's this that the if who there is are was were am be been do does did don't can can't could would will won't should shall may might must have has had not no yes so but because get got give gave go goes going went see saw know think thought say said want like need needs let lets just only really very still again ago please thanks thank hello hi hey how why what when where which whose good nice great bad sorry sure ok okay tell told ask make makes made take takes took come came work works worked working look looks looking talk find found done ready use used turn play stop start open close put keep left been being".split(
    ' ',
  ),
)

/** "crashed", "restarted" too: what is told, and not planned. */
function isOfSentence(text: string): boolean {
  return sentenceWords.has(text) || (text.length > 4 && text.endsWith('ed'))
}

// "dentist tomorrow at 3"   "flight to Oslo on May 3 at 7:15"   "team day on December 3": a name and a time, and nothing of a sentence
function readAppointment({ s, end, times, opening }: View): IntentReading | undefined {
  const rule = times.repeat ?? times.several
  const clocked = (times.phrase?.clocks.length ?? 0) > 0 || (rule?.clocks.length ?? 0) > 0 || rule?.between !== undefined
  const last = times.phraseAt.at(-1)
  const days = times.phrase?.days
  const stretched = days?.kind === 'span' || times.phrase?.to !== undefined || times.several !== undefined
  const dated = days !== undefined && last !== undefined && last.to >= end && (stretched || at(s, last.from).text === 'on')
  if (!(clocked || dated) || opening > 0 || (times.phrase?.open !== undefined && !times.repeat)) return undefined
  // With its length said nobody tells a story: "garden review on Friday at 3 for 20 minutes" may hold a verb.
  const lasting = clocked && (times.phrase?.to !== undefined || times.phrase?.length !== undefined) && at(s, 0).word.verb === ''
  const limit = readSeats(s, 0, end)
  if ((limit?.from ?? end) > 16) return undefined
  const whenAt = [...times.phraseAt, ...times.repeatAt]
  const place = placeAfter(s, Math.max(...whenAt.map(({ to }) => to)), limit?.from ?? end)
  const ranges = [...whenAt, ...(limit ? [limit] : []), ...(place ? [place] : [])]
  let named = 0
  for (let i = 0; i < end; i++) {
    if (ranges.some(({ from, to }) => i >= from && i < to)) continue
    const { kind, text, word } = at(s, i)
    const tells = lasting ? text !== 'the' && isOfSentence(text) : isOfSentence(text) || word.verb !== ''
    if (kind === 'number' || text === '?' || text === '!' || (kind === 'word' && tells)) return undefined
    if (kind === 'word' && text.length > 2) named++
  }
  return named > 0 && named <= 5 ? { ...loosely('event.create', 0), confidence: 0.65 } : undefined
}

/** As many words as name a place. */
const longestPlace = 5

// "dentist tomorrow at 3 [in room 4]": all that stands between the time and the end
function placeAfter(s: Sentence, from: number, end: number): TokenRange | undefined {
  if (!['at', 'in', '@'].includes(at(s, from).text) || end - from < 2 || end - from > longestPlace + 1) return undefined
  for (let i = from + 1; i < end; i++) {
    const { kind, text } = at(s, i)
    if ((kind !== 'word' && kind !== 'number') || (text !== 'the' && isOfSentence(text))) return undefined
  }
  return { from, to: end }
}
