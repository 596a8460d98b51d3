import { z } from 'zod'
import type { Database } from './client.ts'
import { toDate } from './instants.ts'

const Row = z.object({ waiting: z.number(), other: z.number(), seconds: z.number() })

/** Work that waits in a table of its own, as a queue would show it. */
export interface WaitingWork {
  readonly queue: 'import' | 'feed'
  readonly jobs: Readonly<Record<string, number>>
  /** For how long the first of it could have been begun. */
  readonly seconds: number
}

/** What imports and feeds wait at `now`, and for how long, whichever process it is that does not work on them. */
export async function waitingWork(database: Database, now: Temporal.Instant): Promise<readonly WaitingWork[]> {
  const at = toDate(now)
  const [[imports], [feeds]] = await Promise.all([
    database.$queryRaw<unknown[]>`
      SELECT count(*) FILTER (WHERE state = 'waiting')::int AS waiting, count(*) FILTER (WHERE state = 'running')::int AS other,
        coalesce(extract(epoch FROM ${at}::timestamptz - min(queued_at) FILTER (WHERE state = 'waiting')), 0)::float AS seconds
      FROM import WHERE state IN ('waiting', 'running', 'stopping')`,
    database.$queryRaw<unknown[]>`
      SELECT count(*) FILTER (WHERE next_at <= ${at})::int AS waiting, count(*) FILTER (WHERE next_at > ${at})::int AS other,
        coalesce(extract(epoch FROM ${at}::timestamptz - min(next_at) FILTER (WHERE next_at <= ${at})), 0)::float AS seconds
      FROM subscription WHERE state = 'kept'`,
  ])
  const [imported, fed] = [Row.parse(imports), Row.parse(feeds)]
  return [
    { queue: 'import', jobs: { waiting: imported.waiting, active: imported.other }, seconds: Math.max(0, imported.seconds) },
    { queue: 'feed', jobs: { waiting: fed.waiting, delayed: fed.other }, seconds: fed.seconds },
  ]
}
