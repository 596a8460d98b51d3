import type { PersonReference, SlotSpan, Target, Understanding } from '#core/understanding.ts'
import { findListName } from './intent/create.ts'
import type { IntentReading, Reference } from './intent/intent.ts'
import { readIntent } from './intent/read.ts'
import { findOpening, startsRequest, type View } from './intent/view.ts'
import { readPeople } from './slots/people.ts'
import { readAlerts, readCalendar, readLocation, readMeetingLink } from './slots/places.ts'
import { type Kept, protect } from './slots/protect.ts'
import { titleBetween } from './slots/title.ts'
import { spanOf, trackUse, type Used } from './slots/used.ts'
import { foreignLanguage } from './text/languages.ts'
import { at, type Sentence, seal, sentenceOf } from './text/tokens.ts'
import { readTimes, type Times } from './times.ts'

/** What a text says, whenever it is said: nothing here depends on the time, so it may be cached. */
export interface Reading {
  readonly text: string
  readonly locale: string
  readonly intent: Understanding['intent']
  readonly confidence: number
  readonly times: Times
  readonly title: string | null
  readonly target: Target | null
  readonly people: readonly PersonReference[]
  readonly channel: string | null
  readonly calendar: string | null
  readonly location: string | null
  readonly meetingLink: Understanding['meetingLink']
  readonly list: string | null
  readonly alerts: readonly string[]
  readonly content: string | null
  readonly spans: readonly SlotSpan[]
  readonly reference: Reference | null
}

/** The slots while they are being found. */
interface Slots {
  people: PersonReference[]
  channel: string | null
  calendar: string | null
  location: string | null
  meetingLink: Understanding['meetingLink']
  list: string | null
  alerts: readonly string[]
  content: string | null
  target: Target | null
  spans: SlotSpan[]
}

const naming = new Set(['called', 'named', 'titled', 'entitled'])

/** Reads a text of any kind, in time linear in its length. Never throws. */
export function read(text: string, locale: string): Reading {
  const s = sentenceOf(text, !isMonthFirst(locale), foreignLanguage(locale))
  const kept = protect(s)
  const named = findName(s, kept)
  const times = timesAround(s, named)
  const view: View = { s, kept, times, ...openingOf(s, times), end: named?.at ?? s.tokens.length }
  const found = readIntent(view)
  return fill(view, found, named)
}

/** "tomorrow at 9, remind me ...": a time said first stands before the request. */
function openingOf(s: Sentence, times: Times): { readonly opening: number; readonly polite: boolean } {
  const first = findOpening(s, 0)
  const leading = [...times.phraseAt, ...times.repeatAt].find((stretch) => stretch.from <= first.opening && stretch.to > first.opening)
  if (!leading || at(s, leading.to).kind === 'end') return first
  const second = findOpening(s, leading.to)
  return startsRequest(s, second.opening) ? second : first
}

/** Only the United States and a few others put the month first. */
function isMonthFirst(locale: string): boolean {
  return locale === 'en-US' || locale === 'en' || locale === 'en-PH' || locale === 'en-CA' || locale === '' || !locale.startsWith('en')
}

/** "called Sunday lunch": the words of the name, which mean nothing else. */
interface Name {
  /** The token "called". */
  readonly at: number
  readonly from: number
  readonly to: number
}

function findName(s: Sentence, kept: Kept): Name | undefined {
  for (let i = 1; i < s.tokens.length - 1; i++) {
    if (!naming.has(at(s, i).text)) continue
    const quoted = kept.get(i + 1)
    return quoted?.kind === 'quoted' ? { at: i, from: quoted.from, to: quoted.to } : { at: i, from: i + 1, to: nameEnd(s, i + 1) }
  }
  return undefined
}

/** A name ends at "and invite", "with content", "with Jane", "in my ... calendar", or where a time of day follows it. */
function nameEnd(s: Sentence, from: number): number {
  for (let i = from + 1; i < s.tokens.length; i++) {
    const { text } = at(s, i)
    const next = at(s, i + 1).text
    if ((text === 'and' && (next === 'invite' || next === 'add' || next === 'remind' || next === 'email')) || text === 'inviting') return i
    if (text === 'with' && (next === 'content' || next === 'the' || next === 'text' || isCapital(s, i + 1))) return i
    if (text === ';' || (text === '.' && at(s, i + 1).kind === 'word' && !at(s, i + 1).glued)) return i
    if (startsTime(s, i)) return i
  }
  return s.tokens.length
}

