import { z } from 'zod'
import { newId } from '#core/ids.ts'
import { platforms } from '#core/message.ts'
import type { Claim, Clock, Deliveries } from '#core/ports.ts'
import type { Database } from './client.ts'
import { toDate, toInstant } from './instants.ts'
import { type Effect, effectsOf } from './outbox.ts'
import { personOf, reminderOf, reminderRow, spaceOf } from './records.ts'

interface ClaimRow {
  readonly id: string
  readonly state: string
  readonly attempts: number
  readonly first_tried_at: Date
  readonly lease_until: Date
}

/** Leases are measured by the database's clock, the only one that all processes share. */
export function createDeliveries(
  database: Database,
  { clock, carryOut }: { readonly clock: Clock; carryOut(effects: readonly Effect[]): Promise<void> },
): Deliveries {
  return {
    async load(spaceId, reminderId) {
      const reminder = await database.reminder.findFirst({ where: { id: reminderId, spaceId } })
      if (!reminder) return undefined
      const owner = await database.person.findFirst({ where: { id: reminder.ownerId, spaceId }, include: { identities: { take: 1 } } })
      const space = await database.space.findUnique({ where: { id: spaceId } })
      const identity = owner?.identities[0]
      if (!owner || !space || !identity) return undefined
      return { reminder: reminderOf(reminder), owner: personOf(owner, identity), space: spaceOf(space) }
    },

    async claim(reminder, dueAt, recipient, leaseSeconds): Promise<Claim> {
      const occurrence = toDate(dueAt)
      const [ours] = await database.$queryRaw<ClaimRow[]>`
        INSERT INTO delivery (id, space_id, subject_id, occurrence, recipient, state, first_tried_at, lease_until)
        VALUES (${newId(clock.now())}::uuid, ${reminder.spaceId}::uuid, ${reminder.id}::uuid, ${occurrence}, ${recipient}, 'claimed',
                ${toDate(clock.now())},
                now() + make_interval(secs => ${leaseSeconds}))
        ON CONFLICT (subject_id, occurrence, recipient) DO UPDATE
          SET attempts = delivery.attempts + 1, lease_until = EXCLUDED.lease_until
          WHERE delivery.state = 'claimed' AND delivery.lease_until <= now()
        RETURNING id, state, attempts, first_tried_at, lease_until`
      if (ours) return { kind: 'ours', deliveryId: ours.id, attempt: ours.attempts, firstTriedAt: toInstant(ours.first_tried_at) }
      const theirs = await database.delivery.findUnique({
        where: { subjectId_occurrence_recipient: { subjectId: reminder.id, occurrence, recipient } },
      })
      if (!theirs || theirs.state === 'claimed') return { kind: 'taken', until: theirs ? toInstant(theirs.leaseUntil) : clock.now() }
      return { kind: 'settled', state: theirs.state === 'sent' ? 'sent' : 'failed' }
    },

    async sent(id, message) {
      const { count } = await database.delivery.updateMany({
        where: { id, state: { not: 'sent' } },
        data: { state: 'sent', sentAt: toDate(clock.now()), sentChannel: message.channel, sentMessage: message.id },
      })
      if (count === 1) return message
      const { sentChannel, sentMessage } = await database.delivery.findUniqueOrThrow({ where: { id } })
      return sentChannel !== null && sentMessage !== null ? { channel: sentChannel, id: sentMessage } : message
    },

    async failed(id, failure) {
      await database.delivery.update({ where: { id }, data: { state: 'failed', failure } })
    },

    async release(id, state) {
      const uncounted = state === 'untried' ? 1 : 0
      await database.$executeRaw`
        UPDATE delivery SET attempts = attempts - ${uncounted}::int, lease_until = now() WHERE id = ${id}::uuid AND state = 'claimed'`
    },

    async advance(before, after) {
      const effects = await database.$transaction(async (transaction) => {
        const { count } = await transaction.reminder.updateMany({
          where: { id: before.id, spaceId: before.spaceId, version: before.version },
          data: reminderRow(after),
        })
        if (count === 0) return undefined
        return transaction.outbox.createManyAndReturn({ data: effectsOf([{ kind: 'reminder', before, after }], clock.now()) })
      })
      if (effects) await carryOut(effects)
      return effects !== undefined
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
