import { z } from 'zod'
import { idOf } from '#core/ids.ts'
import { type Platform, platforms } from '#core/message.ts'
import { placeKey } from '#core/model.ts'
import type { Clock, DeadLetters } from '#core/ports.ts'
import type { Database, Transaction } from './client.ts'
import { Prisma } from './generated/client.ts'
import { toDate, toInstant } from './instants.ts'
import { toJson } from './json.ts'
import { dueEffect, type Effect } from './outbox.ts'
import { reminderOf } from './reminder-records.ts'

const Counts = z.array(z.object({ platform: z.enum(platforms), letters: z.number() }))

/** Tellings that were given up on. Their rows stay for as long as all tellings do. */
export function createDeadLetters(
  database: Database,
  { clock, carryOut }: { readonly clock: Clock; carryOut(effects: readonly Effect[]): void },
): DeadLetters {
  /**
   * The occurrence as a reminder of its own, due now, for the one recipient. It carries the mark of the tries before,
   * so that it is first looked for on the platform: who was told after all is not told again.
   */
  async function again(transaction: Transaction, id: string): Promise<readonly Effect[]> {
    const { count } = await transaction.delivery.updateMany({ where: { id, state: 'failed' }, data: { state: 'retried' } })
    if (count === 0) return []
    const dead = await transaction.delivery.findFirstOrThrow({ where: { id } })
    const row = await transaction.reminder.findFirst({ where: { id: dead.subjectId, spaceId: dead.spaceId } })
    const recipient = row && reminderOf(row).recipients.find((one) => placeKey(one) === dead.recipient)
    if (!row || !recipient) return []
    const now = clock.now()
    const copy = { id: idOf('retried', id), spaceId: dead.spaceId, dueAt: toDate(now) }
    const { createdAt: _, ...kept } = row
    await transaction.reminder.create({
      data: {
        ...kept,
        ...copy,
        ...{ state: 'scheduled', recipients: toJson([recipient]), rrule: null, nagSeconds: null, nagged: 0, version: 1 },
        ...{ origin: toJson(row.origin), answers: [], notice: orNull(row.notice), digest: orNull(row.digest) },
      },
    })
    await transaction.delivery.create({
      data: {
        ...{ id: idOf('retried delivery', id), spaceId: dead.spaceId, subjectId: copy.id, occurrence: copy.dueAt, state: 'claimed' },
        ...{ recipient: dead.recipient, mark: dead.mark, firstTriedAt: dead.firstTriedAt, leaseUntil: copy.dueAt },
      },
    })
    await transaction.reminder.updateMany({
      where: { id: row.id, state: 'failed', version: row.version },
      data: { state: 'cancelled', version: row.version + 1 },
    })
    const platform = z.enum(platforms).parse(row.platform)
    const data = dueEffect({ reminderId: copy.id, spaceId: copy.spaceId, platform, dueAt: now }, now)
    return transaction.outbox.createManyAndReturn({ data })
  }

  return {
    async list({ limit, before }) {
      const rows = await database.delivery.findMany({
        where: { state: 'failed', ...(before === undefined ? {} : { id: { lt: before } }) },
        orderBy: { id: 'desc' },
        take: limit,
      })
      const ids = [...new Set(rows.map(({ subjectId }) => subjectId))]
      const reminders = new Map((await database.reminder.findMany({ where: { id: { in: ids } } })).map((row) => [row.id, reminderOf(row)]))
      return rows.flatMap(({ id, subjectId, spaceId, recipient, occurrence, attempts, firstTriedAt, failure }) => {
        const reminder = reminders.get(subjectId)
        const to = reminder?.recipients.find((one) => placeKey(one) === recipient)
        if (!reminder || !to) return []
        const { platform } = reminder.origin
        const due = { dueAt: toInstant(occurrence), firstTriedAt: toInstant(firstTriedAt) }
        return [{ id, reminderId: subjectId, spaceId, platform, to, ...due, attempts, reason: failure ?? 'unknown' }]
      })
    },

    async retry(id) {
      const effects = await database.$transaction((transaction) => again(transaction, id))
      carryOut(effects)
      return effects.length > 0
    },

    async count() {
      const rows = await database.$queryRaw`
        SELECT platform, count(*)::int AS letters FROM delivery JOIN reminder ON reminder.id = subject_id
        WHERE delivery.state = 'failed' GROUP BY platform`
      return new Map<Platform, number>(Counts.parse(rows).map(({ platform, letters }) => [platform, letters]))
    },
  }
}

function orNull(value: Prisma.JsonValue | null) {
  return value === null ? Prisma.DbNull : toJson(value)
}
