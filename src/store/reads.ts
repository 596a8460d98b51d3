import { isAnswered } from '#core/model.ts'
import type { Draft, Earlier, Store } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import { createAudit } from './audit.ts'
import { createCalendarReads } from './calendars.ts'
import type { Database } from './client.ts'
import { createEventReads } from './events.ts'
import { dueAfter } from './following.ts'
import { Prisma, type Question as QuestionRow } from './generated/client.ts'
import { toDate, toInstant } from './instants.ts'
import { jsonText, toJson } from './json.ts'
import { createListReads } from './lists.ts'
import { reminderOf } from './reminder-records.ts'
import { inNames, type Row } from './rows.ts'
import { runOn } from './run.ts'

/** Which reminders a list shows. */
const kinds = {
  open: { state: { in: ['scheduled', 'paused', 'delivered', 'missed', 'failed'] } },
  repeating: { state: { in: ['scheduled', 'paused'] }, rrule: { not: null } },
  done: { state: 'done', digest: { equals: Prisma.DbNull } },
}

/** The numbers that several requests of one message have. */
const requests = Array.from({ length: 20 }, (_, index) => index + 1)

/** What is told is no older than this. */
const latest = { hours: 7 * 24 } as const

/** An alert is shown with its event until it rings; what became of it then is to be dealt with like a reminder. */
const waitingAlert = { eventId: { not: null }, state: 'scheduled', snoozeOf: null }

