import { type Found, readOrdinal, readWhole } from '../text/numbers.ts'
import { table } from '../text/table.ts'
import { at, enter, leave, type Sentence } from '../text/tokens.ts'
import type { Unit } from '../text/words.ts'
import { readAmount, readUnit } from '../time/amount.ts'
import { readDate } from '../time/date.ts'
import { readDays } from '../time/days.ts'
import { holidayMonthDay } from '../time/holidays.ts'
import { readDetails } from './details.ts'
import { opensEvery, readInterval, repeatOf, workdays } from './every.ts'
import { readDayList, readMonthList } from './lists.ts'
import { readEveryRank, readNthOfEvery } from './ranked.ts'
import { noRepeat, type Repeat } from './repeat.ts'
import { readBeside, shifted } from './shifted.ts'

type Reader = (s: Sentence, i: number) => Found<Repeat> | undefined

/** How a repetition can begin, tried in this order. */
const readers: readonly Reader[] = [readInitials, readNthOfEvery, readEvery, readAdverb, readOnceA, readPluralParts, readPlurals]

/**
 * One phrase of repetition with its details.
 *
 *     every other Tuesday at 9    on the 1st of every month    weekdays at 8:30    daily until June except on Sundays
 */
export function readRepeat(s: Sentence, i: number): Found<Repeat> | undefined {
  const first = at(s, i)
  if (first.kind === 'word' ? !(first.word.opens || first.word.repeats) : first.kind !== 'number') return undefined
  if (!enter(s)) return undefined
  const found = readRepetition(s, i)
  leave(s)
  return found
}

function readRepetition(s: Sentence, i: number): Found<Repeat> | undefined {
  const first = at(s, i)
  let j = i
  if (first.text === 'on' || first.text === 'in' || first.text === 'at' || first.text === 'the' || first.text === 'for') j++
  if (j > i && at(s, j).text === 'the') j++
  const beside = readShifted(s, j)
  if (beside) return beside
  for (const read of readers) {
    const found = read(s, j)
    const all = found && readDetails(s, found)
    if (all) return isQuarterly(s, j, all.end) ? { ...all, value: inQuarter(all.value) } : all
  }
  return undefined
}

function isQuarterly(s: Sentence, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (at(s, i).word.unit === 'quarter' || at(s, i).text === 'quarterly') return true
  return false
}

/** "every quarter on the first day": of January, April and so on, and not of every third month from now on. */
function inQuarter(repeat: Repeat): Repeat {
  const { frequency, interval, months, monthDays, weekdays, positions } = repeat
  const ranks = [...monthDays, ...positions, ...weekdays.flatMap(({ n }) => n ?? [])]
  if (frequency !== 'MONTHLY' || interval !== 3 || months.length > 0 || ranks.length === 0) return repeat
  if (ranks.every((rank) => rank > 0)) return { ...repeat, interval: 1, months: [1, 4, 7, 10] }
  return ranks.every((rank) => rank < 0) ? { ...repeat, interval: 1, months: [3, 6, 9, 12] } : repeat
}

// "[3 days before] the 1st of every month"   "[the evening before] every Thursday at 8"
function readShifted(s: Sentence, i: number): Found<Repeat> | undefined {
  const beside = readBeside(s, i)
  const found = beside && readRepeat(s, beside.end)
  const value = found && shifted(found.value, beside.value.days)
  return value && { value: { ...value, part: value.part ?? beside.value.part }, end: found.end }
}

const initials = table<readonly number[]>({ mwf: [1, 3, 5], mtwtf: [1, 2, 3, 4, 5], tth: [2, 4] })

