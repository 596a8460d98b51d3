import { dayNumber } from '#core/days.ts'
import type { CalendarEvent } from '#core/model.ts'
import { secondsOf, wallOf } from './civil.ts'
import { basic, partsOf, readUntil, rruleOf, untilOn, weekdays } from './rule.ts'

/**
 * A series with every occurrence later by the same number of wall-clock seconds, exceptions along with it;
 * undefined when no rule says that: the day after each second Tuesday is not always the second Wednesday.
 */
export function shifted(event: CalendarEvent, seconds: number): CalendarEvent | undefined {
  const later = (wall: Temporal.PlainDateTime) => wallOf(secondsOf(wall) + seconds)
  const startWall = later(event.startWall)
  const rrule = event.rrule === null ? null : shiftedRule(event.rrule, event, startWall)
  if (rrule === undefined) return undefined
  return {
    ...event,
    startWall,
    rrule,
    rdates: event.rdates.map(later),
    exdates: event.exdates.map(later),
    overrides: event.overrides.map((one) => ({
      ...one,
      recurrenceId: later(one.recurrenceId),
      startWall: one.startWall && later(one.startWall),
    })),
  }
}

function shiftedRule(rrule: string, event: CalendarEvent, startWall: Temporal.PlainDateTime): string | undefined {
  const seconds = secondsOf(startWall) - secondsOf(event.startWall)
  const days = dayOf(startWall) - dayOf(event.startWall)
  const parts = partsOf(rrule)
  if (seconds !== 0 && ['BYHOUR', 'BYMINUTE', 'BYSECOND'].some((name) => parts.has(name))) return undefined
  if (days !== 0 && !shiftDays(parts, days, event.startWall, startWall)) return undefined
  const until = readUntil(parts.get('UNTIL') ?? '')
  if (until && /T/.test(parts.get('UNTIL') ?? '')) {
    const last = wallOf(secondsOf(untilOn(until, event.timeZone)) + seconds)
    parts.set('UNTIL', untilText(last, event.timeZone))
  } else if (until) {
    parts.set('UNTIL', basic(until.wall.add({ days })).slice(0, 8))
  }
  return rruleOf(parts)
}

/** The same walls on the clocks of another zone: the rule ends with the same occurrence. */
export function rezoned(event: CalendarEvent, timeZone: string): CalendarEvent {
  const parts = partsOf(event.rrule ?? '')
  const until = readUntil(parts.get('UNTIL') ?? '')
  if (!until?.utc) return { ...event, timeZone }
  parts.set('UNTIL', untilText(untilOn(until, event.timeZone), timeZone))
  return { ...event, timeZone, rrule: rruleOf(parts) }
}

/** UNTIL as RFC 5545 wants it beside a start in a zone: in UTC. */
export function untilText(wall: Temporal.PlainDateTime, timeZone: string): string {
  return `${basic(wall.toZonedDateTime(timeZone).withTimeZone('UTC').toPlainDateTime())}Z`
}

/** Moves the parts that name days; false when the moved days have no such names. */
function shiftDays(parts: Map<string, string>, days: number, from: Temporal.PlainDateTime, to: Temporal.PlainDateTime): boolean {
  const frequency = parts.get('FREQ')
  const named = ['BYDAY', 'BYMONTHDAY', 'BYYEARDAY', 'BYWEEKNO', 'BYMONTH', 'BYSETPOS'].filter((name) => parts.has(name))
  if (frequency === 'WEEKLY') {
    if (named.some((name) => name !== 'BYDAY')) return false
    const turned = (code: string) => weekdays[(((weekdays.indexOf(code as (typeof weekdays)[number]) + days) % 7) + 7) % 7] ?? code
    const days7 = parts.get('BYDAY')
    if (days7 !== undefined) parts.set('BYDAY', days7.split(',').map(turned).join(','))
    // The weeks turn along, so that the days of one stay together.
    if (days7 !== undefined && days % 7 !== 0) parts.set('WKST', turned(parts.get('WKST') ?? 'MO'))
    return true
  }
  if (frequency === 'DAILY') return named.length === 0
  if (frequency === 'HOURLY') return named.length === 0
  // Days that every month has, within the same month.
  const regular = from.day <= 28 && to.day <= 28 && from.month === to.month && from.year === to.year
  if (!regular) return false
  if (named.length === 0 || (named.length === 1 && named[0] === 'BYMONTH')) return true
  const sameMonth = named.every((name) => name === 'BYMONTHDAY' || name === 'BYMONTH')
  if (!sameMonth || parts.get('BYMONTHDAY') !== String(from.day)) return false
  parts.set('BYMONTHDAY', String(to.day))
  return true
}

function dayOf({ year, month, day }: Temporal.PlainDateTime): number {
  return dayNumber(year, month, day)
}
