import { findListName } from '../intent/create.ts'
import type { IntentReading } from '../intent/intent.ts'
import { says, type View } from '../intent/view.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readAllDay } from './all-day.ts'
import { readLengthBefore } from './length.ts'
import { readPeople } from './people.ts'
import { readAlerts, readCalendar, readLocation, readMeetingLink } from './places.ts'
import type { Slots } from './slots.ts'
import { spanOf, type Used } from './used.ts'

export function takeTimes({ s, times }: View, used: Used, slots: Slots) {
  for (const { from, to } of times.phraseAt) {
    used.take(from, to)
    slots.spans.push(spanOf(s, 'when', from, to))
  }
  for (const { from, to } of times.repeatAt) {
    used.take(from, to)
    slots.spans.push(spanOf(s, 'recurrence', from, to))
  }
}

/** An invitation to more is a mistake. */
const mostPeople = 50

/** Who comes, where, on which calendar, with what link and alerts. */
export function fillEvent({ s, kept, times }: View, found: IntentReading, used: Used, slots: Slots) {
  const end = s.tokens.length
  const allDay = found.intent === 'event.create' ? readAllDay(s) : undefined
  if (allDay) {
    slots.allDay = true
    used.take(allDay.from, allDay.to)
    slots.spans.push(spanOf(s, 'when', allDay.from, allDay.to))
  }
  const length = found.intent === 'event.create' ? readLengthBefore(s, found.titleFrom) : undefined
  if (length) used.take(length.from, length.to)
  slots.duration = length?.value ?? (found.intent === 'event.create' ? times.phrase?.length : undefined)
  const alerts = readAlerts(s, found.titleFrom, end)
  if (alerts) {
    slots.alerts = alerts.value
    used.take(alerts.from, alerts.to)
    slots.spans.push(spanOf(s, 'alerts', alerts.from, alerts.to))
  }
  const calendar = readCalendar(s, found.titleFrom, end)
  if (calendar) {
    slots.calendar = calendar.value === '' ? null : calendar.value
    used.take(calendar.from, calendar.to)
    slots.spans.push(spanOf(s, 'calendar', calendar.from, calendar.to))
  }
  const link = readMeetingLink(s, found.titleFrom, end)
  if (link) {
    slots.meetingLink = link.value
    slots.spans.push(spanOf(s, 'meetingLink', link.from, link.to))
  }
  for (let i = found.titleFrom; i < end && slots.people.length < mostPeople; i++) {
    const { text } = at(s, i)
    const invites = text === 'invite' || text === 'inviting' || (text === 'email' && at(s, i - 1).text === 'and')
    if (text !== 'with' && !invites) continue
    const people = readPeople(s, i + 1, end, kept, true)
    if (!people) continue
    slots.people.push(...people.people)
    slots.spans.push(spanOf(s, 'people', people.from, people.to))
    if (invites) used.take(at(s, i - 1).text === 'and' || at(s, i - 1).text === ',' ? i - 1 : i, people.to)
    i = people.to - 1
  }
  const location = readLocation(s, found.titleFrom, end, (index) => !used.isTaken(index) && s.sealed[index] === 0)
  if (location) {
    slots.location = location.value
    used.take(location.from, location.to)
    slots.spans.push(spanOf(s, 'location', location.from, location.to))
  }
  const channel = kept.values().find((entry) => entry.kind === 'channel') ?? readHash(s, found.titleFrom, end)
  if (channel) {
    slots.channel = channel.text
    used.take(
      at(s, channel.from - 1).text === 'in' || at(s, channel.from - 1).text === 'for' || at(s, channel.from - 1).text === 'to'
        ? channel.from - 1
        : channel.from,
      channel.to,
    )
    slots.spans.push(spanOf(s, 'channel', channel.from, channel.to))
  }
}

// "for [#design-team]", where the platform made no link of it
function readHash(
  s: Sentence,
  from: number,
  end: number,
): { readonly from: number; readonly to: number; readonly text: string } | undefined {
  for (let i = from; i < end - 1; i++) {
    if (at(s, i).text !== '#' || !at(s, i + 1).glued || at(s, i + 1).kind !== 'word') continue
    let to = i + 2
    while (at(s, to).glued && (at(s, to).kind !== 'mark' || '-_'.includes(at(s, to).text)) && at(s, to).kind !== 'end') to++
    return { from: i, to, text: s.text.slice(at(s, i).start, at(s, to - 1).end) }
  }
  return undefined
}

