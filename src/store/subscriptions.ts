import { importWaits, type Subscriptions } from '#core/exchange.ts'
import { newId } from '#core/ids.ts'
import type { Broadcast, Clock } from '#core/ports.ts'
import { type Database, isDuplicate } from './client.ts'
import { toDate } from './instants.ts'

/** How long a process may be silent before a feed is somebody else's to ask, in seconds. */
const hold = 300
/** Of calendars of one person. */
const mostNames = 50

export function createSubscriptions(
  database: Database,
  { clock, broadcast }: { readonly clock: Clock; readonly broadcast: Broadcast },
): Subscriptions {
  /** A person's calendars have different names: the second one of a name gets a number. */
  async function freeName(ownerId: string, name: string): Promise<string> {
    const taken = new Set((await database.calendar.findMany({ where: { ownerId }, select: { name: true } })).map((each) => each.name))
    const numbered = Array.from({ length: mostNames }, (_, index) => (index === 0 ? name : `${name} ${index + 1}`))
    return numbered.find((each) => !taken.has(each)) ?? `${name} ${newId(clock.now())}`
  }

  return {
    async begin({ spaceId, personId, url, timeZone, name }) {
      if (await database.subscription.findFirst({ where: { spaceId, personId, url, state: 'kept' } })) return 'known'
      const now = clock.now()
      const id = newId(now)
      try {
        await database.calendar.create({
          data: {
            id,
            spaceId,
            ownerId: personId,
            name: await freeName(personId, name),
            subscription: { create: { spaceId, personId, url, timeZone, nextAt: toDate(now) } },
          },
        })
      } catch (cause) {
        if (isDuplicate(cause)) return 'known'
        throw cause
      }
      await broadcast.publish(importWaits, null)
      return 'new'
    },

    async take() {
      const now = clock.now()
      const [taken] = await database.$queryRaw<{ id: string }[]>`
        UPDATE subscription SET next_at = ${toDate(now.add({ seconds: hold }))}
        WHERE calendar_id = (
          SELECT calendar_id FROM subscription WHERE state = 'kept' AND next_at <= ${toDate(now)} ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED
        ) RETURNING calendar_id AS id`
      if (!taken) return undefined
      const row = await database.subscription.findUniqueOrThrow({ where: { calendarId: taken.id } })
      const { spaceId, calendarId, personId, url, timeZone, etag, lastModified, failures } = row
      return { spaceId, calendarId, personId, url, timeZone, etag, lastModified, failures }
    },

    async settle({ calendarId, failures }, { nextAt, failure, etag, lastModified }) {
      await database.subscription.updateMany({
        where: { calendarId },
        data: {
          etag,
          lastModified,
          failure,
          nextAt: toDate(nextAt),
          failures: failure === null ? 0 : failures + 1,
          ...(failure === null ? { fetchedAt: toDate(clock.now()) } : {}),
        },
      })
    },
  }
}
