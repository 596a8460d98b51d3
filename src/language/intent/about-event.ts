import { oneOf, spelled } from '../text/beginnings.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { eventPlurals } from '../text/vocabulary.ts'
import type { IntentReading } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { findNoun, nounAt, type View } from './view.ts'

/** Questions about one event, which go on with its name. */
const leads = phrasebook([
  'how long until',
  'how long till',
  'how long before',
  'how long is',
  'how long are',
  'how long does',
  'how long do',
  'how long will',
  "how long's",
  'how many days until',
  'where is',
  'where are',
  "where's",
  'where does',
  'where will',
  'when is',
  'when are',
  "when's",
  'when do i have',
  'when do we have',
  'when does',
  'when do',
  'when will',
  'what time is',
  "what time's",
  'what time does',
  'what time do',
  'what time will',
  'what room is',
  'which room is',
  "what's the link for",
  "what's the link to",
  'what is the link for',
  'what is the link to',
  'who made',
  'who created',
  'who planned',
  'who organised',
  'who organized',
  'who scheduled',
  'who booked',
  'who set up',
  'tell me about',
  'tell me more about',
  'more about',
  'details of',
  'details for',
  'details about',
  'details on',
  'the details of',
])

const showing = phrasebook(['show', 'show me', 'show us', 'open', 'see', 'view'])
const wholes = phrasebook(["what's", 'whats', 'what is', 'show', 'show me', 'tell me', 'give me'])
const counting = phrasebook(['how many', 'how many hours of', 'how much time', 'how much of'])

export const aboutEventWord = oneOf(
  leads.begins,
  showing.begins,
  wholes.begins,
  counting.begins,
  spelled('is', 'are', 'my', 'our', 'the', 'next'),
)

/** How far behind the lead the thing is named, in tokens. */
const reach = 5

// "when is standup"   "how long is the retro"   "what time does lunch end"   "my next 1:1 with Ann"   "is standup still on?"
export function readAboutEvent(view: View): IntentReading | undefined {
  return readOneOfThem(view) ?? readNamed(view) ?? readStill(view) ?? readShown(view) ?? readCount(view)
}

