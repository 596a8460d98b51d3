import type { Calendar } from '#core/model.ts'
import type { Store } from '#core/ports.ts'
import type { Database } from './client.ts'
import { calendarOf, groupOf } from './event-records.ts'
import { Prisma } from './generated/client.ts'
import { inNames, type Row } from './rows.ts'
import { runOn } from './run.ts'

/** Calendars with those that they are shared with. */
const withShares = Prisma.sql`SELECT calendar.*, coalesce((
    SELECT jsonb_agg(jsonb_build_object('personId', person_id, 'access', access, 'hidden', hidden) ORDER BY person_id)
    FROM calendar_share WHERE calendar_id = calendar.id
  ), '[]') AS shares FROM calendar`

export function createCalendarReads(database: Database): Pick<Store, 'calendars' | 'groups'> {
  const run = runOn(database)

  async function found(statement: Prisma.Sql, name: string): Promise<Calendar[]> {
    const { rows } = await run<Row>(statement, name)
    return rows.map((row) => calendarOf(inNames(row)))
  }

  return {
    calendars: {
      async get(spaceId, id) {
        const [calendar] = await found(Prisma.sql`${withShares} WHERE id = ${id}::uuid AND space_id = ${spaceId}::uuid`, 'calendar')
        return calendar
      },
      async of(spaceId, personId) {
        // Each kind has an index of its own; with "or" between them Postgres may look at every calendar there is.
        const theirs = Prisma.sql`
          SELECT id FROM calendar WHERE owner_id = ${personId}::uuid AND space_id = ${spaceId}::uuid
          UNION SELECT id FROM calendar WHERE space_id = ${spaceId}::uuid AND kind = 'space'
          UNION SELECT calendar_id FROM calendar_share WHERE person_id = ${personId}::uuid`
        const statement = Prisma.sql`${withShares}
          WHERE id IN (${theirs}) AND space_id = ${spaceId}::uuid AND state = 'kept' ORDER BY id`
        return found(statement, 'calendars of person')
      },
      async ownedBy(spaceId, personIds) {
        const statement = Prisma.sql`SELECT id, owner_id FROM calendar
          WHERE owner_id = ANY(${[...personIds]}::uuid[]) AND space_id = ${spaceId}::uuid AND state = 'kept' ORDER BY id`
        const { rows } = await run<{ readonly id: string; readonly owner_id: string }>(statement, 'calendars of several')
        const owned = new Map<string, string[]>(personIds.map((id) => [id, []]))
        for (const { id, owner_id: ownerId } of rows) owned.get(ownerId)?.push(id)
        return owned
      },
      async audience(spaceId, { changed, answered }, personIds) {
        const [ids, answers, people] = [changed, answered, personIds].map((each) => Prisma.sql`${[...each]}::uuid[]`)
        const statement = Prisma.sql`
          WITH touched AS (
            SELECT id, calendar_id FROM event WHERE id = ANY(${ids}) AND space_id = ${spaceId}::uuid
            UNION ALL SELECT id, id FROM calendar WHERE id = ANY(${ids}) AND space_id = ${spaceId}::uuid
          ), seen AS (
            SELECT event_id AS id, person_id FROM attendee WHERE event_id = ANY(${ids}) AND space_id = ${spaceId}::uuid
            UNION SELECT id, organiser_id FROM event WHERE id = ANY(${ids} || ${answers}) AND space_id = ${spaceId}::uuid
            UNION SELECT touched.id, calendar.owner_id FROM touched JOIN calendar ON calendar.id = touched.calendar_id
            UNION SELECT touched.id, share.person_id FROM touched JOIN calendar_share AS share ON share.calendar_id = touched.calendar_id
            UNION SELECT touched.id, person.id FROM touched JOIN calendar ON calendar.id = touched.calendar_id AND calendar.kind = 'space'
              JOIN person ON person.id = ANY(${people}) AND person.space_id = calendar.space_id
          )
          SELECT id, person_id FROM seen WHERE person_id = ANY(${people})`
        const { rows } = await run<{ readonly id: string; readonly person_id: string }>(statement, 'audience of events')
        return rows.map(({ id, person_id: personId }) => ({ id, personId }))
      },
      async ofChannel(spaceId, channel) {
        const here = Prisma.sql`${withShares} WHERE space_id = ${spaceId}::uuid AND channel = ${channel}`
        const [calendar] = await found(here, 'calendar of channel')
        return calendar
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
