import type { Scope } from '#core/understanding.ts'
import { type FoundChange, readChange, spansOfChange, takeChange } from './change/read.ts'
import { findSharedZone } from './doubt.ts'
import { digestPlace } from './intent/digests.ts'
import type { IntentReading } from './intent/intent.ts'
import { readIntent } from './intent/read.ts'
import { rsvpWord } from './intent/rsvp.ts'
import { findOpening, startsRequest, type View } from './intent/view.ts'
import { noDoubt, type Reading } from './reading.ts'
import { findAddress } from './slots/address.ts'
import { titleOf } from './slots/entitle.ts'
import { changeInEvening, eveningUntil, timesInEvening } from './slots/evening.ts'
import { contentOf, fillEvent, fillFolder, fillList, takeTimes } from './slots/fill.ts'
import { type FoundNag, findNag } from './slots/nag.ts'
import { findName, type Name } from './slots/name.ts'
import { protect } from './slots/protect.ts'
import { type FoundScope, findOnwards, findScope, tellsOne } from './slots/scope.ts'
import type { Slots } from './slots/slots.ts'
import { findStrangeZone } from './slots/strange-zone.ts'
import { fillTarget } from './slots/target.ts'
import { titleBetween } from './slots/title.ts'
import { trackUse } from './slots/used.ts'
import { foreignLanguage } from './text/languages.ts'
import { at, type Sentence, seal, sentenceOf } from './text/tokens.ts'
import type { Phrase } from './time/expression.ts'
import { readAnyZone } from './time/zones.ts'
import { readTimes, type Times } from './times.ts'
import { timeless, unsaidTimes } from './unsaid.ts'

/** Reads a text of any kind, in time linear in its length. Never throws. */
export function read(text: string, locale: string): Reading {
  const reading = readInOrder(text, locale, !isMonthFirst(locale))
  if (isKnownOrder(locale) || !isTurnable(text)) return reading
  const { times } = readInOrder(text, locale, true)
  return { ...reading, doubt: { ...reading.doubt, swapped: times } }
}

function readInOrder(text: string, locale: string, dayFirst: boolean): Reading {
  const s = sentenceOf(text, dayFirst, foreignLanguage(locale))
  const kept = protect(s)
  const named = findName(s, kept)
  const address = findAddress(s)
  // Its number is no hour, and its street no part of a name.
  if (address) seal(s, address.from, address.to)
  const scope = speaksOfOne(s) ? findScope(s, 1) : undefined
  const times = timesAround(s, named)
  const { opening, polite } = openingOf(s, times)
  const view: View = { s, kept, times, opening, polite, end: named?.at ?? s.tokens.length, address }
  const found = readIntent(view)
  const later = found.confidence < 0.9 || found.intent === 'none' ? behindStory(view) : undefined
  if (later && (later.view === view || later.found.intent !== found.intent || asksLater(found, later.found)))
    return readIn(later.view, later.found, named, scope)
  return readIn(view, found, named, scope)
}

/** Words of a beginning that tells why something is asked. */
const telling = new Set("i i'm i've i'll we we're we've it it's my our the there something someone he she they sorry running".split(' '))

/** "I'm sick today, [cancel all my meetings]": the request behind the story, when there is a sure one. */
function behindStory(view: View): { readonly view: View; readonly found: IntentReading } | undefined {
  const { s, opening, end } = view
  if (!telling.has(at(s, 0).text) && !telling.has(at(s, opening).text)) return undefined
  for (let i = opening + 1; i < Math.min(end, opening + 14); i++) {
    const { kind, text } = at(s, i)
    if (text !== 'so' && (kind !== 'mark' || !',;-'.includes(text))) continue
    const second = findOpening(s, i + 1)
    if (!startsRequest(s, second.opening)) continue
    const behind = { ...view, ...second }
    const found = readIntent(behind)
    // Who only tells it to others is not listened to.
    if (found.intent === 'reminder.create' && asksOnly(s, second.opening))
      return { view, found: { ...found, titleFrom: opening, drop: [[i, end]] } }
    if (found.intent !== 'none' && found.confidence >= 0.8) return { view: behind, found: { ...found, confidence: 0.8 } }
  }
  return undefined
}

