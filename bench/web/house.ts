import { openDatabase } from '#store/client.ts'
import { withinSql } from '#store/events.ts'
import { fillEvents } from '../../test/support/many-events.ts'
import { type Launched, launchDuckTape, launchPeer } from '../harness/launch.ts'
import { openPostgres } from '../harness/postgres.ts'

export interface House extends AsyncDisposable {
  readonly ours: Launched
  readonly bare: Launched
  readonly ids: { readonly space: string; readonly calendar: string; readonly person: string }
}

/** As many events as the local person has, over ten years: three a day. */
const events = 10_000

/** DuckTape whose local person has a calendar with a past, and bare Fastify on the same database. */
export async function openHouse(): Promise<House> {
  await using stack = new AsyncDisposableStack()
  const { url } = stack.use(await openPostgres())
  const ours = stack.use(await launchDuckTape({ DATABASE_URL: url }))
  const met = await fetch(new URL(`/api/calendar/query?${day(0)}`, ours.url))
  if (!met.ok) throw new Error(`the calendar answered ${met.status}`)
  const ids = await settle(url)
  const sql = withinSql(
    { spaceId: ids.space, calendarIds: [ids.calendar], invited: ids.person },
    { from: sentinel.from, to: sentinel.to, limit: 1_000 },
  )
  const values = sql.values.map((value) => (value instanceof Date ? (value.getTime() === 0 ? 'from' : 'to') : value))
  const bare = stack.use(await launchPeer('fastify', { DATABASE_URL: url, QUERY: sql.text, VALUES: JSON.stringify(values) }))
  const opened = stack.move()
  return { ours, bare, ids, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

const sentinel = { from: Temporal.Instant.fromEpochMilliseconds(0), to: Temporal.Instant.fromEpochMilliseconds(1) }

/** Gives the local person the events. */
async function settle(url: string): Promise<House['ids']> {
  await using opened = await openDatabase(url)
  const { database } = opened
  const { id: person, spaceId: space, calendarId: calendar } = await database.person.findFirstOrThrow({})
  const { teamId, calendarIds } = await fillEvents(database, events, 1)
  await database.event.updateMany({
    where: { calendarId: { in: [teamId, ...calendarIds] } },
    data: { calendarId: calendar, spaceId: space },
  })
  await database.$executeRawUnsafe('VACUUM ANALYZE event')
  return { space, calendar, person }
}

/** The window of a day as a query string: another day each time. */
export function day(index: number): string {
  const from = Temporal.Instant.from('2022-01-01T00:00Z').add({ hours: 24 * ((index * 53) % 2_500) })
  return new URLSearchParams({ from: from.toString(), to: from.add({ hours: 24 }).toString() }).toString()
}
