import type { EventScope, EventSearch } from '#core/ports.ts'
import { eventColumns } from './event-columns.ts'
import { isSingle, longestSeconds, recurs } from './event-kinds.ts'
import { folded } from './folded.ts'
import { Prisma } from './generated/client.ts'
import { toDate } from './instants.ts'

const mostWords = 8
/** As much of a word as the index keeps. */
const longestWord = 400
/** As many as are ranked of those that the index gives: of words that half of all events have, the order says little. */
const mostRanked = 500
/** As many events as are looked through from now on, in all calendars together, and at least in each. */
const soon = { inAll: 1_000, inEach: 50 } as const
/** A series that begins later does not come next. */
const seriesAhead = { hours: 92 * 24 } as const
/** As many of these as are ranked, for each that is asked for. */
const soonRanked = 3
/** How alike a title has to be to what was typed: "bugdet" and "budget" are. */
export const likeness = { setting: 'pg_trgm.word_similarity_threshold', value: '0.4' } as const

export function wordsOf(text: string): readonly string[] {
  return (folded(text).match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, mostWords).map((word) => word.slice(0, longestWord))
}

/** `'budget':* & 'review':*`: every word, or one that begins so. */
export function allOf(words: readonly string[], ends: ':*' | '', prefix = ''): string {
  return words.map((word) => `'${prefix}${word}'${ends}`).join(' & ')
}

/** The same as `event_words` has them: a word of one calendar is another than that of another one. */
function allIn(calendarIds: readonly string[], words: readonly string[], ends: ':*' | ''): string {
  return calendarIds.map((id) => `(${allOf(words, ends, id.slice(-8))})`).join(' | ')
}

/**
 * Events with all the words, or with words that begin so: those to come first, of these whose title is just that, then
 * those with the very words, then the best, then the nearest.
 *
 * Beginnings are looked for when whole words gave too little. Of words that very many events have, the index gives some,
 * and those that come next are found by looking through what comes next, where they are met soon: these come before those.
 */
export function wordsSql({ spaceId, calendarIds, invited }: EventScope, search: EventSearch): Prisma.Sql | undefined {
  const { now, limit } = search
  const words = wordsOf(search.words)
  if (words.length === 0) return undefined
  const [whole, begun] = [unseen(allOf(words, ''), 'tsquery'), unseen(allOf(words, ':*'), 'tsquery')]
  const calendars = unseen(calendarIds, 'uuid[]')
  const present = unseen(toDate(now), 'timestamptz')
  const found = Prisma.sql`event.id, event.covers_until, event.starts_at, ts_rank(event.search, ${begun}) AS rank,
    CASE WHEN event.folded_title = ${folded(search.words)} THEN 2 WHEN event.search @@ ${whole} THEN 1 ELSE 0 END AS how`
  const here = Prisma.sql`event.calendar_id = ANY(${calendars}::uuid[])`
  const fits = fitting(spaceId, search)
  const most = unseen(Math.max(mostRanked, 4 * limit), 'int')
  // The calendars are in the words already, and no other index shall look for them again.
  const indexed = (ends: ':*' | '', count: Prisma.Sql) => Prisma.sql`SELECT * FROM event
    WHERE event_words(event.calendar_id, event.search) @@ ${unseen(allIn(calendarIds, words, ends), 'tsquery')} AND (${here}) IS TRUE LIMIT ${count}`
  const each = unseen(Math.max(soon.inEach, Math.ceil(Math.max(soon.inAll, 4 * limit) / Math.max(1, calendarIds.length))), 'int')
  const single = Prisma.sql`event.calendar_id = calendar.id AND ${isSingle} AND event.duration_seconds <= ${longestSeconds}
    AND event.starts_at >= ${unseen(toDate(now.subtract({ hours: 24 })), 'timestamptz')} AND event.covers_until >= ${present}`
  const series = Prisma.sql`event.calendar_id = calendar.id AND ${recurs} AND event.covers_until >= ${present}
    AND event.starts_at < ${unseen(toDate(now.add(seriesAhead)), 'timestamptz')}`
  const common = Prisma.sql`AND ${fits} AND event.search @@ (SELECT words FROM common)`
  const unlessRare = (count: number) => Prisma.sql`LIMIT CASE WHEN (SELECT words FROM common) IS NULL THEN 0 ELSE ${count}::int END`
  const elsewhere =
    invited === undefined
      ? Prisma.empty
      : Prisma.sql`UNION ALL (SELECT ${found}, false FROM attendee JOIN event ON event.id = attendee.event_id
          WHERE attendee.person_id = ANY(${[invited].flat()}::uuid[]) AND attendee.state = 'invited' AND attendee.recurrence_id IS NULL
            AND NOT ${here} AND ${fits} AND event.search @@ ${begun} LIMIT ${most})`
  const order = Prisma.sql`found.covers_until < ${present}, found.far, found.how DESC, found.rank DESC,
    abs(extract(epoch FROM found.starts_at - ${present})), found.id`
  return Prisma.sql`WITH whole AS MATERIALIZED (${indexed('', most)}),
    begun AS MATERIALIZED (${indexed(':*', Prisma.sql`CASE WHEN (SELECT count(*) FROM whole) < ${limit}::int THEN ${most} ELSE 0 END`)}),
    common AS MATERIALIZED (SELECT CASE WHEN (SELECT count(*) FROM whole) >= ${most} THEN ${whole}
      WHEN (SELECT count(*) FROM begun) >= ${most} THEN ${begun} END AS words),
    soon AS (
      SELECT event.* FROM unnest(${calendars}) AS calendar(id) CROSS JOIN LATERAL (
        (SELECT * FROM event WHERE ${single} AND event.starts_at <= coalesce(
          (SELECT event.starts_at FROM event WHERE ${single} ORDER BY event.starts_at OFFSET ${each} LIMIT 1), 'infinity')
          ${common} ORDER BY event.starts_at ${unlessRare(soonRanked * limit)})
        UNION ALL (SELECT * FROM (SELECT * FROM event WHERE ${series} LIMIT ${each}) AS event WHERE true ${common}
          ${unlessRare(soonRanked * limit)})
      ) AS event
    ), found AS (
      SELECT ${found}, far FROM (
        SELECT *, (SELECT words FROM common) IS NOT NULL AS far FROM (SELECT * FROM whole UNION ALL SELECT * FROM begun) AS indexed
        UNION ALL SELECT *, false FROM soon
      ) AS event WHERE ${fits} ${elsewhere}
    ), best AS (
      SELECT * FROM (SELECT id, covers_until, starts_at, rank, how, bool_and(far) AS far FROM found GROUP BY 1, 2, 3, 4, 5) AS found
      ORDER BY ${order} LIMIT ${unseen(limit, 'int')}
    )
    SELECT ${eventColumns} FROM best AS found JOIN event ON event.id = found.id ORDER BY ${order}`
}

