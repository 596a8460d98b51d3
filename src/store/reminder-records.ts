import { z } from 'zod'
import type { Reminder, RingAnswer } from '#core/model.ts'
import type { Reply } from '#core/reply.ts'
import { Prisma, type Reminder as ReminderRow } from './generated/client.ts'
import { dateToWall, toDate, toInstant, wallToDate } from './instants.ts'
import { toJson } from './json.ts'
import { Instant, Owned, PlaceJson, Wall } from './snapshot.ts'

/** Rows of reminders to records and back, and records to the JSON of audit entries and back. */

const RecipientJson = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('direct'), user: z.string() }),
  z.object({
    kind: z.literal('channel'),
    channel: z.string(),
    thread: z.string().optional(),
    ping: z.array(z.object({ user: z.string(), name: z.string() })),
  }),
])
// Made once: to make one costs as much as to read some rows by it.
const RecipientsJson = z.array(RecipientJson)
const AnswersJson = z.array(z.object({ user: z.string(), channel: z.string().optional(), at: Instant, how: z.enum(['done', 'snoozed']) }))
const DigestJson = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agenda') }),
  z.object({ kind: z.literal('review') }),
  z.object({ kind: z.literal('catchup'), since: Instant }),
])
const NullableDigest = DigestJson.nullable()
const State = z.enum(['scheduled', 'paused', 'delivered', 'missed', 'done', 'cancelled', 'failed'])

export const ReminderJson = Owned.extend({
  ownerId: z.string(),
  text: z.string(),
  recipients: RecipientsJson,
  origin: PlaceJson,
  state: State,
  dueAt: Instant.nullable(),
  startWall: Wall,
  timeZone: z.string(),
  rrule: z.string().nullable(),
  exdates: z.array(Wall),
  snoozeOf: z.string().nullable(),
  eventId: z.string().nullable().default(null),
  nagSeconds: z.number().nullable().default(null),
  nagged: z.number().default(0),
  answers: AnswersJson.default([]),
  digest: NullableDigest.default(null),
})

/** A moment of a column without a zone, as a number. */
const milliseconds = (of: string) => Prisma.raw(`round(date_part('epoch', ${of}) * 1000)`)

/** What a `RawReminder` is read from, for what goes straight to the driver. */
export const reminderColumns = Prisma.sql`reminder.id, reminder.space_id AS "spaceId", reminder.platform, reminder.owner_id AS "ownerId",
  reminder.text, reminder.recipients, reminder.origin, reminder.state, reminder.due_at AS "dueAt", ${milliseconds('reminder.start_wall')} AS "startWall",
  reminder.time_zone AS "timeZone", reminder.rrule, reminder.snooze_of AS "snoozeOf", reminder.notice, reminder.event_id AS "eventId",
  CASE WHEN reminder.exdates <> '{}' THEN ARRAY(SELECT ${milliseconds('one')} FROM unnest(reminder.exdates) AS one) END AS exdates,
  reminder.nag_seconds AS "nagSeconds", reminder.nagged, reminder.answers, reminder.digest, reminder.version`

export type RawReminder = Omit<ReminderRow, 'startWall' | 'exdates' | 'createdAt' | 'tzdata'> & {
  readonly startWall: number
  readonly exdates: readonly number[] | null
}

export function readReminder({ startWall, exdates, ...row }: RawReminder): Reminder {
  return reminderOf({ ...row, startWall: new Date(startWall), exdates: (exdates ?? []).map((one) => new Date(one)) })
}

export function reminderOf(row: Omit<ReminderRow, 'createdAt' | 'tzdata'> & Partial<ReminderRow>): Reminder {
  const { platform: _, createdAt: __, tzdata: ___, ...kept } = row
  return {
    ...kept,
    recipients: RecipientsJson.parse(row.recipients) as Reminder['recipients'],
    origin: PlaceJson.parse(row.origin) as Reminder['origin'],
    state: State.parse(row.state),
    dueAt: row.dueAt && toInstant(row.dueAt),
    startWall: dateToWall(row.startWall),
    exdates: row.exdates.map(dateToWall),
    notice: row.notice as unknown as Reply | null,
    answers: AnswersJson.parse(row.answers) as readonly RingAnswer[],
    digest: NullableDigest.parse(row.digest),
  }
}

export function reminderRow({ notice: _, answers = [], digest = null, ...one }: Reminder) {
  return {
    ...one,
    platform: one.origin.platform,
    tzdata: process.versions.tz ?? 'unknown',
    recipients: toJson(one.recipients),
    origin: toJson(one.origin),
    dueAt: one.dueAt && toDate(one.dueAt),
    startWall: wallToDate(one.startWall),
    exdates: one.exdates.map(wallToDate),
    answers: toJson(answers),
    digest: digest === null ? Prisma.DbNull : toJson(digest),
  }
}