/** "I'm going home at 5, [remind me to lock up]": what was asked for counts, and not what was heard in the whole. */
function asksLater(found: IntentReading, later: IntentReading): boolean {
  return later.intent === 'reminder.create' && found.confidence < later.confidence
}

/** "call the landlord tomorrow, [remind me]": of what was said before. */
function asksOnly(s: Sentence, i: number): boolean {
  const closes = at(s, i + 2).text === 'please' ? at(s, i + 3).kind : at(s, i + 2).kind
  return at(s, i).text === 'remind' && at(s, i + 1).text === 'me' && (closes === 'end' || closes === 'mark')
}

function readIn(view: View, found: IntentReading, named: Name | undefined, scope: FoundScope | undefined): Reading {
  const { s, opening, times } = view
  const nag = asksAgain(found) ? findNag(s, opening) : undefined
  if (nag) return fill({ ...view, times: timesBeside(s, nag) }, found, named, scope, nag)
  const digestTimes = found.given?.named && timesOfDigest(s, found.given.named, times)
  if (digestTimes) return fill({ ...view, times: digestTimes }, found, named, scope)
  // What is written down is of no time: "note that Kim is in after 4pm".
  const written = found.intent === 'note.create' || (times.attribute && times.phrase?.days?.kind !== 'holiday' && creates(found))
  const instead = written ? timeless : unsaidTimes(view, found)
  return fill(instead ? { ...view, times: instead } : view, found, named, scope)
}

const singling = new Set(['make', 'set', 'bring', 'shorten', 'lengthen', 'add', 'invite', 'include', 'accept', 'decline', 'skip', 'attend'])

/** Whether the sentence may do something to one thing of a series. */
function speaksOfOne(s: Sentence): boolean {
  const { word, text } = at(s, findOpening(s, 0).opening)
  return word.verb === 'update' || word.verb === 'cancel' || singling.has(text) || rsvpWord(at(s, 0).word)
}

/** "a note about the Q3 review" is of no time. */
function creates({ intent }: IntentReading): boolean {
  return intent === 'reminder.create' || intent === 'todo.create' || intent === 'note.create' || intent === 'event.create'
}

/** "tomorrow at 9, remind me ...": a time said first stands before the request. */
function openingOf(s: Sentence, times: Times): { readonly opening: number; readonly polite: boolean } {
  const first = findOpening(s, 0)
  if (times.phraseAt.length + times.repeatAt.length === 0) return first
  const stretches = [...times.phraseAt, ...times.repeatAt]
  let from = first.opening
  // "at 8 every day, remind me": one after the other.
  for (let more = 0; more < 3; more++) from = stretches.find((stretch) => stretch.from <= from && stretch.to > from)?.to ?? from
  if (from === first.opening || at(s, from).kind === 'end') return first
  const second = findOpening(s, from)
  return startsRequest(s, second.opening) ? second : first
}

/** Only the United States and a few others put the month first. */
function isMonthFirst(locale: string): boolean {
  return locale === 'en-US' || locale === 'en' || locale === 'en-PH' || locale === 'en-CA' || locale === '' || !locale.startsWith('en')
}

/** English without a country, and Canada, write dates either way. */
function isKnownOrder(locale: string): boolean {
  return locale !== 'en' && locale !== '' && locale !== 'en-CA'
}

/** "3/4", "03/04/2030": two different numbers that can both be months. */
function isTurnable(text: string): boolean {
  for (const { groups } of text.matchAll(/(?<![\d/.-])(?<first>\d{1,2})[/.](?<second>\d{1,2})(?![\d:])/g)) {
    const first = Number(groups?.first)
    const second = Number(groups?.second)
    if (first !== second && first >= 1 && second >= 1 && first <= 12 && second <= 12) return true
  }
  return false
}

/** Times are read before and after a name, never in it. */
function timesAround(s: Sentence, named: Name | undefined): Times {
  if (named) seal(s, named.from, named.to)
  return readTimes(s, 0, s.tokens.length)
}

