import type { Understanding } from '#core/understanding.ts'
import { type Found, readQuantity } from '../text/numbers.ts'
import { table } from '../text/table.ts'
import { at, isCapital, type Sentence } from '../text/tokens.ts'
import { amountOf, readAmount, readUnit, times } from '../time/amount.ts'
import type { Amount } from '../time/expression.ts'

export interface Placed<Value> {
  readonly value: Value
  readonly from: number
  readonly to: number
}

const linkNames = table<NonNullable<Understanding['meetingLink']>>({
  zoom: 'zoom',
  teams: 'teams',
  jitsi: 'jitsi',
  meet: 'meet',
})

// "zoom"   "google meet"   "ms teams"   "video call"   "with a meeting link"
export function readMeetingLink(s: Sentence, from: number, end: number): Placed<NonNullable<Understanding['meetingLink']>> | undefined {
  for (let i = from; i < end; i++) {
    const { text } = at(s, i)
    const before = at(s, i - 1).text
    if (text === 'zoom' || text === 'jitsi') return { value: linkNames[text] ?? 'any', from: i, to: i + 1 }
    if (text === 'meet' && before === 'google') return { value: 'meet', from: i - 1, to: i + 1 }
    if (
      text === 'teams' &&
      (before === 'microsoft' ||
        before === 'ms' ||
        before === 'on' ||
        before === 'via' ||
        ['meeting', 'call', 'link'].includes(at(s, i + 1).text))
    )
      return { value: 'teams', from: i, to: i + 1 }
    if (text === 'video' && ['call', 'meeting', 'conference', 'chat', 'link'].includes(at(s, i + 1).text))
      return { value: 'any', from: i, to: i + 1 }
    if (text === 'videocall' || text === 'videoconference') return { value: 'any', from: i, to: i + 1 }
    if (text === 'link' && (before === 'meeting' || before === 'video' || before === 'call'))
      return { value: 'any', from: i - 1, to: i + 1 }
  }
  return undefined
}

// "in my Work calendar"   "to the KIDS calendar"   "on our team calendar"
export function readCalendar(s: Sentence, from: number, end: number): Placed<string> | undefined {
  for (let i = from; i < end; i++) {
    if (at(s, i).text !== 'calendar') continue
    const channel = channelBefore(s, i, from)
    if (channel) return channel
    for (let j = i - 1; j >= Math.max(from - 1, i - 6); j--) {
      const { text } = at(s, j)
      if (text !== 'in' && text !== 'to' && text !== 'on' && text !== 'into' && text !== 'onto' && text !== 'from') continue
      const named = ['the', 'my', 'our', 'a'].includes(at(s, j + 1).text) ? j + 2 : j + 1
      return { value: named < i ? s.text.slice(at(s, named).start, at(s, i - 1).end) : '', from: j, to: i + 1 }
    }
  }
  return undefined
}

