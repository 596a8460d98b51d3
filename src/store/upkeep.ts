import { type Platform, platforms } from '#core/message.ts'
import type { CalendarUpkeep } from '#core/upkeep.ts'
import type { Database } from './client.ts'
import { wholeEvents } from './contents.ts'
import { eventRow, overrideRow } from './event-records.ts'
import { Prisma } from './generated/client.ts'
import { toDate, wallToDate } from './instants.ts'
import { type Effect, effectsOf } from './outbox.ts'
import { reminderOf, reminderRow } from './reminder-records.ts'

/** A file may give one occurrence alarms that its series does not have. */
const withOwnAlarms = { overrides: { some: { alarms: { not: Prisma.DbNull } } } }

/** Ids begin after this one. */
const first = '00000000-0000-0000-0000-000000000000'

/** How the calendar is kept right while nobody looks; `carryOut` does what its writing decided on. */
export function createUpkeep(
  database: Database,
  { tzdata, carryOut }: { readonly tzdata: string; carryOut(effects: readonly Effect[]): void },
): CalendarUpkeep {
  /** The events of a calendar for which an alert is planned, whether or not they have one still. */
  async function planned(calendarId: string): Promise<string[]> {
    const rows = await database.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT event.id FROM event JOIN reminder ON reminder.event_id = event.id AND reminder.state = 'scheduled'
      WHERE event.calendar_id = ${calendarId}::uuid`
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
      const where = {
        id: { gt: after === '' ? first : after },
        coversUntil: { gte: toDate(now) },
        ...(calendarId === undefined
          ? { alerts: { some: {} } }
          : { calendarId, OR: [{ alerts: { some: {} } }, withOwnAlarms, { id: { in: await planned(calendarId) } }] }),
      }
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
