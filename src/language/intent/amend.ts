import type { Way } from '../change/change.ts'
import { readColour } from '../change/colour.ts'
import { readTimeOrHour } from '../change/new-time.ts'
import { readPartNamed } from '../change/other.ts'
import { readRepeat } from '../repeat/read.ts'
import { readAllDay } from '../slots/all-day.ts'
import { readPeople } from '../slots/people.ts'
import { readLocation, readMeetingLink, readPlaceNow } from '../slots/places.ts'
import { leadsOnwards } from '../slots/scope.ts'
import { any, inOrder, spelled } from '../text/beginnings.ts'
import { table } from '../text/table.ts'
import { at, holds, type Sentence } from '../text/tokens.ts'
import { telling } from '../text/words.ts'
import { readAmount } from '../time/amount.ts'
import { findListName } from './create-todo.ts'
import type { IntentReading } from './intent.ts'
import { behindRepeats, newBehindName } from './series.ts'
import { findNoun, nounAt, says, type View } from './view.ts'

const pronouns = new Set(['it', 'that', 'this'])

const owned = new Set(['the', 'my', 'our'])

const update = (confidence: number, way: Way, from: number, reference = false): IntentReading => ({
  intent: 'event.update',
  confidence,
  titleFrom: from,
  change: { way, from },
  ...(reference ? { reference: 'last' as const } : {}),
})

export function readAmend(view: View): IntentReading | undefined {
  for (const read of readers.from(at(view.s, view.opening).word)) {
    const found = read(view)
    if (found) return found
  }
  return undefined
}

// "make it 45 minutes"   "make that Thursday"   "set it to 4"   "make the standup an hour long"   "make it weekly"
function readMake({ s, kept, opening, end }: View): IntentReading | undefined {
  const { text } = at(s, opening)
  if (text !== 'make' && text !== 'set') return undefined
  // "set the location of the retro to room 2"
  const part = text === 'set' ? readPartNamed(s, opening + 1) : undefined
  if (part?.part === 'name' && end < s.tokens.length) return update(0.85, 'move', opening + 1, part.to >= end)
  if (part && part.part !== 'name' && at(s, part.to - 1).text === 'of' && findNoun(s, part.to, Math.min(end, part.to + 6), 'event'))
    return update(0.85, 'move', opening + 1)
  const whole = readAllDay(s)
  if (whole && !['a', 'an'].includes(at(s, opening + 1).text) && whole.from > opening + 1) {
    const given = { change: { allDay: true } } as const
    const drop = [[whole.from, ['event', 'one'].includes(at(s, whole.to).text) ? whole.to + 1 : whole.to]] as const
    const pointed = pronouns.has(at(s, opening + 1).text)
    return {
      intent: 'event.update',
      confidence: 0.85,
      titleFrom: opening + (pointed ? 2 : 1),
      drop,
      given,
      ...(pointed ? { reference: 'last' } : {}),
    }
  }
  if (pronouns.has(at(s, opening + 1).text)) {
    const from = at(s, opening + 2).text === 'to' && text === 'set' ? opening + 3 : opening + 2
    return isNew(s, from, end) || kept.get(from)?.kind === 'link' ? update(0.85, 'make', from, true) : undefined
  }
  const ringing =
    text === 'make' && owned.has(at(s, opening + 1).text) ? findNoun(s, opening + 1, Math.min(end, opening + 6), 'reminder') : undefined
  if (ringing && isNew(s, ringing.end, end))
    return { ...update(0.85, 'make', ringing.end), intent: 'reminder.update', titleFrom: opening + 1, drop: [[ringing.from, ringing.end]] }
  const noun = findNoun(s, opening + 1, Math.min(end, opening + 6), 'event')
  if (text === 'make' && noun && newBehindName(s, opening + 1, end))
    return { ...update(0.85, 'make', opening + 1), drop: [[noun.end, behindRepeats(s, noun.end)]] }
  // "make the retro longer": by how much is asked
  if (text === 'make' && noun && sizes.has(at(s, noun.end).text) && closesLength(s, noun.end + 1))
    return { ...update(0.85, 'make', opening + 1), drop: [[noun.end, noun.end + 1]] }
  const after = noun && readAmount(s, noun.end)
  // "make standup 20 minutes [from Friday on]"
  const closes = after && (closesLength(s, after.end) || leadsOnwards(s, after.end))
  if (text !== 'make' || !after || !closes) return undefined
  // "make standup 20 minutes [instead of 15]"
  const old = ['instead', 'not'].includes(at(s, after.end).text) ? [[after.end, end] as const] : []
  return { ...update(0.8, 'make', opening + 1), drop: old }
}

