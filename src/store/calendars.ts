import type { Store } from '#core/ports.ts'
import type { Database } from './client.ts'
import { calendarOf, groupOf } from './event-records.ts'

export function createCalendarReads(database: Database): Pick<Store, 'calendars' | 'groups'> {
  return {
    calendars: {
      async get(spaceId, id) {
        const row = await database.calendar.findFirst({ where: { id, spaceId }, include: { shares: true } })
        return row ? calendarOf(row) : undefined
      },
      async of(spaceId, personId) {
        const shared = await database.calendarShare.findMany({ where: { personId }, select: { calendarId: true } })
        const ids = shared.map(({ calendarId }) => calendarId)
        const rows = await database.calendar.findMany({
          // Each has an index of its own; "some share is theirs" in the place of the ids would look at every calendar there is.
          where: {
            state: 'kept',
            OR: [
              { ownerId: personId, spaceId },
              { kind: 'space', spaceId },
              { id: { in: ids }, spaceId },
            ],
          },
          include: { shares: true },
          orderBy: { id: 'asc' },
        })
        return rows.map(calendarOf)
      },
      async ownedBy(spaceId, personIds) {
        const rows = await database.calendar.findMany({
          where: { spaceId, state: 'kept', ownerId: { in: [...personIds] } },
          select: { id: true, ownerId: true },
          orderBy: { id: 'asc' },
        })
        const owned = new Map<string, string[]>(personIds.map((id) => [id, []]))
        for (const { id, ownerId } of rows) if (ownerId !== null) owned.get(ownerId)?.push(id)
        return owned
      },
      async ofChannel(spaceId, channel) {
        const row = await database.calendar.findUnique({ where: { spaceId_channel: { spaceId, channel } }, include: { shares: true } })
        return row ? calendarOf(row) : undefined
      },
      async ofChannels(spaceId, limit) {
        const where = { spaceId, channel: { not: null }, state: 'kept' }
        const rows = await database.calendar.findMany({ where, include: { shares: true }, orderBy: { channel: 'asc' }, take: limit })
        return rows.map(calendarOf)
      },
    },
    groups: {
      async get(spaceId, id) {
        const row = await database.group.findFirst({ where: { id, spaceId } })
        return row ? groupOf(row) : undefined
      },
      async named(spaceId, name) {
        const rows = await database.group.findMany({
          where: { spaceId, state: 'kept', name: { equals: name, mode: 'insensitive' } },
          orderBy: { id: 'asc' },
        })
        return rows.map(groupOf)
      },
      async all(spaceId, limit) {
        const rows = await database.group.findMany({
          where: { spaceId, state: 'kept' },
          orderBy: [{ name: 'asc' }, { id: 'asc' }],
          take: limit,
        })
        return rows.map(groupOf)
      },
    },
  }
}
