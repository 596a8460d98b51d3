import { z } from 'zod'
import { platforms } from '#core/message.ts'
import {
  type Change,
  type Folder,
  type MeetingLinks,
  meetingServices,
  type Note,
  type Person,
  type Space,
  type Todo,
  type TodoList,
} from '#core/model.ts'
import { AttendeeJson, CalendarJson, CircleJson, EventJson, GroupJson, InvitationJson, PollJson } from './event-records.ts'
import { folded } from './folded.ts'
import {
  type Folder as FolderRow,
  type Identity,
  type Note as NoteRow,
  type Person as PersonRow,
  Prisma,
  type Space as SpaceRow,
  type TodoList as TodoListRow,
  type Todo as TodoRow,
} from './generated/client.ts'
import { toDate, toInstant } from './instants.ts'
import { toJson } from './json.ts'
import { ReminderJson } from './reminder-records.ts'
import { Instant, Owned } from './snapshot.ts'

/** Rows to records and back, and records to the JSON of audit entries and back. */

const PermittedJson = z.union([z.object({ kind: z.literal('admins') }), CircleJson])
const RulesJson = z.object({
  channels: PermittedJson.optional(),
  everyone: PermittedJson.optional(),
  listens: z.array(z.string()).optional(),
})

const MeetingLinksJson = z.partialRecord(z.enum(meetingServices), z.string())

const HoursJson = z.object({ days: z.array(z.number()), from: z.string(), to: z.string() })
const NullableHours = HoursJson.nullable()

const kept = z.enum(['kept', 'deleted'])
const HolderJson = Owned.extend({ ownerId: z.string(), name: z.string(), key: z.string(), state: kept })

const snapshots = {
  reminder: ReminderJson,
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
  list: HolderJson,
  note: Owned.extend({
    ownerId: z.string(),
    folderId: z.string().nullable().default(null),
    title: z.string(),
    body: z.string(),
    state: kept,
  }),
  folder: HolderJson,
  person: Owned.extend({
    userId: z.string(),
    name: z.string(),
    timeZone: z.string().nullable(),
    locale: z.string().nullable(),
    calendarId: z.string(),
    listId: z.string(),
    profileZone: z.string().nullable().default(null),
    hours: NullableHours.default(null),
    bufferMinutes: z.number().default(0),
    mutes: z.array(z.string()).default([]),
    alertSeconds: z.array(z.number()).default([]),
    catchUpDays: z.number().default(3),
    meetingLinks: MeetingLinksJson.default({}),
  }),
  space: z.object({
    id: z.string(),
    spaceId: z.string(),
    platform: z.enum(platforms),
    externalId: z.string(),
    timeZone: z.string(),
    rules: RulesJson,
    meetingLinks: MeetingLinksJson.default({}),
    version: z.number(),
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
    z.object({ kind: z.literal('list'), before: snapshots.list.nullable(), after: snapshots.list }),
    z.object({ kind: z.literal('folder'), before: snapshots.folder.nullable(), after: snapshots.folder }),
    z.object({ kind: z.literal('note'), before: snapshots.note.nullable(), after: snapshots.note }),
    z.object({ kind: z.literal('person'), before: snapshots.person.nullable(), after: snapshots.person }),
    z.object({ kind: z.literal('space'), before: snapshots.space.nullable(), after: snapshots.space }),
  ]),
)

export function changesOf(json: unknown): readonly Change[] {
  return Changes.parse(json) as readonly Change[]
}

export function todoOf(row: TodoRow): Todo {
  const { createdAt: _, ...one } = row
  return { ...one, state: snapshots.todo.shape.state.parse(row.state), dueAt: row.dueAt && toInstant(row.dueAt) }
}

export function todoRow(one: Todo) {
  return { ...one, dueAt: one.dueAt && toDate(one.dueAt) }
}

export function noteOf(row: NoteRow): Note {
  const { createdAt: _, foldedTitle: __, foldedBody: ___, ...one } = row
  return { ...one, state: kept.parse(row.state) }
}

export function noteRow(one: Note) {
  return { ...one, foldedTitle: folded(one.title), foldedBody: folded(one.body) }
}

export function listOf(row: TodoListRow): TodoList {
  return { ...row, key: row.key ?? '', state: kept.parse(row.state) }
}

export function folderOf(row: FolderRow): Folder {
  return { ...row, key: row.key ?? '', state: kept.parse(row.state) }
}

/** The name of what is deleted may be given anew. */
export function holderRow(one: TodoList | Folder) {
  return { ...one, key: one.state === 'kept' ? one.key : null }
}

export function personOf(row: PersonRow, { userId }: Pick<Identity, 'userId'>): Person {
  const { createdAt: _, seenAt: __, ...kept } = row
  return { ...kept, userId, hours: NullableHours.parse(row.hours), meetingLinks: linksOf(row.meetingLinks) }
}

export function personRow({ userId: _, meetingLinks, hours, mutes, alertSeconds, ...one }: Person) {
  return {
    ...one,
    meetingLinks: toJson(meetingLinks),
    mutes: [...mutes],
    alertSeconds: [...alertSeconds],
    hours: hours === null ? Prisma.DbNull : toJson(hours),
  }
}

const OfPlatform = z.enum(platforms)

export function spaceOf(row: SpaceRow): Space {
  const { createdAt: _, ...kept } = row
  return {
    ...kept,
    spaceId: row.id,
    platform: OfPlatform.parse(row.platform),
    rules: RulesJson.parse(row.rules) as Space['rules'],
    meetingLinks: linksOf(row.meetingLinks),
  }
}

export function spaceRow({ rules, meetingLinks, version }: Space) {
  return { rules: toJson(rules), meetingLinks: toJson(meetingLinks), version }
}

function linksOf(json: unknown): MeetingLinks {
  return MeetingLinksJson.parse(json) as MeetingLinks
}
