import { readCompany } from '../slots/company.ts'
import { oneOf, spelled, verb } from '../text/beginnings.ts'
import { table } from '../text/table.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { IntentReading } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { readReference } from './subject.ts'
import { findNoun, nounAt, says, type View, verbAt } from './view.ts'

export function readCalendars(view: View): IntentReading | undefined {
  return readNew(view) ?? readAll(view) ?? readDefault(view) ?? readShare(view) ?? readHide(view) ?? readRename(view) ?? readPut(view)
}

const adjectives = new Set([
  'a',
  'an',
  'the',
  'new',
  'another',
  'my',
  'our',
  'shared',
  'team',
  'space',
  'channel',
  'personal',
  'private',
  'up',
])

// "create a calendar Launch"   "new team calendar called Launch"   "make a calendar for this channel"
function readNew({ s, opening }: View): IntentReading | undefined {
  if (verbAt(s, opening) !== 'create' && at(s, opening).text !== 'new') return undefined
  const found = calendarAfter(s, opening + 1)
  if (!found) return undefined
  const { noun, kind } = found
  const next = s.tokens[noun + 1]?.text
  if (says(s, noun + 1, 'for this channel') || says(s, noun + 1, 'for the channel'))
    return { intent: 'calendar.create', confidence: 0.9, titleFrom: s.tokens.length, content: 'channel' }
  if (next === 'called' || next === 'named') return { intent: 'calendar.create', confidence: 0.95, titleFrom: noun + 1, content: kind }
  const name = nameFrom(s, noun + 1)
  if (name === undefined) return undefined
  return { intent: 'calendar.create', confidence: 0.9, titleFrom: noun + 1, content: kind, given: { title: name } }
}

function calendarAfter(s: Sentence, i: number): { readonly noun: number; readonly kind: string } | undefined {
  let noun = i
  let kind = 'personal'
  while (noun < i + 5 && adjectives.has(at(s, noun).text)) {
    if (['shared', 'team', 'space'].includes(at(s, noun).text)) kind = 'space'
    if (at(s, noun).text === 'channel') kind = 'channel'
    noun++
  }
  return at(s, noun).text === 'calendar' ? { noun, kind } : undefined
}

/** A name that is written like one: quoted, or with a capital. */
function nameFrom(s: Sentence, i: number): string | undefined {
  const [first, last] = [s.tokens[i], s.tokens.at(-1)]
  if (!first || !last) return undefined
  const text = s.text.slice(first.start, last.end).trim()
  const quoted = /^["“«](?<name>[^"”»]+)["”»]$/.exec(text)?.groups?.name
  if (quoted !== undefined) return quoted
  return /^\p{Lu}[^,;:]{0,60}$/v.test(text) ? text : undefined
}

const listing = phrasebook([
  'which calendars',
  'what calendars',
  'list calendars',
  'show calendars',
  'list my calendars',
  'show my calendars',
  'my calendars',
  'list all calendars',
  'show all calendars',
  'list the calendars',
  'calendars',
])

// "list my calendars"   "which calendars do I have"
function readAll({ s, opening }: View): IntentReading | undefined {
  const found = listing.find(s, opening)
  if (!found) return undefined
  const ends = at(s, found.end).kind !== 'word' || ['do', 'are', 'can', 'please'].includes(at(s, found.end).text)
  return ends ? { intent: 'calendar.list', confidence: 0.93, titleFrom: s.tokens.length } : undefined
}

// "[the|my] Work [calendar]", "the calendar Work"
function namedCalendar(s: Sentence, i: number, mustSay: boolean): { readonly name: string; readonly end: number } | undefined {
  const from = ['the', 'my', 'our'].includes(at(s, i).text) ? i + 1 : i
  if (at(s, from).text === 'calendar') {
    // The first one of everybody is called so.
    if (at(s, from + 1).text === 'calendar') return { name: s.text.slice(at(s, from).start, at(s, from).end), end: from + 2 }
    if (!isCapital(s, from + 1)) return undefined
    let to = from + 1
    while (at(s, to).kind === 'word' && !closing.has(at(s, to).text)) to++
    return to > from + 1 ? { name: s.text.slice(at(s, from + 1).start, at(s, to - 1).end), end: to } : undefined
  }
  const channel = channelAt(s, from)
  if (channel) return channel
  for (let to = from + 1; to <= from + 4; to++) {
    const name = () => s.text.slice(at(s, from).start, at(s, to - 1).end)
    if (at(s, to).text === 'calendar') return findNoun(s, from, to) ? undefined : { name: name(), end: to + 1 }
    if (['in', 'on', 'of', 'from', 'this', 'that', 'it'].includes(at(s, to - 1).text)) return undefined
    if (at(s, to - 1).kind !== 'word' || (at(s, to).kind === 'word' && !closing.has(at(s, to).text))) continue
    return mustSay ? undefined : { name: name(), end: to }
  }
  return undefined
}

