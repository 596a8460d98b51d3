import type { EventOverride, Series } from '#core/model.ts'
import { type EventRow, statusOf, transparencyOf, visibilityOf } from './event-records.ts'
import { type EventOverride as EventOverrideRow, Prisma } from './generated/client.ts'
import { wallAt } from './instants.ts'

/** An event as `eventColumns` brings it: its moments in milliseconds from 1970, which cost a fraction of dates to read. */
export type RawEvent = Omit<EventRow, Moments | Lists | OfFiles> & { readonly [Name in Exclude<Moments, 'recurrenceId'>]: number } & {
  readonly [Name in Lists]: readonly number[]
} & { readonly recurrenceId: number | null }
type Moments = 'recurrenceId' | 'startWall' | 'startsAt' | 'endsAt' | 'coversUntil'
type Lists = 'rdates' | 'exdates'
/** What no list of events shows. */
type OfFiles = 'organizerName' | 'organizerEmail' | 'categories'

const millisecondsOf = (table: string) => (column: string) => Prisma.raw(`(extract(epoch FROM ${table}.${column}) * 1000)::float8`)
const milliseconds = millisecondsOf('event')
const overrideMilliseconds = millisecondsOf('override')
const allMilliseconds = (column: string) =>
  Prisma.raw(
    `CASE WHEN event.${column} = '{}' THEN '{}' ELSE ARRAY(SELECT extract(epoch FROM one) * 1000 FROM unnest(event.${column}) AS one) END::float8[]`,
  )

/** The columns of an event under the names that the client gives them. */
export const eventColumns = Prisma.sql`event.id, event.space_id AS "spaceId", event.calendar_id AS "calendarId", event.organiser_id AS "organiserId",
  event.uid, ${milliseconds('recurrence_id')} AS "recurrenceId", event.sequence, event.title, event.description, event.location,
  event.meeting_link AS "meetingLink", event.colour, event.status, event.visibility, event.transparency, event.all_day AS "allDay",
  ${milliseconds('start_wall')} AS "startWall", event.duration_seconds AS "durationSeconds", event.time_zone AS "timeZone", event.rrule,
  ${allMilliseconds('rdates')} AS rdates, ${allMilliseconds('exdates')} AS exdates, ${milliseconds('starts_at')} AS "startsAt",
  ${milliseconds('ends_at')} AS "endsAt", ${milliseconds('covers_until')} AS "coversUntil", event.version`

/** An override in the same manner. */
export type RawOverride = Omit<EventOverrideRow, 'recurrenceId' | 'startWall' | 'startsAt' | 'endsAt' | 'alarms'> & {
  readonly recurrenceId: number
  readonly startWall: number | null
  readonly startsAt: number
  readonly endsAt: number
}

export const overrideColumns = Prisma.sql`override.event_id AS "eventId", ${overrideMilliseconds('recurrence_id')} AS "recurrenceId",
  ${overrideMilliseconds('start_wall')} AS "startWall", override.duration_seconds AS "durationSeconds", override.time_zone AS "timeZone",
  override.title, override.description, override.location, override.meeting_link AS "meetingLink", override.colour, override.status,
  ${overrideMilliseconds('starts_at')} AS "startsAt", ${overrideMilliseconds('ends_at')} AS "endsAt"`

function readOverride({ eventId: _, ...raw }: RawOverride): EventOverride {
  return {
    ...raw,
    recurrenceId: wallAt(raw.recurrenceId),
    startWall: raw.startWall === null ? null : wallAt(raw.startWall),
    status: raw.status === null ? null : statusOf(raw.status),
    startsAt: Temporal.Instant.fromEpochMilliseconds(raw.startsAt),
    endsAt: Temporal.Instant.fromEpochMilliseconds(raw.endsAt),
  }
}

export function readSeries(raw: RawEvent, overrides: readonly RawOverride[]): Series {
  return {
    ...raw,
    recurrenceId: raw.recurrenceId === null ? null : wallAt(raw.recurrenceId),
    status: statusOf(raw.status),
    visibility: visibilityOf(raw.visibility),
    transparency: transparencyOf(raw.transparency),
    startWall: wallAt(raw.startWall),
    rdates: raw.rdates.map(wallAt),
    exdates: raw.exdates.map(wallAt),
    overrides: overrides.map(readOverride),
    startsAt: Temporal.Instant.fromEpochMilliseconds(raw.startsAt),
    endsAt: Temporal.Instant.fromEpochMilliseconds(raw.endsAt),
    coversUntil: Temporal.Instant.fromEpochMilliseconds(raw.coversUntil),
  }
}
