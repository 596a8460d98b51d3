import { z } from 'zod'
import { platforms } from '#core/message.ts'
import type { Change } from '#core/model.ts'
import type { Clock, Deliveries } from '#core/ports.ts'
import { createClaims } from './claims.ts'
import type { Database } from './client.ts'
import { toDate, toInstant } from './instants.ts'
import { dueNotices, writeNotices } from './notices.ts'
import { type Effect, effectsOf } from './outbox.ts'
import { personOf, spaceOf } from './records.ts'
import { refusing } from './refusing.ts'
import { reminderOf, reminderRow } from './reminder-records.ts'

/** Leases are measured by the database's clock, the only one that all processes share. */
export function createDeliveries(
  database: Database,
  { clock, carryOut }: { readonly clock: Clock; carryOut(effects: readonly Effect[]): Promise<void> },
): Deliveries {
  return {
    async load(spaceId, reminderId) {
      const reminder = await database.reminder.findFirst({ where: { id: reminderId, spaceId } })
      if (!reminder) return undefined
      const [owner, space] = await Promise.all([
        database.person.findFirst({ where: { id: reminder.ownerId, spaceId }, include: { identities: { take: 1 } } }),
        database.space.findUnique({ where: { id: spaceId } }),
      ])
      const identity = owner?.identities[0]
      if (!owner || !space || !identity) return undefined
      const loaded = reminderOf(reminder)
      const users = loaded.recipients.flatMap((recipient) => (recipient.kind === 'direct' ? [recipient.user] : []))
      return {
        reminder: loaded,
        owner: personOf(owner, identity),
        space: spaceOf(space),
        refusing: await refusing(database, spaceId, identity.userId, users),
      }
    },

    claim: createClaims(database, { clock }),

    async sent(mark, message) {
      const { count } = await database.delivery.updateMany({
        where: { mark, state: { not: 'sent' } },
        data: { state: 'sent', sentAt: toDate(clock.now()), sentChannel: message.channel, sentMessage: message.id },
      })
      if (count > 0) return message
      const { sentChannel, sentMessage } = await database.delivery.findFirstOrThrow({ where: { mark } })
      return sentChannel !== null && sentMessage !== null ? { channel: sentChannel, id: sentMessage } : message
    },

    async failed(mark, failure) {
      await database.delivery.updateMany({ where: { mark, state: 'claimed' }, data: { state: 'failed', failure } })
    },

    async release(mark, state) {
      const uncounted = state === 'untried' ? 1 : 0
      await database.$executeRaw`
        UPDATE delivery SET attempts = attempts - ${uncounted}::int, lease_until = now() WHERE mark = ${mark}::uuid AND state = 'claimed'`
    },

    async part(mark, keep) {
      await database.delivery.deleteMany({ where: { mark, state: 'claimed', subjectId: { not: keep } } })
    },

    async advance(moves) {
      const effects = await database.$transaction(async (transaction) => {
        const moved: Change[] = []
        const due: ReturnType<typeof dueNotices> = []
        for (const { before, after, notice } of moves) {
          const { count } = await transaction.reminder.updateMany({
            where: { id: before.id, spaceId: before.spaceId, version: before.version },
            data: reminderRow(after),
          })
          if (count === 0) continue
          moved.push({ kind: 'reminder', before, after })
          if (!notice) continue
          const told = { spaceId: before.spaceId, notices: [notice], at: clock.now() }
          await writeNotices(transaction, told)
          due.push(...dueNotices(told))
        }
        return transaction.outbox.createManyAndReturn({ data: [...effectsOf(moved, clock.now()), ...due] })
      })
      await carryOut(effects)
    },

    async dueBefore(until, limit) {
      const rows = await database.reminder.findMany({
        where: { dueAt: { lte: toDate(until) } },
        orderBy: { dueAt: 'asc' },
        take: limit,
        select: { id: true, spaceId: true, platform: true, dueAt: true },
      })
      return rows.flatMap(({ id, spaceId, platform, dueAt }) =>
        dueAt ? [{ reminderId: id, spaceId, platform: z.enum(platforms).parse(platform), dueAt: toInstant(dueAt) }] : [],
      )
    },
  }
}
