import { Prisma } from './generated/client.ts'

/** The columns of an event under the names that the client gives them. */
export const eventColumns = Prisma.sql`event.id, event.space_id AS "spaceId", event.calendar_id AS "calendarId", event.organiser_id AS "organiserId",
  event.uid, event.recurrence_id AS "recurrenceId", event.sequence, event.title, event.description, event.location,
  event.meeting_link AS "meetingLink", event.colour, event.status, event.visibility, event.transparency, event.all_day AS "allDay",
  event.start_wall AS "startWall", event.duration_seconds AS "durationSeconds", event.time_zone AS "timeZone", event.rrule, event.rdates,
  event.exdates, event.starts_at AS "startsAt", event.ends_at AS "endsAt", event.covers_until AS "coversUntil", event.version`