// "mwf"   "tth"   "m-f": days by their first letters
function readInitials(s: Sentence, i: number): Found<Repeat> | undefined {
  const through =
    at(s, i).text === 'm' && at(s, i + 1).text === '-' && at(s, i + 2).text === 'f' && at(s, i + 1).glued && at(s, i + 2).glued
  const days = through ? initials.mtwtf : initials[at(s, i).text]
  const weekdays = days?.map((weekday) => ({ weekday }))
  return weekdays && { value: { ...noRepeat, frequency: 'WEEKLY', weekdays }, end: through ? i + 3 : i + 1 }
}

// "every day"   "every other Tuesday"   "each month"   "every 2 weeks"   "every January 25"   "every first Friday of the month"
function readEvery(s: Sentence, i: number): Found<Repeat> | undefined {
  const j = opensEvery(s, i)
  if (j < 0) return undefined
  return (
    readEveryRank(s, j) ??
    readAdverb(s, j) ??
    readEveryPart(s, j) ??
    readEveryUnit(s, j) ??
    readEveryWeekday(s, j) ??
    readEveryDate(s, j) ??
    readEveryMonth(s, j)
  )
}

// "every 2 weeks"   "every 3rd month"   "every other day"   "every weekday"
function readEveryUnit(s: Sentence, i: number): Found<Repeat> | undefined {
  const broken = readBrokenHours(s, i)
  if (broken) return broken
  const ordinal = readOrdinal(s, i)
  const spaced = ordinal && readUnit(s, ordinal.end) ? ordinal : readInterval(s, i)
  if (at(s, spaced.end).word.weekday > 0 && at(s, spaced.end).text !== 'mon') return undefined
  // "every second Tuesday" is no matter of seconds.
  if (ordinal && at(s, ordinal.end).word.weekday > 0) return undefined
  if (at(s, spaced.end).text === 'weeknight') return { value: { ...repeatOf('workday', spaced.value), part: 'night' }, end: spaced.end + 1 }
  const unit = readUnit(s, spaced.end)
  if (!unit || spaced.value < 1 || spaced.value > 100_000) return undefined
  const fortnights = at(s, spaced.end).text.startsWith('fortnight') ? 2 : 1
  return { value: repeatOf(unit.value, spaced.value * fortnights), end: unit.end }
}

// "every hour and a half"   "every 2.5 hours"   "every half hour"
function readBrokenHours(s: Sentence, i: number): Found<Repeat> | undefined {
  const bare = at(s, i).word.unit === 'hour'
  const half = bare && at(s, i + 1).text === 'and' && at(s, i + 2).text === 'a' && at(s, i + 3).text === 'half'
  if (half) return { value: { ...repeatOf('minute', 90) }, end: i + 4 }
  const amount = bare ? undefined : readAmount(s, i)
  if (!amount || amount.value.seconds === 0 || amount.value.days !== 0 || amount.value.months !== 0 || amount.value.unit === 'second')
    return undefined
  const minutes = amount.value.seconds / 60
  return minutes % 60 === 0 || amount.value.unit === 'minute' ? undefined : { value: repeatOf('minute', minutes), end: amount.end }
}

// "every Friday the 13th"   "every Tuesday"   "every other Mon and Fri"   "every Mon, Wed, Fri"   "every 5th Friday"
function readEveryWeekday(s: Sentence, i: number): Found<Repeat> | undefined {
  const ordinal = readOrdinal(s, i)
  const spaced = ordinal && at(s, ordinal.end).word.weekday ? ordinal : readInterval(s, i)
  const days = readDayList(s, spaced.end)
  if (!days || days.value.length === 0) return undefined
  const dated = days.value.length === 1 && at(s, days.end).text === 'the' ? readOrdinal(s, days.end + 1) : undefined
  if (dated && dated.value >= 1 && dated.value <= 31 && at(s, dated.end).text !== 'of')
    return {
      value: {
        ...noRepeat,
        frequency: 'MONTHLY',
        weekdays: days.value.map((weekday) => ({ weekday })),
        monthDays: [dated.value],
      },
      end: dated.end,
    }
  return {
    value: { ...noRepeat, frequency: 'WEEKLY', interval: Math.max(1, spaced.value), weekdays: days.value.map((weekday) => ({ weekday })) },
    end: days.end,
  }
}

