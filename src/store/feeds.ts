import type { Feeds } from '#core/exchange.ts'
import type { Database } from './client.ts'
import { calendarOf } from './event-records.ts'
import { toDate, toInstant } from './instants.ts'

/** What the addresses of private feeds open. */
export function createFeeds(database: Database): Feeds {
  return {
    async calendar(feedSecretHash) {
      const row = await database.calendar.findFirst({ where: { feedSecretHash, state: 'kept' }, include: { shares: true } })
      return row ? calendarOf(row) : undefined
    },

    async changedAt(calendarId, mark, now) {
      // Readers compare whole seconds.
      const second = toDate(now.round({ smallestUnit: 'second', roundingMode: 'floor' }))
      const [row] = await database.$queryRaw<{ at: Date }[]>`
        INSERT INTO calendar_feed (calendar_id, mark, changed_at) VALUES (${calendarId}::uuid, ${mark}, ${second})
        ON CONFLICT (calendar_id) DO UPDATE SET mark = EXCLUDED.mark,
          changed_at = CASE WHEN calendar_feed.mark = EXCLUDED.mark THEN calendar_feed.changed_at ELSE EXCLUDED.changed_at END
        RETURNING changed_at AS at`
      return row ? toInstant(row.at) : now
    },
  }
}
