import { bounds } from './bounds.ts'
import type { Component } from './components.ts'
import { alarmsOf, particularsOf, type Read, readOf } from './details.ts'
import type { FileEvent } from './event.ts'
import { type Moment, momentOf, onClockOf, secondsOf } from './moments.ts'
import type { Property } from './property.ts'
import type { Remarks } from './remarks.ts'
import { normaliseRule } from './rule.ts'
import { madeUid } from './uid.ts'
import type { ZoneOf } from './zones.ts'

/** One VEVENT by itself, before it has found its series. */
export interface Vevent {
  readonly event: Omit<FileEvent, 'overrides'>
  readonly line: number
  /** RECURRENCE-ID as written: the clock of its series is not known here. */
  readonly original: { readonly moment: Moment; readonly timeZone: string; readonly andFollowing: boolean } | undefined
  /** DTSTAMP or LAST-MODIFIED: which of two equal sequences is the later one. */
  readonly stamp: string
}

export interface VeventParts {
  readonly zoneOf: ZoneOf
  readonly method: string
  readonly remarks: Remarks
}

/** Reads a VEVENT; undefined when it has no start that anybody could put into a calendar. */
export function veventOf(component: Component, { zoneOf, method, remarks }: VeventParts): Vevent | undefined {
  const read = readOf(component)
  const { line } = component
  const particulars = particularsOf(read, method)
  const name = `“${particulars.title.slice(0, 60)}”`
  const start = timeOf(read.first('dtstart'), zoneOf)
  if (!start) {
    remarks.skipped(read.first('dtstart')?.line ?? line, `${name} has no start that can be read.`)
    return undefined
  }
  const allDay = start.moment.isDate
  const timeZone = start.timeZone
  const startWall = start.moment.wall
  const length = lengthOf(read, start, zoneOf)
  if (length.mended) remarks.mended(length.line ?? line, `${name}: ${length.mended}`)
  if (length.seconds > bounds.days * 86_400) {
    remarks.skipped(line, `${name} lasts longer than ten years.`)
    return undefined
  }

  const clock: Clock = { wall: startWall, timeZone, allDay, zoneOf }
  const rule = read.first('rrule')
  const rrule = rule ? normaliseRule(rule.values.join(','), clock) : undefined
  if (rule && rrule && !rrule.ok) remarks.mended(rule.line, `${name} is kept once: of its rule, ${rrule.why}.`)
  if (rule && rrule?.ok && rrule.mended) remarks.mended(rule.line, `${name}: ${rrule.mended}`)
  if (read.all('rrule').length > 1) remarks.mended(line, `${name} has several rules: the first one counts.`)
  if (read.first('exrule')) remarks.mended(line, `${name}: rules of exceptions (EXRULE) are not read.`)

  const dates = (property: string) => datesOf(read, property, clock, (at, what) => remarks.mended(at, `${name}: ${what}`))
  const event: Vevent['event'] = {
    ...particulars,
    uid: uidOf(read, particulars.title, startWall),
    recurrenceId: null,
    sequence: Math.min(2_000_000_000, Math.max(0, Math.trunc(Number(read.first('sequence')?.values[0]) || 0))),
    allDay,
    timeZone,
    startWall,
    durationSeconds: length.seconds,
    rrule: rrule?.ok ? rrule.rrule : null,
    rdates: dates('rdate'),
    exdates: dates('exdate'),
    alarms: alarmsOf(component, startWall, timeZone, length.seconds),
  }
  const stamp = read.first('last-modified')?.values[0] ?? read.first('dtstamp')?.values[0] ?? ''
  return { event, line, original: originalOf(read, zoneOf), stamp }
}

interface FileTime {
  readonly moment: Moment
  readonly timeZone: string
}

function timeOf(property: Property | undefined, zoneOf: ZoneOf, index = 0): FileTime | undefined {
  // "20260301T090000Z/PT1H" of a VALUE=PERIOD: where it begins.
  const moment = momentOf(property?.values[index]?.split('/')[0] ?? '', bounds.years)
  if (!property || !moment) return undefined
  const timeZone = moment.isUtc ? 'UTC' : moment.isDate ? zoneOf.own : zoneOf.named(property.params.tzid, property.line, moment.wall.year)
  return { moment, timeZone }
}

