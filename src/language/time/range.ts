import { type Found, readOrdinal, readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { Word } from '../text/words.ts'
import { amountOf } from './amount.ts'
import { type FoundClock, readBareHour, readClock } from './clock.ts'
import { readDate } from './date.ts'
import { readDays, readOne } from './days.ts'
import type { Clock, Days } from './expression.ts'
import { sizeOf } from './found-days.ts'
import { readOffset } from './zones.ts'

/** Words and marks between the two ends of a range. */
export const separators = new Set(['-', 'to', 'until', 'till', 'til', 'untill', 'through', 'thru', '/', 'upto'])

/** Where the second end begins, past "to", "- ", "until the"; undefined when no range goes on here. */
export function afterSeparator(s: Sentence, i: number, lead: string): number | undefined {
  const { text } = at(s, i)
  if (lead === 'between' && text === 'and') return i + 1
  if (!separators.has(text)) return undefined
  return text === 'up' && at(s, i + 1).text === 'to' ? i + 2 : i + 1
}

export interface ClockRange {
  readonly from: Clock
  readonly to: Clock
}

/**
 * Two clock times with a word between.
 *
 *     9-10am    2 to 3:30    9:30 until 11:00    8am until 6    1510-1640
 *
 * A bare "5-7" counts only after "from", "between", or a day, or as all that was typed.
 */
export function readClockRange(s: Sentence, i: number, lead: string, dayKnown: boolean): Found<ClockRange> | undefined {
  const first = ((lead === 'from' || lead === 'between') && readSpokenHour(s, i, lead)) || readClock(s, i) || readBareHourOfRange(s, i)
  if (!first) return undefined
  let j = afterSeparator(s, first.end, lead)
  if (j === undefined || (first.value.grain === 'second' && readOffset(s, first.end))) return undefined
  if (at(s, j).text === 'around' || at(s, j).text === 'about' || at(s, j).text === 'at' || at(s, j).text === 'the') j++
  const second = readClock(s, j) ?? readBareHour(s, j)
  if (!second) return undefined
  const differs = first.value.hour !== second.value.hour || first.value.minute !== second.value.minute
  const placed =
    // "lunch 12-1"
    (at(s, i - 1).word.noun === 'event' && at(s, i).text.length < 3 && at(s, second.end).kind === 'end' && differs) ||
    lead === 'from' ||
    lead === 'between' ||
    lead === 'at' ||
    dayKnown ||
    at(s, second.end).text === 'every' ||
    at(s, second.end).text === 'each' ||
    readOne(s, at(s, second.end).text === 'on' ? second.end + 1 : second.end)?.sure === true
  const alone = at(s, i - 1).kind === 'end' && at(s, first.end).text !== '/' && at(s, second.end).kind === 'end' && differs
  const military = at(s, i).text.length === 4 && at(s, j).text.length === 4 && at(s, first.end).text === '-'
  if (!first.sure && !second.sure && !placed && !military && !alone) return undefined
  if (!first.sure && !second.sure && !isRangeEnd(s, second.end)) return undefined
  // "13:05 - 9 May" is a time and a day.
  if (!second.sure && (at(s, second.end).word.unit !== '' || (at(s, first.end).text === '-' && at(s, second.end).word.month > 0)))
    return undefined
  return { value: inheritHalf(first.value, written(second.value, at(s, i).text, at(s, j).text)), end: second.end }
}

/** "10-01", "09-05": with two digits each, the second is as open as the first. */
function written(second: Clock, from: string, to: string): Clock {
  const alike = from.length === 2 && to.length === 2 && to.startsWith('0') && second.minute === 0 && second.hour > 0
  return alike && !from.startsWith('0') ? { ...second, half: '' } : second
}

/** "from [nine] to five", which is not nine minutes to five */
function readSpokenHour(s: Sentence, i: number, lead: string): FoundClock | undefined {
  return afterSeparator(s, i + 1, lead) === undefined ? undefined : readBareHourOfRange(s, i)
}

function readBareHourOfRange(s: Sentence, i: number): FoundClock | undefined {
  const { kind, word, value } = at(s, i)
  if (kind === 'number') {
    // The hyphen of "9-10" is glued, which a bare hour elsewhere may not have.
    const next = at(s, i + 1)
    if (value <= 24 && at(s, i).text.length <= 2 && (next.text === '-' || next.text === '/')) {
      return {
        value: { hour: value % 24, minute: 0, second: 0, half: value > 12 || value === 0 ? '24' : '', grain: 'hour' },
        end: i + 1,
        sure: false,
      }
    }
    return readBareHour(s, i)
  }
  return Number.isNaN(word.cardinal) ? undefined : readBareHour(s, i)
}

/** What may stand after "from 5 to 7" so that it is not "from 5 to 7 people". */
function isRangeEnd(s: Sentence, i: number): boolean {
  const { kind, word, text } = at(s, i)
  if (word.month || word.unit !== '' || text === '%') return false
  return (
    kind === 'end' ||
    kind === 'mark' ||
    word.opens ||
    word.repeats ||
    ['with', 'to', 'and', 'called', 'please', 'of', 'if', 'or', 'is', 'about', 'titled', 'named', 'hrs', 'o'].includes(text)
  )
}

/** "2-3pm" is 2pm; "11-1pm" is 11am; "8pm to 9" is 9pm; "8am until 6" is 6pm. */
export function inheritHalf(from: Clock, to: Clock): ClockRange {
  if (from.half === '' && (to.half === 'am' || to.half === 'pm')) {
    const same: Clock = { ...from, half: to.half }
    if (minutesOf(same) < minutesOf(to)) return { from: same, to }
    return { from: { ...from, half: to.half === 'pm' ? 'am' : 'pm' }, to }
  }
  if (to.half === '' && (from.half === 'am' || from.half === 'pm')) {
    const same: Clock = { ...to, half: from.half }
    return { from, to: minutesOf(same) > minutesOf(from) ? same : { ...to, half: from.half === 'am' ? 'pm' : 'am' } }
  }
  if (
    from.half === '24' &&
    to.half === '' &&
    to.hour < 12 &&
    to.hour * 60 + to.minute <= from.hour * 60 + from.minute &&
    from.hour < to.hour + 12
  ) {
    return { from, to: { ...to, half: 'pm' } }
  }
  return { from, to }
}

function minutesOf(clock: Clock): number {
  const hour = clock.half === 'pm' ? (clock.hour % 12) + 12 : clock.half === 'am' ? clock.hour % 12 : clock.hour
  return hour * 60 + clock.minute
}

/**
 * Two days with a word between.
 *
 *     May 20 to 24    20-24 May    Feb 8 - Mar 2    Mon-Wed    from the 3rd to the 5th    2014-2018
 */
export function readDaySpan(s: Sentence, i: number, lead: string): Found<Days> | undefined {
  return readFirstToLast(s, i) ?? readNumbersFirst(s, i, lead) ?? readYearsSpan(s, i, lead) ?? readPlainSpan(s, i, lead)
}

// "first to last day of March": all of it
function readFirstToLast(s: Sentence, i: number): Found<Days> | undefined {
  const start = at(s, i).text === 'the' ? i + 1 : i
  if (at(s, start).text !== 'first' || !separators.has(at(s, start + 1).text)) return undefined
  const j = at(s, start + 2).text === 'the' ? start + 3 : start + 2
  if (at(s, j).text !== 'last' || at(s, j + 1).text !== 'day' || at(s, j + 2).text !== 'of') return undefined
  const outer = readDays(s, j + 3, 1)
  return outer && sizeOf(outer.value) > 1 ? outer : undefined
}

// "20 to 24 May"   "the 13th to the 15th of July"   "6-9 March"   "23rd - 26th"
function readNumbersFirst(s: Sentence, i: number, lead: string): Found<Days> | undefined {
  const start = at(s, i).text === 'the' ? i + 1 : i
  const weekday = at(s, start).word.weekday
  const k = weekday ? start + 1 : start
  const ordinal = readOrdinal(s, k)
  const first = ordinal ?? (at(s, k).kind === 'number' && at(s, k).text.length <= 2 ? readWhole(s, k) : undefined)
  if (!first || first.value < 1 || first.value > 31) return undefined
  const dotted =
    at(s, first.end).text === '.' && at(s, first.end).glued && separators.has(at(s, first.end + 1).text) ? first.end + 1 : first.end
  let j = at(s, dotted).text === 'and' && (ordinal || lead === 'between') ? dotted + 1 : afterSeparator(s, dotted, lead)
  if (j === undefined) return undefined
  if (at(s, j).text === 'the') j++
  if (at(s, j).word.weekday) j++
  const to = readDate(s, j)
  if (to && to.value.day !== undefined && to.value.month !== undefined && at(s, j).word.month === 0) {
    if (at(s, j + 1).text === '/' && at(s, j + 1).glued && at(s, first.end).text === '/') return undefined
    return { value: { kind: 'span', from: { ...to.value, day: first.value }, to: to.value, inclusive: true }, end: to.end }
  }
  const second = readOrdinal(s, j) ?? (at(s, j).text.length <= 2 ? readWhole(s, j) : undefined)
  if (!second || second.value > 31 || second.value < 1) return undefined
  const from: Days = { kind: 'date', day: first.value }
  const last: Days = { kind: 'date', day: second.value }
  const link = at(s, second.end).text
  const outer = readDays(s, link === 'of' || link === 'in' ? second.end + 1 : second.end, 1)
  if (outer && sizeOf(outer.value) === 4) {
    return {
      value: {
        kind: 'span',
        from: { kind: 'within', inner: from, outer: outer.value },
        to: { kind: 'within', inner: last, outer: outer.value },
        inclusive: true,
      },
      end: outer.end,
    }
  }
  // "24-29", alone: no hours
  const isAlone = k === 0 && at(s, second.end).kind === 'end' && at(s, dotted).text === '-'
  const alone = isAlone && second.value > 24 && first.value > 12 && first.value < second.value
  return ordinal || alone ? { value: { kind: 'span', from, to: last, inclusive: true }, end: second.end } : undefined
}

// "2014-2018"   "between 2014 and 2018"   "from 1990 to 1995"
function readYearsSpan(s: Sentence, i: number, lead: string): Found<Days> | undefined {
  const first = at(s, i)
  const j = afterSeparator(s, i + 1, lead)
  if (j === undefined || first.kind !== 'number' || first.text.length !== 4) return undefined
  const second = at(s, j)
  const isYear = (value: number) => value >= 1900 && value < 2200
  if (second.kind !== 'number' || second.text.length !== 4 || !isYear(first.value) || !isYear(second.value) || second.value <= first.value)
    return undefined
  return {
    value: { kind: 'span', from: { kind: 'date', year: first.value }, to: { kind: 'date', year: second.value }, inclusive: false },
    end: j + 1,
  }
}

// "Feb 8 - Mar 2"   "Mon-Wed"   "May 20 to 24"   "next Monday to Friday"   "March to June"
function readPlainSpan(s: Sentence, i: number, lead: string): Found<Days> | undefined {
  const first = readDays(s, i)
  if (!first) return undefined
  const from = first.value
  const number = readOrdinal(s, first.end + 1) ?? { value: at(s, first.end + 1).value, end: first.end + 2 }
  const isNextDay = from.kind === 'date' && from.month !== undefined && from.day !== undefined && number.value === from.day + 1
  if (isNextDay && from.year === undefined && at(s, first.end).text === 'and' && endsDays(s, number.end))
    return { value: { kind: 'span', from, to: { ...from, weekday: undefined, day: number.value }, inclusive: true }, end: number.end }
  const pair = at(s, first.end).text === 'and' && isNext(from, at(s, first.end + 1).word)
  let j = pair ? first.end + 1 : afterSeparator(s, first.end, lead)
  if (j === undefined) return undefined
  if (at(s, j).text === 'the') j++
  const present = readPresent(s, j)
  if (present > 0)
    return { value: { kind: 'span', from: backwards(from), to: { kind: 'unit', unit: 'day', offset: 0 }, inclusive: false }, end: present }
  const last = readOne(s, j)
  if (last) {
    const to = at(s, j).kind === 'number' || !readsOn(s, last.end) ? last : (readDays(s, j, 1) ?? last)
    if (sizeOf(to.value) > sizeOf(from) && to.value.kind === 'date' && from.kind !== 'date') return undefined
    const both = span(from, to.value)
    return { value: pair || isThrough(s, first.end) ? { ...both, inclusive: true } : both, end: to.end }
  }
  const bare = readOrdinal(s, j) ?? (at(s, j).kind === 'number' && at(s, j).text.length <= 2 ? readWhole(s, j) : undefined)
  if (!bare || from.kind !== 'date' || from.day === undefined || bare.value > 31) return undefined
  if (bare.value <= from.day)
    return readOrdinal(s, j) && { value: { kind: 'span', from, to: { kind: 'date', day: bare.value }, inclusive: true }, end: bare.end }
  const next = at(s, bare.end)
  if (next.word.half !== '' || (next.text === ':' && next.glued) || next.word.unit !== '' || (next.glued && next.kind === 'word'))
    return undefined
  if (at(s, first.end).text === '-' && !at(s, first.end).glued && at(s, j).glued) return undefined
  const yearAt = next.text === ',' ? bare.end + 1 : bare.end
  const year = at(s, yearAt)
  const stated = year.kind === 'number' && year.text.length === 4 && year.value > 1900 && year.value < 2200
  const written = stated ? { ...from, year: year.value } : from
  return {
    value: { kind: 'span', from: written, to: { ...written, weekday: undefined, day: bare.value }, inclusive: true },
    end: stated ? yearAt + 1 : bare.end,
  }
}

/** "March [through] May" holds all of May, "March to May" its beginning. */
function isThrough(s: Sentence, i: number): boolean {
  return at(s, i).text === 'through' || at(s, i).text === 'thru'
}

/** "Saturday and [Sunday]", "April and [May]": one right after the other. */
function isNext(from: Days, { weekday, month }: Word): boolean {
  if (from.kind === 'weekday') return weekday === (from.weekday % 7) + 1
  return from.kind === 'date' && from.day === undefined && from.month !== undefined && month === (from.month % 12) + 1
}

/** "November 3 and 4", not "November 3 and 4 people" or "and 4pm". */
function endsDays(s: Sentence, i: number): boolean {
  const { kind, text, glued } = at(s, i)
  return kind === 'end' || (kind === 'mark' && text !== ':' && !(glued && at(s, i + 1).glued)) || text === 'at' || text === 'from'
}

// "[from January to] now", "the present day", "date"
export function readPresent(s: Sentence, i: number): number {
  const { text } = at(s, i)
  if (text === 'now' || text === 'date' || text === 'present') return i + 1
  return (text === 'current' || text === 'present') && (at(s, i + 1).text === 'date' || at(s, i + 1).text === 'day') ? i + 2 : 0
}

/** What lasts until now has begun before now. */
function backwards(days: Days): Days {
  return days.kind === 'date' && days.year === undefined && days.month !== undefined ? { ...days, step: -1 } : days
}

function readsOn(s: Sentence, i: number): boolean {
  return at(s, i).kind !== 'end'
}

const oneWeek = amountOf(1, 'week')

/** A year or month said once, at the end, counts for both: "March 3 to June 5, 2030". */
function span(from: Days, to: Days): Extract<Days, { kind: 'span' }> {
  const inclusive = sizeOf(to) <= 3
  if (from.kind === 'date' && to.kind === 'date' && to.year !== undefined && from.year === undefined && from.month !== undefined)
    return { kind: 'span', from: { ...from, year: (to.month ?? 0) < from.month ? to.year - 1 : to.year }, to, inclusive }
  // "Thursday to next Saturday": not the Saturday of the same week.
  if (from.kind === 'weekday' && from.which === 'coming' && to.kind === 'weekday' && to.which === 'next' && to.weekday > from.weekday)
    return { kind: 'span', from, to: { kind: 'shift', amount: oneWeek, from: { ...to, which: 'coming' } }, inclusive }
  if (to.kind === 'within' && from.kind === 'weekday' && from.which === 'coming')
    return { kind: 'span', from: { kind: 'within', inner: from, outer: to.outer }, to, inclusive }
  return { kind: 'span', from, to, inclusive }
}
