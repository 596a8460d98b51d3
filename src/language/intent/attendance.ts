import type { PersonReference } from '#core/understanding.ts'
import { readPeople } from '../slots/people.ts'
import { any, inOrder, spelled } from '../text/beginnings.ts'
import { readWhole } from '../text/numbers.ts'
import { table } from '../text/table.ts'
import { at, holds } from '../text/tokens.ts'
import { telling } from '../text/words.ts'
import type { IntentReading } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { readReference } from './subject.ts'
import { says, type View } from './view.ts'

export function readAttendance(view: View): IntentReading | undefined {
  for (const read of readers.from(at(view.s, view.opening).word)) {
    const found = read(view)
    if (found) return found
  }
  return undefined
}

type Question = 'coming' | 'open' | 'there'

const questions = table<Question>({
  'who is coming': 'coming',
  "who's coming": 'coming',
  'who is in': 'coming',
  "who's in": 'coming',
  'who comes': 'coming',
  'who is going': 'coming',
  "who's going": 'coming',
  'who will come': 'coming',
  'who will be there': 'coming',
  'who accepted': 'coming',
  'who has accepted': 'coming',
  'who said yes': 'coming',
  'who answered': 'coming',
  'guest list': 'coming',
  'how many people are coming': 'coming',
  'how many people are going': 'coming',
  'how many people come': 'coming',
  'how many people will come': 'coming',
  'how many are coming': 'coming',
  'how many guests are coming': 'coming',
  'show the answers': 'coming',
  "who hasn't answered": 'open',
  'who has not answered': 'open',
  "who hasn't replied": 'open',
  'who has not replied': 'open',
  "who hasn't responded": 'open',
  'who has not responded': 'open',
  'who is missing': 'open',
  'who was there': 'there',
  'who was at': 'there',
  'who came': 'there',
  'who attended': 'there',
  'who showed up': 'there',
})
const asking = phrasebook(Object.keys(questions))

// "who is coming to lunch"   "who hasn't answered?"   "who was there"   "guest list for the workshop"
function readShow({ s, opening }: View): IntentReading | undefined {
  const found = asking.find(s, opening)
  if (!found) return undefined
  return { intent: 'event.attendees', confidence: 0.88, content: questions[found.phrase] ?? 'coming', ...about(s, found.end) }
}

const leads = new Set(['to', 'for', 'at', 'about', 'of', 'on', 'the', 'my', 'our', 'yet'])

/** The event that a sentence goes on to name; without one, the one touched last. */
function about(s: View['s'], i: number): Pick<IntentReading, 'titleFrom' | 'reference' | 'drop'> {
  let from = i
  while (leads.has(at(s, from).text)) from++
  const reference = readReference(s, from)
  if (reference) return { titleFrom: reference.end, reference: reference.value }
  const { kind } = at(s, from)
  if (kind === 'end' || kind === 'mark') return { titleFrom: s.tokens.length, reference: 'last' }
  const last = s.tokens.length - 1
  return at(s, last).kind === 'mark' ? { titleFrom: from, drop: [[last, last + 1]] } : { titleFrom: from }
}

const reminding = phrasebook(['remind', 'nudge', 'chase', 'ping'])
const whom = new Set(['those', 'everyone', 'everybody', 'all', 'people', 'the', 'anyone', 'them'])
const silent = phrasebook([
  "who haven't answered",
  'who have not answered',
  "who hasn't answered",
  'who has not answered',
  "who haven't replied",
  'who have not replied',
  "who hasn't replied",
  'who has not replied',
  "who haven't responded",
  'who have not responded',
  "who hasn't responded",
  'who has not responded',
  "who didn't answer",
  'who did not answer',
  'without an answer',
])

// "remind those who have not answered"   "nudge everyone who hasn't replied about lunch"
function readRemind({ s, opening }: View): IntentReading | undefined {
  const found = reminding.find(s, opening)
  if (!found) return undefined
  let i = found.end
  while (whom.has(at(s, i).text) && i < found.end + 3) i++
  const who = i > found.end ? silent.find(s, i) : undefined
  return who && { intent: 'event.nudge', confidence: 0.95, ...about(s, who.end) }
}

