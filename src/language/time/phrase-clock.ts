import { spelled } from '../text/beginnings.ts'
import { readWhole } from '../text/numbers.ts'
import { table } from '../text/table.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { Part } from '../text/words.ts'
import { readAmount } from './amount.ts'
import { type FoundClock, readBareHour, readClock } from './clock.ts'
import { readSide } from './day-shifts.ts'
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

const shades = table<'early' | 'late'>({ early: 'early', late: 'late', later: 'late' })
export const shade = spelled(...Object.keys(shades))

// "in the morning"   "tonight"   "this afternoon"   "early evening"   "last night"   "at night"   "eve"
export function readPartOfDay(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (at(s, i).word.part === 'night' && at(s, i + 1).text === 'before' && at(s, i + 2).text === 'last' && draft.days === undefined) {
    draft.days = { kind: 'unit', unit: 'day', offset: -2 }
    draft.part = 'night'
    return i + 3
  }
  let j = i
  let step = Number.NaN
  // "late this morning"
  const ahead = Number.isNaN(at(s, j + 1).word.step) ? undefined : shades[at(s, j).text]
  if (ahead) j++
  if (!Number.isNaN(at(s, j).word.step)) {
    step = at(s, j).word.step
    j++
  }
  const shade = ahead ?? shades[at(s, j).text]
  if (shade && !ahead) j++
  if (shade && at(s, j).text === 'in') j += at(s, j + 1).text === 'the' ? 2 : 1
  const { word, text } = at(s, j)
  const early = text === 'early' || text === 'late' ? shades[text] : undefined
  if (early) j++
  const token = at(s, j)
  const part: Part | '' = token.word.part
  if (part === '' && draft.part === undefined && draft.days === undefined)
    return shade && j === i + 1 ? readShadedDay(s, j, draft, shade) : readCountedParts(s, i, draft)
  // "first thing tomorrow morning" says morning twice.
  if (part === '' || (draft.part !== undefined && !(part === draft.part && draft.clocks.length === 0 && draft.days !== undefined)))
    return -1
  if ((part === 'noon' || part === 'midnight') && !shade) return -1
  if (
    token.text === 'eve' ||
    (part === 'lunch' &&
      !(lead === 'at' || lead === 'around' || lead === 'during' || draft.days !== undefined || token.text === 'lunchtime'))
  )
    return -1
  if (token.word.plural && part !== 'lunch' && Number.isNaN(step) && lead !== 'in' && lead !== 'the' && draft.clocks.length === 0) return -1
  // A bare "morning" or "night" without "in the", "this", or a day says nothing yet.
  const placed =
    !Number.isNaN(step) ||
    !Number.isNaN(token.word.offset) ||
    shade !== undefined ||
    lead !== '' ||
    draft.days !== undefined ||
    draft.clocks.length > 0 ||
    startsClock(s, j + 1) ||
    (!token.word.plural && (namesDayNext(s, j + 1) || (at(s, j + 1).text === 'of' && readDays(s, j + 2)?.sure === true)))
  if (!placed && !(at(s, i - 1).kind === 'end' && at(s, j + 1).kind === 'end')) return -1
  if (lead === 'for' || (lead === 'of' && draft.days === undefined && draft.clocks.length === 0)) return -1
  draft.part = part
  draft.partMood = shade ?? early ?? ''
  if (!Number.isNaN(step) && draft.days === undefined) draft.days = { kind: 'unit', unit: 'day', offset: step }
  else if (!Number.isNaN(word.offset) && draft.days === undefined) draft.days = { kind: 'unit', unit: 'day', offset: word.offset }
  return j + 1
}

const wholeParts = table<readonly [from: number, to: number]>({ morning: [9, 12], afternoon: [12, 18], evening: [18, 22] })