/** What may be asked again until it is done. */
function asksAgain({ intent, content }: IntentReading): boolean {
  return intent === 'reminder.create' || (intent === 'reminder.update' && content === 'nag')
}

/** How often it is asked again is no rhythm: what remains of the sentence says when. */
function timesBeside(s: Sentence, { stretches }: FoundNag): Times {
  for (const [from, to] of stretches) seal(s, from, to)
  return readTimes(s, 0, s.tokens.length)
}

function fill(view: View, found: IntentReading, named: Name | undefined, scope: FoundScope | undefined, nag?: FoundNag): Reading {
  const { s } = view
  const change = found.change && readChange(view, found.change.way, found.change.from)
  const times = change ? timesOfChange(change) : found.given?.phrase ? { ...view.times, phrase: found.given.phrase } : view.times
  const used = trackUse(s.tokens.length)
  const slots: Slots = {
    people: [],
    channel: null,
    channels: [],
    calendar: null,
    location: null,
    meetingLink: null,
    list: null,
    alerts: [],
    content: null,
    target: null,
    duration: undefined,
    allDay: false,
    capacity: null,
    spans: [],
  }
  for (const [from, to] of found.drop ?? []) used.take(from, to)
  if (scope) used.take(scope.from, scope.to)
  for (const [from, to] of nag?.stretches ?? []) used.take(from, to)
  if (change && found.change) takeChange(view, change, found.change.from, used)
  if (change) slots.spans.push(...spansOfChange(view, change))
  else takeTimes(view, used, slots)
  const onwards = found.intent === 'event.cancel' ? findOnwards(s, times.phraseAt, times.phrase) : undefined
  const strange = plans(found) ? findStrangeZone(s, found.titleFrom, times) : undefined
  if (strange) used.take(strange.from, strange.to)
  if (onwards !== undefined) used.take(onwards, onwards + 1)
  if (named) used.take(named.at, named.renames ? named.to : named.at + 1)
  const family = found.intent.split('.')[0] ?? ''
  if (family === 'digest') fillPlace(view, slots)
  if (family === 'event' || family === 'availability' || found.every) fillEvent(view, found, used, slots)
  if (found.intent === 'reminder.create') fillTarget(view, found, used, slots)
  if (found.given?.list !== undefined) slots.list = found.given.list
  else if (found.intent.startsWith('todo.')) fillList(view, found, used, slots)
  else if (found.intent.startsWith('note.')) fillFolder(view, found, used, slots)
  if (found.content !== undefined) slots.content = found.content
  if (found.intent === 'time.query') slots.content = placeOf(s)
  const content = found.intent === 'note.create' ? contentOf(s, found.titleFrom) : undefined
  if (content) {
    slots.content = content.text
    slots.spans.push({ slot: 'content', start: content.start, end: content.end })
    used.take(content.from, s.tokens.length)
  }
  const { given = {} } = found
  const title = titleOf(view, found, named?.renames ? undefined : named, used, slots)
  if (title) slots.spans.push(...title.spans)
  const until = family === 'event' && title ? eveningUntil(s, found.titleFrom, s.tokens.length) : 0
  const shiftsAll = title === undefined && slots.people.length === 0 && movesStretch(found, change)
  return {
    text: s.text,
    locale: s.dayFirst ? 'en-GB' : 'en-US',
    intent: shiftsAll ? 'batch.shift' : found.intent,
    confidence: found.confidence,
    times: until > 0 ? timesInEvening(times, until) : times,
    doubt: doubtOf(s, times),
    title: (given.title ?? title?.text) || null,
    target: slots.target,
    people: given.people ?? slots.people,
    channel: given.channel ?? slots.channel,
    channels: slots.channels,
    calendar: given.calendar ?? slots.calendar,
    location: given.location ?? slots.location,
    meetingLink: slots.meetingLink,
    list: slots.list,
    alerts: slots.alerts,
    content: slots.content,
    allDay: given.allDay ?? slots.allDay,
    spans: slots.spans.length > 1 ? slots.spans.sort((a, b) => a.start - b.start) : slots.spans,
    reference: found.reference ?? null,
    change: change ? { ...changeInEvening(change.reading, until), ...newTitle(s, named) } : (given.change ?? null),
    scope:
      scope?.scope ?? (onwards === undefined && !change?.onwards ? (given.scope ?? scopeOfDay(found, change, times)) : 'following') ?? null,
    rsvp: found.rsvp ?? null,
    duration: given.duration ?? slots.duration ?? null,
    setting: given.setting ?? null,
    digest: given.digest ?? null,
    every: shiftsAll || (found.every ?? false),
    weekly: found.weekly,
    nag: nag?.seconds ?? null,
    capacity: slots.capacity,
    deadline: given.deadline ?? null,
    strangeZone: strange?.value,
  }
}