// "the [<#C12>] calendar"
function channelAt(s: Sentence, i: number): { readonly name: string; readonly end: number } | undefined {
  let to = i
  while (s.sealed[to] === 1) to++
  const name = s.text.slice(s.tokens[i]?.start, s.tokens[to - 1]?.end)
  return to > i && at(s, to).text === 'calendar' && /^<#\w+(?:\|[^>]*)?>$/.test(name) ? { name, end: to + 1 } : undefined
}

function isCapital(s: Sentence, i: number): boolean {
  const token = s.tokens[i]
  const first = token && s.text[token.start]
  return first !== undefined && first !== first.toLowerCase()
}

const closing = new Set(['with', 'to', 'as', 'my', 'from', 'for', 'again', 'so', 'and'])

// "make Work my default calendar"   "use the Work calendar by default"   "set Work as my default calendar"
function readDefault({ s, opening, end }: View): IntentReading | undefined {
  if (!['make', 'use', 'set'].includes(at(s, opening).text)) return undefined
  for (let i = opening + 2; i < Math.min(end, opening + 9); i++) {
    if (at(s, i).text !== 'default') continue
    const named = namedCalendar(s, opening + 1, false)
    if (!named || (at(s, i + 1).text !== 'calendar' && at(s, i - 1).text !== 'by' && named.end <= opening + 2)) return undefined
    return { intent: 'calendar.update', confidence: 0.92, titleFrom: end, content: 'default', given: { title: named.name } }
  }
  return undefined
}

const nobody: ReadonlySet<string> = new Set(['to', 'so', 'for', 'read', 'as', 'please'])

// "share my Work calendar with Ann"   "... so they can edit it"   "unshare Work with Ann"   "stop sharing my Work calendar with Ann"
function readShare({ s, kept, opening }: View): IntentReading | undefined {
  const stops = says(s, opening, 'stop sharing') ? 2 : at(s, opening).text === 'unshare' ? 1 : 0
  if (stops === 0 && at(s, opening).text !== 'share') return undefined
  const from = opening + (stops || 1)
  // "my calendar" is the one that new events go into.
  const named =
    says(s, from, 'my calendar') && at(s, from + 2).text !== 'calendar' ? { name: '', end: from + 2 } : namedCalendar(s, from, stops === 0)
  if (!named || (at(s, named.end).text !== 'with' && at(s, named.end).text !== 'from')) return undefined
  const company = readCompany(s, named.end + 1, s.tokens.length, kept, nobody)
  if (!company) return undefined
  const rest = s.text.slice(s.tokens[company.end]?.start ?? s.text.length)
  const writes = /\b(?:edit|write|writing|change|add)\b/i.test(rest)
  const content = stops ? 'unshare' : writes ? 'share-write' : 'share'
  return {
    intent: 'calendar.update',
    confidence: 0.93,
    titleFrom: s.tokens.length,
    content,
    given: { title: named.name, people: company.people },
  }
}

// "hide the Work calendar"   "unhide my Work calendar"   "show the Work calendar again"   "delete the calendar Launch"
function readHide({ s, opening, end }: View): IntentReading | undefined {
  const { text } = at(s, opening)
  const removes = ['delete', 'remove'].includes(text)
  if (text !== 'hide' && text !== 'unhide' && text !== 'show' && !removes) return undefined
  const named = namedCalendar(s, opening + 1, true)
  if (!named || (at(s, named.end).kind === 'word' && at(s, named.end).text !== 'again')) return undefined
  if (text === 'show' && at(s, named.end).text !== 'again') return undefined
  if (removes && nounAt(s, opening + 2)?.noun === 'event') return undefined
  const given = { title: named.name }
  if (removes) return { intent: 'calendar.delete', confidence: 0.9, titleFrom: end, given }
  return { intent: 'calendar.update', confidence: 0.93, titleFrom: end, content: text === 'hide' ? 'hide' : 'show', given }
}

