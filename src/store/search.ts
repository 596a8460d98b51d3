import type { EventScope, EventSearch, Store } from '#core/ports.ts'
import { type Database, type Run, rowsOf, rowsUnder } from './client.ts'
import { eventColumns, type RawEvent, readSeries } from './event-columns.ts'
import { folded } from './folded.ts'
import { Prisma } from './generated/client.ts'
import { toDate } from './instants.ts'

/** As many as are ranked: of words that half of all events have, the order says little. */
const mostRanked = 1_000
const mostWords = 8
/** How alike a title has to be to what was typed: "bugdet" and "budget" are. */
const likeness = { setting: 'pg_trgm.word_similarity_threshold', value: '0.4' } as const

/** `'budget':* & 'review':*`: every word, or one that begins so; undefined when there is nothing to look for. */
function tsqueryOf(words: string, ends: 'anyhow' | 'here' = 'anyhow'): string | undefined {
  const found = folded(words)
    .match(/[\p{L}\p{N}]+/gu)
    ?.slice(0, mostWords)
  return found?.map((word) => (ends === 'here' ? `'${word}'` : `'${word}':*`)).join(' & ')
}

/** Events with all the words, or with words that begin so: those to come first, then the best, then the nearest. */
export function wordsSql(scope: EventScope, search: EventSearch, ends: 'anyhow' | 'here' = 'anyhow'): Prisma.Sql | undefined {
  const query = tsqueryOf(search.words, ends)
  if (query === undefined) return undefined
  const matches = Prisma.sql`event.search @@ to_tsquery('simple', ${query})`
  return ranked(scope, search, matches, Prisma.sql`ts_rank(event.search, to_tsquery('simple', ${query}))`)
}

/** Events whose title is nearly what was typed. */
export function nearlySql(scope: EventScope, search: EventSearch): Prisma.Sql | undefined {
  if (tsqueryOf(search.words) === undefined) return undefined
  const words = folded(search.words)
  return ranked(scope, search, Prisma.sql`${words} <% event.folded_title`, Prisma.sql`word_similarity(${words}, event.folded_title)`)
}

function ranked(
  { spaceId, calendarIds, invited }: EventScope,
  { from, to, now, limit }: EventSearch,
  matches: Prisma.Sql,
  rank: Prisma.Sql,
): Prisma.Sql {
  const here = Prisma.sql`event.calendar_id = ANY(${calendarIds}::uuid[])`
  const fits = Prisma.sql`event.space_id = ${spaceId}::uuid AND event.status <> 'cancelled' AND ${matches}
    ${to ? Prisma.sql`AND event.starts_at < ${toDate(to)}` : Prisma.empty}
    ${from ? Prisma.sql`AND event.covers_until >= ${toDate(from)}` : Prisma.empty}`
  const elsewhere =
    invited === undefined
      ? Prisma.empty
      : Prisma.sql`UNION ALL (SELECT event.*, ${rank} AS rank FROM attendee JOIN event ON event.id = attendee.event_id
          WHERE attendee.person_id = ANY(${[invited].flat()}::uuid[]) AND attendee.state = 'invited' AND attendee.recurrence_id IS NULL
            AND NOT ${here} AND ${fits} LIMIT ${mostRanked})`
  return Prisma.sql`SELECT ${eventColumns} FROM (
      (SELECT event.*, ${rank} AS rank FROM event WHERE ${here} AND ${fits} LIMIT ${mostRanked}) ${elsewhere}
    ) AS event
    ORDER BY event.covers_until < ${toDate(now)}, event.rank DESC, abs(extract(epoch FROM event.starts_at - ${toDate(now)})), event.id
    LIMIT ${limit}`
}

export function createSearch(database: Database): Store['events']['search'] {
  return async (scope, search) => {
    const whole = wordsSql(scope, search, 'here')
    const words = wordsSql(scope, search)
    const nearly = nearlySql(scope, search)
    if (!whole || !words || !nearly) return []
    // A common word is found by itself in a fraction of the time that all words take which begin like it.
    const exact = await rowsOf<RawEvent>(database, whole)
    if (exact.length >= search.limit) return exact.map((row) => readSeries(row))
    const begun = await rowsOf<RawEvent>(database, words)
    if (begun.length > 0) return begun.map((row) => readSeries(row))
    const alike = await rowsUnder<RawEvent>(database, likeness, nearly)
    return alike.map((row) => readSeries(row))
  }
}

/** Keeps the names of those who come with their event, where they are searched. */
export async function foldPeople(run: Run, eventId: string): Promise<void> {
  const { rows: invited } = await run<{ readonly name: string; readonly email: string | null }>(
    Prisma.sql`SELECT name, email FROM attendee WHERE event_id = ${eventId}::uuid AND state = 'invited' LIMIT 500`,
  )
  const people = folded(invited.map(({ name, email }) => `${name} ${email ?? ''}`).join(' '))
  await run(Prisma.sql`UPDATE event SET folded_people = ${people} WHERE id = ${eventId}::uuid`)
}
