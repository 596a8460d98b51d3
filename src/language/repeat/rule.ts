import { civil, dayNumber } from '#core/days.ts'
import type { Recurrence } from '#core/understanding.ts'
import { isoDate } from '../time/civil.ts'
import type { Clock } from '../time/expression.ts'
import { holidayIn, publicHolidays } from '../time/holidays.ts'
import { resolveDays } from '../time/resolve-days.ts'
import type { Present } from '../time/resolver.ts'
import { dayOf, wallSeconds } from '../time/wall.ts'
import { type Except, noRepeat, type Repeat } from './repeat.ts'
import { clockText, clockTimes } from './rule-clocks.ts'
import { firstDay, startDay } from './rule-days.ts'
import { endParts, ruleParts } from './rule-parts.ts'
import { withinDay } from './within-day.ts'

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
  const days = [...new Set(dates.map((date) => resolveDays(date, today).start))].sort((a, b) => a - b)
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
