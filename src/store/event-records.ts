import { z } from 'zod'
import type { Attendee, Calendar, CalendarEvent, CalendarShare, EventOverride, Group, Invitation, Poll, Series } from '#core/model.ts'
import { folded } from './folded.ts'
import {
  type Attendee as AttendeeRow,
  type CalendarShare as CalendarShareRow,
  type Calendar as CalendarTableRow,
  type EventOverride as EventOverrideRow,
  type Event as EventTableRow,
  type Group as GroupRow,
  type Invitation as InvitationRow,
  type Poll as PollRow,
  Prisma,
} from './generated/client.ts'
import { dateToWall, toDate, toInstant, wallToDate } from './instants.ts'
import { Instant, Owned, PlaceJson, Wall } from './snapshot.ts'

/** Rows and audited JSON of the calendar's records, to records and back. */

const Status = z.enum(['confirmed', 'tentative', 'cancelled'])
const Visibility = z.enum(['public', 'busy', 'private'])
const Transparency = z.enum(['opaque', 'transparent'])
const Kept = z.enum(['kept', 'deleted'])
const Response = z.enum(['needs-action', 'accepted', 'declined', 'tentative'])
const Invited = z.enum(['invited', 'removed'])
const Kind = z.enum(['personal', 'channel', 'space'])
const Access = z.enum(['read', 'write'])
const text = z.string().nullable()

/** The ordinary value without a look at the others: a window reads thousands of them. */
export const statusOf = (value: string) => (value === 'confirmed' ? value : Status.parse(value))
export const visibilityOf = (value: string) => (value === 'public' ? value : Visibility.parse(value))
export const transparencyOf = (value: string) => (value === 'opaque' ? value : Transparency.parse(value))

const Alarms = z.array(z.number())

const OverrideJson = z.object({
  alarms: Alarms.optional(),
  recurrenceId: Wall,
  startWall: Wall.nullable(),
  durationSeconds: z.number().nullable(),
  timeZone: text,
  title: text,
  description: text,
  location: text,
  meetingLink: text,
  colour: text,
  status: Status.nullable(),
  startsAt: Instant,
  endsAt: Instant,
})

/** Fields with defaults are younger than the first entries that were written. */
export const EventJson = Owned.extend({
  calendarId: z.string(),
  organiserId: z.string(),
  uid: z.string(),
  recurrenceId: Wall.nullable().default(null),
  sequence: z.number().default(0),
  title: z.string(),
  description: z.string(),
  location: z.string(),
  meetingLink: z.string().default(''),
  colour: text.default(null),
  status: Status,
  visibility: Visibility.default('public'),
  transparency: Transparency.default('opaque'),
  organizer: z.object({ name: z.string(), email: z.string() }).optional(),
  categories: z.array(z.string()).optional(),
  allDay: z.boolean(),
  startWall: Wall,
  durationSeconds: z.number(),
  timeZone: z.string(),
  rrule: text,
  rdates: z.array(Wall).default([]),
  exdates: z.array(Wall),
  overrides: z.array(OverrideJson).default([]),
  alerts: z.array(z.object({ personId: z.string(), secondsBefore: z.number() })).default([]),
  startsAt: Instant,
  endsAt: Instant,
  coversUntil: Instant,
})

export const AttendeeJson = Owned.extend({
  eventId: z.string(),
  personId: text,
  email: text,
  name: z.string(),
  recurrenceId: Wall.nullable(),
  following: z.boolean().default(false),
  response: Response,
  comment: z.string(),
  waiting: z.number().nullable(),
  attended: z.boolean().nullable().default(null),
  state: Invited,
})

export const CircleJson = z.object({ kind: z.enum(['role', 'channel', 'group']), id: z.string(), space: z.string(), name: z.string() })
const NullableCircle = CircleJson.nullable()
const NullablePlace = PlaceJson.nullable()

export const InvitationJson = Owned.extend({
  capacity: z.number().nullable(),
  answerBy: Instant.nullable(),
  only: NullableCircle.default(null),
})

const Votes = z.record(z.string(), z.array(z.number()))
const PollState = z.enum(['open', 'booked', 'closed'])

export const PollJson = Owned.extend({
  ownerId: z.string(),
  title: z.string(),
  slots: z.array(Instant),
  durationSeconds: z.number(),
  timeZone: z.string(),
  personIds: z.array(z.string()),
  votes: Votes,
  closesAt: Instant.nullable().default(null),
  origin: NullablePlace.default(null),
  state: PollState,
})

export const CalendarJson = Owned.extend({
  ownerId: text,
  kind: Kind,
  channel: text,
  name: z.string(),
  colour: text,
  feedSecretHash: text,
  state: Kept,
  shares: z.array(z.object({ personId: z.string(), access: Access, hidden: z.boolean() })),
})

export const GroupJson = Owned.extend({
  ownerId: z.string(),
  name: z.string(),
  memberIds: z.array(z.string()),
  state: Kept,
})

/** An event as its table has it, without what only the search needs. */
export type EventRow = Omit<EventTableRow, 'createdAt' | 'tzdata' | 'foldedTitle' | 'foldedPeople' | 'foldedRest'>

