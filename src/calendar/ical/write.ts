import type { FileAttendee, FileDetails, FileEvent, FileOverride } from './event.ts'
import { escaped, folded, parameter } from './fold.ts'
import { basicDate, basicTime, onClockOf } from './moments.ts'
import { zoneLines } from './write-zone.ts'

/** An event to be written, with the instant that its DTSTAMP names. */
export interface WrittenEvent extends FileEvent {
  readonly stampedAt: Temporal.Instant
}

/** Writes one iCalendar file, an event at a time: RFC 5545, with CRLF, folded lines and a VTIMEZONE for each zone. */
export function createWriter(name: string) {
  const years = new Map<string, { readonly first: number; readonly last: number }>()
  const written: string[] = []

  return {
    add(event: WrittenEvent): void {
      // A rule goes on after its start, at least to when it was made.
      const last = event.rrule === null ? [] : [event.stampedAt.toZonedDateTimeISO('UTC').year]
      for (const year of [event, ...event.overrides].map(({ startWall }) => startWall.year).concat(last)) note(years, event, year)
      written.push(text([...vevent(event), ...event.overrides.flatMap((override) => moved(event, override))]))
    },
    /** The whole file; zones come before what is in them. */
    text(): string {
      const zones = [...years].map(([zone, { first, last }]) => text(zoneLines(zone, first - 1, last)))
      return [text([...head, `X-WR-CALNAME:${escaped(name)}`]), ...zones, ...written, text(['END:VCALENDAR'])].join('')
    },
  }
}

export function writeCalendar(name: string, events: Iterable<WrittenEvent>): string {
  const writer = createWriter(name)
  for (const event of events) writer.add(event)
  return writer.text()
}

const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//DuckTape//Calendar//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH']

function text(lines: readonly string[]): string {
  return lines.map(folded).join('')
}

function note(years: Map<string, { first: number; last: number }>, { allDay, timeZone }: Clock, year: number): void {
  if (allDay || isUtc(timeZone)) return
  const known = years.get(timeZone)
  years.set(timeZone, { first: Math.min(year, known?.first ?? year), last: Math.max(year, known?.last ?? year) })
}

function vevent(event: WrittenEvent): string[] {
  const { rrule, rdates, exdates, recurrenceId } = event
  return component(event, event, [
    ...(recurrenceId ? [time('RECURRENCE-ID', recurrenceId, event)] : []),
    ...(rrule === null ? [] : [`RRULE:${rrule}`]),
    ...(rdates.length > 0 ? [times('RDATE', rdates, event)] : []),
    ...(exdates.length > 0 ? [times('EXDATE', exdates, event)] : []),
    ...people(event, event.attendees),
  ])
}

function moved(event: WrittenEvent, override: FileOverride): string[] {
  const { attendees, alarms } = override
  const own = { ...event, alarms: alarms ?? event.alarms }
  return component(own, override, [time('RECURRENCE-ID', override.recurrenceId, event), ...(attendees ? people(event, attendees) : [])])
}

/** RFC 5545 section 3.8.4.3: who has guests has somebody who invited them, as far as we know who that is. */
function people({ organizer }: WrittenEvent, guests: readonly FileAttendee[]): string[] {
  const by = organizer ? [`ORGANIZER;CN=${parameter(organizer.name)}:mailto:${organizer.email.replaceAll(/[\s\p{Cc}]/gu, '')}`] : []
  return [...by, ...guests.map(attendee)]
}

const classes = { public: 'PUBLIC', busy: 'CONFIDENTIAL', private: 'PRIVATE' } as const

function component(event: WrittenEvent, details: FileDetails, more: readonly string[]): string[] {
  const { title, description, location, meetingLink, status, startWall, durationSeconds } = details
  const stamp = `${basicTime(event.stampedAt.toZonedDateTimeISO('UTC').toPlainDateTime())}Z`
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(event.uid)}`,
    `DTSTAMP:${stamp}`,
    `SEQUENCE:${event.sequence}`,
    time('DTSTART', startWall, event),
    end(startWall, durationSeconds, event),
    ...more,
    `SUMMARY:${escaped(title)}`,
    ...(description === '' ? [] : [`DESCRIPTION:${escaped(description)}`]),
    ...(location === '' ? [] : [`LOCATION:${escaped(location)}`]),
    ...(meetingLink === '' ? [] : [`URL:${meetingLink.replaceAll(/[\s\p{Cc}]/gu, '')}`]),
    ...(event.categories && event.categories.length > 0 ? [`CATEGORIES:${event.categories.map(escaped).join(',')}`] : []),
    `STATUS:${status.toUpperCase()}`,
    `CLASS:${classes[event.visibility]}`,
    `TRANSP:${event.transparency.toUpperCase()}`,
    ...(event.colour === null ? [] : [`COLOR:${escaped(event.colour)}`]),
    ...event.alarms.flatMap((seconds) => alarm(seconds, title)),
    'END:VEVENT',
  ]
}

type Clock = Pick<FileEvent, 'allDay' | 'timeZone'>

function time(name: string, wall: Temporal.PlainDateTime, clock: Clock): string {
  return times(name, [wall], clock)
}

/** UTC ends in Z and names no zone; offsets such as +02:00 are written in UTC, since no reader knows them as zones. */
function times(name: string, walls: readonly Temporal.PlainDateTime[], { allDay, timeZone }: Clock): string {
  if (allDay) return `${name};VALUE=DATE:${walls.map(basicDate).join(',')}`
  if (isUtc(timeZone)) return `${name}:${walls.map((wall) => `${basicTime(onClockOf(wall, timeZone, 'UTC'))}Z`).join(',')}`
  return `${name};TZID=${parameter(timeZone)}:${walls.map(basicTime).join(',')}`
}

function isUtc(timeZone: string): boolean {
  return timeZone === 'UTC' || /^[+-]/.test(timeZone)
}

/** An end where a length would do: more programs read it, and a day of 23 hours ends at midnight all the same. */
function end(start: Temporal.PlainDateTime, seconds: number, clock: Clock): string {
  return time('DTEND', start.add({ seconds }), clock)
}

function attendee({ email, name, response }: FileAttendee): string {
  return `ATTENDEE;CN=${parameter(name)};PARTSTAT=${response.toUpperCase()}:mailto:${email.replaceAll(/[\s\p{Cc}]/gu, '')}`
}

function alarm(seconds: number, title: string): string[] {
  return ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(title)}`, `TRIGGER:${trigger(seconds)}`, 'END:VALARM']
}

function trigger(seconds: number): string {
  if (seconds === 0) return 'PT0S'
  if (seconds % 86_400 === 0) return `-P${seconds / 86_400}D`
  if (seconds % 3_600 === 0) return `-PT${seconds / 3_600}H`
  return seconds % 60 === 0 ? `-PT${seconds / 60}M` : `-PT${seconds}S`
}
