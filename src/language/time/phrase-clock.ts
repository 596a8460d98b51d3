import { at, type Sentence } from '../text/tokens.ts'
import { readAmount } from './amount.ts'
import { type FoundClock, readBareHour, readClock } from './clock.ts'
import { readDays } from './days.ts'
import type { Draft } from './draft.ts'
import type { Clock } from './expression.ts'
import { type ClockRange, readClockRange } from './range.ts'
import { readPlace, readZoneAfterClock, readZoneName } from './zones.ts'

// "9-10am"   "from 2 to 3:30"   "between 5 and 7"
export function readTimeRange(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (draft.clocks.length > 0) return -1
  const found = readClockRange(s, i, lead, draft.days !== undefined || draft.part !== undefined)
  if (!found || (draft.days !== undefined && hasOwnDay(s, found.end))) return -1
  draft.clocks = [found.value.from]
  draft.until = found.value.to
  if (draft.days === undefined && isOvernight(found.value) && at(s, found.end).word.offset === 1) {
    // "6pm to 6am tomorrow" ends tomorrow.
    draft.days = { kind: 'unit', unit: 'day', offset: 0 }
    return found.end + 1
  }
  return found.end
}

function isOvernight({ from, to }: ClockRange): boolean {
  return from.half === 'pm' && to.half === 'am'
}

/** "May 3 at 3pm to 2pm May 5": the second time is of another day. */
function hasOwnDay(s: Sentence, i: number): boolean {
  const days = readDays(s, at(s, i).text === 'on' ? i + 1 : i)
  return days?.sure === true && (days.value.kind === 'date' || days.value.kind === 'weekday')
}

/** "lunchtime tomorrow", "evening Friday" */
export function namesDayNext(s: Sentence, i: number): boolean {
  const { word } = at(s, i)
  return word.offset >= 0 || (word.weekday > 0 && !word.vague && !word.plural)
}

function namesDayOn(s: Sentence, i: number): boolean {
  return at(s, i).text === 'on' && readDays(s, i + 1)?.sure === true
}

export function startsClock(s: Sentence, i: number): boolean {
  const j = at(s, i).text === 'at' || at(s, i).text === '@' ? i + 1 : i
  return (readClock(s, j) ?? readBareHour(s, j)) !== undefined
}

/** After "at", a number is a time before it is a date: "at 12.30". */
export function readClockBeforeDays(s: Sentence, i: number, draft: Draft, lead: string): number {
  return lead === 'at' || lead === '@' || lead === 'around' || lead === 't' ? readTime(s, i, draft, lead) : -1
}

export function readTime(s: Sentence, i: number, draft: Draft, lead: string): number {
  const found = readClock(s, i)
  if (!found) return -1
  if (!found.sure && !placesTime(s, found, draft, lead)) return -1
  if (draft.clocks.length > 0) return -1
  return takeClocks(s, found, draft, lead)
}

/** Four digits that are no year. */
function digitsAreTime(s: Sentence, end: number): boolean {
  const { text, value } = at(s, end - 1)
  return !(text.length === 4 && value >= 1900 && value < 2100)
}

/** A time that needs to be placed: after "at", with a day, with a part of the day. */
function placesTime(s: Sentence, found: FoundClock, draft: Draft, lead: string): boolean {
  if (draft.days !== undefined && readZoneAfterClock(s, found.end)) return true
  if (lead === 'at' || lead === '@' || lead === 'around' || lead === 'approximately' || lead === 'by' || lead === 't') return true
  if (draft.part !== undefined || (draft.days !== undefined && lead !== 'in' && lead !== 'for'))
    return endsTime(s, found.end) || found.value.minute > 0
  // "15.30 tomorrow", "1530 Monday", "9.30 on 8 May"
  if (found.value.minute > 0 && digitsAreTime(s, found.end) && (namesDayNext(s, found.end) || namesDayOn(s, found.end))) return true
  if (at(s, found.end - 1).kind === 'word' && found.value.minute > 0 && at(s, found.end).word.part !== '') return true
  if (lead === 'for' && found.value.minute > 0 && at(s, found.end).kind === 'end') return true
  if (!digitsAreTime(s, found.end)) return leadsToPart(s, found.end)
  // "730", as the answer to "At what time?"
  if (s.tokens.length === 1) return at(s, 0).text.length === 4 || (found.value.minute % 15 === 0 && found.value.minute > 0)
  return leadsToPart(s, found.end) || (found.value.half === '24' && found.value.minute > 0 && found.end === s.tokens.length && lead === '')
}

