import { newId } from '#core/ids.ts'
import type { Database } from '#store/client.ts'

export interface ManyReminders {
  readonly spaceId: string
  /** Each has a hundred. */
  readonly ownerIds: readonly string[]
}

/** As many reminders of each person, most of them to come; of each of them some were told, and some are done. */
const each = 100

/** Fills a database with reminders of one space that come due over two years, one in ten of them told already. */
export async function fillReminders(database: Database, count: number, from: Temporal.Instant): Promise<ManyReminders> {
  const ids = () => newId(from)
  const spaceId = ids()
  const ownerIds = Array.from({ length: Math.ceil(count / each) }, ids)
  await database.space.create({ data: { id: spaceId, platform: 'slack', externalId: `T-${spaceId}` } })
  await database.person.createMany({ data: ownerIds.map((id) => ({ id, spaceId, name: 'Ann', calendarId: id, listId: id })) })
  await database.identity.createMany({ data: ownerIds.map((personId) => ({ spaceId, userId: `U-${personId}`, personId })) })
  await database.$executeRaw`
    INSERT INTO reminder (id, space_id, platform, owner_id, text, recipients, origin, state, due_at, start_wall, time_zone, exdates)
    SELECT gen_random_uuid(), ${spaceId}::uuid, 'slack', owner, 'thing ' || n,
      CASE WHEN n % 50 = 7 THEN jsonb_build_array(jsonb_build_object('kind', 'channel', 'channel', 'C' || n % 1000, 'ping', '[]'::jsonb))
        ELSE jsonb_build_array(jsonb_build_object('kind', 'direct', 'user', 'U-' || owner)) END,
      jsonb_build_object('platform', 'slack', 'space', 'T', 'channel', 'D', 'kind', 'direct'),
      CASE n % 20 WHEN 0 THEN 'delivered' WHEN 1 THEN 'done' ELSE 'scheduled' END,
      CASE WHEN n % 20 > 1 THEN ${from.toString()}::timestamptz + (n::bigint * 7919 % 1051200 + 60) * interval '1 minute' END,
      timestamp '2026-06-01', 'UTC', '{}'
    FROM (SELECT n, (${ownerIds}::uuid[])[1 + n / ${each}::int] AS owner FROM generate_series(0, ${count - 1}::int) AS n) AS numbered`
  await database.$executeRaw`
    INSERT INTO delivery (id, space_id, subject_id, occurrence, recipient, mark, state, lease_until, sent_at)
    SELECT id, space_id, id, at, 'direct:U-' || owner_id, id, CASE WHEN n % 500 = 0 THEN 'failed' ELSE 'sent' END, at, CASE WHEN n % 500 > 0 THEN at END
    FROM (
      SELECT id, space_id, owner_id, n, now() - n * interval '1 minute' AS at
      FROM (SELECT *, row_number() OVER () AS n FROM reminder WHERE state IN ('delivered', 'done')) AS told
    ) AS timed`
  await database.$executeRawUnsafe('VACUUM ANALYZE reminder, delivery')
  return { spaceId, ownerIds }
}
