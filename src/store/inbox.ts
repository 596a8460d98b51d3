import type { Inbox } from '#core/ports.ts'
import type { Database } from './client.ts'
import { jsonText } from './json.ts'

/** How long a process has for an event before another one takes it over, by the database's clock. */
const holdSeconds = 60

export function createInbox(database: Database): Inbox {
  return {
    async keep({ platform, id, raw }) {
      const written = await database.$executeRaw`
        INSERT INTO inbound_message (platform, external_id, raw, held_until)
        VALUES (${platform}, ${id}, ${jsonText(raw)}::jsonb, now() + make_interval(secs => ${holdSeconds}))
        ON CONFLICT DO NOTHING`
      return written === 1 ? 'new' : 'seen'
    },

    async finish(platform, id) {
      // What was written is not needed any more; that it was seen is.
      await database.$executeRaw`
        UPDATE inbound_message SET raw = NULL, finished_at = now() WHERE platform = ${platform} AND external_id = ${id}`
    },

    async abandoned(platform) {
      const rows = await database.$queryRaw<{ id: string; raw: unknown }[]>`
        UPDATE inbound_message SET held_until = now() + make_interval(secs => ${holdSeconds})
        WHERE (platform, external_id) IN (
          SELECT platform, external_id FROM inbound_message
          WHERE platform = ${platform} AND finished_at IS NULL AND held_until < now()
          ORDER BY received_at LIMIT 100 FOR UPDATE SKIP LOCKED)
        RETURNING external_id AS id, raw`
      return rows.map(({ id, raw }) => ({ platform, id, raw }))
    },
  }
}
