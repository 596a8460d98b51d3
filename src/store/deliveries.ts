import { z } from 'zod'
import { platforms } from '#core/message.ts'
import type { Clock, Deliveries } from '#core/ports.ts'
import { createClaims } from './claims.ts'
import type { Database } from './client.ts'
import { toDate, toInstant } from './instants.ts'
import { createLoads } from './loads.ts'
import { createMoves } from './moves.ts'
import type { Effect } from './outbox.ts'
import { createRecord } from './sent.ts'

const OfPlatform = z.enum(platforms)

/** Leases are measured by the database's clock, the only one that all processes share. */
export function createDeliveries(
  database: Database,
  { clock, carryOut }: { readonly clock: Clock; carryOut(effects: readonly Effect[]): Promise<void> },
): Deliveries {
  const { load, withOwners } = createLoads(database)
  return {
    load,
    claim: createClaims(database, { clock, withOwners }),
    sent: createRecord(database, { clock }),

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

    advance: createMoves(database, { clock, carryOut }),

    async dueBefore(until, limit) {
      const rows = await database.reminder.findMany({
        where: { dueAt: { lte: toDate(until) } },
        orderBy: { dueAt: 'asc' },
        take: limit,
        select: { id: true, spaceId: true, platform: true, dueAt: true },
      })
      return rows.flatMap(({ id, spaceId, platform, dueAt }) =>
        dueAt ? [{ reminderId: id, spaceId, platform: OfPlatform.parse(platform), dueAt: toInstant(dueAt) }] : [],
      )
    },
  }
}
