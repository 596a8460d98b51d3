import { clockTimes as clocksOf, positionsOf } from '#core/clock-times.ts'
import { civil, dayNumber, daysInMonth, weekdayOf } from '#core/days.ts'
import type { Recurrence } from '#core/understanding.ts'
import { isoDate, isoWeekStart, two } from '../time/civil.ts'
import type { Opening } from '../time/draft.ts'
import type { Clock } from '../time/expression.ts'
import { holidayIn, publicHolidays } from '../time/holidays.ts'
import { partHours } from '../time/resolve-clock.ts'
import { resolveDays } from '../time/resolve-days.ts'
import { type Stretch, shiftDays } from '../time/resolve-units.ts'
import type { Present } from '../time/resolver.ts'
import { dayOf, later, wallIso, wallSeconds } from '../time/wall.ts'
import { type Except, noRepeat, type Repeat } from './repeat.ts'

const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

/**
 * A repetition as an RFC 5545 rule whose DTSTART is its first occurrence at or after now.
 *
 * DTSTART always satisfies the rule, so that every library counts alike.
 */
export function resolveRepeat(repeat: Repeat, present: Present, locale: string): Recurrence {
  const timeZone = repeat.zone ?? present.timeZone
  const today = dayOf(present.now, timeZone)
  const secondsNow = wallSeconds(present.now, timeZone) - today * 86_400
  if (repeat.frequency === 'HOURLY' || repeat.frequency === 'MINUTELY' || repeat.frequency === 'SECONDLY')
    return withinDay(repeat, { today, secondsNow }, timeZone)
  const times = clockTimes(repeat)
  if (repeat.dates.length > 0) return onDates(repeat, today, times, timeZone)
  const from = startDay(repeat, today)
  const first = firstDay(anchored(repeat, from), from, from === today && times.length > 0 ? (times.at(-1) ?? 0) < secondsNow : false)
  const rule = anchored(repeat, first)
  const startTime = times.find((time) => first > today || time >= secondsNow) ?? times[0]
  const parts = ruleParts(rule, times)
  const ended = endParts(repeat, first, today, times.length > 0, timeZone)
  return {
    rrule: [...parts, ...ended].join(';'),
    dtstart: startTime === undefined ? isoDate(first) : `${isoDate(first)}T${clockText(startTime)}`,
    timeZone,
    exdates: exceptionDates(repeat.except, first, today, times, locale),
  }
}

/** A rule of the days of the year, which ends when each has come: dates within twelve months follow each other in one order only. */
function onDates({ dates }: Repeat, today: number, times: readonly number[], timeZone: string): Recurrence {
  const days = [...new Set(dates.map((date) => resolveDays({ kind: 'date', ...date }, today).start))].sort((a, b) => a - b)
  const [first = today] = days
  const ranks = days.map((day) => day - dayNumber(civil(day).year, 1, 1) + 1).sort((a, b) => a - b)
  const parts = ruleParts({ ...noRepeat, frequency: 'YEARLY', yearDays: ranks }, times)
  const [time] = times
  return {
    rrule: [...parts, `COUNT=${ranks.length * Math.max(1, times.length)}`].join(';'),
    dtstart: time === undefined ? isoDate(first) : `${isoDate(first)}T${clockText(time)}`,
    timeZone,
    exdates: [],
  }
}

function startDay(repeat: Repeat, today: number): number {
  if (repeat.within) return Math.max(today, resolveDays(repeat.within, today).start)
  if (!repeat.start?.days) return today
  const { start, end } = resolveDays(repeat.start.days, today)
  // "from November" in November is from now on.
  return start < today && today < end ? today : start
}

/** What a bare "every week", "monthly", "every year" leaves open is the day it starts on; a month says its day too. */
function anchored(repeat: Repeat, first: number): Repeat {
  const { day, month } = civil(first)
  if (repeat.frequency === 'MONTHLY' && repeat.weekdays.length === 0 && repeat.monthDays.length === 0) return repeat
  if (
    repeat.frequency === 'YEARLY' &&
    repeat.months.length > 0 &&
    repeat.monthDays.length === 0 &&
    repeat.weekdays.length === 0 &&
    repeat.weekNumbers.length === 0
  ) {
    return { ...repeat, monthDays: repeat.months.includes(month) && repeat.start ? [day] : [1] }
  }
  return repeat
}

