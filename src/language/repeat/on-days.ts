import { type Found, readOrdinal, readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readUnit } from '../time/amount.ts'
import { readDate } from '../time/date.ts'
import { readRank } from '../time/day-periods.ts'
import { readDayList, readMonthList, skipAnd } from './lists.ts'
import type { Repeat } from './repeat.ts'

// "[every month] on the 4th"   "[weekly] on Wednesdays and Fridays"   "[every year] on December 25th"   "[monthly] on the first Friday"   "on the last day"
export function readOnDays(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
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
    const after = ranks.length === 1 ? readAfterWeekday(s, days, ranks[0] ?? 1) : undefined
    const weekdays = after
      ? days.value.map((weekday) => ({ weekday }))
      : days.value.flatMap((weekday) => ranks.map((n) => ({ weekday, n })))
    if (after) {
      const months = at(s, after.end).text === 'of' || at(s, after.end).text === 'in' ? readMonthList(s, after.end + 1) : undefined
      const end = months?.end ?? skipOfTheMonth(s, after.end)
      return { value: { ...repeat, weekdays, monthDays: after.value, ...(months ? { months: months.value } : {}) }, end }
    }
    const end = skipOfTheMonth(s, days.end)
    const within = at(s, end).text === 'of' || at(s, end).text === 'in' ? readMonthList(s, end + 1) : undefined
    return { value: { ...repeat, weekdays, ...(within ? { months: within.value } : {}) }, end: within?.end ?? end }
  }
  const unit = readUnit(s, j)
  if (unit?.value === 'workday')
    return { value: { ...repeat, weekdays: [1, 2, 3, 4, 5].map((weekday) => ({ weekday })), positions: ranks }, end: unit.end }
  if (unit?.value === 'day') j = unit.end
  else if (unit) return undefined
  if (repeat.frequency === 'WEEKLY' && (repeat.weekdays.length > 0 || ranks.some((rank) => rank < 1 || rank > 7))) return undefined
  if (repeat.frequency === 'WEEKLY')
    return { value: { ...repeat, weekdays: ranks.filter((rank) => rank >= 1 && rank <= 7).map((weekday) => ({ weekday })) }, end: j }
  const month = at(s, j).text === 'of' ? readMonthList(s, j + 1) : at(s, j).word.month ? readMonthList(s, j) : undefined
  if (month) return { value: { ...repeat, frequency: 'YEARLY', months: month.value, monthDays: ranks }, end: month.end }
  const tail = skipOfTheMonth(s, j)
  if (repeat.frequency === 'YEARLY' && repeat.months.length === 0) return { value: { ...repeat, yearDays: ranks }, end: tail }
  return { value: { ...repeat, monthDays: ranks }, end: tail }
}

function skipOfTheMonth(s: Sentence, i: number): number {
  return at(s, i).text === 'of' && at(s, i + 1).text === 'the' && at(s, i + 2).word.unit === 'month' ? i + 3 : i
}

/** "[the first Tuesday] after a Monday", "that follows the first Sunday": the days of the month that it can fall on. */
function readAfterWeekday(s: Sentence, days: Found<number[]>, rank: number): Found<number[]> | undefined {
  let j = at(s, days.end).text === 'that' ? days.end + 1 : days.end
  if (!['after', 'following', 'follows'].includes(at(s, j).text)) return undefined
  j++
  if (at(s, j).text === 'a' || at(s, j).text === 'the') j++
  const other = readOrdinal(s, j)
  if (other) j = other.end
  const anchor = at(s, j).word.weekday
  const [weekday] = days.value
  if (!anchor || weekday === undefined || days.value.length > 1 || rank < 1) return undefined
  const first = ((other?.value ?? 1) - 1) * 7 + 1 + ((weekday - anchor + 7) % 7 || 7) + (rank - 1) * 7
  const list = Array.from({ length: 7 }, (_, index) => first + index).filter((each) => each <= 31)
  return list.length > 0 ? { value: list, end: j + 1 } : undefined
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

// "in March and May"   "but only during June"   "[every Friday] of August"   "from November to June" is left to start and until
export function readInMonths(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
  if (repeat.months.length > 0) return undefined
  let j = i
  if (at(s, j).text === 'but') j++
  if (at(s, j).text === 'only') j++
  const lead = at(s, j).text
  if (lead !== 'in' && lead !== 'of' && lead !== 'during' && !(lead === 'on' && repeat.frequency === 'YEARLY')) return undefined
  const months = readMonthList(s, j + 1)
  return months && { value: { ...repeat, months: months.value }, end: months.end }
}

// "in week 12 and 14"
export function readWeekNumbers(s: Sentence, i: number, repeat: Repeat): Found<Repeat> | undefined {
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