const sizes = new Set(['longer', 'shorter', 'earlier', 'later'])

function closesLength(s: Sentence, i: number): boolean {
  const { kind, text } = at(s, i)
  return kind === 'end' || kind === 'mark' || ['long', 'longer', 'shorter', 'instead', 'not', 'now'].includes(text)
}

/** Whether something that can be new stands here: a time, a length, a place, a link. */
function isNew(s: Sentence, i: number, end: number): boolean {
  const { text } = at(s, i)
  if (['longer', 'shorter', 'earlier', 'later', 'end', 'start'].includes(text)) return true
  if (readColour(s, i) || readAmount(s, i) || readTimeOrHour(s, i) || (s.repeating && readRepeat(s, i))) return true
  const article = text === 'a' || text === 'an' ? i + 1 : i
  if (readMeetingLink(s, article, Math.min(end, article + 2))) return true
  return text === 'in' || text === 'at' || text === '@' ? placeAt(s, i, end) !== undefined : false
}

function placeAt(s: Sentence, i: number, end: number) {
  return readLocation(s, i, end, (index) => s.sealed[index] === 0) ?? readPlaceNow(s, i, end)
}

// "bring the review forward an hour"   "bring forward my 3pm"
function readBring({ s, opening, end, times }: View): IntentReading | undefined {
  if (at(s, opening).text !== 'bring') return undefined
  const reference = pronouns.has(at(s, opening + 1).text)
  for (let i = opening + 1; i < Math.min(end, opening + 8); i++) {
    if (!['forward', 'forwards', 'ahead'].includes(at(s, i).text)) continue
    const known =
      reference ||
      times.phrase ||
      findNoun(s, opening + 1, end) ||
      readAmount(s, at(s, i + 1).text === 'by' ? i + 2 : i + 1) ||
      growsBy(s, i, end)
    return known ? update(0.88, 'earlier', reference ? opening + 2 : opening + 1, reference) : undefined
  }
  return undefined
}

/** "bring forward the picnic [by a day]" */
function growsBy(s: Sentence, from: number, end: number): boolean {
  for (let i = from; i < end; i++) if (at(s, i).text === 'by' && readAmount(s, i + 1)) return true
  return false
}

const resizing = table<Way>({
  shorten: 'shorter',
  trim: 'shorter',
  cut: 'shorter',
  lengthen: 'longer',
  prolong: 'longer',
})

// "shorten the review to 30 minutes"   "cut it by 10 minutes"   "lengthen standup by 5 minutes"
function readLengthen({ s, opening, end }: View): IntentReading | undefined {
  const way = resizing[at(s, opening).text]
  if (!way) return undefined
  const reference = pronouns.has(at(s, opening + 1).text)
  const known = reference || ['the', 'my', 'our'].includes(at(s, opening + 1).text) || findNoun(s, opening + 1, opening + 6, 'event')
  for (let i = opening + 2; i < Math.min(end, opening + 10); i++)
    if (readAmount(s, i) && (way === 'longer' || ['by', 'to'].includes(at(s, i - 1).text)))
      return known ? update(0.88, way, reference ? opening + 2 : opening + 1, reference) : undefined
  return undefined
}