/** Seconds since midnight of each time of day, in order; empty when the phrase says none. */
function clockTimes(repeat: Repeat): number[] {
  const clocks = repeat.clocks.length > 0 ? repeat.clocks : (repeat.start?.clocks ?? [])
  if (clocks.length === 0 && repeat.between) return [clockSecondsOf(repeat.between.from, repeat)]
  if (clocks.length === 0) return repeat.part ? [partHours[repeat.part] * 3600 - (repeat.part === 'midnight' ? 86_400 : 0)] : []
  return clocks.map((clock) => clockSecondsOf(clock, repeat)).sort((a, b) => a - b)
}

function clockSecondsOf(clock: Clock, repeat: Repeat): number {
  const rest = clock.minute * 60 + clock.second
  const twelve = clock.hour % 12
  if (clock.half === 'am') return twelve * 3600 + rest
  if (clock.half === 'pm') return (twelve + 12) * 3600 + rest
  const late = repeat.part === 'afternoon' || repeat.part === 'evening' || (repeat.part === 'night' && clock.hour >= 5)
  if (late && clock.hour < 12) return (clock.hour + 12) * 3600 + rest
  const afternoon = clock.half === '' && repeat.part !== 'morning' && clock.hour > 0 && clock.hour < 7
  return (clock.hour + (afternoon ? 12 : 0)) * 3600 + rest
}

/** "6-7" is an hour of the evening, as the six is one. */
function endOf({ from, to }: NonNullable<Repeat['between']>, repeat: Repeat): number {
  const [start, end] = [clockSecondsOf(from, repeat), clockSecondsOf(to, repeat)]
  return to.half === '' && end < start && end + 43_200 > start ? end + 43_200 : end
}

/** How many seconds "from 3 to 4:30" takes, once or every time; undefined for what repeats within it. */
export function lengthOfRange(repeat: Repeat): number | undefined {
  const { between, frequency } = repeat
  if (!between || frequency === 'HOURLY' || frequency === 'MINUTELY' || frequency === 'SECONDLY') return undefined
  const seconds = endOf(between, repeat) - clockSecondsOf(between.from, repeat)
  // "3pm to 3pm" is a slip, and no whole day; "9 to 9" ends in the evening.
  if (seconds === 0) return between.to.half === '' ? 43_200 : 0
  return seconds > 0 ? seconds : seconds + 86_400
}

