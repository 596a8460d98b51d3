import { type Platform, platforms } from '#core/message.ts'
import type { CalendarUpkeep } from '#core/upkeep.ts'
import type { Database } from './client.ts'
import { wholeEvents } from './contents.ts'
import { eventRow, overrideRow } from './event-records.ts'
import { Prisma } from './generated/client.ts'
import { toDate, wallToDate } from './instants.ts'
import { type Effect, effectsOf } from './outbox.ts'
import { reminderOf, reminderRow } from './reminder-records.ts'

/** Ids begin after this one. */
const first = '00000000-0000-0000-0000-000000000000'

/** How the calendar is kept right while nobody looks; `carryOut` does what its writing decided on. */
export function createUpkeep(
  database: Database,
  { tzdata, carryOut }: { readonly tzdata: string; carryOut(effects: readonly Effect[]): void },
): CalendarUpkeep {
  /**
   * Events of a calendar that have alerts, or an occurrence with alarms of its own, as a file may give it, or for which an
   * alert is still planned. Each kind is looked up from the calendar's events, never all that there are.
   */
  async function alertedIn(
    calendarId: string,
    now: Temporal.Instant,
    { after, limit }: { readonly after: string; readonly limit: number },
  ) {
    const here = Prisma.sql`event.calendar_id = ${calendarId}::uuid AND event.id > ${after}::uuid AND event.covers_until >= ${toDate(now)}`
    const rows = await database.$queryRaw<{ id: string }[]>`
      SELECT event.id FROM event JOIN alert ON alert.event_id = event.id WHERE ${here}
      UNION SELECT event.id FROM event CROSS JOIN LATERAL (
          SELECT FROM event_override AS override WHERE override.event_id = event.id AND override.alarms IS NOT NULL LIMIT 1
        ) AS ringing WHERE ${here}
      UNION SELECT event.id FROM event JOIN reminder ON reminder.event_id = event.id WHERE reminder.state = 'scheduled' AND ${here}
      ORDER BY id LIMIT ${limit}`
    return rows.map(({ id }) => id)
  }

  return {
    async outdated(now, limit) {
      // Of two releases that run side by side the newer one is right, so nothing goes back and forth.
      const older = [{ tzdata: { lt: tzdata } }, { tzdata: 'unknown' }]
      const where = { OR: older, coversUntil: { gte: toDate(now.subtract({ hours: 48 })) }, NOT: { tzdata } }
      return (await wholeEvents(database, where, { take: limit })).map(({ event }) => event)
    },

    async rederive(event) {
      const { id, version, overrides } = event
      const { startsAt, endsAt, coversUntil } = eventRow(event)
      await database.$transaction(async (transaction) => {
        const { count } = await transaction.event.updateMany({
          where: { id, version },
          data: { startsAt, endsAt, coversUntil, tzdata },
        })
        if (count === 0) return
        for (const one of overrides) {
          const { startsAt: overrideStart, endsAt: overrideEnd } = overrideRow(id, one)
          await transaction.eventOverride.updateMany({
            where: { eventId: id, recurrenceId: wallToDate(one.recurrenceId) },
            data: { startsAt: overrideStart, endsAt: overrideEnd },
          })
        }
      })
    },

    async outdatedReminders(limit) {
      const older = [{ tzdata: { lt: tzdata } }, { tzdata: 'unknown' }]
      const where = { OR: older, NOT: { tzdata }, dueAt: { not: null }, notice: { equals: Prisma.DbNull } }
      const rows = await database.reminder.findMany({ where, orderBy: { dueAt: 'asc' }, take: limit })
      await database.reminder.updateMany({ where: { id: { in: rows.map(({ id }) => id) } }, data: { tzdata } })
      return rows.map(reminderOf)
    },

    async alerted({ calendarId }, now, { after, limit }) {
      const page = { after: after === '' ? first : after, limit }
      const where =
        calendarId === undefined
          ? { id: { gt: page.after }, coversUntil: { gte: toDate(now) }, alerts: { some: {} } }
          : { id: { in: await alertedIn(calendarId, now, page) } }
      const found = await wholeEvents(database, where, { take: limit })
      const spaceIds = [...new Set(found.map(({ event }) => event.spaceId))]
      const spaces = new Map((await database.space.findMany({ where: { id: { in: spaceIds } } })).map((space) => [space.id, space]))
      const rows = await database.reminder.findMany({ where: { eventId: { in: found.map(({ event }) => event.id) } } })
      const byEvent = Map.groupBy(rows, ({ eventId }) => eventId)
      return found.flatMap(({ event, attendees }) => {
        const space = spaces.get(event.spaceId)
        const platform = platforms.find((one): one is Platform => one === space?.platform)
        if (!space || !platform) return []
        return [{ event, attendees, planned: (byEvent.get(event.id) ?? []).map(reminderOf), platform, space: space.externalId }]
      })
    },

    async plan(alerts, now) {
      const effects = await database.$transaction(async (transaction) => {
        const created = alerts.filter(({ before }) => before === null).map(({ after }) => reminderRow(after))
        await transaction.reminder.createMany({ data: created, skipDuplicates: true })
        for (const { before, after } of alerts) {
          if (before === null) continue
          const where = { id: after.id, spaceId: after.spaceId, version: before.version }
          await transaction.reminder.updateMany({ where, data: reminderRow(after) })
        }
        const data = effectsOf(
          alerts.map((one) => ({ kind: 'reminder', ...one })),
          now,
        )
        return transaction.outbox.createManyAndReturn({ data })
      })
      carryOut(effects)
    },
  }
}