// "it's in room 5 now"   "that is at 4pm now"   "it will be in the Oak room instead"
function readItIs({ s, opening, end, address }: View): IntentReading | undefined {
  const { text } = at(s, opening)
  const long =
    says(s, opening, 'it will be') || says(s, opening, 'that will be')
      ? 3
      : says(s, opening, 'it is') || says(s, opening, 'that is')
        ? 2
        : 0
  const short = text === "it's" || text === 'its' || text === "that's" || text === "it'll" ? 1 : 0
  const from = opening + (long || short)
  if (from === opening || end - from > 9) return undefined
  const start = at(s, from).text === 'now' || at(s, from).text === 'be' ? from + 1 : from
  const changed = start > from || hasWord(s, start, end, 'now') || hasWord(s, start, end, 'instead')
  if (changed && address?.from === start)
    return { intent: 'event.update', confidence: 0.75, titleFrom: end, reference: 'last', given: { change: { location: address.value } } }
  if (!changed || !['in', 'at', '@', 'on', 'from'].includes(at(s, start).text) || !isNew(s, start, end)) return undefined
  return update(0.75, 'make', start, true)
}

const happening = new Set(['is', 'starts', 'begins'])
const changedWord = telling('now', 'instead')

// "standup is in room 5 now"   "the review is now at 4"
function readThingIs({ s, opening, end, times, address }: View): IntentReading | undefined {
  // "from tomorrow on, standup is at 9:30"
  const lead = ['from', 'starting'].includes(at(s, opening).text) ? times.phraseAt.find(({ from }) => from <= opening + 1) : undefined
  if (!lead && !holds(s, changedWord)) return undefined
  for (let i = opening + 1; i < Math.min(end, opening + 8); i++) {
    if (!happening.has(at(s, i).text)) continue
    const start = at(s, i + 1).text === 'now' ? i + 2 : i + 1
    const changed = start > i + 1 || lead !== undefined || hasWord(s, start, end, 'now') || hasWord(s, start, end, 'instead')
    if (changed && address?.from === start && findNoun(s, opening, i, 'event'))
      return {
        intent: 'event.update',
        confidence: 0.8,
        titleFrom: opening,
        drop: [[i, end]],
        given: { change: { location: address.value } },
      }
    const known = findNoun(s, opening, i, 'event') && ['in', 'at', '@', 'on', 'from'].includes(at(s, start).text)
    if (!changed || !known || !isNew(s, start, end)) return undefined
    const place = times.phraseAt.some(({ to }) => to <= i) ? placeAt(s, start, end) : undefined
    // "the review on Friday is in room 5 now"
    const given = place && { change: { location: place.value, ...(times.phrase ? { from: times.phrase } : {}) } }
    return given
      ? { intent: 'event.update', confidence: 0.8, titleFrom: opening, drop: [[i, end]], given }
      : { ...update(0.8, 'make', start), titleFrom: opening, drop: [[i, start]] }
  }
  return undefined
}

function hasWord(s: Sentence, from: number, end: number, word: string): boolean {
  for (let i = from; i < end; i++) if (at(s, i).text === word) return true
  return false
}

const insteadWord = telling('instead')

// "4pm instead"   "tomorrow at 10 instead, please"   "remind me at 5 instead"
function readInstead({ s, opening, end, times }: View): IntentReading | undefined {
  if (!holds(s, insteadWord)) return undefined
  const reminds = at(s, opening).text === 'remind' && at(s, opening + 1).text === 'me'
  const doing = says(s, opening, 'do it') || says(s, opening, 'do that') ? 2 : at(s, opening).text === 'do' ? 1 : 0
  const from = opening + (reminds ? 2 : doing)
  const first = times.phraseAt[0] ?? times.repeatAt[0]
  const hour = readTimeOrHour(s, from)
  const to = first?.from === from ? first.to : hour?.end
  if (to === undefined || at(s, to).text !== 'instead' || (at(s, to + 1).kind === 'word' && to + 2 < end)) return undefined
  return { ...update(0.85, 'make', from, true), ...(reminds ? { intent: 'reminder.update' as const } : {}) }
}

// "call it Budget review": what follows is sealed as its new name
function readCallIt({ s, opening, end }: View): IntentReading | undefined {
  return at(s, opening).text === 'call' && end === opening + 1 && s.tokens[end]?.text === 'it' && end + 1 < s.tokens.length
    ? update(0.8, 'move', end, true)
    : undefined
}

const inviting = new Set(['add', 'invite', 'include'])