function clockText(seconds: number): string {
  return `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** The first day at or after `from` that the rule gives; the day after `from` when its times have passed. */
function firstDay(repeat: Repeat, from: number, passed: boolean): number {
  const start = passed ? from + 1 : from
  for (let day = start; day < start + 366 * 9; day = nextCandidate(repeat, day)) if (fits(repeat, day, from)) return day
  return start
}

/** The next day worth a look: none of a month that the rule leaves out, and of a month only the days it names. */
function nextCandidate({ months, monthDays }: Repeat, day: number): number {
  if (months.length + monthDays.length === 0) return day + 1
  const { year, month, day: ofMonth } = civil(day)
  const before = day - ofMonth
  const length = daysInMonth(year, month)
  let next = before + length + 1
  if (months.length > 0 && !months.includes(month)) return next
  if (monthDays.length === 0) return day + 1
  for (const rank of monthDays) {
    const each = before + (rank > 0 ? rank : length + rank + 1)
    if (each > day && each < next) next = each
  }
  return next
}

function fits(repeat: Repeat, day: number, from: number): boolean {
  const date = civil(day)
  if (repeat.months.length > 0 && !repeat.months.includes(date.month)) return false
  if (
    repeat.weekNumbers.length > 0 &&
    !repeat.weekNumbers.some((week) => isoWeekStart(civil(day - weekdayOf(day) + 4).year, week) === day - weekdayOf(day) + 1)
  )
    return false
  if (repeat.yearDays.length > 0) {
    const first = dayNumber(date.year, 1, 1)
    const length = dayNumber(date.year + 1, 1, 1) - first
    if (!repeat.yearDays.some((rank) => day === (rank > 0 ? first + rank - 1 : first + length + rank))) return false
  }
  if (
    repeat.monthDays.length > 0 &&
    !repeat.monthDays.some((rank) => date.day === (rank > 0 ? rank : daysInMonth(date.year, date.month) + rank + 1))
  )
    return false
  if (repeat.positions.length > 0) return isAtPosition(repeat, day)
  if (repeat.weekdays.length > 0 && !repeat.weekdays.some((each) => isWeekday(each, repeat, day))) return false
  if (repeat.weekNumbers.length > 0 && repeat.weekdays.length === 0) return weekdayOf(day) === 1
  return (
    repeat.weekdays.length + repeat.monthDays.length + repeat.yearDays.length + repeat.months.length + repeat.weekNumbers.length > 0 ||
    day >= from
  )
}

function isWeekday({ weekday, n }: Repeat['weekdays'][number], repeat: Repeat, day: number): boolean {
  if (weekdayOf(day) !== weekday) return false
  if (n === undefined) return true
  const { year, month } = civil(day)
  const inYear = repeat.frequency === 'YEARLY' && repeat.months.length === 0
  const start = inYear ? dayNumber(year, 1, 1) : dayNumber(year, month, 1)
  const end = inYear ? dayNumber(year + 1, 1, 1) : start + daysInMonth(year, month)
  return n > 0 ? Math.floor((day - start) / 7) === n - 1 : Math.floor((end - 1 - day) / 7) === -n - 1
}

/** The nth of the days of its month that the weekdays allow. */
function isAtPosition(repeat: Repeat, day: number): boolean {
  const { year, month } = civil(day)
  const start = dayNumber(year, month, 1)
  const allowed: number[] = []
  for (let each = start; each < start + daysInMonth(year, month); each++)
    if (repeat.weekdays.some(({ weekday }) => weekday === weekdayOf(each))) allowed.push(each)
  return repeat.positions.some((position) => allowed.at(position > 0 ? position - 1 : position) === day)
}

function ruleParts(repeat: Repeat, times: readonly number[]): string[] {
  const parts = [`FREQ=${repeat.frequency}`]
  if (repeat.interval > 1) parts.push(`INTERVAL=${repeat.interval}`)
  const excluded = repeat.except.flatMap((each) => (each.kind === 'months' ? each.months : []))
  const months =
    repeat.months.length > 0
      ? repeat.months.filter((month) => !excluded.includes(month))
      : excluded.length > 0
        ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].filter((month) => !excluded.includes(month))
        : []
  if (months.length > 0) parts.push(`BYMONTH=${[...months].sort((a, b) => a - b).join(',')}`)
  if (repeat.weekNumbers.length > 0) parts.push(`BYWEEKNO=${repeat.weekNumbers.join(',')}`)
  if (repeat.yearDays.length > 0) parts.push(`BYYEARDAY=${repeat.yearDays.join(',')}`)
  if (repeat.monthDays.length > 0) parts.push(`BYMONTHDAY=${[...repeat.monthDays].sort((a, b) => a - b).join(',')}`)
  const without = repeat.except.flatMap((each) => (each.kind === 'weekdays' ? each.weekdays : []))
  const given = repeat.weekdays.length > 0 || without.length === 0 ? repeat.weekdays : [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday }))
  const weekdays = given.filter(({ weekday }) => !without.includes(weekday))
  if (weekdays.length > 0)
    parts.push(
      `BYDAY=${[...weekdays]
        .sort((a, b) => ((a as { n?: number }).n ?? 0) - ((b as { n?: number }).n ?? 0) || a.weekday - b.weekday)
        .map(dayCode)
        .join(',')}`,
    )
  const positions = times.length > 1 ? positionsAt(repeat, times) : repeat.positions
  if (positions.length > 0) parts.push(`BYSETPOS=${positions.join(',')}`)
  if (times.length > 1) {
    const { hours, minutes } = clocksOf(times)
    parts.push(`BYHOUR=${hours.join(',')}`)
    if (minutes.length > 1 || minutes[0] !== 0) parts.push(`BYMINUTE=${minutes.join(',')}`)
  }
  return parts
}

/** Which of the times that hours and minutes give are meant; empty when all of them are. */
function positionsAt(repeat: Repeat, times: readonly number[]): readonly number[] {
  const clocks = clocksOf(times)
  if (repeat.positions.length > 0) return positionsOf(clocks, repeat.positions)
  if (clocks.wanted.length === clocks.hours.length * clocks.minutes.length) return []
  const days = daysInInterval(repeat)
  return days === undefined
    ? []
    : positionsOf(
        clocks,
        Array.from({ length: days }, (_, index) => index + 1),
      )
}

/** How many days each interval has; undefined when that differs: "every Friday of the month". */
function daysInInterval({ frequency, weekdays, monthDays, months, yearDays, weekNumbers }: Repeat): number | undefined {
  if (frequency === 'DAILY') return 1
  if (frequency === 'WEEKLY') return Math.max(1, weekdays.length)
  if (frequency === 'YEARLY' && yearDays.length > 0 && weekdays.length + monthDays.length + months.length === 0) return yearDays.length
  if (yearDays.length + weekNumbers.length > 0 || (weekdays.length > 0 && monthDays.length > 0)) return undefined
  if (weekdays.some(({ n }) => n === undefined) || monthDays.some((day) => day > 28 || day < -28)) return undefined
  return Math.max(1, weekdays.length, monthDays.length) * (frequency === 'YEARLY' ? Math.max(1, months.length) : 1)
}

function dayCode({ weekday, n }: { readonly weekday: number; readonly n?: number }): string {
  return `${n ?? ''}${codes[weekday - 1] ?? 'MO'}`
}

/** COUNT, or UNTIL as a date for all-day rules and as an instant in UTC otherwise (RFC 5545 3.3.10). */
function endParts(repeat: Repeat, first: number, today: number, timed: boolean, timeZone: string): string[] {
  if (repeat.count !== undefined) return [`COUNT=${Math.max(1, Math.min(repeat.count, 10_000))}`]
  let last: number | undefined
  if (repeat.length) last = shiftDays(startDay(repeat, today), repeat.length) - 1
  if (repeat.until?.days) {
    // "until Friday" on a Thursday is tomorrow, even when the first one is not before tomorrow either.
    const near = resolveDays(repeat.until.days, today)
    const from = near.unit === 'day' && near.end > first ? today : Math.max(first, today)
    const soonest = from === today ? near : resolveDays(repeat.until.days, from)
    // "until November" in November is until the next one.
    const over = soonest.start <= from && soonest.unit === 'month' && repeat.until.days.kind === 'date'
    const stretch = over ? resolveDays(repeat.until.days, soonest.end) : soonest
    last = lastDayOf(repeat.until.open, stretch)
  }
  if (repeat.within) last = resolveDays(repeat.within, today).end - 1
  if (last === undefined) return []
  if (!timed) return [`UNTIL=${isoDate(last).replaceAll('-', '')}`]
  const end = wallIso(last * 86_400 + 86_399, timeZone)
  const utc = end === null ? null : later(end, 0, 'UTC')
  return utc === null ? [] : [`UNTIL=${utc.slice(0, utc.lastIndexOf('+')).replaceAll(/[-:]/g, '')}Z`]
}

/** "until June" ends when June comes, "through June" with its last day, "before June" ahead of it. */
function lastDayOf(open: Opening | undefined, { start, end, unit }: Stretch): number {
  if (open === 'before') return start - 1
  return open !== 'through' && (unit === 'month' || unit === 'year') ? start : end - 1
}

function exceptionDates(except: readonly Except[], first: number, today: number, times: readonly number[], locale: string): string[] {
  const dates: string[] = []
  const push = (day: number, clock?: Clock) => {
    if (times.length === 0) dates.push(isoDate(day))
    else
      for (const time of times)
        if (!clock || Math.floor(time / 3600) % 12 === clock.hour % 12) dates.push(`${isoDate(day)}T${clockText(time)}`)
  }
  for (const each of except) {
    if (each.kind === 'days') {
      const stretch = resolveDays(each.days, today)
      for (let day = stretch.start; day < Math.min(stretch.end, stretch.start + 100); day++) push(day, each.clock)
    }
    if (each.kind === 'holidays') {
      // Two years of public holidays: a feed that lives longer asks again.
      const names = publicHolidays[locale === 'en-GB' ? 'GB' : 'US']
      const { year } = civil(first)
      for (const wanted of [year, year + 1]) for (const name of names) if (holidayIn(name, wanted) >= first) push(holidayIn(name, wanted))
    }
  }
  return dates
}

/** "every 2 hours", "every 10 minutes between 9 and 17": counted from now, or from the start that was said. */
function withinDay(repeat: Repeat, now: { readonly today: number; readonly secondsNow: number }, timeZone: string): Recurrence {
  const parts = ruleParts(repeat, [])
  const from = startDay(repeat, now.today)
  let seconds = from === now.today ? now.secondsNow : 0
  const startClock = repeat.start?.clocks[0] ?? repeat.clocks[0]
  const isEveryHour = startClock !== undefined && Number.isNaN(startClock.hour)
  let first = from
  if (startClock) {
    if (!isEveryHour) seconds = clockSecondsOf(startClock, repeat)
    if (!isEveryHour && from === now.today && seconds <= now.secondsNow) first += 1
  }
  if (repeat.between) {
    const begin = clockSecondsOf(repeat.between.from, repeat)
    const end = endOf(repeat.between, repeat)
    const hours: number[] = []
    for (let hour = Math.floor(begin / 3600); hour * 3600 < end; hour++) hours.push(hour)
    if (hours.length > 0) parts.push(`BYHOUR=${hours.join(',')}`)
    if (from === now.today && now.secondsNow >= end) first += 1
    if (first > now.today || seconds < begin) seconds = begin
  }
  if (repeat.weekdays.length > 0) {
    const start = firstDay({ ...repeat, frequency: 'WEEKLY' }, first, false)
    if (start > first) seconds = repeat.between ? clockSecondsOf(repeat.between.from, repeat) : 0
    first = start
  }
  // "at half past": of the first hour that still has it
  if (isEveryHour) seconds = atMinute(seconds, startClock.minute * 60)
  if (seconds >= 86_400) {
    seconds -= 86_400
    first += 1
  }
  parts.push(...endParts(repeat, first, now.today, true, timeZone))
  return {
    rrule: parts.join(';'),
    dtstart: `${isoDate(first)}T${clockText(seconds)}`,
    timeZone,
    exdates: exceptionTimes(repeat, first * 86_400 + seconds, now.today),
  }
}

/** The first such minute at or after a time, all in seconds. */
function atMinute(from: number, minute: number): number {
  return Math.ceil((from - minute) / 3600) * 3600 + minute
}

const secondsOf = { HOURLY: 3600, MINUTELY: 60, SECONDLY: 1 } as const
/** More exceptions than these are no list any more. */
const mostExceptions = 500

/** "every 8 hours except tomorrow": each of the times that would have been that day, counted on the wall from the first. */
function exceptionTimes(repeat: Repeat, first: number, today: number): string[] {
  const { frequency, interval, except } = repeat
  if (frequency !== 'HOURLY' && frequency !== 'MINUTELY' && frequency !== 'SECONDLY') return []
  const step = secondsOf[frequency] * interval
  const times: string[] = []
  for (const each of except) {
    if (each.kind !== 'days') continue
    const { start, end } = resolveDays(each.days, today)
    const from = first + Math.max(0, Math.ceil((start * 86_400 - first) / step)) * step
    for (let time = from; time < end * 86_400 && times.length < mostExceptions; time += step) {
      const hour = Math.floor(time / 3600) % 24
      if (each.clock && hour !== Math.floor(clockSecondsOf(each.clock, repeat) / 3600)) continue
      times.push(`${isoDate(Math.floor(time / 86_400))}T${clockText(time % 86_400)}`)
    }
  }
  return times
}