const timeLeads = new Set(['at', 'on', 'in', 'for', 'from', 'this', 'next', 'every', 'starting', 'between', 'until', 'by', '@', 'each'])

/** Inside a name only what is plainly a time ends it: "at 3", "tomorrow", "in 2 hours". */
function startsTime(s: Sentence, i: number): boolean {
  const { text, word } = at(s, i)
  if (!timeLeads.has(text) && Number.isNaN(word.offset)) return false
  const found = readTimes(s, i, i + 1)
  return found.phrase !== undefined || found.repeat !== undefined
}

function isCapital(s: Sentence, i: number): boolean {
  const first = s.text[at(s, i).start] ?? ''
  return at(s, i).kind === 'word' && first !== first.toLowerCase()
}

/** Times are read before and after a name, never in it. */
function timesAround(s: Sentence, named: Name | undefined): Times {
  if (named) seal(s, named.from, named.to)
  return readTimes(s, 0, s.tokens.length)
}

function fill(view: View, found: IntentReading, named: Name | undefined): Reading {
  const { s, times } = view
  const used = trackUse(s.tokens.length)
  const slots: Slots = {
    people: [],
    channel: null,
    calendar: null,
    location: null,
    meetingLink: null,
    list: null,
    alerts: [],
    content: null,
    target: null,
    spans: [],
  }
  for (const [from, to] of found.drop ?? []) used.take(from, to)
  takeTimes(view, used, slots)
  if (named) used.take(named.at, named.at + 1)
  const family = found.intent.split('.')[0] ?? ''
  if (family === 'event' || family === 'availability') fillEvent(view, found, used, slots)
  if (found.intent === 'reminder.create') fillTarget(view, found, used, slots)
  if (found.intent.startsWith('todo.')) fillList(view, found, used, slots)
  if (found.content !== undefined) slots.content = found.content
  const content = found.intent === 'note.create' ? contentOf(s, found.titleFrom) : undefined
  if (content) {
    slots.content = content.text
    slots.spans.push({ slot: 'content', start: content.start, end: content.end })
    used.take(content.from, s.tokens.length)
  }
  const title = titleOf(view, found, named, used, slots)
  if (title) slots.spans.push(...title.spans)
  return {
    text: s.text,
    locale: s.dayFirst ? 'en-GB' : 'en-US',
    intent: found.intent,
    confidence: found.confidence,
    times,
    title: title?.text ?? null,
    target: slots.target,
    people: slots.people,
    channel: slots.channel,
    calendar: slots.calendar,
    location: slots.location,
    meetingLink: slots.meetingLink,
    list: slots.list,
    alerts: slots.alerts,
    content: slots.content,
    spans: slots.spans.sort((a, b) => a.start - b.start),
    reference: found.reference ?? null,
  }
}