/** Whom a reminder is for: me, people, a channel. */
export function fillTarget({ s, kept }: View, found: IntentReading, used: Used, slots: Slots) {
  const i = found.titleFrom
  const first = at(s, i)
  slots.target = { kind: 'me' }
  const others =
    first.text === 'me' && (at(s, i + 1).text === 'and' || at(s, i + 1).text === ',')
      ? readPeople(s, i + 2, s.tokens.length, kept, false)
      : undefined
  if (others) {
    slots.target = { kind: 'people' }
    slots.people.push({ name: 'me' }, ...others.people)
    slots.spans.push(spanOf(s, 'target', i, others.to))
    used.take(i, others.to)
    return
  }
  if (first.text === 'me' || first.text === 'myself') {
    slots.spans.push(spanOf(s, 'target', i, i + 1))
    used.take(i, i + 1)
    return
  }
  // "everyone in #ops": the channel is all of them.
  const everyone = (first.text === 'everyone' || first.text === 'everybody') && (at(s, i + 1).text === 'in' || at(s, i + 1).text === 'on')
  const to = everyone ? i + 2 : i
  const named = takeNamedChannel(s, to, kept, used, slots)
  if (named) {
    used.take(i, to)
    return
  }
  const entry = kept.get(i)
  const broadcast = readBroadcast(s, i)
  if (broadcast > i) {
    slots.target = { kind: 'channel' }
    slots.channel = 'here'
    slots.spans.push(spanOf(s, 'target', i, broadcast))
    used.take(i, broadcast)
    return
  }
  if (
    first.text === 'us' ||
    first.text === 'everyone' ||
    first.text === 'everybody' ||
    says(s, i, 'the team') ||
    says(s, i, 'the channel') ||
    says(s, i, 'this channel')
  ) {
    slots.target = { kind: 'channel' }
    slots.channel = 'here'
    const to = first.text === 'the' || first.text === 'this' ? i + 2 : i + 1
    slots.spans.push(spanOf(s, 'target', i, to))
    used.take(i, to)
    return
  }
  // Nobody knows who "them" is, and the answer says so.
  if (someone.has(first.text) && ['to', 'about', 'that', 'of'].includes(at(s, i + 1).text)) {
    slots.target = { kind: 'people' }
    slots.people.push({ name: s.text.slice(first.start, first.end) })
    slots.spans.push(spanOf(s, 'target', i, i + 1))
    used.take(i, i + 1)
    return
  }
  const team = readTeam(s, i)
  if (team) {
    slots.target = { kind: 'people' }
    slots.people.push({ name: team.name })
    slots.spans.push(spanOf(s, 'target', i, team.to))
    used.take(i, team.to)
    return
  }
  const isRemind = s.tokens[i - 1]?.text === 'remind'
  const people = readPeople(s, i, s.tokens.length, kept, false)
  if (!people || !(isRemind || entry?.kind === 'person' || first.text === '@')) return
  // "remind Buy milk at 5": a capital alone is no person.
  const after = at(s, people.to)
  const addressed =
    entry !== undefined ||
    first.text === '@' ||
    ['to', 'about', 'that', 'of'].includes(after.text) ||
    (after.word.opens && hasMore(s, people.to, used)) ||
    s.sealed[people.to] === 1
  if (!addressed) return
  slots.target = { kind: 'people' }
  slots.people.push(...people.people)
  slots.spans.push(spanOf(s, 'target', people.from, people.to))
  used.take(people.from, people.to)
}

// "<#C12|ops>"   "#ops"   "~ops"
function takeNamedChannel(s: Sentence, i: number, kept: View['kept'], used: Used, slots: Slots): boolean {
  const entry = kept.get(i)
  if (entry?.kind === 'channel') {
    takeChannel(s, entry.text, i, entry.to, used, slots)
    return true
  }
  const { text, start } = at(s, i)
  if (!(text === '#' || s.text[start] === '~') || !at(s, i + 1).glued || at(s, i + 1).kind !== 'word') return false
  let to = i + 2
  while (at(s, to).glued && (at(s, to).kind === 'word' || at(s, to).kind === 'number' || at(s, to).text === '-' || at(s, to).text === '_'))
    to++
  takeChannel(s, s.text.slice(start, at(s, to - 1).end), i, to, used, slots)
  return true
}

