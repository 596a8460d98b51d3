import type pg from 'pg'
import { type Database, openDatabase } from '#store/client.ts'
import { fillEvents, type ManyEvents } from '../../test/support/many-events.ts'
import type { Size } from '../harness/benchmark.ts'
import { openBare, openPostgres } from '../harness/postgres.ts'

export interface Library extends AsyncDisposable {
  readonly database: Database
  /** The bare client that ours stands on. */
  readonly bare: pg.Pool
  readonly many: ManyEvents
}

/** A Postgres of its own with a million events: a calendar of a tenth of them, the others of 1,000 each. */
export async function openLibrary(size: Size, events = size === 'full' ? 1_000_000 : 20_000): Promise<Library> {
  await using stack = new AsyncDisposableStack()
  const { url } = stack.use(await openPostgres())
  const { database } = stack.use(await openDatabase(url))
  const { pool: bare } = stack.use(openBare(url))
  const many = await fillEvents(database, events, Math.round((events * 0.9) / 1_000))
  await database.$executeRawUnsafe('VACUUM ANALYZE event')
  const opened = stack.move()
  return { database, bare, many, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

/** Every how many days of the ten years a window begins. */
const stride = 53

/** The windows that a turn asks for: each begins elsewhere in the years that the events are in. */
export function windowAt(index: number, days: number) {
  const from = Temporal.Instant.from('2021-06-01T00:00Z').add({ hours: ((index * stride) % 3_000) * 24 })
  return { from, to: from.add({ hours: days * 24 }), limit: 5_000 }
}