/** "at 9 and 17", "9am, noon and 5pm" */
function takeClocks(s: Sentence, first: FoundClock, draft: Draft, lead: string): number {
  const clocks: Clock[] = [first.value]
  let end = first.end
  for (let more = 0; more < 11; more++) {
    let j = end
    if (at(s, j).text === ',') j++
    if (at(s, j).text === 'and' || at(s, j).text === '&') j++
    if (j === end) break
    if (at(s, j).text === 'at') j++
    const next = readClock(s, j) ?? (lead === 'at' ? readBareHour(s, j) : undefined)
    if (!next || (!next.sure && !endsTime(s, next.end))) break
    clocks.push(next.value)
    end = next.end
  }
  // "at 9 and 11am" is 9am too.
  const last = clocks.at(-1)
  draft.clocks =
    last && (last.half === 'am' || last.half === 'pm')
      ? clocks.map((clock) => (clock.half === '' ? { ...clock, half: last.half } : clock))
      : clocks
  return end
}

/** "an alarm for 7" */
const ringers = new Set(['alarm', 'alarms', 'reminder', 'reminders', 'up', 'me'])

const hourLeads = new Set(['at', '@', 'around', 'by', 'approximately', 't'])

// "at 7"   "tonight 9"   "7 tomorrow evening"   "Mon 14"
export function readBareTime(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (draft.clocks.length > 0) return -1
  const found = readBareHour(s, i)
  if (!found) return -1
  const isDigit = at(s, i).kind === 'number'
  if (lead === 'from' && (draft.length !== undefined || (at(s, found.end).text === 'for' && readAmount(s, found.end + 1))))
    return takeClocks(s, found, draft, lead)
  if (lead === 'for' && ringers.has(at(s, i - 2).text) && endsTime(s, found.end)) return takeClocks(s, found, draft, 'at')
  const placed = hourLeads.has(lead)
    ? !isCounted(s, found.end)
    : (draft.part !== undefined && endsTime(s, found.end)) ||
      leadsToPart(s, found.end) ||
      (draft.days !== undefined &&
        isDigit &&
        lead !== 'in' &&
        lead !== 'the' &&
        lead !== 'of' &&
        lead !== 'for' &&
        endsPhrase(s, found.end)) ||
      ((lead === 'about' || lead === 'for') && draft.days !== undefined && endsPhrase(s, found.end)) ||
      at(s, found.end - 1).text === 'ish'
  if (!placed) return -1
  return takeClocks(s, found, draft, lead)
}

/** "at 5 people", "at 20 %": a number of something. */
function isCounted(s: Sentence, i: number): boolean {
  const { text, kind, word } = at(s, i)
  if (
    text === '%' ||
    text === '$' ||
    (word.unit !== '' && word.unit !== 'weekend' && text.length > 1 && text !== 'weekday' && text !== 'weekdays' && text !== 'day')
  )
    return true
  return (
    kind === 'word' &&
    (text === 'percent' || text === 'people' || text === 'times' || text === 'street' || text === 'st' || text === 'main')
  )
}

/** What follows is a part of the day: "6 this evening", "eleven in the morning". */
function leadsToPart(s: Sentence, i: number): boolean {
  let j = i
  for (let skipped = 0; skipped < 4; skipped++) {
    const { word, text } = at(s, j)
    if (word.part !== '' && word.part !== 'noon' && word.part !== 'midnight' && word.part !== 'lunch') return !(word.plural && j === i)
    if (
      text !== 'in' &&
      text !== 'the' &&
      text !== 'this' &&
      text !== 'at' &&
      text !== 'tomorrow' &&
      text !== 'yesterday' &&
      text !== 'today' &&
      text !== 'early' &&
      text !== 'late' &&
      text !== 'on' &&
      word.weekday === 0
    )
      return false
    j++
  }
  return false
}

function endsPhrase(s: Sentence, i: number): boolean {
  const { kind, text } = at(s, i)
  return kind === 'end' || (kind === 'mark' && text !== '%' && text !== '$' && text !== '/' && text !== "'" && text !== '"')
}

/** What stands after a time rather than after a number of things. */
export function endsTime(s: Sentence, i: number): boolean {
  return (
    endsPhrase(s, i) ||
    at(s, i).word.opens ||
    ['to', 'with', 'and', 'or', 'please', 'that', 'if', 'is', 'called', 'about'].includes(at(s, i).text)
  )
}

// "PT"   "London time"   "(CET)"   "+02:00"   "in Tokyo" after a clock time
export function readZone(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (draft.zone !== undefined || (draft.clocks.length === 0 && draft.part === undefined && draft.shift === undefined)) return -1
  const found = readZoneAfterClock(s, i) ?? (lead === 'in' ? (readZoneName(s, i, true) ?? readPlace(s, i)) : undefined)
  if (!found) return -1
  draft.zone = found.value.zone
  return found.end
}