const seats = new Set(['people', 'persons', 'seats', 'places', 'spots', 'guests', 'attendees', 'participants'])

const limitWord = telling(...seats, 'limit', 'cap', 'restrict')

// "limit the workshop to 5 people"   "cap it at 8"   "the workshop has 5 seats"   "at most 5 people for the workshop"
function readLimit({ s, opening, end }: View): IntentReading | undefined {
  if (!holds(s, limitWord)) return undefined
  const { text } = at(s, opening)
  const caps = text === 'limit' || text === 'cap' || text === 'restrict'
  for (let i = opening; i < Math.min(end, opening + 10); i++) {
    const whole = readWhole(s, i)
    if (!whole) continue
    const seated = seats.has(at(s, whole.end).text)
    const before = at(s, i - 1).text
    const content = String(whole.value)
    if (caps && (before === 'to' || before === 'at')) {
      const named = about(s, opening + 1)
      const drop = [[i - 1, Math.min(s.tokens.length, whole.end + 1)]] as const
      return { intent: 'event.limit', confidence: 0.9, content, ...named, drop }
    }
    if (seated && (before === 'has' || before === 'only'))
      return { intent: 'event.limit', confidence: 0.85, content, ...about(s, opening), drop: [[i - 1, whole.end + 1]] }
    if (seated && i <= opening + 3 && (says(s, opening, 'at most') || says(s, opening, 'max') || says(s, opening, 'only')))
      return { intent: 'event.limit', confidence: 0.85, content, ...about(s, whole.end + 1) }
  }
  return undefined
}

/** "Bob can come" tells something; "@ops may come" allows it. */
const joining = { may: ['join', 'come', 'attend', 'sign', 'rsvp', 'participate'], can: ['join', 'sign', 'rsvp', 'attend'] } as const

// "only @designers may join the workshop"   "limit the workshop to #ops"   "everybody may join the workshop again"
function readCircle(view: View): IntentReading | undefined {
  const { s, opening } = view
  const { text } = at(s, opening)
  if (text === 'only') {
    const circle = circleAt(view, opening + 1)
    return circle && joins(s, circle.to, 'circle', [circle.person])
  }
  const everybody = ['everybody', 'everyone', 'anyone', 'anybody'].includes(text)
  if (everybody) return joins(s, opening + 1, 'everybody', [])
  if (text !== 'limit' && text !== 'restrict') return undefined
  for (let i = opening + 1; i < opening + 10; i++) {
    if (at(s, i).text !== 'to') continue
    const circle = circleAt(view, i + 1)
    if (!circle) return undefined
    const named = about(s, opening + 1)
    return {
      intent: 'event.limit',
      confidence: 0.9,
      content: 'circle',
      ...named,
      drop: [[i, s.tokens.length]],
      given: { people: [circle.person] },
    }
  }
  return undefined
}

/** "may join [the workshop]" */
function joins(s: View['s'], i: number, content: string, people: readonly PersonReference[]): IntentReading | undefined {
  const verbs: readonly string[] = at(s, i).text === 'may' ? joining.may : at(s, i).text === 'can' ? joining.can : []
  if (!verbs.includes(at(s, i + 1).text)) return undefined
  const named = about(s, at(s, i + 1).text === 'sign' && at(s, i + 2).text === 'up' ? i + 3 : i + 2)
  const again = at(s, s.tokens.length - 1).text === 'again' ? ([[s.tokens.length - 1, s.tokens.length]] as const) : []
  return { intent: 'event.limit', confidence: 0.88, content, ...named, drop: [...(named.drop ?? []), ...again], given: { people } }
}

