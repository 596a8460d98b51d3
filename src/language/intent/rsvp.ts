import type { Rsvp } from '#core/understanding.ts'
import { oneOf, remembered, spelled } from '../text/beginnings.ts'
import { table } from '../text/table.ts'
import { at } from '../text/tokens.ts'
import type { IntentReading } from './intent.ts'
import { thingsAt } from './many.ts'
import { phrasebook } from './phrasebook.ts'
import { readReference } from './subject.ts'
import { findNoun, says, type View } from './view.ts'

/** Words that answer an invitation whatever follows, and words that do so only beside something planned. */
const clear = {
  accepted: [
    'accept',
    'attend',
    'attending',
    "i'll attend",
    'i will attend',
    'rsvp yes',
    'count me in',
    'count me in for',
    'put me down for',
    'i can make it to',
    'i can come to',
    "i'll be there",
    'i will be there',
    "i'll be there for",
    'i will be there for',
  ],
  declined: [
    'decline',
    'reject',
    'rsvp no',
    'count me out',
    'count me out of',
    'count me out for',
    "i can't make it to",
    "can't make it to",
    'cannot make it to',
    'i cannot make it to',
    'cant make it',
    'cant make it to',
    "i won't make it to",
    'i wont make it to',
    'i cant make it to',
    "i won't attend",
    'i will not attend',
    "i can't attend",
    'i cannot attend',
    "i can't make it",
    'i cannot make it',
    "can't make it",
  ],
  tentative: ['tentatively accept', 'accept tentatively', 'tentatively', 'rsvp maybe', 'rsvp tentative'],
} as const
const beside = {
  accepted: [
    'yes to',
    'yes for',
    "i'm coming to",
    "i'm going to",
    "i'm in for",
    'i can make',
    "i'll come to",
    'i will come to',
    "i'm coming for",
    "i'll make it to",
    "i'll be at",
    'i will be at',
    "i'll join",
    'i will join',
  ],
  declined: [
    'no to',
    "i can't make",
    "can't make",
    'cannot make',
    "i won't make",
    "i'm not coming to",
    "i'm not going to",
    "i won't be at",
    'i will not make it to',
    'i will not be at',
    "i can't come to",
    'i cannot come to',
    "i can't join",
    'i will miss',
    "i'll miss",
    "i'll skip",
  ],
  tentative: [
    'maybe to',
    'maybe for',
    'tentative to',
    'tentative for',
    'i might come to',
    'i might attend',
    'i may come to',
    'i might join',
    'i might make it to',
  ],
} as const

const meanings = new Map<string, Rsvp>()
for (const group of [clear, beside])
  for (const [rsvp, phrases] of Object.entries(group)) for (const phrase of phrases) meanings.set(phrase, rsvp as Rsvp)
const book = phrasebook([...meanings.keys()])
/** What `readRsvp` begins with. */
export const rsvpWord = remembered(oneOf(book.begins, spelled('mark', 'put', 'set', 'sorry', 'unfortunately')))
const firm = new Set<string>(Object.values(clear).flat())

// "accept the meeting at 3"   "decline that"   "I can't make it to the review"   "RSVP maybe to Friday's dinner"   "mark me as tentative for lunch"
export function readRsvp(view: View): IntentReading | undefined {
  const { s, opening, end, times } = view
  const marked = readMarked(s, opening)
  // "sorry, ...", "unfortunately I can't make it to lunch"
  const found =
    book.find(s, 0) ??
    book.find(s, opening) ??
    (['sorry', 'unfortunately'].includes(at(s, 0).text) ? book.find(s, at(s, 1).text === ',' ? 2 : 1) : undefined)
  const rsvp = marked?.rsvp ?? (found && meanings.get(found.phrase))
  const from = marked?.end ?? found?.end
  if (rsvp === undefined || from === undefined) return undefined
  const all = readAll(view, from)
  if (all) return { intent: 'event.rsvp', confidence: 0.85, rsvp, every: true, ...all }
  const sure = marked !== undefined || (found !== undefined && /accept|it to|^(?:yes|no|maybe)/.test(found.phrase))
  const planned =
    found?.phrase.startsWith('rsvp') === true ||
    findNoun(s, from, Math.min(end, from + 8), 'event') !== undefined ||
    times.phrase !== undefined ||
    (sure && owned.has(at(s, from).text))
  const alone = at(s, from).kind !== 'word'
  if (!marked && found && !firm.has(found.phrase) && !planned) return undefined
  // "count me in for bowling": whatever follows is planned. "attend to the oven", "accept cookies": nothing planned.
  const named = found !== undefined && names.test(found.phrase) && end - from <= longestName
  if (!planned && !named && !alone && !readReference(s, from) && found?.phrase !== 'decline' && !marked) return undefined
  const comment = commentAfter(s, from)
  const reference = readReference(s, from) ?? (alone ? { value: 'last' as const, end: from } : undefined)
  return {
    intent: 'event.rsvp',
    confidence: found && firm.has(found.phrase) ? 0.85 : 0.75,
    titleFrom: reference?.end ?? from,
    rsvp,
    ...(comment ? { content: comment.text, drop: [[comment.from, s.tokens.length] as const] } : {}),
    ...(reference ? { reference: reference.value } : {}),
  }
}