// "all morning"   "all afternoon [on Friday]": from its beginning to its end
export function readAllPart(s: Sentence, i: number, draft: Draft): number {
  const hours = at(s, i).text === 'all' ? wholeParts[at(s, i + 1).word.part] : undefined
  if (!hours || at(s, i + 1).word.plural || draft.part !== undefined || draft.clocks.length > 0) return -1
  const clock = (hour: number): Clock => ({ hour, minute: 0, second: 0, half: '24', grain: 'hour' })
  draft.clocks = [clock(hours[0])]
  draft.until = clock(hours[1])
  return i + 2
}

/** "the first thing to do" is no time. */
const things = new Set(['the', 'my', 'our', 'your', 'one', 'every'])

// "first thing"   "first thing in the morning"   "[tomorrow] first thing"
export function readFirstThing(s: Sentence, i: number, draft: Draft): number {
  if (at(s, i).text !== 'first' || at(s, i + 1).text !== 'thing' || draft.part !== undefined || draft.clocks.length > 0) return -1
  if (things.has(at(s, i - 1).text)) return -1
  draft.part = 'morning'
  const j = at(s, i + 2).text === 'in' && at(s, i + 3).text === 'the' ? i + 4 : i + 2
  return j > i + 2 && (at(s, j).word.part === 'morning' || at(s, j).text === 'am') ? j + 1 : i + 2
}

// "[tomorrow] am"   "[Friday] PM"
export function readHalfDay(s: Sentence, i: number, draft: Draft, lead: string): number {
  const { half } = at(s, i).word
  const next = at(s, i + 1).text
  if (half === '' || lead !== '' || draft.days === undefined || draft.part !== undefined || draft.clocks.length > 0) return -1
  // "tomorrow am I free?"
  if (next === 'i' || next === '.') return -1
  draft.part = half === 'am' ? 'morning' : 'afternoon'
  return i + 1
}

const middles = table<number>({ morning: 10, afternoon: 15 })

// "mid-morning"   "[tomorrow] mid afternoon"
export function readMidPart(s: Sentence, i: number, draft: Draft): number {
  if (at(s, i).text !== 'mid' || draft.part !== undefined || draft.clocks.length > 0) return -1
  const j = at(s, i + 1).text === '-' ? i + 2 : i + 1
  const hour = middles[at(s, j).word.part]
  if (hour === undefined) return -1
  draft.clocks = [{ hour, minute: 0, second: 0, half: '24', grain: 'hour' }]
  return j + 1
}

// "late [Friday night]"   "early [tomorrow morning]"
function readShadedDay(s: Sentence, i: number, draft: Draft, shade: 'early' | 'late'): number {
  const days = readDays(s, i)
  const part = days ? at(s, days.end).word.part : ''
  if (!days || (part !== 'morning' && part !== 'afternoon' && part !== 'evening' && part !== 'night')) return -1
  draft.days = days.value
  draft.part = part
  draft.partMood = shade
  return days.end + 1
}

// "2 nights ago"   "three mornings from now"
function readCountedParts(s: Sentence, i: number, draft: Draft): number {
  const count = at(s, i).kind === 'number' || at(s, i).word.cardinal > 0 ? readWhole(s, i) : undefined
  const named = count && at(s, count.end).word
  if (!count || !named?.plural || named.part === '') return -1
  const side = readSide(s, count.end + 1)
  if (side?.from !== 'now') return -1
  draft.days = { kind: 'unit', unit: 'day', offset: count.value * side.sign }
  draft.part = named.part
  return side.end
}

/** "lunchtime tomorrow", "evening Friday" */
function namesDayNext(s: Sentence, i: number): boolean {
  const { word } = at(s, i)
  return word.offset >= 0 || (word.weekday > 0 && !word.vague && !word.plural)
}

function namesDayOn(s: Sentence, i: number): boolean {
  return at(s, i).text === 'on' && readDays(s, i + 1)?.sure === true
}

function startsClock(s: Sentence, i: number): boolean {
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