// "show me the [Side project] calendar": a name that is written like one; "Ann's calendar" and "Monday's" name something else
export function readShownCalendar(s: Sentence, end: number): Placed<string> | undefined {
  for (let i = 2; i < end; i++) {
    if (at(s, i).text !== 'calendar') continue
    for (let j = i - 1; j >= Math.max(1, i - longestName); j--) {
      if (!['the', 'my', 'our'].includes(at(s, j - 1).text)) continue
      const name = s.text.slice(at(s, j).start, at(s, i - 1).end)
      return /^\p{Lu}/v.test(name) && !/['’]s$/.test(name) ? { value: name, from: j - 1, to: i + 1 } : undefined
    }
  }
  return undefined
}

// "in the <#C12> calendar"
function channelBefore(s: Sentence, i: number, from: number): Placed<string> | undefined {
  let first = i
  while (first > from && s.sealed[first - 1] === 1) first--
  const text = s.text.slice(s.tokens[first]?.start, s.tokens[i - 1]?.end)
  if (first === i || !/^<#\w+(?:\|[^>]*)?>$/.test(text)) return undefined
  const named = ['the', 'our', 'to'].includes(at(s, first - 1).text) ? first - 1 : first
  const leads = ['in', 'to', 'on', 'into', 'onto', 'from'].includes(at(s, named - 1).text)
  return { value: text, from: leads ? named - 1 : named, to: i + 1 }
}

/** How many words a place may have that nothing but what follows it shows to be one. */
const longestPlace = 6

// "it's [in the basement] now"   "standup is [at the old café] instead"   "[in Mr. Low's study] now": whatever stands between
export function readPlaceNow(s: Sentence, i: number, end: number): Placed<string> | undefined {
  if (!['in', 'at', '@'].includes(at(s, i).text)) return undefined
  const start = at(s, i + 1).text === 'the' ? i + 2 : i + 1
  if (at(s, start).kind !== 'word' || at(s, start).word.opens) return undefined
  let to = start
  while (to < Math.min(end, start + longestPlace) && isInPlace(s, to) && !isChanged(s, to)) to++
  return to > start && isChanged(s, to) ? { value: s.text.slice(at(s, start).start, at(s, to - 1).end), from: i, to } : undefined
}

function isInPlace(s: Sentence, i: number): boolean {
  const { kind, text } = at(s, i)
  // The dot of a short title before a name: "Dr. Kay".
  return (
    kind === 'word' || kind === 'number' || (text === '.' && at(s, i - 1).text.length <= 3 && isCapital(s, i - 1) && isCapital(s, i + 1))
  )
}

/** As many words as the name of a calendar has. */
const longestName = 4

// "move lunch [to Side project]": a name up to the end, of a place or of a calendar
export function readWholeName(s: Sentence, i: number, end: number): Placed<string> | undefined {
  const start = i + 1
  if (at(s, i).text !== 'to' || !isCapital(s, start) || at(s, start).word.opens || end - start > longestName) return undefined
  for (let j = start; j < end; j++)
    if (at(s, j).kind !== 'word' || notInPlaces.has(at(s, j).text) || rooms.has(at(s, j).text)) return undefined
  return end > start ? { value: s.text.slice(at(s, start).start, at(s, end - 1).end), from: i, to: end } : undefined
}

function isChanged(s: Sentence, i: number): boolean {
  return at(s, i).text === 'now' || at(s, i).text === 'instead'
}

const rooms = new Set(['room', 'office', 'building', 'floor', 'hall'])

/** What follows a place and is no part of it. */
const notInPlaces = new Set(['with', 'and', 'about', 'to', 'now', 'instead', 'please', 'for', 'from', 'today', 'tomorrow'])

const notPlaces = new Set(['least', 'most', 'all', 'once', 'first', 'last', 'night', 'work', 'risk'])

// "at the Conference Room"   "@ HQ"   "in room 4"   "at Starbucks"
export function readLocation(
  s: Sentence,
  from: number,
  end: number,
  isFree: (index: number) => boolean,
  moving = false,
): Placed<string> | undefined {
  for (let i = from; i < end; i++) {
    const { text } = at(s, i)
    if (!isFree(i) || (text !== 'at' && text !== '@' && text !== 'in' && !(moving && text === 'to'))) continue
    let j = i + 1
    if (at(s, j).text === 'the') j++
    const start = j
    const room =
      ['room', 'conference', 'office', 'building', 'floor'].includes(at(s, j).text) ||
      ['room', 'office', 'building'].includes(at(s, j + 1).text)
    if (!isFree(j) || j >= end || notPlaces.has(at(s, j).text)) continue
    if (!isCapital(s, j) && !room) continue
    if (text === 'in' && !room && j === i + 1 && !isCapital(s, j)) continue
    while (
      j < end &&
      isFree(j) &&
      (isCapital(s, j) ||
        at(s, j).kind === 'number' ||
        isDecimal(s, j) ||
        ['room', 'office', 'building', 'of', 'the', 'and', "'", '-'].includes(at(s, j).text) ||
        (homes.has(at(s, j).text) && at(s, j - 1).text.endsWith("'s")) ||
        (room && j < start + 3 && at(s, j).kind === 'word' && !notInPlaces.has(at(s, j).text)))
    )
      j++
    while (j > start && ['of', 'the', 'and', '-'].includes(at(s, j - 1).text)) j--
    // "at The Barn": its article is written as part of its name.
    const first = start > i + 1 && s.text[at(s, i + 1).start] === 'T' && isCapital(s, start) ? i + 1 : start
    if (j > start) return { value: s.text.slice(at(s, first).start, at(s, j - 1).end), from: i, to: j }
  }
  return undefined
}

/** "at Tom's place" */
const homes = new Set(['place', 'house', 'flat', 'apartment', 'garden', 'garage', 'desk', 'studio', 'cafe', 'café'])

/** The dot of "room 2.14". */
function isDecimal(s: Sentence, i: number): boolean {
  const next = at(s, i + 1)
  return at(s, i).text === '.' && at(s, i).glued && at(s, i - 1).kind === 'number' && next.kind === 'number' && next.glued
}

// "with a 15 minute alert"   "alert me 10 minutes before"   "and remind me an hour before"   "with a reminder 30 minutes before"
export function readAlerts(s: Sentence, from: number, end: number): Placed<readonly string[]> | undefined {
  const short = readShortAlert(s, from, end)
  if (short) return short
  for (let i = from; i < end; i++) {
    const { text } = at(s, i)
    if (
      text !== 'alert' &&
      text !== 'remind' &&
      text !== 'reminder' &&
      text !== 'reminders' &&
      text !== 'alerts' &&
      text !== 'notify' &&
      text !== 'ping'
    )
      continue
    let j = i + 1
    if (at(s, j).text === 'me' || at(s, j).text === 'us' || at(s, j).text === 'everyone') j++
    const alerts: string[] = []
    for (let more = 0; more < 5; more++) {
      // "reminders 1 day and 10 minutes before" are two, "alert me 1 hour and 10 minutes before" is one.
      const amount = text.endsWith('s') ? readOneUnit(s, j) : readAmount(s, j)
      if (!amount) break
      alerts.push(isoDuration(amount.value))
      j = amount.end
      if (at(s, j).text !== 'and' && at(s, j).text !== ',') break
      j++
    }
    if (alerts.length === 0) continue
    const side = at(s, j).text
    if (side !== 'before' && side !== 'ahead' && side !== 'prior' && side !== 'beforehand' && side !== 'earlier' && side !== 'early')
      continue
    if (side === 'before' && at(s, j + 1).kind === 'word' && !['the', 'it', 'that', 'and', 'each', 'every'].includes(at(s, j + 1).text))
      continue
    let start = i
    while (start > from && ['with', 'a', 'and', 'an', ',', 'please'].includes(at(s, start - 1).text)) start--
    return { value: alerts, from: start, to: j + 1 }
  }
  return undefined
}

function readOneUnit(s: Sentence, i: number): Found<Amount> | undefined {
  const quantity = readQuantity(s, i)
  const unit = quantity && readUnit(s, quantity.end)
  return quantity && unit ? { value: amountOf(quantity.value, unit.value), end: unit.end } : undefined
}

// "with a 15 minute alert"   "with a 1 hour reminder"
function readShortAlert(s: Sentence, from: number, end: number): Placed<readonly string[]> | undefined {
  for (let i = from; i < end; i++) {
    if (at(s, i).text !== 'with') continue
    const start = ['a', 'an'].includes(at(s, i + 1).text) && !readAmount(s, i + 1) ? i + 2 : i + 1
    const amount = readAmount(s, start)
    const { text } = at(s, amount?.end ?? end)
    if (amount && ['alert', 'reminder', 'warning', 'notification'].includes(text))
      return { value: [isoDuration(amount.value)], from: i, to: amount.end + 1 }
  }
  return undefined
}

/** An amount as ISO 8601: PT15M, P1D, -PT1H. */
export function isoDuration(amount: Amount): string {
  const negative = amount.months < 0 || amount.days + amount.workdays < 0 || amount.seconds < 0
  const { months, days, workdays, seconds } = negative ? times(amount, -1) : amount
  const date = `${months > 0 ? `${months}M` : ''}${days + workdays > 0 ? `${days + workdays}D` : ''}`
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  const time = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds % 60 > 0 ? `${seconds % 60}S` : ''}`
  return date === '' && time === '' ? 'PT0S' : `${negative ? '-' : ''}P${date}${time === '' ? '' : `T${time}`}`
}
