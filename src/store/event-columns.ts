import type { EventRow } from './event-records.ts'
import { Prisma } from './generated/client.ts'

/** An event as `eventColumns` brings it: its moments in milliseconds from 1970, which cost a fraction of dates to read. */
export type RawEvent = Omit<EventRow, Moments> & { readonly [Name in Exclude<Moments, 'recurrenceId'>]: number } & {
  readonly recurrenceId: number | null
}
type Moments = 'recurrenceId' | 'startWall' | 'startsAt' | 'endsAt' | 'coversUntil'

const milliseconds = (column: string) => Prisma.raw(`(extract(epoch FROM event.${column}) * 1000)::float8`)

/** The columns of an event under the names that the client gives them. */
export const eventColumns = Prisma.sql`event.id, event.space_id AS "spaceId", event.calendar_id AS "calendarId", event.organiser_id AS "organiserId",
  event.uid, ${milliseconds('recurrence_id')} AS "recurrenceId", event.sequence, event.title, event.description, event.location,
  event.meeting_link AS "meetingLink", event.colour, event.status, event.visibility, event.transparency, event.all_day AS "allDay",
  ${milliseconds('start_wall')} AS "startWall", event.duration_seconds AS "durationSeconds", event.time_zone AS "timeZone", event.rrule,
  event.rdates, event.exdates, ${milliseconds('starts_at')} AS "startsAt", ${milliseconds('ends_at')} AS "endsAt",
  ${milliseconds('covers_until')} AS "coversUntil", event.version`

export function rowOf(raw: RawEvent): EventRow {
  return {
    ...raw,
    recurrenceId: raw.recurrenceId === null ? null : new Date(raw.recurrenceId),
    startWall: new Date(raw.startWall),
    startsAt: new Date(raw.startsAt),
    endsAt: new Date(raw.endsAt),
    coversUntil: new Date(raw.coversUntil),
  }
}