/** "@designers", "<@&4711>", "#ops", "those in #ops", "the group crew": people under one name. */
function circleAt({ s, kept, end }: View, i: number): { readonly person: PersonReference; readonly to: number } | undefined {
  let from = i
  while (circleWords.has(at(s, from).text)) from++
  const entry = kept.get(from)
  if (entry && (entry.kind === 'person' || entry.kind === 'channel')) return { person: { mention: entry.text }, to: entry.to }
  const people = readPeople(s, from, end, kept, false)
  const [person] = people?.people ?? []
  if (people && person) return { person, to: people.to }
  if (from === i || at(s, from).kind !== 'word') return undefined
  const word = at(s, from)
  return {
    person: { name: s.text.slice(word.start, word.end) },
    to: ['team', 'group'].includes(at(s, from + 1).text) ? from + 2 : from + 1,
  }
}

const circleWords = new Set(['those', 'people', 'members', 'member', 'in', 'of', 'with', 'the', 'role', 'group', 'team'])

const deadlines = phrasebook([
  'answers by',
  'answer by',
  'rsvp by',
  'rsvps by',
  'replies by',
  'respond by',
  'reply by',
  'answers until',
  'rsvp until',
])

// "answers by Thursday"   "RSVP by Thursday noon for the workshop"
function readDeadline({ s, opening, times }: View): IntentReading | undefined {
  const found = deadlines.find(s, opening)
  const [stretch] = times.phraseAt
  if (!found || !stretch || stretch.from > found.end + 1) return undefined
  return { intent: 'event.limit', confidence: 0.9, content: 'deadline', ...about(s, stretch.to) }
}

const present = new Set(['present', 'there', 'attended'])
const absent = new Set(['absent', 'missing', 'away'])

const attendanceWord = telling('mark', 'was', 'were', "didn't", 'did', 'came', 'attended')

// "mark Bob as absent from the workshop"   "Ann and Bob were there"   "Kim didn't come to the workshop"
function readMark({ s, kept, opening, end }: View): IntentReading | undefined {
  if (!holds(s, attendanceWord)) return undefined
  const marks = at(s, opening).text === 'mark'
  const people = readPeople(s, marks ? opening + 1 : opening, end, kept, false)
  if (!people) return undefined
  const i = people.to
  if (marks && at(s, i).text === 'as') return marked(s, i + 1, people.people)
  const { text } = at(s, i)
  if (text === 'was' || text === 'were') return marked(s, i + 1, people.people)
  const stayed = ["didn't", 'did'].includes(text) ? (text === 'did' ? i + 2 : i + 1) : 0
  if (stayed && ['come', 'attend', 'show'].includes(at(s, stayed).text)) {
    const from = at(s, stayed + 1).text === 'up' ? stayed + 2 : stayed + 1
    return mark('absent', s, from, people.people)
  }
  return text === 'came' || text === 'attended' ? mark('present', s, i + 1, people.people) : undefined
}

function marked(s: View['s'], i: number, people: readonly PersonReference[]): IntentReading | undefined {
  const { text } = at(s, i)
  const not = text === 'not' ? 1 : 0
  const state = at(s, i + not).text
  if (absent.has(state)) return mark(not ? 'present' : 'absent', s, skipFrom(s, i + not + 1), people)
  return present.has(state) ? mark(not ? 'absent' : 'present', s, i + not + 1, people) : undefined
}

function skipFrom(s: View['s'], i: number): number {
  return at(s, i).text === 'from' ? i + 1 : i
}

function mark(content: 'present' | 'absent', s: View['s'], from: number, people: readonly PersonReference[]): IntentReading {
  return { intent: 'event.mark', confidence: 0.8, content, given: { people }, ...about(s, from) }
}

const readers = inOrder<(view: View) => IntentReading | undefined>([
  [reminding.begins, readRemind],
  [asking.begins, readShow],
  [any, readLimit],
  [spelled('only', 'limit', 'restrict', 'everybody', 'everyone', 'anyone', 'anybody'), readCircle],
  [deadlines.begins, readDeadline],
  [any, readMark],
])
