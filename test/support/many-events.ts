import { newId } from '#core/ids.ts'
import type { Database } from '#store/client.ts'

export interface ManyEvents {
  readonly spaceId: string
  /** A calendar with a tenth of all events. */
  readonly teamId: string
  /** Calendars that share the rest evenly. */
  readonly calendarIds: readonly string[]
  /** Invited to a few hundred events of the team. */
  readonly personId: string
}

/**
 * Fills a database with events over ten years, 1 in 20 a series, titled with three of 5,000 words of which some are
 * common and most are rare. The same each time.
 */
export async function fillEvents(database: Database, count: number, calendars: number): Promise<ManyEvents> {
  const ids = () => newId(Temporal.Instant.from('2026-01-01T00:00Z'))
  const [spaceId, teamId, personId] = [ids(), ids(), ids()]
  const calendarIds = Array.from({ length: calendars }, ids)
  await database.space.create({ data: { id: spaceId, platform: 'slack', externalId: `T-${spaceId}` } })
  await database.calendar.createMany({
    data: [{ id: teamId, spaceId, name: 'Team', kind: 'space' }, ...calendarIds.map((id) => ({ id, spaceId, name: 'Calendar' }))],
  })
  // Built over what is there, these indexes take a fraction of what they take row by row.
  const later = await database.$queryRaw<{ name: string; definition: string }[]>`
    SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE tablename = 'event' AND indexdef LIKE '%USING gin%'`
  for (const { name } of later) await database.$executeRawUnsafe(`DROP INDEX ${name}`)
  await database.$executeRaw`
    INSERT INTO event (id, space_id, calendar_id, organiser_id, uid, title, start_wall, duration_seconds, time_zone, rrule, rdates, exdates,
      starts_at, ends_at, covers_until, tzdata, folded_title)
    SELECT gen_random_uuid(), ${spaceId}::uuid, calendar, ${personId}::uuid, 'event-' || n, title, at, 3600, 'UTC', rrule, '{}', '{}',
      at AT TIME ZONE 'UTC', at AT TIME ZONE 'UTC' + interval '1 hour',
      CASE WHEN rrule IS NULL THEN at AT TIME ZONE 'UTC' + interval '1 hour' ELSE at AT TIME ZONE 'UTC' + interval '1 year' END, '2026c', title
    FROM (
      SELECT n,
        CASE WHEN n % 10 = 0 THEN ${teamId}::uuid ELSE (${calendarIds}::uuid[])[1 + (n - n / 10 - 1) % ${calendars}::int] END AS calendar,
        timestamp '2021-01-01' + (n::bigint * 7919 % 5256000) * interval '1 minute' AS at,
        CASE WHEN n::bigint * 7907 % 10039 % 20 = 0 THEN 'FREQ=WEEKLY;COUNT=52' END AS rrule,
        concat_ws(' ', 'word' || (5000 ^ ((n::bigint * 31 % 10007) / 10007.0::float8))::int, 'word' || (5000 ^ ((n::bigint * 101 % 10009) / 10009.0::float8))::int,
          'word' || (5000 ^ ((n::bigint * 1009 % 10037) / 10037.0::float8))::int) AS title
      FROM generate_series(1, ${count}::int) AS n
    ) AS made`
  for (const { definition } of later) await database.$executeRawUnsafe(definition)
  await database.$executeRaw`
    INSERT INTO attendee (id, space_id, event_id, person_id, name)
    SELECT gen_random_uuid(), space_id, id, CASE WHEN place % 50 = 0 THEN ${personId}::uuid ELSE gen_random_uuid() END, 'Ann'
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS place FROM event WHERE calendar_id = ${teamId}::uuid LIMIT 15000) AS numbered`
  await database.$executeRawUnsafe('ANALYZE')
  return { spaceId, teamId, calendarIds, personId }
}
