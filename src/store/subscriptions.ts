import type { Subscriptions } from '#core/exchange.ts'
import { newId } from '#core/ids.ts'
import { importWaits } from '#core/imports.ts'
import type { Broadcast, Clock } from '#core/ports.ts'
import type { Seal } from '#core/secrets.ts'
import { type Database, isDuplicate } from './client.ts'
import { toDate, toInstant } from './instants.ts'

/** How long a process may be silent before a feed is somebody else's to ask, in seconds. */
const hold = 300
/** Of calendars of one person. */
const mostNames = 50

export function createSubscriptions(
  database: Database,
  { clock, broadcast, seal }: { readonly clock: Clock; readonly broadcast: Broadcast; readonly seal: Seal },
): Subscriptions {
  /** A person's calendars have different names: the second one of a name gets a number. */
  async function freeName(ownerId: string, name: string): Promise<string> {
    const taken = new Set((await database.calendar.findMany({ where: { ownerId }, select: { name: true } })).map((each) => each.name))
    const numbered = Array.from({ length: mostNames }, (_, index) => (index === 0 ? name : `${name} ${index + 1}`))
    return numbered.find((each) => !taken.has(each)) ?? `${name} ${newId(clock.now())}`
  }

  return {
    async begin({ spaceId, personId, url, timeZone, name }) {
      const urlMark = seal.mark(url)
      const same = { spaceId, personId, OR: [{ urlMark }, { url }] }
      if (await database.subscription.findFirst({ where: { ...same, calendar: { state: 'kept' } } })) return 'known'
      // Of a calendar that was deleted nothing is left to follow.
      await database.subscription.deleteMany({ where: { ...same, calendar: { state: 'deleted' } } })
      const now = clock.now()
      const id = newId(now)
      try {
        await database.calendar.create({
          data: {
            id,
            spaceId,
            ownerId: personId,
            name: await freeName(personId, name),
            subscription: { create: { spaceId, personId, url: seal.close(url), urlMark, timeZone, nextAt: toDate(now) } },
          },
        })
      } catch (cause) {
        if (isDuplicate(cause)) return 'known'
        throw cause
      }
      await broadcast.publish(importWaits, null)
      return 'new'
    },

    async of(spaceId, personId) {
      const rows = await database.subscription.findMany({
        where: { spaceId, personId, calendar: { state: 'kept' } },
        include: { calendar: { select: { name: true } } },
        orderBy: { calendarId: 'asc' },
      })
      return rows.map(({ calendarId, calendar: { name }, url, fetchedAt, failure }) => ({
        calendarId,
        name,
        url: seal.open(url),
        fetchedAt: fetchedAt ? toInstant(fetchedAt) : undefined,
        failure: failure ?? undefined,
      }))
    },

    async take() {
      const now = clock.now()
      const [taken] = await database.$queryRaw<{ id: string }[]>`
        UPDATE subscription SET next_at = ${toDate(now.add({ seconds: hold }))}
        WHERE calendar_id = (
          SELECT calendar_id FROM subscription JOIN calendar ON calendar.id = calendar_id AND calendar.state = 'kept'
          WHERE subscription.state = 'kept' AND next_at <= ${toDate(now)} ORDER BY next_at LIMIT 1 FOR UPDATE OF subscription SKIP LOCKED
        ) RETURNING calendar_id AS id`
      if (!taken) return undefined
      const row = await database.subscription.findFirstOrThrow({ where: { calendarId: taken.id }, include: { calendar: true } })
      const { spaceId, calendarId, personId, timeZone, etag, lastModified, failures } = row
      const url = seal.open(row.url)
      // What an earlier release kept as it was is encrypted when it is next used.
      if (url !== undefined && row.urlMark === null)
        await database.subscription.updateMany({ where: { calendarId }, data: { url: seal.close(url), urlMark: seal.mark(url) } })
      const about = { name: row.calendar.name, fetched: row.fetchedAt !== null }
      return { spaceId, calendarId, personId, url, timeZone, etag, lastModified, failures, ...about }
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