const speakers = new Set(['i', 'we', 'you', 'they', 'he', 'she', 'it', 'this', 'that', 'there'])
/** What is asked of one's own things, whatever they are: "when is my flight". */
const whenIs = /^(?:when|what time)(?:'s| is| are| does| do (?:i|we) have)$/
/** What closes such a question, behind the name. */
const tails = new Set(
  'start starts begin begins end ends finish finishes stop take takes last lasts in at on about be happen happening held going to run long'.split(
    ' ',
  ),
)

function readNamed({ s, opening, end, times }: View): IntentReading | undefined {
  const lead = leads.find(s, opening)
  if (!lead || speakers.has(at(s, lead.end).text)) return undefined
  const first = afterArticle(s, lead.end)
  const next = at(s, first).text === 'next'
  const from = next ? first + 1 : first
  const noun = findNoun(s, from, Math.min(end, from + reach), 'event')
  const mine =
    ['my', 'our'].includes(at(s, lead.end).text) &&
    !times.phrase &&
    whenIs.test(lead.phrase) &&
    !findNoun(s, from, Math.min(end, from + reach), 'reminder')
  if (noun ? eventPlurals.has(at(s, noun.from).text) : !mine) return undefined
  const tail = noun ? tailOf(s, noun.end, end) : undefined
  return {
    intent: 'event.find',
    confidence: noun ? 0.9 : 0.7,
    titleFrom: from,
    drop: tail ? [tail] : [],
    ...(next ? { content: 'next' } : {}),
  }
}

/** "when does the review with Ann [start]": the last words, which belong to the question. */
function tailOf(s: Sentence, from: number, end: number): readonly [number, number] | undefined {
  let last = end
  while (last > from && at(s, last - 1).kind === 'mark') last--
  let first = last
  while (first > from && tails.has(at(s, first - 1).text)) first--
  return first < last ? [first, last] : undefined
}

// "what's my next meeting"   "when is my first call tomorrow"   "the last thing on my calendar on Friday"   "next meeting"
function readOneOfThem({ s, opening, end, times }: View): IntentReading | undefined {
  const lead = leads.find(s, opening) ?? wholes.find(s, opening)
  const owned = lead?.end ?? opening
  const from = ['the', 'my', 'our'].includes(at(s, owned).text) ? owned + 1 : owned
  const place = at(s, from).text
  if (place !== 'next' && place !== 'first' && place !== 'last') return undefined
  // "first meeting tomorrow", "the last lunch" may be the name of one.
  if (place !== 'next' && (!lead || !times.phrase)) return undefined
  const thing = at(s, from + 1).text === 'thing' ? { from: from + 1, end: from + 2 } : undefined
  const noun = thing ?? findNoun(s, from + 1, Math.min(end, from + 1 + reach), 'event')
  if (!noun || eventPlurals.has(at(s, noun.from).text)) return undefined
  const named = thing === undefined && !(noun.from === from + 1 && general.has(at(s, noun.from).text))
  // "next meeting is at 3" tells; a name that is said without a question may be a new one.
  const rest = at(s, noun.end)
  const whole = rest.kind === 'end' || rest.kind === 'mark'
  if (!lead && (named || !whole || noun.from > from + 1)) return undefined
  if (thing && !['on', 'in', 'for'].includes(rest.text) && !times.phrase) return undefined
  return {
    intent: 'event.find',
    confidence: 0.9,
    titleFrom: named ? from + 1 : whole || rest.text !== 'with' ? end : noun.end,
    content: place,
  }
}

/** Words for any event at all. */
const general = new Set(['meeting', 'event', 'appointment', 'appt'])

const lasting = new Set(['on', 'happening', 'planned', 'scheduled', 'going', 'taking'])

// "is standup still on tomorrow"   "is the retro still happening"
function readStill({ s, opening, end }: View): IntentReading | undefined {
  if (!['is', 'are'].includes(at(s, opening).text)) return undefined
  const from = afterArticle(s, opening + 1)
  const noun = findNoun(s, from, Math.min(end, from + reach), 'event')
  if (!noun || at(s, noun.end).text !== 'still' || !lasting.has(at(s, noun.end + 1).text)) return undefined
  const more = ['place', 'ahead', 'on'].includes(at(s, noun.end + 2).text) ? 1 : 0
  return { intent: 'event.find', confidence: 0.85, titleFrom: from, drop: [[noun.end, noun.end + 2 + more]] }
}

// "show me the retro"   "open Friday's lunch"   "what's the retro about"
function readShown({ s, opening, end, times }: View): IntentReading | undefined {
  const show = showing.find(s, opening)
  const asks = show ?? wholes.find(s, opening)
  if (!asks || !['the', 'my', 'our'].includes(at(s, asks.end).text)) return undefined
  const from = asks.end + 1
  const noun = findNoun(s, from, Math.min(end, from + reach), 'event')
  if (!noun || general.has(at(s, noun.from).text) || eventPlurals.has(at(s, noun.from).text)) return undefined
  // "open my calendar and erase the workshop" asks for something else.
  for (let i = from; i < noun.from; i++) if (at(s, i).kind !== 'word' || at(s, i).text === 'and' || nounAt(s, i)) return undefined
  const tail = show ? undefined : tailOf(s, noun.end, end)
  const after = tail?.[0] === noun.end ? tail[1] : noun.end
  const { kind } = at(s, after)
  const closes = kind === 'end' || kind === 'mark' || times.phraseAt.some((each) => each.from === after && each.to >= end)
  if (!closes || (!show && !tail)) return undefined
  return { intent: 'event.find', confidence: 0.8, titleFrom: from, drop: tail ? [tail] : [] }
}

// "how many meetings do I have tomorrow"   "how much time do I spend in meetings this week"
function readCount({ s, opening, end }: View): IntentReading | undefined {
  const lead = counting.find(s, opening)
  if (!lead || leads.find(s, opening)) return undefined
  const noun = findNoun(s, lead.end, Math.min(end, lead.end + reach + 2), 'event')
  if (!noun || (lead.phrase === 'how many' && !eventPlurals.has(at(s, noun.from).text))) return undefined
  return { intent: 'event.list', confidence: 0.85, titleFrom: end, content: 'count' }
}

function afterArticle(s: Sentence, i: number): number {
  return ['the', 'my', 'our', 'a', 'an'].includes(at(s, i).text) ? i + 1 : i
}
