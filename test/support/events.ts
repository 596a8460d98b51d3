import { newId } from '#core/ids.ts'
import type { CalendarEvent, EventOverride } from '#core/model.ts'

/** An event as it is made: an hour on the day `start` falls on, in New York, with what a test says of it. */
export function anEvent(
  owner: Pick<CalendarEvent, 'spaceId' | 'calendarId' | 'organiserId'>,
  more: Partial<CalendarEvent> = {},
): CalendarEvent {
  const id = newId(Temporal.Now.instant())
  const timeZone = more.timeZone ?? 'America/New_York'
  const startWall = more.startWall ?? wall('2026-11-24T09:00')
  const durationSeconds = more.durationSeconds ?? 3_600
  const startsAt = startWall.toZonedDateTime(timeZone).toInstant()
  const endsAt = startsAt.add({ seconds: durationSeconds })
  return {
    id,
    uid: `${id}@ducktape`,
    recurrenceId: null,
    sequence: 0,
    title: 'Standup',
    description: '',
    location: '',
    meetingLink: '',
    colour: null,
    status: 'confirmed',
    visibility: 'public',
    transparency: 'opaque',
    allDay: false,
    startWall,
    durationSeconds,
    timeZone,
    rrule: null,
    rdates: [],
    exdates: [],
    overrides: [],
    alerts: [],
    startsAt,
    endsAt,
    coversUntil: more.rrule ? Temporal.Instant.from('9999-12-31T23:59:59Z') : endsAt,
    version: 1,
    ...owner,
    ...more,
  }
}

/** An occurrence of an event of `anEvent` that was moved, and lasts as long as before. */
export function moved(from: string, to: string, more: Partial<EventOverride> = {}): EventOverride {
  const startsAt = wall(to).toZonedDateTime('America/New_York').toInstant()
  return {
    recurrenceId: wall(from),
    startWall: wall(to),
    durationSeconds: null,
    timeZone: null,
    title: null,
    description: null,
    location: null,
    meetingLink: null,
    colour: null,
    status: null,
    startsAt,
    endsAt: startsAt.add({ hours: 1 }),
    ...more,
  }
}

export function wall(text: string): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from(text)
}