/** Such an answer goes on with what is planned, whatever that is called. */
const names =
  /^(?:count me|put me down|i'll be there|i will be there|i can (?:make it|come)|(?:i )?(?:can't|cant|cannot|won't|wont) make it).* (?:for|to|of)$/
const longestName = 5

const invitationWords = new Set(['invitations', 'invites', 'invitation', 'invite'])

// "accept [all invitations]"   "decline [everything on Friday]"   "decline [all my standups next week]"
function readAll(view: View, from: number): Pick<IntentReading, 'titleFrom' | 'given'> | undefined {
  const { s } = view
  const things = thingsAt(view, from)
  if (things) {
    const named = invitationWords.has(`${things.words}s`) || at(s, from).text === 'everything'
    // "accept all cookies": nothing planned.
    if (!things.isKnown && !named && !view.times.phrase) return undefined
    const words = invitationWords.has(`${things.words}s`) ? '' : things.words
    return things.family === 'event' || things.family === undefined ? { titleFrom: things.from, given: { title: words } } : undefined
  }
  let i = from
  while (['all', 'my', 'the', 'open', 'pending', 'of'].includes(at(s, i).text)) i++
  return at(s, i).text === 'invitations' || at(s, i).text === 'invites' ? { titleFrom: i + 1, given: { title: '' } } : undefined
}

const reasons = new Set(['because', 'since', ':', ';', '-', ','])

// "no to the review[, I am travelling]"   "I can't make it to lunch [because] of the train"
function commentAfter(s: View['s'], i: number): { readonly text: string; readonly from: number } | undefined {
  for (let j = i; j < s.tokens.length - 1; j++) {
    const sentence = at(s, j).text === '.' && !at(s, j + 1).glued
    if (!sentence && !reasons.has(at(s, j).text)) continue
    if (at(s, j).text === '-' && at(s, j).glued) continue
    const because = at(s, j).kind === 'word'
    const first = s.tokens[because ? j : j + 1]
    return first && { text: s.text.slice(first.start).trim(), from: j }
  }
  return undefined
}

const owned = new Set(['the', 'my', 'our', 'your'])

const states = table<Rsvp>({
  attending: 'accepted',
  going: 'accepted',
  coming: 'accepted',
  accepted: 'accepted',
  yes: 'accepted',
  declined: 'declined',
  absent: 'declined',
  no: 'declined',
  tentative: 'tentative',
  maybe: 'tentative',
})

// "mark me as attending"   "put me down as a maybe for Friday's dinner"
function readMarked(s: View['s'], i: number): { readonly rsvp: Rsvp; readonly end: number } | undefined {
  const lead = says(s, i, 'mark me as') ? 3 : says(s, i, 'put me down as') ? 4 : says(s, i, 'set me to') ? 3 : 0
  if (lead === 0) return undefined
  let j = i + lead
  if (at(s, j).text === 'a' || at(s, j).text === 'as') j++
  const not = at(s, j).text === 'not' ? 1 : 0
  const state = states[at(s, j + not).text]
  if (!state) return undefined
  return { rsvp: not ? 'declined' : state, end: j + not + 1 }
}