// "rename the Launch calendar to Go"   "rename the calendar Launch to Go": the new name is sealed.
function readRename({ s, opening }: View): IntentReading | undefined {
  if (at(s, opening).text !== 'rename') return undefined
  const named = namedCalendar(s, opening + 1, true)
  const to = named && s.tokens[named.end]
  if (!named || (to?.text !== 'to' && to?.text !== 'as')) return undefined
  const title = s.text.slice(s.tokens[named.end + 1]?.start ?? s.text.length).trim()
  return title === ''
    ? undefined
    : {
        intent: 'calendar.update',
        confidence: 0.93,
        titleFrom: s.tokens.length,
        content: 'rename',
        given: { title: named.name, change: { title } },
      }
}

// "put it into the team calendar"   "put lunch in my Private calendar"
function readPut({ s, opening, end, times }: View): IntentReading | undefined {
  const { text } = at(s, opening)
  if (!['put', 'move', 'add'].includes(text) || times.phrase || times.repeat) return undefined
  const pronoun = ['it', 'that', 'this'].includes(at(s, opening + 1).text)
  if (!pronoun && text !== 'put') return undefined
  for (let i = opening + 2; i < Math.min(end, opening + 8); i++) {
    if (!['in', 'into', 'to', 'onto', 'on'].includes(at(s, i).text)) continue
    const named = namedCalendar(s, i + 1, true)
    if (!named || at(s, named.end).kind === 'word') return undefined
    const given = { change: { calendar: named.name } }
    if (pronoun) return { intent: 'event.update', confidence: 0.9, titleFrom: s.tokens.length, reference: 'last', given }
    const from = ['the', 'my', 'our'].includes(at(s, opening + 1).text) ? opening + 2 : opening + 1
    const title = s.text.slice(at(s, from).start, at(s, i - 1).end)
    return { intent: 'event.update', confidence: 0.8, titleFrom: s.tokens.length, given: { ...given, title } }
  }
  return undefined
}

const visibilities = table<'public' | 'busy' | 'private'>({
  public: 'public',
  busy: 'busy',
  private: 'private',
  secret: 'private',
})

// "make the review private"   "make it public"   "show lunch as busy only"   "mark the dentist as private"
export function readVisibility({ s, opening, end, times }: View): IntentReading | undefined {
  const { text } = at(s, opening)
  if (!['make', 'set', 'show', 'mark', 'keep'].includes(text)) return undefined
  let last = s.tokens.length - 1
  while (last > opening && (at(s, last).kind === 'mark' || ['only', 'please', 'again'].includes(at(s, last).text))) last--
  const visibility = visibilities[at(s, last).text]
  if (!visibility || last < opening + 2) return undefined
  const leads = ['as', 'to', 'as'].includes(at(s, last - 1).text)
  if ((text === 'show' || text === 'mark' || text === 'set') && !leads) return undefined
  const until = leads ? last - 1 : last
  const given = { change: { visibility } }
  const reference =
    readReference(s, opening + 1) ?? (['it', 'that', 'this'].includes(at(s, opening + 1).text) ? { value: 'last' as const } : undefined)
  if (reference) return { intent: 'event.update', confidence: 0.9, titleFrom: s.tokens.length, reference: reference.value, given }
  const owned = ['the', 'my', 'our'].includes(at(s, opening + 1).text)
  const planned = owned || times.phrase !== undefined || findNoun(s, opening + 1, Math.min(end, until), 'event') !== undefined
  if (!planned || until <= opening + 1) return undefined
  return { intent: 'event.update', confidence: 0.85, titleFrom: opening + 1, drop: [[until, s.tokens.length]], given }
}

/** What `readCalendars` begins with. */
export const calendarsWord = oneOf(
  listing.begins,
  verb('create'),
  spelled(...'new make use set stop unshare share hide unhide show delete remove rename put move add'.split(' ')),
)