function originalOf(read: Read, zoneOf: ZoneOf): Vevent['original'] {
  const property = read.first('recurrence-id')
  const time = timeOf(property, zoneOf)
  return time && { ...time, andFollowing: property?.params.range?.toUpperCase() === 'THISANDFUTURE' }
}

interface Length {
  readonly seconds: number
  readonly mended?: string
  readonly line?: number
}

/** By DTEND or DURATION; without either, a day lasts a day and a moment no time at all (RFC 5545 section 3.6.1). */
function lengthOf(read: Read, { moment, timeZone }: FileTime, zoneOf: ZoneOf): Length {
  const byDefault = moment.isDate ? 86_400 : 0
  const property = read.first('dtend')
  const end = timeOf(property, zoneOf)
  if (property && end) {
    const wall = end.moment.isDate || moment.isDate ? end.moment.wall : onClockOf(end.moment.wall, end.timeZone, timeZone)
    const until = moment.isDate ? wall.toPlainDate().toPlainDateTime() : wall
    const seconds = until.since(moment.wall).total('seconds')
    if (seconds < 0) return { seconds: byDefault, line: property.line, mended: 'it ends before it starts, so only its start is kept.' }
    return { seconds: moment.isDate ? Math.max(86_400, seconds) : seconds }
  }
  if (property) return { seconds: byDefault, line: property.line, mended: 'its end cannot be read, so only its start is kept.' }
  const duration = read.first('duration')
  if (!duration) return { seconds: byDefault }
  const seconds = secondsOf(duration.values[0] ?? '')
  if (seconds === undefined || seconds < 0)
    return { seconds: byDefault, line: duration.line, mended: 'its DURATION cannot be read, so only its start is kept.' }
  return { seconds: moment.isDate ? Math.max(1, Math.ceil(seconds / 86_400)) * 86_400 : seconds }
}

interface Clock {
  readonly wall: Temporal.PlainDateTime
  readonly timeZone: string
  readonly allDay: boolean
  readonly zoneOf: ZoneOf
}

/** EXDATE or RDATE as wall times on the clock of the event, each once, in order. */
function datesOf(read: Read, name: string, clock: Clock, mend: (line: number, what: string) => void): Temporal.PlainDateTime[] {
  const found = new Map<string, Temporal.PlainDateTime>()
  for (const property of read.all(name)) {
    for (const [index, value] of property.values.entries()) {
      const time = timeOf(property, clock.zoneOf, index)
      if (!time && value.trim() !== '') mend(property.line, `“${value.slice(0, 30)}” in ${name.toUpperCase()} is no time.`)
      if (!time) continue
      const wall = onSeries(time.moment, time.timeZone, clock)
      found.set(wall.toString(), wall)
    }
  }
  const walls = [...found.values()].toSorted(Temporal.PlainDateTime.compare)
  if (walls.length > bounds.dates)
    mend(read.first(name)?.line ?? 0, `only the first ${bounds.dates} of its ${name.toUpperCase()} are kept.`)
  return walls.slice(0, bounds.dates)
}

/** A time as the clock of a series has it: a date means the occurrence of that day, and of whole days only the day counts. */
export function onSeries(
  { wall, isDate }: Moment,
  timeZone: string,
  series: { readonly wall: Temporal.PlainDateTime; readonly timeZone: string; readonly allDay: boolean },
): Temporal.PlainDateTime {
  if (series.allDay) return wall.toPlainDate().toPlainDateTime()
  return isDate ? wall.toPlainDate().toPlainDateTime(series.wall.toPlainTime()) : onClockOf(wall, timeZone, series.timeZone)
}

/** The same file gives the same names, so that what has none can be imported twice without being there twice. */
function uidOf(read: Read, title: string, start: Temporal.PlainDateTime): string {
  const own = (read.first('uid')?.values.join(',') ?? '').replaceAll(/\p{Cc}/gu, '').trim()
  if (own !== '' && own.length <= bounds.uid) return own
  const seed = own || `${start} ${read.first('dtend')?.values[0] ?? ''} ${title} ${read.first('location')?.values[0] ?? ''}`
  return madeUid(seed)
}
