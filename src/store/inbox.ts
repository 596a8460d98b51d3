import { gather } from '#core/gather.ts'
import type { Inbox, Kept } from '#core/ports.ts'
import type { Database } from './client.ts'
import { Prisma } from './generated/client.ts'
import { jsonText } from './json.ts'
import { runOn } from './run.ts'

/** How long a process has for an event before another one takes it over, by the database's clock. */
const holdSeconds = 60

/** Events are kept, and marked as finished, many at a time: each wait for the disk is one for all that came meanwhile. */
const most = 50

/** How long a mark of having finished waits for others, in milliseconds: nobody waits for it, and each costs as much as a look-up. */
const company = 20

export function createInbox(database: Database): Inbox {
  const run = runOn(database)

  const keep = gather(async (events: readonly Kept[]): Promise<readonly ('new' | 'seen')[]> => {
    // In the order of their keys, so that two processes that are told the same never wait for each other in a circle.
    const { rows } = await run<{ readonly platform: string; readonly id: string }>(
      Prisma.sql`
        INSERT INTO inbound_message (platform, external_id, raw, held_until)
        SELECT platform, id, raw, now() + make_interval(secs => ${holdSeconds}::int)
        FROM jsonb_to_recordset(${jsonText(events)}::jsonb) AS event(platform text, id text, raw jsonb)
        ORDER BY platform, id
        ON CONFLICT DO NOTHING
        RETURNING platform, external_id AS id`,
      'keep events',
    )
    const written = new Set(rows.map(keyOf))
    // What is told twice at once is new only once.
    return events.map((event) => (written.delete(keyOf(event)) ? 'new' : 'seen'))
  }, most)

  const finish = gather(
    async (events: readonly { readonly platform: string; readonly id: string }[]) => {
      // What was written is not needed any more; that it was seen is. By a list of ids, which Postgres looks up by their index.
      for (const [platform, those] of Map.groupBy(events, (event) => event.platform))
        await run(
          Prisma.sql`
          UPDATE inbound_message SET raw = NULL, finished_at = now()
          WHERE platform = ${platform} AND external_id = ANY(${those.map(({ id }) => id)}::text[])`,
          'finish events',
        )
      return events.map(() => undefined)
    },
    most,
    company,
  )

  return {
    keep,
    finish: (platform, id) => finish({ platform, id }),

    async abandoned(platform) {
      const { rows } = await run<{ readonly id: string; readonly raw: unknown }>(Prisma.sql`
        UPDATE inbound_message SET held_until = now() + make_interval(secs => ${holdSeconds}::int)
        WHERE (platform, external_id) IN (
          SELECT platform, external_id FROM inbound_message
          WHERE platform = ${platform} AND finished_at IS NULL AND held_until < now()
          ORDER BY received_at LIMIT 100 FOR UPDATE SKIP LOCKED)
        RETURNING external_id AS id, raw`)
      return rows.map(({ id, raw }) => ({ platform, id, raw }))
    },
  }
}

function keyOf({ platform, id }: { readonly platform: string; readonly id: string }): string {
  return `${platform} ${id}`
}