/** What commands read. Every query names its space. */
export function createReads(
  database: Database,
): Omit<Store, 'people' | 'commit' | 'imports' | 'subscriptions' | 'batches' | 'personal' | 'pageLinks'> {
  const run = runOn(database)

  return {
    reminders: {
      async get(spaceId, id) {
        const row = await database.reminder.findFirst({ where: { id, spaceId } })
        return row ? reminderOf(row) : undefined
      },
      async open(spaceId, ownerId, limit, after) {
        const rows = await database.reminder.findMany({
          where: {
            spaceId,
            ownerId,
            state: { in: ['scheduled', 'paused', 'delivered', 'missed', 'failed'] },
            notice: { equals: Prisma.DbNull },
            NOT: waitingAlert,
            ...(after && { AND: dueAfter(after) }),
          },
          orderBy: [{ dueAt: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
          take: limit,
        })
        return rows.map(reminderOf)
      },
      async lastRung(spaceId, { id: ownerId, userId }) {
        const [row] = await database.$queryRaw<{ id: string; at: Date }[]>`
          (
            -- Of each of theirs only what was told last is looked up: one that repeats was told hundreds of times.
            SELECT reminder.id, told.sent_at AS at
            FROM reminder CROSS JOIN LATERAL (
              SELECT sent_at FROM delivery WHERE subject_id = reminder.id AND sent_at IS NOT NULL ORDER BY occurrence DESC, sent_at DESC LIMIT 1
            ) AS told
            WHERE reminder.space_id = ${spaceId}::uuid AND reminder.owner_id = ${ownerId}::uuid
              AND reminder.notice IS NULL AND reminder.digest IS NULL
            ORDER BY told.sent_at DESC LIMIT 1
          ) UNION ALL (
            SELECT reminder.id, delivery.sent_at AS at
            FROM delivery JOIN reminder ON reminder.id = delivery.subject_id
            WHERE delivery.space_id = ${spaceId}::uuid AND delivery.recipient = ${`direct:${userId}`} AND delivery.sent_at IS NOT NULL
              AND reminder.owner_id <> ${ownerId}::uuid AND reminder.notice IS NULL AND reminder.digest IS NULL
            ORDER BY delivery.occurrence DESC LIMIT 1
          ) ORDER BY at DESC LIMIT 1`
        return row ? { id: row.id, at: toInstant(row.at) } : undefined
      },
      async ofKind(spaceId, ownerId, kind, { offset = 0, after, limit }) {
        const rows = await database.reminder.findMany({
          where: {
            spaceId,
            ownerId,
            ...kinds[kind],
            notice: { equals: Prisma.DbNull },
            OR: [{ eventId: null }, { snoozeOf: { not: null } }],
            ...(after && { AND: dueAfter(after, kind === 'done' ? 'lt' : 'gt') }),
          },
          orderBy: [{ dueAt: { sort: 'asc', nulls: 'last' } }, { id: kind === 'done' ? 'desc' : 'asc' }],
          skip: offset,
          take: limit,
        })
        return rows.map(reminderOf)
      },
      async tellings(spaceId, id) {
        const last = await database.delivery.findFirst({ where: { spaceId, subjectId: id }, orderBy: { occurrence: 'desc' } })
        if (!last) return []
        const rows = await database.delivery.findMany({ where: { spaceId, subjectId: id, occurrence: last.occurrence } })
        return rows.map(({ recipient, sentAt, failure }) => ({
          place: recipient,
          at: sentAt ? toInstant(sentAt) : undefined,
          failure: failure ?? undefined,
        }))
      },
      async unreached(spaceId, users) {
        if (users.length === 0) return []
        const last = await database.$queryRaw<{ user: string; failure: string | null }[]>`
          SELECT DISTINCT ON (recipient) substr(recipient, length('direct:') + 1) AS user, failure FROM delivery
          WHERE space_id = ${spaceId}::uuid AND recipient = ANY(${users.map((user) => `direct:${user}`)})
            AND (failure IS NOT NULL OR sent_at IS NOT NULL)
          ORDER BY recipient, occurrence DESC`
        return last.flatMap(({ user, failure }) => (failure === null ? [] : [{ user, failure }]))
      },
      async towards(spaceId, to, { kind, ownerId, until, offset, limit }) {
        const rows = await database.reminder.findMany({
          where: {
            spaceId,
            ...(ownerId === undefined ? {} : { ownerId }),
            ...kinds[kind],
            ...(until === undefined ? {} : { dueAt: { lt: toDate(until) } }),
            recipients: { array_contains: ['channel' in to ? { kind: 'channel', ...to } : { kind: 'direct', ...to }] },
            notice: { equals: Prisma.DbNull },
            digest: { equals: Prisma.DbNull },
            eventId: null,
          },
          orderBy: [{ dueAt: { sort: 'asc', nulls: 'last' } }, { id: kind === 'done' ? 'desc' : 'asc' }],
          skip: offset,
          take: limit,
        })
        return rows.map(reminderOf)
      },
      async rungSince(spaceId, user, since, limit) {
        const told = await database.$queryRaw<{ id: string; at: Date }[]>`
          SELECT subject_id AS id, max(sent_at) AS at
          FROM delivery JOIN reminder ON reminder.id = delivery.subject_id
          WHERE delivery.space_id = ${spaceId}::uuid AND reminder.recipients @> ${jsonText([{ kind: 'direct', user }])}::jsonb
            AND reminder.state NOT IN ('done', 'cancelled') AND notice IS NULL AND digest IS NULL
            -- One that rings once and is to ring again was snoozed: it was seen.
            AND (reminder.state <> 'scheduled' OR rrule IS NOT NULL OR nag_seconds IS NOT NULL)
            -- An alert is about its event, and that is told of.
            AND (event_id IS NULL OR snooze_of IS NOT NULL)
            AND delivery.recipient = ${`direct:${user}`} AND occurrence >= ${toDate(since.subtract(latest))} AND sent_at >= ${toDate(since)}
          GROUP BY subject_id ORDER BY at DESC LIMIT ${limit}`
        const rows = await database.reminder.findMany({
          where: { id: { in: told.map(({ id }) => id) }, spaceId },
        })
        const byId = new Map(rows.map((row) => [row.id, reminderOf(row)]))
        return told.flatMap(({ id, at }) => {
          const reminder = byId.get(id)
          return reminder && !isAnswered({ kind: 'direct', user }, reminder.answers ?? []) ? [{ reminder, at: toInstant(at) }] : []
        })
      },
      async digests(spaceId, ownerId) {
        const rows = await database.reminder.findMany({
          where: { spaceId, ownerId, state: { in: ['scheduled', 'paused'] }, digest: { not: Prisma.DbNull } },
          orderBy: { id: 'asc' },
        })
        return rows.map(reminderOf).filter(({ digest }) => digest?.kind !== 'catchup')
      },
      async toldWith(spaceId, mark) {
        const told = await database.delivery.findMany({ where: { spaceId, mark }, orderBy: [{ occurrence: 'asc' }, { subjectId: 'asc' }] })
        const rows = await database.reminder.findMany({ where: { spaceId, id: { in: told.map(({ subjectId }) => subjectId) } } })
        const byId = new Map(rows.map((row) => [row.id, row]))
        return told.flatMap(({ subjectId }) => {
          const row = byId.get(subjectId)
          return row ? [reminderOf(row)] : []
        })
      },
      async countScheduled(spaceId, ownerId) {
        const statement = Prisma.sql`
          SELECT count(*)::int AS count FROM reminder
          WHERE space_id = ${spaceId}::uuid AND owner_id = ${ownerId}::uuid AND state = 'scheduled' AND notice IS NULL AND event_id IS NULL`
        const { rows } = await run<{ readonly count: number }>(statement, 'scheduled reminders')
        return rows[0]?.count ?? 0
      },
      async countForOthers(spaceId, owner, since) {
        const [row] = await database.$queryRaw<{ count: number }[]>`
          SELECT count(*)::int AS count FROM reminder
          WHERE space_id = ${spaceId}::uuid AND owner_id = ${owner.id}::uuid AND created_at >= ${new Date(since.epochMilliseconds)}
            AND state <> 'cancelled' AND notice IS NULL AND event_id IS NULL AND digest IS NULL AND snooze_of IS NULL
            AND EXISTS (
              SELECT 1 FROM jsonb_array_elements(recipients) AS told
              WHERE told->>'kind' = 'channel' OR told->>'user' <> ${owner.userId}
            )`
        return row?.count ?? 0
      },
    },

    ...createEventReads(database),
    ...createCalendarReads(database),

    ...createListReads(database),

    questions: {
      async ask(question) {
        const data = { ...question, draft: toJson(question.draft), expiresAt: toDate(question.expiresAt) }
        await database.question.createMany({ data: [data], skipDuplicates: true })
      },
      async get(spaceId, id) {
        const row = await database.question.findFirst({ where: { id, spaceId, answeredAt: null } })
        return row ? { ...row, draft: row.draft as unknown as Draft, expiresAt: toInstant(row.expiresAt) } : undefined
      },
      async open(spaceId, personId, channel, now) {
        const statement = Prisma.sql`
          SELECT * FROM question
          WHERE space_id = ${spaceId}::uuid AND person_id = ${personId}::uuid AND channel = ${channel} AND expires_at > ${toDate(now)}
          ORDER BY expires_at DESC LIMIT 1`
        const { rows } = await run<Row>(statement, 'open question')
        const row = rows[0] && inNames<QuestionRow>(rows[0])
        return row?.answeredAt === null ? { ...row, draft: row.draft as unknown as Draft, expiresAt: toInstant(row.expiresAt) } : undefined
      },
      async close(spaceId, id, now) {
        await database.question.updateMany({ where: { id, spaceId }, data: { answeredAt: toDate(now) } })
      },
    },

    audit: createAudit(database),

    async earlier(platform, messageId) {
      const statement = Prisma.sql`
        SELECT entry.id, entry.space_id AS "spaceId", entry.undone_at IS NOT NULL AS undone
        FROM inbound_message JOIN audit_entry AS entry ON entry.id = inbound_message.audit_id
        WHERE platform = ${platform} AND external_id = ANY(${[messageId, ...requests.map((number) => `${messageId}#${number}`)]}::text[])`
      return (await run<Earlier>(statement)).rows
    },

    async committedReply(platform, messageId) {
      const row = await database.inboundMessage.findFirst({
        where: { platform, externalId: messageId },
        select: { reply: true },
      })
      return (row?.reply as unknown as Reply | null) ?? undefined
    },
  }
}
