import type { CalendarEvent } from '#core/model.ts'
import type { EventScope, EventWindow, FoundSeries, Store } from '#core/ports.ts'
import type { Database } from './client.ts'
import {
  eventColumns,
  hasOverrides,
  isSeries,
  lengthOf,
  overrideColumns,
  ownerOf,
  type RawEvent,
  type RawOverride,
  readSeries,
} from './event-columns.ts'
import { isSingle, longestSeconds, reach, recurs } from './event-kinds.ts'
import { attendeeOf, type EventRow, invitationOf, pollOf, seriesOf } from './event-records.ts'
import { type Alert as AlertRow, type EventOverride as EventOverrideRow, Prisma } from './generated/client.ts'
import { toDate } from './instants.ts'
import { personOf, spaceOf } from './records.ts'
import { inNames, type Row } from './rows.ts'
import { rowsOf, runOn } from './run.ts'
import { createSearch } from './search.ts'

/** As many series as one window may hold: beyond that nobody reads what they give. */
const mostSeries = 2_000

/** Whether any of its occurrences is not as the rule says, as few are; looked up for each, never read from all overrides there are. */
const isChanged = Prisma.sql`(SELECT true FROM event_override AS override WHERE override.event_id = event.id LIMIT 1)`

/** Whoever declined a whole series may come to some of it all the same. */
const comes = Prisma.sql`AND (attendee.response <> 'declined' OR ${recurs} AND EXISTS (SELECT FROM attendee AS part
  WHERE part.person_id = attendee.person_id AND part.event_id = attendee.event_id AND part.recurrence_id IS NOT NULL
    AND part.state = 'invited' AND part.response <> 'declined'))`

/**
 * What touches a window, in one statement: the first single events, all series, and what a person is invited to
 * elsewhere. One that ends just when the window opens is found too, since it may have no length.
 */
export function withinSql(
  { spaceId, calendarIds, invited, among, declined = false }: EventScope,
  { from, to, limit }: EventWindow,
): Prisma.Sql {
  const touches = Prisma.sql`event.space_id = ${spaceId}::uuid AND event.status <> 'cancelled'
    AND event.starts_at < ${toDate(to)} AND event.covers_until >= ${toDate(from)}
    ${among ? Prisma.sql`AND event.id = ANY(${among}::uuid[])` : Prisma.empty}`
  const here = Prisma.sql`event.calendar_id = ANY(${calendarIds}::uuid[])`
  const first = Prisma.sql`ORDER BY event.starts_at, event.id LIMIT ${limit + 1}`
  const short = Prisma.sql`event.starts_at >= ${toDate(from.subtract(reach))} AND event.duration_seconds <= ${longestSeconds}`
  const elsewhere =
    invited === undefined
      ? Prisma.empty
      : Prisma.sql`UNION ALL (SELECT ${eventColumns}, CASE WHEN ${recurs} THEN ${isChanged} END FROM attendee JOIN event ON event.id = attendee.event_id
          WHERE attendee.person_id = ANY(${[invited].flat()}::uuid[]) AND attendee.state = 'invited' AND attendee.recurrence_id IS NULL
            ${declined ? Prisma.empty : comes} AND NOT ${here} AND ${touches} ${first})`
  return Prisma.sql`(SELECT ${eventColumns}, false FROM event WHERE ${here} AND ${touches} AND ${isSingle} AND ${short} ${first})
    UNION ALL (SELECT ${eventColumns}, false FROM event WHERE ${here} AND ${touches} AND ${isSingle}
      AND event.duration_seconds > ${longestSeconds} ${first})
    UNION ALL (SELECT ${eventColumns}, ${isChanged} FROM event WHERE ${here} AND ${touches} AND ${recurs} LIMIT ${mostSeries + 1})
    ${elsewhere}`
}

/** Its text differs by what is asked for. To read and plan it costs Postgres several times what a day's events cost. */
export function withinName({ invited, among, declined = false }: EventScope): string {
  return `events within${invited === undefined ? '' : ', and invited to'}${among ? ', among some' : ''}${declined ? ', declined' : ''}`
}