/** Of a series whose occurrence is told by its day, that one is meant. */
function scopeOfDay(
  { intent, reference, every }: IntentReading,
  change: FoundChange | undefined,
  { phrase, repeat }: Times,
): Scope | undefined {
  // "It" may as well be a reminder.
  if (repeat || reference || (intent !== 'event.cancel' && intent !== 'event.update')) return undefined
  const days = intent === 'event.cancel' ? [phrase] : [change?.reading.from, change?.reading.to]
  // "cancel standup after December 18": from the first that comes then.
  if (intent === 'event.cancel' && !every && phrase && isFromDay(phrase)) return 'following'
  return days.some((day) => day && tellsOne(day)) ? 'this' : undefined
}

function isFromDay({ days, clocks, part, open }: Phrase): boolean {
  return days !== undefined && clocks.length === 0 && part === undefined && open === 'after'
}

/** "what time is it in [Tokyo]": its zone. */
function placeOf(s: Sentence): string | null {
  for (let i = 0; i < s.tokens.length; i++)
    if (at(s, i).text === 'in') {
      const zone = readAnyZone(s, i + 1)
      if (zone) return zone.value.zone
    }
  return null
}

function plans({ intent }: IntentReading): boolean {
  return intent === 'event.create' || intent === 'event.update' || intent === 'reminder.create' || intent === 'reminder.update'
}

/** "daily digest at 8": daily is what it is called; of "weekly review on Sunday" it is what makes Sunday a rhythm. */
function timesOfDigest(s: Sentence, [from, to]: readonly [number, number], whole: Times): Times {
  seal(s, from, to)
  const beside = readTimes(s, 0, s.tokens.length)
  const isOneDay = beside.phrase?.days?.kind === 'weekday' && beside.phrase.open === undefined
  const isRhythm = whole.repeat !== undefined && beside.repeat === undefined && isOneDay
  return isRhythm ? whole : beside
}

function fillPlace(view: View, slots: Slots) {
  slots.channel = digestPlace(view) ?? null
  slots.target = { kind: slots.channel === null ? 'me' : 'channel' }
}

/** "push today by 30 minutes", "move tomorrow to Friday": a stretch of time stands for all that is in it. */
function movesStretch({ intent, reference }: IntentReading, change: FoundChange | undefined): boolean {
  if (intent !== 'event.update' || reference || !change) return false
  const { from, to, shift } = change.reading
  if (!from?.days || from.clocks.length > 0) return false
  return shift !== undefined || (to?.days !== undefined && to.clocks.length === 0)
}

function doubtOf(s: Sentence, times: Times): Reading['doubt'] {
  const zone = findSharedZone(s, times)
  return zone === undefined ? noDoubt : { ...noDoubt, zone }
}

/** The first time that an update says, which mostly tells the thing. */
function timesOfChange({ reading, phraseAt, repeatAt }: FoundChange): Times {
  return { phrase: reading.from ?? reading.to ?? reading.until, repeat: reading.repeat, phraseAt, repeatAt, attribute: false }
}

function newTitle(s: Sentence, named: Name | undefined): { readonly title?: string } {
  if (!named?.renames) return {}
  const title = titleBetween(s, named.from, named.to, trackUse(s.tokens.length), new Set())
  return title ? { title: title.text } : {}
}
