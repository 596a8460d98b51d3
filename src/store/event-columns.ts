import type { EventOverride, Series } from '#core/model.ts'
import { statusOf, transparencyOf, visibilityOf } from './event-records.ts'
import { Prisma } from './generated/client.ts'
import { wallAt } from './instants.ts'

/** A moment of a column in milliseconds from 1970: to read a number costs a fraction of what it costs to read a date. */
const millisecondsOf = (table: string) => (column: string) => Prisma.raw(`round(date_part('epoch', ${table}.${column}) * 1000)`)
const milliseconds = millisecondsOf('event')
const overrideMilliseconds = millisecondsOf('override')
/** Null for a list that is empty, as nearly all are. */
const allMilliseconds = (column: string) =>
  Prisma.raw(
    `CASE WHEN event.${column} <> '{}' THEN ARRAY(SELECT round(date_part('epoch', one) * 1000) FROM unnest(event.${column}) AS one) END`,
  )

/** The columns of an event, in the order of a `RawEvent`. */
export const eventColumns = Prisma.sql`event.id, event.space_id, event.calendar_id, event.organiser_id, event.uid, ${milliseconds('recurrence_id')},
  event.sequence, event.title, event.description, event.location, event.meeting_link, event.colour, event.status, event.visibility,
  event.transparency, event.all_day, ${milliseconds('start_wall')}, event.duration_seconds, event.time_zone, event.rrule,
  ${allMilliseconds('rdates')}, ${allMilliseconds('exdates')}, ${milliseconds('starts_at')}, ${milliseconds('ends_at')},
  ${milliseconds('covers_until')}, event.version`

/** An event as `eventColumns` brings it, without names: a window reads thousands of them. */
export type RawEvent = [
  ...[id: string, spaceId: string, calendarId: string, organiserId: string, uid: string, recurrenceId: number | null],
  ...[sequence: number, title: string, description: string, location: string, meetingLink: string, colour: string | null],
  ...[status: string, visibility: string, transparency: string, allDay: boolean, startWall: number, durationSeconds: number],
  ...[timeZone: string, rrule: string | null, rdates: readonly number[] | null, exdates: readonly number[] | null],
  ...[startsAt: number, endsAt: number, coversUntil: number, version: number],
  /** True when it has overrides, where that is asked for. */
  changed?: boolean | null,
]

/** The columns of an override, in the order of a `RawOverride`. */
export const overrideColumns = Prisma.sql`override.event_id, ${overrideMilliseconds('recurrence_id')}, ${overrideMilliseconds('start_wall')},
  override.duration_seconds, override.time_zone, override.title, override.description, override.location, override.meeting_link,
  override.colour, override.status, ${overrideMilliseconds('starts_at')}, ${overrideMilliseconds('ends_at')}`

export type RawOverride = [
  ...[eventId: string, recurrenceId: number, startWall: number | null, durationSeconds: number | null, timeZone: string | null],
  ...[title: string | null, description: string | null, location: string | null, meetingLink: string | null, colour: string | null],
  ...[status: string | null, startsAt: number, endsAt: number],
]

/** The event that an override is of. */
export function ownerOf([eventId]: RawOverride): string {
  return eventId
}

function readOverride(raw: RawOverride): EventOverride {
  const [
    ,
    recurrenceId,
    startWall,
    durationSeconds,
    timeZone,
    title,
    description,
    location,
    meetingLink,
    colour,
    status,
    startsAt,
    endsAt,
  ] = raw
  return {
    recurrenceId: wallAt(recurrenceId),
    startWall: startWall === null ? null : wallAt(startWall),
    durationSeconds,
    timeZone,
    title,
    description,
    location,
    meetingLink,
    colour,
    status: status === null ? null : statusOf(status),
    startsAt: Temporal.Instant.fromEpochMilliseconds(startsAt),
    endsAt: Temporal.Instant.fromEpochMilliseconds(endsAt),
  }
}

/** Whether it may have several occurrences. */
export function isSeries(raw: RawEvent): boolean {
  return raw[19] !== null || raw[20] !== null
}

export function hasOverrides(raw: RawEvent): boolean {
  return raw[26] === true
}

/** In seconds. */
export function lengthOf(raw: RawEvent): number {
  return raw[17]
}

export function readSeries(raw: RawEvent, overrides: readonly RawOverride[] = []): Series {
  const [id, spaceId, calendarId, organiserId, uid, recurrenceId, sequence, title, description, location, meetingLink, colour, ...more] =
    raw
  const [status, visibility, transparency, allDay, startWall, durationSeconds, timeZone, rrule, rdates, exdates, ...derived] = more
  const [startsAt, ends, covers, version] = derived
  const endsAt = Temporal.Instant.fromEpochMilliseconds(ends)
  return {
    id,
    spaceId,
    calendarId,
    organiserId,
    uid,
    recurrenceId: recurrenceId === null ? null : wallAt(recurrenceId),
    sequence,
    title,
    description,
    location,
    meetingLink,
    colour,
    status: statusOf(status),
    visibility: visibilityOf(visibility),
    transparency: transparencyOf(transparency),
    allDay,
    startWall: wallAt(startWall),
    durationSeconds,
    timeZone,
    rrule,
    rdates: rdates === null ? none : rdates.map(wallAt),
    exdates: exdates === null ? none : exdates.map(wallAt),
    overrides: overrides.map(readOverride),
    startsAt: Temporal.Instant.fromEpochMilliseconds(startsAt),
    endsAt,
    coversUntil: covers === ends ? endsAt : Temporal.Instant.fromEpochMilliseconds(covers),
    version,
  }
}

const none: readonly Temporal.PlainDateTime[] = []