const broadcasts = new Set(['here', 'channel', 'everyone'])

// "@here"   "@everyone"   "<!here>", as Slack writes it; the token after it, or `i`
function readBroadcast(s: Sentence, i: number): number {
  if (at(s, i).text === '@') return at(s, i + 1).glued && broadcasts.has(at(s, i + 1).text) ? i + 2 : i
  if (at(s, i).text !== '<' || at(s, i + 1).text !== '!' || !broadcasts.has(at(s, i + 2).text)) return i
  for (let j = i + 3; j < i + 8 && at(s, j).glued; j++) if (at(s, j).text === '>') return j + 1
  return i
}

// "remind [the design team] to ...": a group by its name
function readTeam(s: Sentence, i: number): { readonly name: string; readonly to: number } | undefined {
  if (at(s, i).text !== 'the' && at(s, i).text !== 'our') return undefined
  for (let j = i + 1; j < i + 5 && at(s, j).kind === 'word'; j++) {
    const { text } = at(s, j)
    if (text !== 'team' && text !== 'group' && text !== 'crew' && text !== 'squad') continue
    const leads = ['to', 'about', 'that', 'of'].includes(at(s, j + 1).text) || at(s, j + 1).word.opens
    return j > i + 1 && leads ? { name: s.text.slice(at(s, i + 1).start, at(s, j).end), to: j + 1 } : undefined
  }
  return undefined
}

const someone = new Set(['him', 'her', 'them', 'someone', 'somebody', 'anyone'])

/** "remind Jane tomorrow to call" says what; "remind Stretch tomorrow" says nothing but the name, which is what then. */
function hasMore(s: Sentence, from: number, used: Used): boolean {
  for (let i = from; i < s.tokens.length; i++) if (!used.isTaken(i) && s.tokens[i]?.kind === 'word') return true
  return false
}

function takeChannel(s: Sentence, name: string, from: number, to: number, used: Used, slots: Slots) {
  slots.target = { kind: 'channel' }
  slots.channel = name
  slots.spans.push(spanOf(s, 'channel', from, to))
  used.take(from, to)
}

export function fillList(view: View, found: IntentReading, used: Used, slots: Slots) {
  const { s } = view
  const list = findListName(view, found.titleFrom - 1)
  if (!list) return
  used.take(list.from, list.to)
  const [from, to] = list.name
  if (from < to) {
    slots.list = s.text.slice(at(s, from).start, at(s, to - 1).end)
    slots.spans.push(spanOf(s, 'list', from, to))
  }
}

// "in my [Recipes] folder"   "to the [Work] folder"
export function fillFolder({ s }: View, found: IntentReading, used: Used, slots: Slots) {
  for (let i = found.titleFrom; i < s.tokens.length; i++) {
    if (at(s, i).text !== 'folder' && at(s, i).text !== 'notebook') continue
    for (let j = i - 1; j >= Math.max(found.titleFrom, i - 6); j--) {
      if (!['in', 'to', 'into', 'under', 'from'].includes(at(s, j).text)) continue
      const named = ['my', 'the', 'our'].includes(at(s, j + 1).text) ? j + 2 : j + 1
      if (named >= i) return
      slots.list = s.text.slice(at(s, named).start, at(s, i - 1).end)
      slots.spans.push(spanOf(s, 'list', named, i))
      used.take(j, i + 1)
      return
    }
  }
}

/** "with content ...", ": ...": the body of a note. */
export function contentOf(
  s: Sentence,
  from: number,
): { readonly text: string; readonly start: number; readonly end: number; readonly from: number } | undefined {
  for (let i = from + 1; i < s.tokens.length - 1; i++) {
    if (
      at(s, i).text !== 'content' &&
      !(at(s, i).text === 'saying' && i > from + 1) &&
      !(at(s, i).text === 'text' && at(s, i - 1).text === 'with')
    )
      continue
    const start = at(s, i - 1).text === 'with' ? i - 1 : i
    let j = i + 1
    if (at(s, j).text === 'about' || at(s, j).text === ':' || at(s, j).text === 'that') j++
    const begin = s.tokens[j]?.start
    if (begin === undefined) return undefined
    const body = s.text.slice(begin).trim()
    return { text: body, start: begin, end: begin + body.length, from: start }
  }
  return undefined
}