/** "invite [mark] to the standup": beside an event that is there, a word in small letters may be a name. */
function joinsEvent({ s, opening, end }: View): boolean {
  for (let i = opening + 2; i < Math.min(end, opening + 8); i++) {
    if (at(s, i).text !== 'to' && at(s, i).text !== 'into') continue
    const next = at(s, i + 1)
    return (owned.has(next.text) || next.text.endsWith("'s")) && findNoun(s, i + 1, end, 'event') !== undefined
  }
  return false
}

// "add Jane to lunch"   "invite @kim and jo@example.org to the review"   "add Bob too"
function readAddPeople(view: View): IntentReading | undefined {
  const { s, kept, opening, end, times } = view
  if (!inviting.has(at(s, opening).text)) return undefined
  const from = opening + 1
  const link = readMeetingLink(s, ['a', 'an', 'the'].includes(at(s, from).text) ? from + 1 : from, Math.min(end, from + 3))
  const people = link ? { to: at(s, link.to).text === 'link' ? link.to + 1 : link.to } : readPeople(s, from, end, kept, joinsEvent(view))
  if (!people) return undefined
  const to = people.to
  const after = at(s, to)
  if (after.text === 'too' || (after.text === 'as' && at(s, to + 1).text === 'well') || (after.kind === 'end' && kept.has(from)))
    return update(0.8, 'add', from, true)
  if (after.text !== 'to' && after.text !== 'into') return undefined
  if (pronouns.has(at(s, to + 1).text)) return { ...update(0.88, 'add', from, true), titleFrom: to + 2 }
  if (findListName(view, opening) || findNoun(s, to, end, 'calendar')) return undefined
  const group = findNoun(s, to, end, 'group')
  const event = findNoun(s, to, end, 'event')
  if (group && !event) return { ...update(0.9, 'add', from), intent: 'group.update', titleFrom: to + 1, drop: [[group.from, group.end]] }
  const known = ['the', 'my', 'our', 'this'].includes(at(s, to + 1).text) || times.phraseAt.some((each) => each.from === to + 1)
  if (at(s, opening).text === 'invite' && !known) return undefined
  return event || (known && (times.phrase || link)) ? update(0.88, 'add', from) : undefined
}

const removing = new Set(['remove', 'drop', 'uninvite', 'disinvite', 'take', 'kick'])

// "remove Bob from the standup"   "uninvite jo@example.org"   "take Kim off the review"
function readRemovePeople(view: View): IntentReading | undefined {
  const { s, kept, opening, end, times } = view
  const { text } = at(s, opening)
  if (!removing.has(text)) return undefined
  const from = opening + 1
  const firm = readPeople(s, from, end, kept, false)
  const people = firm ?? (nounAt(s, from) ? undefined : readPeople(s, from, end, kept, true))
  if (!people) return undefined
  const { to } = people
  if (text === 'uninvite' || text === 'disinvite') return update(0.9, 'remove', from, at(s, to).kind === 'end')
  if (at(s, to).text !== 'from' && at(s, to).text !== 'off') return undefined
  if (pronouns.has(at(s, to + 1).text)) return { ...update(0.88, 'remove', from, true), titleFrom: to + 2 }
  if (findListName(view, opening) || findNoun(s, to, end, 'calendar')) return undefined
  const group = findNoun(s, to, end, 'group')
  const event = findNoun(s, to, end, 'event')
  if (group && !event) return { ...update(0.9, 'remove', from), intent: 'group.update', titleFrom: to + 1, drop: [[group.from, group.end]] }
  return event || (firm && times.phrase) ? update(0.88, 'remove', from) : undefined
}

/** Sentences that change something without saying "change", "move" or "reschedule". */
export const readers = inOrder<(view: View) => IntentReading | undefined>([
  [spelled('make', 'set'), readMake],
  [spelled('bring'), readBring],
  [spelled(...Object.keys(resizing)), readLengthen],
  [spelled('it', 'that', "it's", 'its', "that's", "it'll"), readItIs],
  [any, readThingIs],
  [any, readInstead],
  [spelled('call'), readCallIt],
  [spelled(...inviting), readAddPeople],
  [spelled(...removing), readRemovePeople],
])