// "every morning"   "every Friday night" is left to the weekday and its part
function readEveryPart(s: Sentence, i: number): Found<Repeat> | undefined {
  const spaced = readInterval(s, i)
  const { part } = at(s, spaced.end).word
  if (part === '') return undefined
  return { value: { ...noRepeat, frequency: 'DAILY', interval: spaced.value, part }, end: spaced.end + 1 }
}

// "every January 25"   "every 5/5"   "every 1/30 and 9/30"   "every Aug 20 and 30"   "every Christmas"
function readEveryDate(s: Sentence, i: number): Found<Repeat> | undefined {
  const date = readDate(s, i)
  if (!date || date.value.month === undefined || date.value.day === undefined) return readEveryHoliday(s, i)
  const months = [date.value.month]
  const monthDays = [date.value.day]
  let end = date.end
  for (let more = 0; more < 8; more++) {
    let j = end
    if (at(s, j).text === ',') j++
    if (at(s, j).text === 'and' || at(s, j).text === '&') j++
    if (j === end) break
    const next = readDate(s, j)
    if (next?.value.month !== undefined && next.value.day !== undefined) {
      if (!months.includes(next.value.month)) months.push(next.value.month)
      if (!monthDays.includes(next.value.day)) monthDays.push(next.value.day)
      end = next.end
      continue
    }
    const day = readOrdinal(s, j) ?? readWhole(s, j)
    if (!day || day.value < 1 || day.value > 31 || at(s, day.end).text === ':') break
    monthDays.push(day.value)
    end = day.end
  }
  return { value: { ...noRepeat, frequency: 'YEARLY', months, monthDays }, end }
}

function readEveryHoliday(s: Sentence, i: number): Found<Repeat> | undefined {
  const days = readDays(s, i, 3)
  if (days?.value.kind !== 'holiday') return undefined
  const fixed = holidayMonthDay(days.value.name)
  return fixed && { value: { ...noRepeat, frequency: 'YEARLY', months: [fixed.month], monthDays: [fixed.day] }, end: days.end }
}

// "every August"   "every March and May"
function readEveryMonth(s: Sentence, i: number): Found<Repeat> | undefined {
  const months = readMonthList(s, i)
  return months && { value: { ...noRepeat, frequency: 'YEARLY', months: months.value }, end: months.end }
}

const adverbs = table<readonly [Unit, number]>({
  daily: ['day', 1],
  everyday: ['day', 1],
  nightly: ['day', 1],
  weekly: ['week', 1],
  biweekly: ['week', 2],
  fortnightly: ['week', 2],
  monthly: ['month', 1],
  quarterly: ['quarter', 1],
  yearly: ['year', 1],
  annually: ['year', 1],
  annual: ['year', 1],
  hourly: ['hour', 1],
})

// "daily"   "weekly on Wednesdays"   "bi-weekly"   "weekdays"   "weekends"
function readAdverb(s: Sentence, i: number): Found<Repeat> | undefined {
  const { text, word } = at(s, i)
  const adverb = adverbs[text]
  if (adverb) {
    const value = repeatOf(adverb[0], adverb[1])
    return { value: text === 'nightly' ? { ...value, part: 'night' } : value, end: i + 1 }
  }
  if (text === 'bi' && at(s, i + 1).text === '-' && at(s, i + 2).text === 'weekly') return { value: repeatOf('week', 2), end: i + 3 }
  if ((word.unit === 'workday' || word.unit === 'weekend') && word.plural && text.startsWith('week'))
    return { value: repeatOf(word.unit, 1), end: i + 1 }
  if (text === 'weeknights') return { value: { ...repeatOf('workday', 1), part: 'night' }, end: i + 1 }
  return undefined
}

