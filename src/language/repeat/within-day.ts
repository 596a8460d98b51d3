import type { Recurrence } from '#core/understanding.ts'
import { isoDate } from '../time/civil.ts'
import { resolveDays } from '../time/resolve-days.ts'
import type { Repeat } from './repeat.ts'
import { clockSecondsOf, clockText, endOf } from './rule-clocks.ts'
import { firstDay, startDay } from './rule-days.ts'
import { endParts, ruleParts } from './rule-parts.ts'

/** "every 2 hours", "every 10 minutes between 9 and 17": counted from now, or from the start that was said. */
export function withinDay(repeat: Repeat, now: { readonly today: number; readonly secondsNow: number }, timeZone: string): Recurrence {
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
    // On the beat of its beginning: between 9 and 5 at 10:06, the next is at 11.
    else if (!isEveryHour) seconds = begin + Math.ceil((seconds - begin) / stepOf(repeat)) * stepOf(repeat)
    if (seconds >= end && first === now.today) {
      first += 1
      seconds = begin
    }
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

function stepOf({ frequency, interval }: Repeat): number {
  return (frequency === 'HOURLY' || frequency === 'MINUTELY' || frequency === 'SECONDLY' ? secondsOf[frequency] : 1) * interval
}

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
