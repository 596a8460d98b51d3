import type { PersonReference } from '#core/understanding.ts'
import { readPeople } from '../slots/people.ts'
import { readAlerts, readCalendar, readLocation, readMeetingLink, readPlaceNow, readWholeName } from '../slots/places.ts'
import { table } from '../text/table.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { ChangeReader } from './change.ts'

// "add [Jane and Bob to] lunch"   "invite [@kim to] the review"   "add a call [with Jo]" is no such thing
export const readAdded: ChangeReader = ({ s, kept, way, from, end }, i) => {
  if (way !== 'add' || i !== from) return undefined
  const known = readPeople(s, i, end, kept, at(s, i - 1).text === 'invite')
  // "add [zoe to] the standup": what stands before the article of a thing that is there is a name in small letters too.
  const people = known ?? (namesThing(s, readPeople(s, i, end, kept, true)?.to ?? i) ? readPeople(s, i, end, kept, true) : undefined)
  if (!people || ended(s, people.to) === undefined) return undefined
  return { value: { addPeople: people.people }, end: ended(s, people.to) ?? people.to }
}

function namesThing(s: Sentence, to: number): boolean {
  const next = at(s, to + 1).text
  return at(s, to).text === 'to' && (['the', 'my', 'our'].includes(next) || next.endsWith("'s"))
}

// "remove [Bob from] the standup"   "uninvite [jo@example.org]"
export const readRemoved: ChangeReader = ({ s, kept, way, from, end }, i) => {
  if (way !== 'remove' || i !== from) return undefined
  const people = readPeople(s, i, end, kept, true)
  return people && { value: { removePeople: people.people }, end: at(s, people.to).text === 'from' ? people.to + 1 : people.to }
}

/** After "Jane": "to the ...", "too", or nothing. */
function ended(s: Sentence, i: number): number | undefined {
  const { text, kind } = at(s, i)
  if (text === 'to' || text === 'into') return i + 1
  return kind === 'end' || kind === 'mark' || text === 'too' || text === 'as' ? i : undefined
}

// "... and [invite Jane and Bob]"   "... and [remove Kim]"   "[without Bob]"
export const readMorePeople: ChangeReader = ({ s, kept, end }, i) => {
  const { text } = at(s, i)
  const adds = text === 'invite' || text === 'add' || text === 'include'
  const removes = text === 'remove' || text === 'uninvite' || text === 'without'
  if (!adds && !removes) return undefined
  const people = readPeople(s, i + 1, end, kept, false)
  if (!people) return undefined
  const list: readonly PersonReference[] = people.people
  return { value: adds ? { addPeople: list } : { removePeople: list }, end: people.to }
}

// "move it [to the Oak room]"   "it's [in room 5] now"   "[@ HQ]"   "move it [to Side project]", which may be a calendar
export const readNewPlace: ChangeReader = ({ s, way, end }, i) => {
  const { text } = at(s, i)
  if (text !== 'to' && text !== 'in' && text !== 'at' && text !== '@') return undefined
  const isFree = (index: number) => s.sealed[index] === 0
  const name = way === 'move' ? readWholeName(s, i, end) : undefined
  if (name) return { value: { location: name.value, calendar: name.value }, end: name.to }
  const found = readPlaceNow(s, i, end) ?? readLocation(s, i, Math.min(end, i + 10), isFree, true)
  return found?.from === i ? { value: { location: found.value }, end: found.to } : undefined
}

// "move lunch [to my Work calendar]"
export const readNewCalendar: ChangeReader = ({ s, end }, i) => {
  const { text } = at(s, i)
  if (text !== 'to' && text !== 'in' && text !== 'into' && text !== 'onto') return undefined
  const found = readCalendar(s, i, Math.min(end, i + 7))
  return found?.from === i && found.value !== '' ? { value: { calendar: found.value }, end: found.to } : undefined
}

// "[remind me 10 minutes before]"   "[with an alert 5 minutes before]"
export const readNewAlerts: ChangeReader = ({ s, end }, i) => {
  const found = readAlerts(s, i, Math.min(end, i + 12))
  return found?.from === i ? { value: { alerts: found.value }, end: found.to } : undefined
}

// "make it [a zoom call]"   "add [a meet link to] it"
export const readNewLink: ChangeReader = ({ s, way, from, end }, i) => {
  if ((way !== 'make' && way !== 'add') || i !== from) return undefined
  const start = ['a', 'an', 'the'].includes(at(s, i).text) ? i + 1 : i
  const found = readMeetingLink(s, start, Math.min(end, start + 2))
  if (!found) return undefined
  let to = found.to
  if (['call', 'link', 'meeting'].includes(at(s, to).text)) to++
  return { value: { meetingLink: found.value }, end: at(s, to).text === 'to' ? to + 1 : to }
}

type Part = 'location' | 'content' | 'name' | 'time' | 'end'

const parts = table<Part>({
  location: 'location',
  place: 'location',
  venue: 'location',
  room: 'location',
  description: 'content',
  agenda: 'content',
  details: 'content',
  text: 'content',
  content: 'content',
  title: 'name',
  name: 'name',
  subject: 'name',
  time: 'time',
  date: 'time',
  day: 'time',
  start: 'time',
  length: 'time',
  duration: 'time',
  end: 'end',
})

export interface NamedPart {
  readonly part: Part
  readonly from: number
  readonly to: number
}

/** "change [the location of] lunch": which part of the thing is meant, and the words that name it. */
export function readPartNamed(s: Sentence, from: number): NamedPart | undefined {
  const first = ['the', 'its'].includes(at(s, from).text) ? from + 1 : from
  const part = parts[at(s, first).text]
  if (!part) return undefined
  const word = at(s, first + 1).text === 'time' || at(s, first + 1).text === 'date' ? first + 2 : first + 1
  const { text } = at(s, word)
  if (text === 'of' || text === 'for' || text === 'on') return { part, from, to: word + 1 }
  return text === 'to' ? { part, from, to: word } : undefined
}

// "change the location of lunch [to the roof terrace]": all the rest
export function readPartSaid(s: Sentence, from: number, end: number) {
  let to = from
  while (to < end && at(s, to).text !== 'to') to++
  const first = at(s, to + 1).text === 'the' ? to + 2 : to + 1
  const last = s.tokens[end - 1]
  return first < end && last ? { from: to, to: end, text: s.text.slice(s.tokens[first]?.start, last.end) } : undefined
}