/**
 * A value that the plan does not depend on: Postgres would otherwise find that a plan for these very words looks cheaper, and
 * make one for each search, which takes longer than most searches.
 */
function unseen(value: string | number | Date | readonly string[], type: 'tsquery' | 'uuid[]' | 'timestamptz' | 'int'): Prisma.Sql {
  return Prisma.sql`(SELECT ${value}::${Prisma.raw(type)})`
}

/** Its text differs by what is asked for. */
export function searchName({ invited }: EventScope, { from, to }: EventSearch): string {
  return `events with words${invited === undefined ? '' : ', and invited to'}${from ? ', from' : ''}${to ? ', until' : ''}`
}

/** Events whose title is nearly what was typed, in the same order. */
export function nearlySql({ spaceId, calendarIds, invited }: EventScope, search: EventSearch): Prisma.Sql | undefined {
  const { now, limit } = search
  if (wordsOf(search.words).length === 0) return undefined
  const words = folded(search.words)
  const rank = Prisma.sql`word_similarity(${words}, event.folded_title) AS rank`
  const here = Prisma.sql`event.calendar_id = ANY(${calendarIds}::uuid[])`
  const fits = Prisma.sql`${fitting(spaceId, search)} AND ${words} <% event.folded_title`
  const elsewhere =
    invited === undefined
      ? Prisma.empty
      : Prisma.sql`UNION ALL (SELECT event.*, ${rank} FROM attendee JOIN event ON event.id = attendee.event_id
          WHERE attendee.person_id = ANY(${[invited].flat()}::uuid[]) AND attendee.state = 'invited' AND attendee.recurrence_id IS NULL
            AND NOT ${here} AND ${fits} LIMIT ${mostRanked}::int)`
  return Prisma.sql`SELECT ${eventColumns} FROM (
      (SELECT event.*, ${rank} FROM event WHERE ${here} AND ${fits} LIMIT ${mostRanked}::int) ${elsewhere}
    ) AS event
    ORDER BY event.covers_until < ${toDate(now)}, event.rank DESC, abs(extract(epoch FROM event.starts_at - ${toDate(now)})), event.id
    LIMIT ${limit}::int`
}

function fitting(spaceId: string, { from, to }: EventSearch): Prisma.Sql {
  return Prisma.sql`event.space_id = ${spaceId}::uuid AND event.status <> 'cancelled'
    ${to ? Prisma.sql`AND event.starts_at < ${unseen(toDate(to), 'timestamptz')}` : Prisma.empty}
    ${from ? Prisma.sql`AND event.covers_until >= ${unseen(toDate(from), 'timestamptz')}` : Prisma.empty}`
}
