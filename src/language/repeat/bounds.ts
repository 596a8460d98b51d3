import { type Found, readWhole } from '../text/numbers.ts'
import { table } from '../text/table.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readAmount } from '../time/amount.ts'
import { readClock } from '../time/clock.ts'
import { readDate } from '../time/date.ts'
import { readDays } from '../time/days.ts'
import type { Opening } from '../time/draft.ts'
import { emptyPhrase } from '../time/expression.ts'
import { readPhrase } from '../time/phrase.ts'
import { readClockRange } from '../time/range.ts'
import { readDayList, readMonthList, skipAnd } from './lists.ts'
import type { Except, Repeat } from './repeat.ts'

// "between 9 and 17"   "from 9am to 5pm"   "9-10am"
export function readBetween(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  if (repeat.between || repeat.clocks.length > 0) return undefined
  const lead = at(s, i).text
  const found = readClockRange(
    s,
    lead === 'from' || lead === 'between' || lead === 'at' ? i + 1 : i,
    lead === 'from' || lead === 'between' ? lead : 'at',
    true,
  )
  return found && { value: { ...repeat, between: found.value }, end: found.end }
}

// "[every day] this week"   "[every morning] next month"
export function readWithin(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  const j = at(s, i).text === 'during' || at(s, i).text === 'of' || at(s, i).text === 'for' ? i + 1 : i
  const { step } = at(s, j).word
  const { unit } = at(s, j + 1).word
  if (repeat.within || (step !== 0 && step !== 1) || at(s, j + 1).word.plural) return undefined
  if (unit !== 'week' && unit !== 'month' && unit !== 'quarter' && unit !== 'year') return undefined
  return { value: { ...repeat, within: { kind: 'unit', unit, offset: step } }, end: j + 2 }
}

// "starting tomorrow"   "from January 1"   "beginning next week"
export function readStart(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  const { text } = at(s, i)
  if (text !== 'starting' && text !== 'beginning' && text !== 'from' && text !== 'starts' && text !== 'since' && text !== 'after')
    return undefined
  if (repeat.start) return undefined
  let j = i + 1
  if (at(s, j).text === 'on' || at(s, j).text === 'at' || at(s, j).text === 'from' || at(s, j).text === 'in') j++
  if (text === 'from' && at(s, j).text === 'now') return { value: repeat, end: at(s, j + 1).text === 'on' ? j + 2 : j + 1 }
  const single = readDays(s, j)
  // "from November until June", "starting in March until May": the first end only.
  const goesOn = single && ['until', 'till', 'til', 'to', 'through'].includes(at(s, single.end).text)
  const phrase = goesOn ? undefined : readPhrase(s, j, true)
  if (phrase && phrase.value.open === undefined && phrase.value.length === undefined)
    return { value: takeStart(repeat, phrase.value), end: phrase.end }
  if (!single) return undefined
  const start = readPhraseOfDays(s, j, single.end)
  return start && { value: { ...repeat, start }, end: single.end }
}

function takeStart(repeat: Repeat, start: NonNullable<Repeat['start']>): Repeat {
  return { ...repeat, start, zone: start.zone ?? repeat.zone }
}

function readPhraseOfDays(s: Sentence, i: number, end: number): Repeat['start'] {
  const days = readDays(s, i)
  return days?.end === end ? { ...emptyPhrase, days: days.value } : undefined
}

/** The words before the last day of a repetition: only "before" leaves it out. */
const endings = table<Opening>({
  until: 'by',
  till: 'by',
  til: 'by',
  to: 'by',
  ending: 'by',
  by: 'by',
  '-': 'by',
  through: 'through',
  thru: 'through',
  before: 'before',
})

// "until June"   "till the end of the year"   "to March 25th"   "through Friday"   "before Christmas"
export function readUntil(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  const { text } = at(s, i)
  const open = endings[text]
  if (repeat.until || open === undefined) return undefined
  const j = at(s, i + 1).text === 'on' || at(s, i + 1).text === 'the' ? i + 2 : i + 1
  const phrase = readPhrase(s, j, true)
  if (!phrase?.value.days && !(phrase && text === 'until')) return undefined
  // "every Monday until May at 9": the time is that of each Monday.
  const value = { ...phrase.value, open: phrase.value.open ?? open }
  if (value.days && value.clocks.length > 0 && repeat.clocks.length === 0 && repeat.start?.clocks.length !== 1)
    return { value: { ...repeat, clocks: value.clocks, until: { ...value, clocks: [] } }, end: phrase.end }
  return { value: { ...repeat, until: value }, end: phrase.end }
}