function takeTimes({ s, times }: View, used: Used, slots: Slots) {
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
function fillEvent({ s, kept }: View, found: IntentReading, used: Used, slots: Slots) {
  const end = s.tokens.length
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
  const channel = [...kept.values()].find((entry) => entry.kind === 'channel')
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

/** Whom a reminder is for: me, people, a channel. */
function fillTarget({ s, kept }: View, found: IntentReading, used: Used, slots: Slots) {
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
  const entry = kept.get(i)
  if (entry?.kind === 'channel') return takeChannel(s, entry.text, i, entry.to, used, slots)
  if ((first.text === '#' || s.text[first.start] === '~') && at(s, i + 1).glued && at(s, i + 1).kind === 'word') {
    let to = i + 2
    while (
      at(s, to).glued &&
      (at(s, to).kind === 'word' || at(s, to).kind === 'number' || at(s, to).text === '-' || at(s, to).text === '_')
    )
      to++
    return takeChannel(s, s.text.slice(at(s, i).start, at(s, to - 1).end), i, to, used, slots)
  }
  const broadcast = first.text === '@' && at(s, i + 1).glued && ['here', 'channel', 'everyone'].includes(at(s, i + 1).text)
  if (broadcast) {
    slots.target = { kind: 'channel' }
    slots.channel = 'here'
    slots.spans.push(spanOf(s, 'target', i, i + 2))
    used.take(i, i + 2)
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
  const isRemind = s.tokens[i - 1]?.text === 'remind'
  const people = readPeople(s, i, s.tokens.length, kept, false)
  if (!people || !(isRemind || entry?.kind === 'person' || first.text === '@')) return
  // "remind Buy milk at 5": a capital alone is no person.
  const after = at(s, people.to)
  const addressed =
    entry !== undefined ||
    first.text === '@' ||
    ['to', 'about', 'that', 'of'].includes(after.text) ||
    after.word.opens ||
    s.sealed[people.to] === 1
  if (!addressed) return
  slots.target = { kind: 'people' }
  slots.people.push(...people.people)
  slots.spans.push(spanOf(s, 'target', people.from, people.to))
  used.take(people.from, people.to)
}

function says(s: Sentence, i: number, words: string): boolean {
  return words.split(' ').every((word, index) => at(s, i + index).text === word)
}

function takeChannel(s: Sentence, name: string, from: number, to: number, used: Used, slots: Slots) {
  slots.target = { kind: 'channel' }
  slots.channel = name
  slots.spans.push(spanOf(s, 'channel', from, to))
  used.take(from, to)
}

function fillList(view: View, found: IntentReading, used: Used, slots: Slots) {
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

/** "with content ...", ": ...": the body of a note. */
function contentOf(
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

const nothingTitled = new Set(['none', 'undo', 'help', 'settings.show', 'settings.update', 'time.query'])
/** What was said of a thing to do stays whole: "the oil needs changing". */
const thingLead = new Set([
  'to',
  'that',
  'about',
  'for',
  'of',
  'and',
  'please',
  'a',
  'an',
  'saying',
  'regarding',
  'on',
  'at',
  'in',
  'item',
  'items',
])
/** A note keeps its article: "the new strategy". */
const noteLead = new Set(['to', 'that', 'about', 'for', 'of', 'on', 'saying', 'regarding', 'down', 'from', 'with'])

function titleOf({ s }: View, found: IntentReading, named: Name | undefined, used: Used, slots: Slots) {
  if (nothingTitled.has(found.intent)) return undefined
  if (named) {
    const words = titleBetween(s, named.from, named.to, trackUse(s.tokens.length), new Set())
    if (words) return words
  }
  if (found.intent === 'event.create') return eventTitle(s, found.titleFrom, used, slots)
  const lead = found.intent.startsWith('note')
    ? noteLead
    : found.intent === 'reminder.create' || found.intent === 'todo.create'
      ? thingLead
      : undefined
  const title = titleBetween(s, found.titleFrom, s.tokens.length, used, lead)
  return title
}

/** "schedule a meeting about X", "event for my dentist appointment", "create an event roadtrip": the noun stays when it says more than "event". */
function eventTitle(s: Sentence, from: number, used: Used, slots: Slots) {
  let i = from
  const skipped = new Set(['a', 'an', 'the', 'new', 'up', 'me', 'another', 'for', 'my', 'in'])
  while (skipped.has(at(s, i).text) || (used.isTaken(i) && i < s.tokens.length)) i++
  if (at(s, i).text === 'event' || at(s, i).text === 'events') {
    // "an event Road trip with Ann": who comes is no part of the name.
    for (const { slot, start, end } of slots.spans) if (slot === 'people') useCompany(s, i + 2, start, end, used)
    const rest = titleBetween(s, i + 1, s.tokens.length, used)
    if (rest) return rest
  }
  return titleBetween(s, from, s.tokens.length, used)
}

/** Takes "with" and the people after it out of a title that begins before them. */
function useCompany(s: Sentence, from: number, start: number, end: number, used: Used) {
  for (let i = from; i < s.tokens.length; i++) {
    const token = s.tokens[i]
    if (token && token.start >= start && token.end <= end) used.take(at(s, i - 1).text === 'with' ? i - 1 : i, i + 1)
  }
}
