import { type Civil, civil, dayNumber, daysInMonth, isLeap, weekdayOf } from '#core/days.ts'
import { secondsADay } from './civil.ts'
import type { Rule } from './rule.ts'

/**
 * How many days, or moments of a day, are looked at in a row before a rule that has none of them counts as one that
 * never comes: the calendar repeats itself after 400 years, which have 146,097 days.
 */
const patience = 150_000
/** No rule is followed beyond this day: the end of the year 9999. */
const lastDay = dayNumber(9_999, 12, 31)

const unitSeconds: Readonly<Record<string, number>> = { HOURLY: 3_600, MINUTELY: 60, SECONDLY: 1 }

/** A rule and the wall time that it starts from, in seconds from 1970 on its own wall. */
export interface Recurring {
  readonly rule: Rule
  readonly start: number
  /** The last wall time that counts, from UNTIL or COUNT; infinite without end. */
  readonly last: number
}

/**
 * Every wall time of a rule from `from` on and before `to`, in order, until `take` says that it is enough. What
 * lies before `from` costs nothing: the steps to it are counted, not taken.
 */
export function eachWall({ rule, start, last }: Recurring, from: number, to: number, take: (wall: number) => boolean): void {
  const first = Math.max(start, from)
  const end = Math.min(last + 1, to)
  const steps = stepsOf(rule, start)
  const startStep = steps.at(start)
  const ahead = Math.floor((steps.at(first) - startStep) / rule.interval)
  let empty = 0
  for (let index = Math.max(0, ahead); empty < patience; index += 1) {
    const step = startStep + index * rule.interval
    const begins = steps.begins(step)
    if (begins >= end || begins > lastDay * secondsADay) return
    const walls = chosen(steps.walls(step), rule.bySetPos)
    empty = walls.length === 0 ? empty + steps.cost(step) : 0
    for (const wall of walls) {
      if (wall < first) continue
      if (wall >= end || !take(wall)) return
    }
    if (walls.length === 0) index += steps.skip(step)
  }
}

/** Periods of a rule's frequency, numbered in a row. */
interface Steps {
  at(wall: number): number
  begins(step: number): number
  /** What the rule gives within one period, in order. */
  walls(step: number): readonly number[]
  /** How many days or moments were looked at for that. */
  cost(step: number): number
  /** How many further steps are empty when this one is. */
  skip(step: number): number
}

function stepsOf(rule: Rule, start: number): Steps {
  const unit = unitSeconds[rule.frequency]
  return unit === undefined ? dailySteps(rule, start) : clockSteps(rule, start, unit)
}

/** Steps within a day: an hour, a minute, a second each. */
function clockSteps(rule: Rule, start: number, unit: number): Steps {
  const fits = dayTest(rule)
  const matches = (list: readonly number[], value: number) => list.length === 0 || list.includes(value)
  const time = start % 3_600
  return {
    at: (wall) => Math.floor(wall / unit),
    begins: (step) => step * unit,
    cost: () => 1,
    walls(step) {
      const begins = step * unit
      const day = Math.floor(begins / secondsADay)
      const rest = begins - day * secondsADay
      if (!fits(day) || !matches(rule.byHour, Math.floor(rest / 3_600))) return []
      if (unit < 3_600 && !matches(rule.byMinute, Math.floor(rest / 60) % 60)) return []
      if (unit === 1) return matches(rule.bySecond, rest % 60) ? [begins] : []
      const seconds = listed(rule.bySecond, time % 60)
      if (unit === 60) return seconds.map((second) => begins + second)
      return listed(rule.byMinute, Math.floor(time / 60)).flatMap((minute) => seconds.map((second) => begins + minute * 60 + second))
    },
    skip(step) {
      const begins = step * unit
      const day = Math.floor(begins / secondsADay)
      if (fits(day)) return 0
      const toMidnight = ((day + 1) * secondsADay - begins) / unit
      return Math.max(0, Math.ceil(toMidnight / rule.interval) - 1)
    },
  }
}

/** Steps of days, weeks, months or years. */
function dailySteps(given: Rule, start: number): Steps {
  const startDay = Math.floor(start / secondsADay)
  const rule = completed(given, startDay)
  const fits = dayTest(rule)
  const times = timesOf(rule, start - startDay * secondsADay)
  const { days, at, begins } = spansOf(rule)
  return {
    at: (wall) => at(Math.floor(wall / secondsADay)),
    begins: (step) => begins(step) * secondsADay,
    cost(step) {
      const [first, last] = days(step)
      return Math.max(1, last - first + 1)
    },
    walls(step) {
      const found: number[] = []
      const [first, last] = days(step)
      for (let day = first; day <= last; day += 1) {
        if (fits(day)) for (const time of times) found.push(day * secondsADay + time)
      }
      return found
    },
    skip: () => 0,
  }
}

interface Spans {
  /** The number of the period that a day is in. */
  at(day: number): number
  begins(step: number): number
  /** First and last day of the period that can count; of months that cannot, none. */
  days(step: number): readonly [number, number]
}

function spansOf({ frequency, weekStart, byMonth }: Rule): Spans {
  switch (frequency) {
    case 'WEEKLY': {
      // Day 4 is a Monday.
      const begins = (step: number) => step * 7 + 4 + weekStart
      return { at: (day) => Math.floor((day - 4 - weekStart) / 7), begins, days: (step) => [begins(step), begins(step) + 6] }
    }
    case 'MONTHLY': {
      const begins = (step: number) => dayNumber(Math.floor(step / 12), (step % 12) + 1, 1)
      return {
        at(day) {
          const { year, month } = civil(day)
          return year * 12 + month - 1
        },
        begins,
        days: (step) => (byMonth.length > 0 && !byMonth.includes((step % 12) + 1) ? [1, 0] : [begins(step), begins(step + 1) - 1]),
      }
    }
    case 'YEARLY': {
      const [from, to] = byMonth.length === 0 ? [1, 12] : [Math.min(...byMonth), Math.max(...byMonth)]
      return {
        at: (day) => civil(day).year,
        begins: (step) => dayNumber(step, 1, 1),
        days: (step) => [dayNumber(step, from, 1), dayNumber(step, to, daysInMonth(step, to))],
      }
    }
    default:
      return { at: (day) => day, begins: (step) => step, days: (step) => [step, step] }
  }
}