export function createEventReads(database: Database): Pick<Store, 'events' | 'attendees' | 'invitations' | 'polls'> {
  const run = runOn(database)

  async function within(scope: EventScope, window: EventWindow): Promise<FoundSeries> {
    const found = await rowsOf<RawEvent>(database, withinSql(scope, window), withinName(scope))
    // What two of several are invited to comes twice.
    const rows = Array.isArray(scope.invited) ? [...new Map(found.map((row) => [row[0], row])).values()] : found
    const series = rows.filter(isSeries)
    const overrides = await overridesWithin(series.filter(hasOverrides), window)
    return {
      series: rows.map((row) => readSeries(row, overrides.get(row[0]))),
      complete: found.length - found.filter(isSeries).length <= window.limit && series.length <= mostSeries,
    }
  }

  /** Those that are in the window, and those whose original place is: there the series has nothing. */
  async function overridesWithin(
    series: readonly RawEvent[],
    { from, to }: EventWindow,
  ): Promise<ReadonlyMap<string, readonly RawOverride[]>> {
    if (series.length === 0) return new Map()
    const longest = series.reduce((most, row) => Math.max(most, lengthOf(row)), 0)
    // Wall times of any zone are within a day of those of UTC.
    const earliest = new Date(from.epochMilliseconds - (longest + 86_400) * 1_000)
    const latest = new Date(to.epochMilliseconds + 86_400_000)
    const rows = await rowsOf<RawOverride>(
      database,
      Prisma.sql`SELECT ${overrideColumns} FROM event_override AS override
        WHERE override.event_id = ANY(${series.map(([id]) => id)}::uuid[])
          AND (override.starts_at < ${toDate(to)} AND override.ends_at >= ${toDate(from)}
            OR override.recurrence_id BETWEEN ${earliest} AND ${latest})
        ORDER BY override.recurrence_id`,
      'overrides within',
    )
    return Map.groupBy(rows, ownerOf)
  }

  return {
    events: {
      async get(spaceId, id): Promise<CalendarEvent | undefined> {
        const row = await database.event.findFirst({
          where: { id, spaceId },
          include: { overrides: { orderBy: { recurrenceId: 'asc' } }, alerts: { orderBy: { secondsBefore: 'desc' } } },
        })
        return row ? wholeOf(row) : undefined
      },
      async several(spaceId, ids) {
        const rows = await database.event.findMany({
          where: { id: { in: [...ids] }, spaceId },
          include: { overrides: { orderBy: { recurrenceId: 'asc' } }, alerts: { orderBy: { secondsBefore: 'desc' } } },
          orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
        })
        return rows.map(wholeOf)
      },
      async withUid(spaceId, calendarId, beginning, limit) {
        const rows = await database.event.findMany({
          where: { spaceId, calendarId, uid: { startsWith: beginning }, status: { not: 'cancelled' } },
          include: { overrides: { orderBy: { recurrenceId: 'asc' } }, alerts: { orderBy: { secondsBefore: 'desc' } } },
          orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
          take: limit,
        })
        return rows.map(wholeOf)
      },
      within,
      search: createSearch(database),
    },
    attendees: {
      async of(spaceId, eventIds) {
        const rows = await database.attendee.findMany({ where: { eventId: { in: [...eventIds] }, spaceId }, orderBy: { id: 'asc' } })
        return rows.map(attendeeOf)
      },
      async answers(spaceId, personId, eventIds) {
        if (eventIds.length === 0) return []
        const statement = Prisma.sql`
          SELECT id, space_id, event_id, person_id, email, name, round(date_part('epoch', recurrence_id) * 1000) AS recurs_at, following,
            response, comment, waiting, attended, state, version
          FROM attendee WHERE person_id = ANY(${[personId].flat()}::uuid[]) AND event_id = ANY(${[...eventIds]}::uuid[])
            AND space_id = ${spaceId}::uuid AND state = 'invited'`
        const { rows } = await run<Row & { readonly recurs_at: number | null }>(statement, 'answers')
        return rows.map(({ recurs_at: at, ...row }) => attendeeOf({ ...inNames(row), recurrenceId: at === null ? null : new Date(at) }))
      },
      async invitedTo(spaceId, personId, from, limit) {
        const rows = await database.event.findMany({
          where: {
            spaceId,
            status: { not: 'cancelled' },
            coversUntil: { gte: toDate(from) },
            attendees: { some: { personId, state: 'invited' } },
          },
          orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
          take: limit,
          select: { id: true },
        })
        return rows.map(({ id }) => id)
      },
    },
    invitations: {
      async get(spaceId, id) {
        const row = await database.invitation.findFirst({ where: { id, spaceId } })
        return row ? invitationOf(row) : undefined
      },
    },
    polls: {
      async get(spaceId, id) {
        const row = await database.poll.findFirst({ where: { id, spaceId } })
        return row ? pollOf(row) : undefined
      },
      async due(now, limit) {
        const rows = await database.poll.findMany({
          where: { closesAt: { lte: toDate(now) }, state: 'open' },
          orderBy: { closesAt: 'asc' },
          take: limit,
        })
        const [people, spaces] = await Promise.all([
          database.person.findMany({ where: { id: { in: rows.map(({ ownerId }) => ownerId) } }, include: { identities: { take: 1 } } }),
          database.space.findMany({ where: { id: { in: rows.map(({ spaceId }) => spaceId) } } }),
        ])
        return rows.flatMap((row) => {
          const person = people.find(({ id }) => id === row.ownerId)
          const space = spaces.find(({ id }) => id === row.spaceId)
          const identity = person?.identities[0]
          if (!person || !identity || !space) return []
          return [{ poll: pollOf(row), asker: { space: spaceOf(space), person: personOf(person, identity) } }]
        })
      },
    },
  }
}

function wholeOf(row: EventRow & { readonly overrides: readonly EventOverrideRow[]; readonly alerts: readonly AlertRow[] }): CalendarEvent {
  return { ...seriesOf(row, row.overrides), alerts: row.alerts.map(({ personId, secondsBefore }) => ({ personId, secondsBefore })) }
}
