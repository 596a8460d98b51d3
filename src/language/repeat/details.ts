import { type Found, readOrdinal, readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readAmount, readUnit } from '../time/amount.ts'
import { readBareHour, readClock } from '../time/clock.ts'
import { readDate } from '../time/date.ts'
import { readDays, readRank } from '../time/days.ts'
import { emptyPhrase } from '../time/expression.ts'
import { readPhrase } from '../time/phrase.ts'
import { readClockRange } from '../time/range.ts'
import { readZoneAfterClock } from '../time/zones.ts'
import type { Except, Repeat } from './repeat.ts'

/** Adds one detail that begins at `i` to the repetition, or returns undefined. */
type Detail = (s: Sentence, i: number, repeat: Repeat) => Found<Repeat> | undefined

/** Tried in this order, again and again, until none fits. */
const details: readonly Detail[] = [
  readExcept,
  readStart,
  readUntil,
  readCount,
  readOnDays,
  readInMonths,
  readWeekNumbers,
  readBetween,
  readTimes,
  readPart,
]

export function readDetails(s: Sentence, first: Found<Repeat>): Found<Repeat> {
  let found = first
  for (let more = 0; more < 10; more++) {
    const next = readDetail(s, found)
    if (!next) break
    found = next
  }
  return found
}

function readDetail(s: Sentence, found: Found<Repeat>): Found<Repeat> | undefined {
  const j =
    at(s, found.end).text === ',' || (at(s, found.end).text === 'and' && at(s, found.end + 1).text === 'at') ? found.end + 1 : found.end
  for (const read of details) {
    const next = read(s, j, found.value)
    if (next) return next
  }
  return undefined
}

/** Weekdays with commas, "and", blanks or "through" between: "Mon, Wed and Fri", "Saturday to Tuesday", "weekends". */
export function readDayList(s: Sentence, i: number): Found<number[]> | undefined {
  const days: number[] = []
  let j = i
  for (let more = 0; more < 9; more++) {
    const { word } = at(s, j)
    if (word.unit === 'weekend' && days.length > 0) days.push(6, 7)
    else if (word.unit === 'workday' && word.plural) days.push(1, 2, 3, 4, 5)
    else if (!word.weekday) break
    else days.push(word.weekday)
    j++
    if (at(s, j).text === '.' && at(s, j).glued && at(s, j + 1).kind !== 'end') j++
    const through = readThrough(s, j, days.at(-1) ?? 1)
    if (through) {
      days.push(...through.value)
      j = through.end
    }
    const next = skipAnd(s, j)
    if (!at(s, next).word.weekday && at(s, next).word.unit !== 'weekend') break
    j = next
  }
  return days.length > 0 ? { value: [...new Set(days)], end: j } : undefined
}

export function skipAnd(s: Sentence, i: number): number {
  let j = i
  if (at(s, j).text === ',' || at(s, j).text === '/') j++
  if (at(s, j).text === 'and' || at(s, j).text === '&' || at(s, j).text === 'or') j++
  return j
}

// "[Saturday] through Tuesday"
function readThrough(s: Sentence, i: number, from: number): Found<number[]> | undefined {
  const { text } = at(s, i)
  if (text !== '-' && text !== 'to' && text !== 'through' && text !== 'thru' && text !== 'till') return undefined
  const to = at(s, i + 1).word.weekday
  if (!to) return undefined
  const days: number[] = []
  for (let day = (from % 7) + 1; to !== from; day = (day % 7) + 1) {
    days.push(day)
    if (day === to || days.length > 7) break
  }
  return { value: days, end: i + 2 }
}

/** Months with commas, "and" or "to" between. */
export function readMonthList(s: Sentence, i: number): Found<number[]> | undefined {
  const months: number[] = []
  let j = i
  for (let more = 0; more < 12; more++) {
    const { month } = at(s, j).word
    if (!month) break
    months.push(month)
    j++
    if (at(s, j).text === 'to' || at(s, j).text === '-' || at(s, j).text === 'through') {
      const to = at(s, j + 1).word.month
      if (to) {
        for (let each = (month % 12) + 1; each !== to && months.length < 12; each = (each % 12) + 1) months.push(each)
        months.push(to)
        j += 2
      }
    }
    const next = skipAnd(s, j)
    if (next === j || !at(s, next).word.month) break
    j = next
  }
  return months.length > 0 ? { value: months, end: j } : undefined
}