export function seriesOf(row: EventRow, overrides: readonly EventOverrideRow[]): Series {
  return {
    id: row.id,
    spaceId: row.spaceId,
    calendarId: row.calendarId,
    organiserId: row.organiserId,
    uid: row.uid,
    recurrenceId: row.recurrenceId && dateToWall(row.recurrenceId),
    sequence: row.sequence,
    title: row.title,
    description: row.description,
    location: row.location,
    meetingLink: row.meetingLink,
    colour: row.colour,
    status: statusOf(row.status),
    visibility: visibilityOf(row.visibility),
    transparency: transparencyOf(row.transparency),
    ...(row.organizerEmail ? { organizer: { name: row.organizerName ?? row.organizerEmail, email: row.organizerEmail } } : {}),
    ...(row.categories && row.categories.length > 0 ? { categories: row.categories } : {}),
    allDay: row.allDay,
    startWall: dateToWall(row.startWall),
    durationSeconds: row.durationSeconds,
    timeZone: row.timeZone,
    rrule: row.rrule,
    rdates: row.rdates.map(dateToWall),
    exdates: row.exdates.map(dateToWall),
    overrides: overrides.map(overrideOf),
    startsAt: toInstant(row.startsAt),
    endsAt: toInstant(row.endsAt),
    coversUntil: toInstant(row.coversUntil),
    version: row.version,
  }
}

function overrideOf({ eventId: _, alarms, ...row }: EventOverrideRow): EventOverride {
  return {
    ...row,
    ...(alarms === null ? {} : { alarms: Alarms.parse(alarms) }),
    recurrenceId: dateToWall(row.recurrenceId),
    startWall: row.startWall && dateToWall(row.startWall),
    status: row.status === null ? null : statusOf(row.status),
    startsAt: toInstant(row.startsAt),
    endsAt: toInstant(row.endsAt),
  }
}

export function eventRow({ overrides, alerts: _, organizer, categories = [], ...one }: CalendarEvent) {
  return {
    ...one,
    organizerName: organizer?.name ?? null,
    organizerEmail: organizer?.email ?? null,
    categories: [...categories],
    recurrenceId: one.recurrenceId && wallToDate(one.recurrenceId),
    startWall: wallToDate(one.startWall),
    rdates: one.rdates.map(wallToDate),
    exdates: one.exdates.map(wallToDate),
    startsAt: toDate(one.startsAt),
    endsAt: toDate(one.endsAt),
    coversUntil: toDate(one.coversUntil),
    tzdata: process.versions.tz ?? 'unknown',
    foldedTitle: folded([one.title, ...overrides.map(({ title }) => title ?? '')].join(' ')),
    foldedRest: folded(`${one.location} ${one.description}`),
  }
}

export function overrideRow(eventId: string, { alarms, ...one }: EventOverride) {
  return {
    ...one,
    eventId,
    ...(alarms ? { alarms: [...alarms] } : {}),
    recurrenceId: wallToDate(one.recurrenceId),
    startWall: one.startWall && wallToDate(one.startWall),
    startsAt: toDate(one.startsAt),
    endsAt: toDate(one.endsAt),
  }
}

export function attendeeOf(row: AttendeeRow): Attendee {
  return {
    ...row,
    recurrenceId: row.recurrenceId && dateToWall(row.recurrenceId),
    response: Response.parse(row.response),
    state: Invited.parse(row.state),
  }
}

export function attendeeRow(one: Attendee) {
  return { ...one, recurrenceId: one.recurrenceId && wallToDate(one.recurrenceId) }
}

export function invitationOf(row: InvitationRow): Invitation {
  return { ...row, answerBy: row.answerBy && toInstant(row.answerBy), only: NullableCircle.parse(row.only) }
}

export function invitationRow({ only, ...one }: Invitation) {
  return { ...one, answerBy: one.answerBy && toDate(one.answerBy), only: only ? { ...only } : Prisma.DbNull }
}

export function pollOf({ createdAt: _, ...row }: PollRow): Poll {
  const { slots, votes, state, closesAt, origin } = row
  return {
    ...row,
    slots: slots.map(toInstant),
    votes: Votes.parse(votes),
    state: PollState.parse(state),
    closesAt: closesAt && toInstant(closesAt),
    origin: NullablePlace.parse(origin) as Poll['origin'],
  }
}

export function pollRow({ slots, personIds, votes, closesAt, origin, ...one }: Poll) {
  return {
    ...one,
    slots: slots.map(toDate),
    personIds: [...personIds],
    votes: { ...votes } as Record<string, number[]>,
    closesAt: closesAt && toDate(closesAt),
    origin: origin ? { ...origin } : Prisma.DbNull,
  }
}

export function calendarOf({ shares, ...row }: CalendarTableRow & { readonly shares: readonly CalendarShareRow[] }): Calendar {
  return {
    ...row,
    kind: Kind.parse(row.kind),
    state: Kept.parse(row.state),
    shares: shares.map(({ personId, access, hidden }): CalendarShare => ({ personId, access: Access.parse(access), hidden })),
  }
}

export function calendarRow({ shares: _, ...one }: Calendar) {
  return one
}

export function groupOf({ createdAt: _, ...row }: GroupRow): Group {
  return { ...row, state: Kept.parse(row.state) }
}

export function groupRow({ memberIds, ...one }: Group) {
  return { ...one, memberIds: [...memberIds] }
}