/** What a rule leaves unsaid is as on the day that it starts (RFC 5545, 3.3.10). */
function completed(rule: Rule, startDay: number): Rule {
  const { byDay, byMonthDay, byYearDay, byWeekNo, byMonth, frequency } = rule
  if (byDay.length + byMonthDay.length + byYearDay.length > 0) return rule
  const { month, day } = civil(startDay)
  const sameWeekday = [{ weekday: weekdayIndex(startDay), rank: undefined }]
  if (frequency === 'WEEKLY' || (frequency === 'YEARLY' && byWeekNo.length > 0)) return { ...rule, byDay: sameWeekday }
  if (frequency === 'MONTHLY') return { ...rule, byMonthDay: [day] }
  if (frequency === 'YEARLY') return { ...rule, byMonth: byMonth.length > 0 ? byMonth : [month], byMonthDay: [day] }
  return rule
}

function timesOf({ byHour, byMinute, bySecond }: Rule, start: number): readonly number[] {
  const hours = listed(byHour, Math.floor(start / 3_600))
  const minutes = listed(byMinute, Math.floor(start / 60) % 60)
  const seconds = listed(bySecond, start % 60)
  return hours.flatMap((hour) => minutes.flatMap((minute) => seconds.map((second) => hour * 3_600 + minute * 60 + second)))
}

function listed(values: readonly number[], otherwise: number): readonly number[] {
  return values.length === 0 ? [otherwise] : [...new Set(values)].toSorted((a, b) => a - b)
}

/** BYSETPOS: the first, the last, … of a period. */
function chosen(walls: readonly number[], positions: readonly number[]): readonly number[] {
  if (positions.length === 0) return walls
  const indexes = new Set(positions.map((position) => (position > 0 ? position - 1 : walls.length + position)))
  return walls.filter((_, index) => indexes.has(index))
}

/** Whether a rule's BY… parts allow a day. */
function dayTest(rule: Rule): (day: number) => boolean {
  const { byMonth, byMonthDay, byYearDay, byWeekNo, byDay } = rule
  const weekdays = new Set(byDay.filter(({ rank }) => rank === undefined || !ranks(rule)).map(({ weekday }) => weekday))
  const ranked = byDay.filter(({ rank }) => rank !== undefined && ranks(rule))
  const dated = byMonth.length + byMonthDay.length + byYearDay.length + ranked.length > 0
  return (day) => {
    const weekday = weekdayIndex(day)
    if (byDay.length > 0 && !weekdays.has(weekday) && !ranked.some((one) => one.weekday === weekday)) return false
    if (dated) {
      const date = civil(day)
      if (byMonth.length > 0 && !byMonth.includes(date.month)) return false
      if (byMonthDay.length > 0 && !hasRank(byMonthDay, date.day, daysInMonth(date.year, date.month))) return false
      if (byYearDay.length > 0 && !hasRank(byYearDay, day - dayNumber(date.year, 1, 1) + 1, isLeap(date.year) ? 366 : 365)) return false
      if (byDay.length > 0 && !weekdays.has(weekday) && !isRanked(rule, ranked, day, date)) return false
    }
    return byWeekNo.length === 0 || inWeeks(rule, day)
  }
}

/** Only months and years have a second Tuesday. */
function ranks({ frequency, byWeekNo }: Rule): boolean {
  return frequency === 'MONTHLY' || (frequency === 'YEARLY' && byWeekNo.length === 0)
}

/** A position counted from 1, or from the end when negative. */
function hasRank(list: readonly number[], position: number, length: number): boolean {
  return list.includes(position) || list.includes(position - length - 1)
}

function isRanked({ frequency, byMonth }: Rule, ranked: Rule['byDay'], day: number, { year, month, day: dayOfMonth }: Civil): boolean {
  const ofYear = frequency === 'YEARLY' && byMonth.length === 0
  const position = ofYear ? day - dayNumber(year, 1, 1) : dayOfMonth - 1
  const length = ofYear ? (isLeap(year) ? 366 : 365) : daysInMonth(year, month)
  const fromStart = Math.floor(position / 7) + 1
  const fromEnd = -Math.floor((length - 1 - position) / 7) - 1
  const weekday = weekdayIndex(day)
  return ranked.some((one) => one.weekday === weekday && (one.rank === fromStart || one.rank === fromEnd))
}

/** Weeks are those of the year that holds most of their days, as ISO 8601 counts them from the rule's first weekday. */
function inWeeks({ byWeekNo, weekStart }: Rule, day: number): boolean {
  const begin = (of: number) => of - ((weekdayIndex(of) - weekStart + 7) % 7)
  const firstOf = (year: number) => begin(dayNumber(year, 1, 4))
  const week = begin(day)
  const { year } = civil(week + 3)
  return hasRank(byWeekNo, (week - firstOf(year)) / 7 + 1, (firstOf(year + 1) - firstOf(year)) / 7)
}

/** 0 for Monday to 6 for Sunday, as rules count them here. */
function weekdayIndex(day: number): number {
  return weekdayOf(day) - 1
}