// "at 9"   "at 9 and 17"   "at 10, 12 and 17"   "9:00"   "at noon"
function readTimes(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  if (repeat.clocks.length > 0) return undefined
  const named = at(s, i).text === 'at' || at(s, i).text === '@' || at(s, i).text === 'around' || at(s, i).text === 'by'
  const j = named ? i + 1 : i
  const phrase = readPhrase(s, i)
  if (
    phrase &&
    phrase.value.clocks.length > 0 &&
    phrase.value.days === undefined &&
    phrase.value.until === undefined &&
    phrase.value.shift === undefined &&
    phrase.value.to === undefined &&
    phrase.value.open === undefined &&
    phrase.value.length === undefined
  ) {
    return {
      value: { ...repeat, clocks: phrase.value.clocks, part: phrase.value.part ?? repeat.part, zone: phrase.value.zone },
      end: phrase.end,
    }
  }
  const clock = readClock(s, j) ?? (named ? readBareHour(s, j) : undefined)
  if (!clock || (!named && !clock.sure && at(s, clock.end).kind !== 'end' && clock.value.minute === 0)) return undefined
  const zone = readZoneAfterClock(s, clock.end)
  return { value: { ...repeat, clocks: [clock.value], zone: zone?.value.zone }, end: zone?.end ?? clock.end }
}

// "in the morning"   "at night"   "mornings"   "[every Friday] night"
function readPart(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  if (repeat.part !== undefined) return undefined
  let j = i
  if (at(s, j).text === 'in' || at(s, j).text === 'at' || at(s, j).text === 'during') j++
  if (at(s, j).text === 'the') j++
  const { part } = at(s, j).word
  if (part === '' || at(s, j).text === 'eve' || part === 'lunch') return undefined
  return { value: { ...repeat, part }, end: j + 1 }
}

// "[every month] on the 4th"   "[weekly] on Wednesdays and Fridays"   "[every year] on December 25th"   "[monthly] on the first Friday"   "on the last day"
function readOnDays(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  const { text } = at(s, i)
  let j = text === 'on' || text === 'in' || text === 'at' ? i + 1 : i
  if (at(s, j).text === 'the') j++
  if (at(s, j).text === 'beginning' || at(s, j).text === 'begin' || at(s, j).text === 'start')
    return text === 'at' ? { value: edged(repeat, 1), end: j + 1 } : undefined
  if (at(s, j).text === 'end') return { value: edged(repeat, -1), end: j + 1 }
  if (repeat.weekdays.length === 0) {
    const days = readDayList(s, j)
    if (days) return { value: onWeekdays(repeat, days.value), end: days.end }
    const { word } = at(s, j)
    if (word.unit === 'weekend' || (word.unit === 'workday' && word.plural)) {
      return { value: onWeekdays(repeat, word.unit === 'weekend' ? [6, 7] : [1, 2, 3, 4, 5]), end: j + 1 }
    }
  }
  if (repeat.frequency === 'MONTHLY' || repeat.frequency === 'YEARLY' || repeat.frequency === 'WEEKLY')
    return readRankedDays(s, j, repeat) ?? (repeat.frequency === 'YEARLY' ? readYearDate(s, j, repeat) : undefined)
  return undefined
}

function edged(repeat: Repeat, rank: 1 | -1): Repeat {
  return repeat.frequency === 'YEARLY' ? { ...repeat, yearDays: [rank] } : { ...repeat, monthDays: [rank] }
}

function onWeekdays(repeat: Repeat, weekdays: readonly number[]): Repeat {
  const list = weekdays.map((weekday) => ({ weekday }))
  // "monthly on Friday" is every Friday of the month; "daily on Mondays" is weekly.
  if (repeat.frequency === 'DAILY' && repeat.interval === 1) return { ...repeat, frequency: 'WEEKLY', weekdays: list }
  return { ...repeat, weekdays: list }
}

