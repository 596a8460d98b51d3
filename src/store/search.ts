import type { Store } from '#core/ports.ts'
import type { Database } from './client.ts'
import { type RawEvent, readSeries } from './event-columns.ts'
import { folded } from './folded.ts'
import { Prisma } from './generated/client.ts'
import { type Run, rowsOf, rowsUnder } from './run.ts'
import { likeness, nearlySql, searchName, wordsSql } from './search-sql.ts'

export function createSearch(database: Database): Store['events']['search'] {
  return async (scope, search) => {
    const words = wordsSql(scope, search)
    const nearly = nearlySql(scope, search)
    if (!words || !nearly) return []
    const found = await rowsOf<RawEvent>(database, words, searchName(scope, search))
    const rows = found.length > 0 ? found : await rowsUnder<RawEvent>(database, likeness, nearly)
    return rows.map((row) => readSeries(row))
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
