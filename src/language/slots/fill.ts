import { findListName } from '../intent/create-todo.ts'
import type { IntentReading } from '../intent/intent.ts'
import { shownList } from '../intent/lists.ts'
import type { View } from '../intent/view.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readAllDay } from './all-day.ts'
import { readLengthBefore } from './length.ts'
import { readPeople } from './people.ts'
import { type Placed, readAlerts, readCalendar, readLocation, readMeetingLink, readShownCalendar } from './places.ts'
import { readSeats } from './seats.ts'
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
export function fillEvent({ s, kept, times, address, opening }: View, found: IntentReading, used: Used, slots: Slots) {
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
  const limit = found.intent === 'event.create' ? readSeats(s, found.titleFrom, end) : undefined
  if (limit) {
    slots.capacity = limit.value
    used.take(limit.from, limit.to)
  }
  const said = found.intent === 'event.create' ? readDescription(s, found.titleFrom, end) : undefined
  if (said) {
    slots.content = said.value
    used.take(said.from, said.to)
    slots.spans.push(spanOf(s, 'content', said.from, said.to))
  }
  const calendar = readCalendar(s, found.titleFrom, end) ?? (found.intent === 'event.list' ? readShownCalendar(s, end) : undefined)
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
  const peopleFrom = found.intent === 'event.list' ? opening : found.titleFrom
  for (let i = peopleFrom; i < end && slots.people.length < mostPeople; i++) {
    const { text } = at(s, i)
    const invites = text === 'invite' || text === 'inviting' || (text === 'email' && at(s, i - 1).text === 'and')
    const short = text === 'w' && at(s, i + 1).text === '/' && at(s, i + 1).glued
    if (text !== 'with' && !short && !invites) continue
    const people = readPeople(s, short ? i + 2 : i + 1, end, kept, true)
    if (!people) continue
    slots.people.push(...people.people)
    slots.spans.push(spanOf(s, 'people', people.from, people.to))
    if (invites) used.take(at(s, i - 1).text === 'and' || at(s, i - 1).text === ',' ? i - 1 : i, people.to)
    i = people.to - 1
  }
  const location = address ?? readLocation(s, found.titleFrom, end, (index) => !used.isTaken(index) && s.sealed[index] === 0)
  if (location) {
    slots.location = location.value
    used.take(location.from, location.to)
    slots.spans.push(spanOf(s, 'location', location.from, location.to))
  }
  const channel = kept.values().find((entry) => entry.kind === 'channel') ?? readHash(s, found.titleFrom, end)
  if (channel && channel.text !== slots.calendar) {
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

const describing = new Set(['description', 'details', 'notes'])

// "kickoff on Friday at 10, [description: bring the slides]": all the rest
function readDescription(s: Sentence, from: number, end: number): Placed<string> | undefined {
  for (let i = from + 1; i < end - 2; i++) {
    if (!describing.has(at(s, i).text) || at(s, i + 1).text !== ':') continue
    const first = [',', '.', ';', '-'].includes(at(s, i - 1).text) ? i - 1 : i
    return { value: s.text.slice(s.tokens[i + 2]?.start, s.tokens[end - 1]?.end), from: first, to: end }
  }
  return undefined
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

export function fillList(view: View, found: IntentReading, used: Used, slots: Slots) {
  const { s } = view
  if (found.intent === 'todo.list') return fillShownList(view, used, slots)
  const list = found.given?.change?.list === undefined ? findListName(view, found.titleFrom - 1) : undefined
  if (!list) return
  used.take(list.from, list.to)
  const [from, to] = list.name
  if (from < to) {
    slots.list = s.text.slice(at(s, from).start, at(s, to - 1).end)
    slots.spans.push(spanOf(s, 'list', from, to))
  }
}

/** "what's on my [shopping] list" */
function fillShownList(view: View, used: Used, slots: Slots) {
  const shown = shownList(view)
  if (!shown) return
  used.take(shown.from, shown.to)
  slots.list = shown.name
  slots.spans.push(spanOf(view.s, 'list', shown.from, shown.to))
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