// "[every month on the] 4th"   "[monthly on the] first and last Friday"   "day 20 and 30"   "last day"
function readRankedDays(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  const ranks: number[] = []
  let j = at(s, i).text === 'day' ? i + 1 : i
  const numbered = j > i
  for (let more = 0; more < 8; more++) {
    const k = at(s, j).text === 'the' ? j + 1 : j
    const rank = readRank(s, k) ?? (numbered ? readWhole(s, k) : undefined)
    if (!rank) break
    ranks.push(rank.value)
    j = rank.end
    const through = readRankThrough(s, j, rank.value)
    if (through) {
      ranks.push(...through.value)
      j = through.end
    }
    const next = skipAnd(s, j)
    if (next === j || !(readRank(s, at(s, next).text === 'the' ? next + 1 : next) ?? (numbered ? readWhole(s, next) : undefined))) break
    j = next
  }
  if (ranks.length === 0) return undefined
  const instances = at(s, j).text === 'instance' || at(s, j).text === 'instances'
  if (instances) j += at(s, j + 1).text === 'of' ? 2 : 1
  const days = at(s, j).word.weekday ? readDayList(s, j) : undefined
  if (days && instances)
    return { value: { ...repeat, weekdays: days.value.map((weekday) => ({ weekday })), positions: ranks }, end: days.end }
  if (days) {
    const weekdays = days.value.flatMap((weekday) => ranks.map((n) => ({ weekday, n })))
    const end =
      at(s, days.end).text === 'of' && at(s, days.end + 1).text === 'the' && at(s, days.end + 2).word.unit === 'month'
        ? days.end + 3
        : days.end
    const within = at(s, end).text === 'of' || at(s, end).text === 'in' ? readMonthList(s, end + 1) : undefined
    return { value: { ...repeat, weekdays, ...(within ? { months: within.value } : {}) }, end: within?.end ?? end }
  }
  const unit = readUnit(s, j)
  if (unit?.value === 'workday')
    return { value: { ...repeat, weekdays: [1, 2, 3, 4, 5].map((weekday) => ({ weekday })), positions: ranks }, end: unit.end }
  if (unit?.value === 'day') j = unit.end
  else if (unit) return undefined
  if (repeat.frequency === 'WEEKLY')
    return { value: { ...repeat, weekdays: ranks.filter((rank) => rank >= 1 && rank <= 7).map((weekday) => ({ weekday })) }, end: j }
  const month = at(s, j).text === 'of' ? readMonthList(s, j + 1) : at(s, j).word.month ? readMonthList(s, j) : undefined
  if (month) return { value: { ...repeat, frequency: 'YEARLY', months: month.value, monthDays: ranks }, end: month.end }
  const tail = at(s, j).text === 'of' && at(s, j + 1).text === 'the' && at(s, j + 2).word.unit === 'month' ? j + 3 : j
  if (repeat.frequency === 'YEARLY' && repeat.months.length === 0) return { value: { ...repeat, yearDays: ranks }, end: tail }
  return { value: { ...repeat, monthDays: ranks }, end: tail }
}

// "[the 10th] thru 15th"
function readRankThrough(s: Sentence, i: number, from: number): Found<number[]> | undefined {
  const { text } = at(s, i)
  if (text !== '-' && text !== 'to' && text !== 'through' && text !== 'thru') return undefined
  const to = readOrdinal(s, at(s, i + 1).text === 'the' ? i + 2 : i + 1)
  if (!to || to.value <= from || to.value > 31) return undefined
  return { value: Array.from({ length: to.value - from }, (_, index) => from + index + 1), end: to.end }
}

// "[yearly on] December 25th"   "[every year on] Dec 21 and 31"
function readYearDate(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  const date = readDate(s, i)
  if (date?.value.month === undefined || date.value.day === undefined) return undefined
  const monthDays = [date.value.day]
  let end = date.end
  for (let more = 0; more < 6; more++) {
    const next = skipAnd(s, end)
    const day = next === end ? undefined : readOrdinal(s, next)
    if (!day) break
    monthDays.push(day.value)
    end = day.end
  }
  return { value: { ...repeat, months: [date.value.month], monthDays }, end }
}

