import { z } from 'zod'
import { platforms } from '#core/message.ts'
import type { Overdue } from '#core/ports.ts'
import type { Database } from './client.ts'
import { toDate } from './instants.ts'

const Rows = z.array(z.object({ platform: z.enum(platforms), reminders: z.number(), seconds: z.number() }))

/** What should have been told by `now`, whichever process it is that does not tell it. */
export async function overdue(database: Database, now: Temporal.Instant): Promise<readonly Overdue[]> {
  const at = toDate(now)
  const rows = await database.$queryRaw`
    SELECT platform, count(*)::int AS reminders, extract(epoch FROM ${at}::timestamptz - min(due_at))::float AS seconds
    FROM reminder WHERE due_at <= ${at} GROUP BY platform`
  return Rows.parse(rows)
}
