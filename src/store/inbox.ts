import type { Inbox } from '#core/ports.ts'
import { type Database, isDuplicate } from './client.ts'
import { toJson } from './records.ts'

/** How long a process has for an event before another one takes it over. */
const holdSeconds = 60

export function createInbox(database: Database): Inbox {
  return {
    async keep({ platform, id, raw }) {
      const heldUntil = new Date(Date.now() + holdSeconds * 1_000)
      try {
        await database.inboundMessage.create({
          data: { platform, externalId: id, raw: toJson(raw), heldUntil },
          select: { externalId: true },
        })
        return 'new'
      } catch (cause) {
        if (isDuplicate(cause)) return 'seen'
        throw cause
      }
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