// "in March and May"   "[every Friday] of August"   "from November to June" is left to start and until
function readInMonths(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  if ((at(s, i).text !== 'in' && at(s, i).text !== 'of' && at(s, i).text !== 'during') || repeat.months.length > 0) return undefined
  const months = readMonthList(s, i + 1)
  return months && { value: { ...repeat, months: months.value }, end: months.end }
}

// "in week 12 and 14"
function readWeekNumbers(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  if (at(s, i).text !== 'in' || (at(s, i + 1).text !== 'week' && at(s, i + 1).text !== 'weeks')) return undefined
  const numbers: number[] = []
  let j = i + 2
  for (let more = 0; more < 10; more++) {
    const whole = readWhole(s, j)
    if (!whole || whole.value < 1 || whole.value > 53) break
    numbers.push(whole.value)
    j = whole.end
    const next = skipAnd(s, j)
    if (next === j || !readWhole(s, next)) break
    j = next
  }
  return numbers.length > 0 ? { value: { ...repeat, frequency: 'YEARLY', weekNumbers: numbers }, end: j } : undefined
}

// "between 9 and 17"   "from 9am to 5pm"   "9-10am"
function readBetween(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
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

// "starting tomorrow"   "from January 1"   "beginning next week"
function readStart(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  const { text } = at(s, i)
  if (text !== 'starting' && text !== 'beginning' && text !== 'from' && text !== 'starts' && text !== 'since' && text !== 'after')
    return undefined
  if (repeat.start) return undefined
  let j = i + 1
  if (at(s, j).text === 'on' || at(s, j).text === 'at' || at(s, j).text === 'from' || at(s, j).text === 'in') j++
  if (text === 'from' && at(s, j).text === 'now') return { value: repeat, end: at(s, j + 1).text === 'on' ? j + 2 : j + 1 }
  const single = readDays(s, j)
  // "from November until June": the first end only.
  const phrase =
    text === 'from' &&
    single &&
    (at(s, single.end).text === 'until' || at(s, single.end).text === 'to' || at(s, single.end).text === 'till')
      ? undefined
      : readPhrase(s, j, true)
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

// "until June"   "till the end of the year"   "to March 25th"   "through Friday"
function readUntil(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  const { text } = at(s, i)
  if (
    repeat.until ||
    (text !== 'until' &&
      text !== 'till' &&
      text !== 'til' &&
      text !== 'through' &&
      text !== 'thru' &&
      text !== 'to' &&
      text !== 'ending' &&
      text !== 'before' &&
      text !== 'by' &&
      text !== '-')
  )
    return undefined
  const j = at(s, i + 1).text === 'on' || at(s, i + 1).text === 'the' ? i + 2 : i + 1
  const phrase = readPhrase(s, j, true)
  return phrase?.value.days || (phrase && text === 'until') ? { value: { ...repeat, until: phrase.value }, end: phrase.end } : undefined
}

// "for 8 times"   "for 3 weeks"   "10x"   "twice"   "up to 7 times"   "for the next month"   "3 occurrences"
function readCount(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  if (repeat.count !== undefined || repeat.length !== undefined) return undefined
  let j = i
  const lead = at(s, j).text === 'for'
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
function readExcept(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  const { text } = at(s, i)
  let j: number
  if (text === 'except' || text === 'excluding' || text === 'excepting') j = i + 1
  else if (text === 'but' && (at(s, i + 1).text === 'not' || at(s, i + 1).text === 'skip')) j = i + 2
  else return undefined
  const list: Except[] = []
  for (let more = 0; more < 8; more++) {
    if (at(s, j).text === 'for') j++
    if (at(s, j).text === 'on' || at(s, j).text === 'in' || at(s, j).text === 'at' || at(s, j).text === 'daily') j++
    if (at(s, j).text === 'on' || at(s, j).text === 'at') j++
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