// "once a week"   "one a day"   "twice weekly"   "once every 2 days"   "once per month"   "twice a week"   "three times a day": how often, which leaves open when
function readOnceA(s: Sentence, i: number): Found<Repeat> | undefined {
  const count = readTimesA(s, i)
  if (count) {
    const lead = at(s, count.end).text
    const adverb = adverbs[lead]
    if (adverb && adverb[1] === 1 && lead !== 'hourly')
      return { value: { ...repeatOf(adverb[0], 1), often: count.value }, end: count.end + 1 }
    const unit = lead === 'a' || lead === 'per' || lead === 'each' || lead === 'every' ? readUnit(s, count.end + 1) : undefined
    const often = unit && (unit.value === 'day' || unit.value === 'week' || unit.value === 'month' || unit.value === 'year')
    return often ? { value: { ...repeatOf(unit.value, 1), often: count.value }, end: unit.end } : undefined
  }
  const one = at(s, i).text === 'one' || at(s, i).text === '1'
  if (one && at(s, i + 1).text !== 'a' && at(s, i + 1).text !== 'per') return undefined
  if (!one && at(s, i).text !== 'once') return undefined
  const next = at(s, i + 1).text
  if (next === 'every') return readEvery(s, i + 1)
  if (next !== 'a' && next !== 'per' && next !== 'an') return undefined
  const unit = readUnit(s, i + 2)
  return unit && unit.value !== 'second' ? { value: repeatOf(unit.value, 1), end: unit.end } : undefined
}

function readTimesA(s: Sentence, i: number): Found<number> | undefined {
  if (at(s, i).text === 'twice') return { value: 2, end: i + 1 }
  const whole = readWhole(s, i)
  return whole && at(s, whole.end).text === 'times' && whole.value >= 2 && whole.value <= 12
    ? { value: whole.value, end: whole.end + 1 }
    : undefined
}

// "Friday mornings"   "mornings"
function readPluralParts(s: Sentence, i: number): Found<Repeat> | undefined {
  const days = readDayList(s, i)
  const { word, text } = at(s, days?.end ?? i)
  const before = at(s, i - 1)
  const counted =
    before.kind === 'number' || !Number.isNaN(before.word.cardinal) || before.text === 'the' || !Number.isNaN(before.word.step)
  const side = at(s, (days?.end ?? i) + 1).text
  if (word.part === '' || !word.plural || text === 'tonights' || counted || side === 'ago' || side === 'from' || side === 'hence')
    return undefined
  if (days)
    return {
      value: { ...noRepeat, frequency: 'WEEKLY', weekdays: days.value.map((weekday) => ({ weekday })), part: word.part },
      end: days.end + 1,
    }
  return before.text === 'in' ? undefined : { value: { ...noRepeat, frequency: 'DAILY', part: word.part }, end: i + 1 }
}

// "Mondays"   "Tuesdays and Thursdays"   "on Saturdays through Tuesdays"
function readPlurals(s: Sentence, i: number): Found<Repeat> | undefined {
  const { word, text } = at(s, i)
  if (text === 'alternate' || text === 'alternating') {
    const each = readPlurals(s, i + 1)
    return each && { value: { ...each.value, interval: 2 }, end: each.end }
  }
  const before = at(s, i - 1)
  // "on work days", where "how many work days" asks
  const working = before.text === 'on' && at(s, i + 1).word.plural ? readUnit(s, i) : undefined
  if (working?.value === 'workday' && working.end === i + 2)
    return { value: { ...noRepeat, frequency: 'WEEKLY', weekdays: workdays }, end: working.end }
  if (!word.weekday || !word.plural) return undefined
  if (before.kind === 'number' || !Number.isNaN(before.word.cardinal) || !Number.isNaN(before.word.step)) return undefined
  const days = readDayList(s, i)
  return days && { value: { ...noRepeat, frequency: 'WEEKLY', weekdays: days.value.map((weekday) => ({ weekday })) }, end: days.end }
}
