import type { Exclusive } from '#core/ports.ts'
import type { Database } from './client.ts'

/** How long one run may hold the lock; beyond it the transaction ends and the work is somebody else's. */
const timeout = 5 * 60_000

/** A lock that Postgres lets go of when its holder dies. */
export function createExclusive(database: Database): Exclusive {
  return (name, work) =>
    database.$transaction(
      async (transaction) => {
        const [row] = await transaction.$queryRaw<
          { ours: boolean }[]
        >`SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) AS ours`
        if (!row?.ours) return false
        await work()
        return true
      },
      { timeout },
    )
}
