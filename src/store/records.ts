import { z } from 'zod'
import { platforms } from '#core/message.ts'
import type { Change, Note, Person, Reminder, Space, Todo } from '#core/model.ts'
import type { Reply } from '#core/reply.ts'
import { AttendeeJson, CalendarJson, EventJson, GroupJson, InvitationJson, PollJson } from './event-records.ts'
import {
  type Identity,
  type Note as NoteRow,
  type Person as PersonRow,
  Prisma,
  type Reminder as ReminderRow,
  type Space as SpaceRow,
  type Todo as TodoRow,
} from './generated/client.ts'
import { dateToWall, toDate, toInstant, wallToDate } from './instants.ts'
import { Instant, Owned, Wall } from './snapshot.ts'

/** Rows to records and back, and records to the JSON of audit entries and back. */

const PlaceJson = z.object({
  platform: z.enum(platforms),
  space: z.string(),
  channel: z.string(),
  thread: z.string().optional(),
  kind: z.enum(['direct', 'channel']),
})
const RecipientJson = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('direct'), user: z.string() }),
  z.object({
    kind: z.literal('channel'),
    channel: z.string(),
    thread: z.string().optional(),
    ping: z.array(z.object({ user: z.string(), name: z.string() })),
  }),
])

export const HoursJson = z.object({ days: z.array(z.number()), from: z.string(), to: z.string() })

const snapshots = {
  reminder: Owned.extend({
    ownerId: z.string(),
    text: z.string(),
    recipients: z.array(RecipientJson),
    origin: PlaceJson,
    state: z.enum(['scheduled', 'paused', 'delivered', 'missed', 'done', 'cancelled', 'failed']),
    dueAt: Instant.nullable(),
    startWall: Wall,
    timeZone: z.string(),
    rrule: z.string().nullable(),
    exdates: z.array(Wall),
    snoozeOf: z.string().nullable(),
    eventId: z.string().nullable().default(null),
  }),
  event: EventJson,
  attendee: AttendeeJson,
  invitation: InvitationJson,
  poll: PollJson,
  calendar: CalendarJson,
  group: GroupJson,
  todo: Owned.extend({
    ownerId: z.string(),
    listId: z.string(),
    text: z.string(),
    state: z.enum(['open', 'done', 'deleted']),
    dueAt: Instant.nullable(),
  }),
  note: Owned.extend({ ownerId: z.string(), title: z.string(), body: z.string(), state: z.enum(['kept', 'deleted']) }),
  person: Owned.extend({
    userId: z.string(),
    name: z.string(),
    timeZone: z.string().nullable(),
    locale: z.string().nullable(),
    calendarId: z.string(),
    listId: z.string(),
    profileZone: z.string().nullable().default(null),
    hours: HoursJson.nullable().default(null),
    bufferMinutes: z.number().default(0),
    mutes: z.array(z.string()).default([]),
  }),
}

/** The changes of an audit entry, as an earlier release may have written them. */
const Changes = z.array(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('reminder'), before: snapshots.reminder.nullable(), after: snapshots.reminder }),
    z.object({ kind: z.literal('event'), before: snapshots.event.nullable(), after: snapshots.event }),
    z.object({ kind: z.literal('attendee'), before: snapshots.attendee.nullable(), after: snapshots.attendee }),
    z.object({ kind: z.literal('invitation'), before: snapshots.invitation.nullable(), after: snapshots.invitation }),
    z.object({ kind: z.literal('poll'), before: snapshots.poll.nullable(), after: snapshots.poll }),
    z.object({ kind: z.literal('calendar'), before: snapshots.calendar.nullable(), after: snapshots.calendar }),
    z.object({ kind: z.literal('group'), before: snapshots.group.nullable(), after: snapshots.group }),
    z.object({ kind: z.literal('todo'), before: snapshots.todo.nullable(), after: snapshots.todo }),
    z.object({ kind: z.literal('note'), before: snapshots.note.nullable(), after: snapshots.note }),
    z.object({ kind: z.literal('person'), before: snapshots.person.nullable(), after: snapshots.person }),
  ]),
)

export function changesOf(json: unknown): readonly Change[] {
  return Changes.parse(json) as readonly Change[]
}

/** Plain JSON that Postgres takes: Temporal values become their ISO strings, and NUL and lone surrogates go. */
export function toJson(value: unknown) {
  return JSON.parse(jsonText(value))
}

export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'string' ? item.toWellFormed().replaceAll('\0', '') : item))
}

export function reminderOf(row: ReminderRow): Reminder {
  const { platform: _, createdAt: __, ...kept } = row
  return {
    ...kept,
    recipients: z.array(RecipientJson).parse(row.recipients) as Reminder['recipients'],
    origin: PlaceJson.parse(row.origin) as Reminder['origin'],
    state: snapshots.reminder.shape.state.parse(row.state),
    dueAt: row.dueAt && toInstant(row.dueAt),
    startWall: dateToWall(row.startWall),
    exdates: row.exdates.map(dateToWall),
    notice: row.notice as unknown as Reply | null,
  }
}

export function reminderRow({ notice: _, ...one }: Reminder) {
  return {
    ...one,
    platform: one.origin.platform,
    recipients: toJson(one.recipients),
    origin: toJson(one.origin),
    dueAt: one.dueAt && toDate(one.dueAt),
    startWall: wallToDate(one.startWall),
    exdates: one.exdates.map(wallToDate),
  }
}

export function todoOf(row: TodoRow): Todo {
  const { createdAt: _, ...kept } = row
  return { ...kept, state: snapshots.todo.shape.state.parse(row.state), dueAt: row.dueAt && toInstant(row.dueAt) }
}

export function todoRow(one: Todo) {
  return { ...one, dueAt: one.dueAt && toDate(one.dueAt) }
}

export function noteOf(row: NoteRow): Note {
  const { createdAt: _, ...kept } = row
  return { ...kept, state: snapshots.note.shape.state.parse(row.state) }
}

export function noteRow(one: Note) {
  return { ...one }
}

export function personOf(row: PersonRow, { userId }: Pick<Identity, 'userId'>): Person {
  const { createdAt: _, ...kept } = row
  return { ...kept, userId, hours: HoursJson.nullable().parse(row.hours) }
}

export function personRow({ userId: _, hours, mutes, ...one }: Person) {
  return { ...one, mutes: [...mutes], hours: hours === null ? Prisma.DbNull : toJson(hours) }
}

export function spaceOf(row: SpaceRow): Space {
  const { createdAt: _, ...kept } = row
  return { ...kept, platform: z.enum(platforms).parse(row.platform) }
}