// "for 8 times"   "for 3 weeks"   "10x"   "twice"   "up to 7 times"   "over 2 days"   "3 occurrences"
export function readCount(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  if (repeat.count !== undefined || repeat.length !== undefined) return undefined
  let j = i
  const lead = at(s, j).text === 'for' || at(s, j).text === 'over'
  if (lead) j++
  const upTo = at(s, j).text === 'up' && at(s, j + 1).text === 'to'
  if (upTo) j += 2
  if (at(s, j).text === 'the') j++
  if (at(s, j).text === 'next' || at(s, j).text === 'first') j++
  if (at(s, j).text === 'twice') return { value: { ...repeat, count: 2 }, end: j + 1 }
  if (at(s, j).text === 'once') return undefined
  const whole = readWhole(s, j)
  if (whole) {
    const noun = at(s, whole.end).text
    if (
      noun === 'times' ||
      noun === 'x' ||
      noun === 'occurrences' ||
      noun === 'occurrence' ||
      noun === 'time' ||
      noun === 'instances' ||
      noun === 'repetitions' ||
      noun === 'sessions'
    )
      return { value: { ...repeat, count: whole.value }, end: whole.end + 1 }
  }
  if (!lead && !upTo) return undefined
  const amount = readAmount(s, j) ?? bareUnit(s, j)
  // "every day at 9 for 30 minutes": how long one takes, which is not how long it goes on.
  if (amount?.value.seconds !== 0) return undefined
  return { value: { ...repeat, length: amount.value }, end: amount.end }
}

// "for the next month"
function bareUnit(s: Sentence, i: number): Found<NonNullable<Repeat['length']>> | undefined {
  if (at(s, i - 1).text !== 'next') return undefined
  const { unit } = at(s, i).word
  if (unit === 'week') return { value: { months: 0, days: 7, workdays: 0, seconds: 0, unit }, end: i + 1 }
  if (unit === 'month') return { value: { months: 1, days: 0, workdays: 0, seconds: 0, unit }, end: i + 1 }
  return unit === 'year' ? { value: { months: 12, days: 0, workdays: 0, seconds: 0, unit }, end: i + 1 } : undefined
}

// "except for tomorrow"   "except on weekends"   "except in March and May"   "but not on Fridays"   "except holidays"
export function readExcept(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  const { text } = at(s, i)
  let j: number
  if (text === 'except' || text === 'excluding' || text === 'excepting') j = i + 1
  else if (text === 'but' && (at(s, i + 1).text === 'not' || at(s, i + 1).text === 'skip')) j = i + 2
  else return undefined
  const list: Except[] = []
  for (let more = 0; more < 8; more++) {
    if (at(s, j).text === 'for') j++
    if (at(s, j).text === 'on' || at(s, j).text === 'in' || at(s, j).text === 'at' || at(s, j).text === 'daily') j++
    if (['on', 'at', 'over', 'during'].includes(at(s, j).text)) j++
    if (at(s, j).text === 'the') j++
    const one = readOneExcept(s, j)
    if (!one) break
    list.push(one.value)
    j = one.end
    const next = skipAnd(s, j)
    if (next === j) break
    if (!readOneExcept(s, at(s, next).text === 'on' || at(s, next).text === 'in' ? next + 1 : next)) break
    j = next
  }
  return list.length > 0 ? { value: { ...repeat, except: [...repeat.except, ...list] }, end: j } : undefined
}

function readOneExcept(s: Sentence, i: number): Found<Except> | undefined {
  const { text, word } = at(s, i)
  if (text === 'holidays' || ((text === 'public' || text === 'bank' || text === 'federal') && at(s, i + 1).text === 'holidays'))
    return { value: { kind: 'holidays' }, end: text === 'holidays' ? i + 1 : i + 2 }
  if (word.unit === 'weekend' || (word.unit === 'workday' && word.plural))
    return { value: { kind: 'weekdays', weekdays: word.unit === 'weekend' ? [6, 7] : [1, 2, 3, 4, 5] }, end: i + 1 }
  if (word.weekday && (word.plural || !readDate(s, i + 1))) {
    const days = readDayList(s, i)
    if (days) return { value: { kind: 'weekdays', weekdays: days.value }, end: days.end }
  }
  const months = word.month && readDate(s, i)?.value.day === undefined ? readMonthList(s, i) : undefined
  if (months) return { value: { kind: 'months', months: months.value }, end: months.end }
  const phrase = readPhrase(s, i, true)
  if (!phrase?.value.days) {
    const clock = readClock(s, i)
    return clock
      ? { value: { kind: 'days', days: { kind: 'unit', unit: 'day', offset: 0 }, clock: clock.value }, end: clock.end }
      : undefined
  }
  return { value: { kind: 'days', days: phrase.value.days, clock: phrase.value.clocks[0] }, end: phrase.end }
}
