import { randomUUID } from 'node:crypto'
import ICAL from 'ical.js'
import type pg from 'pg'
import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import { createSeal } from '#core/secrets.ts'
import { importFile } from '#jobs/handlers/import.ts'
import { createContents } from '#store/contents.ts'
import { createImportWork } from '#store/import-work.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { openLibrary } from '../store/many.ts'
import { calendarFile } from './file.ts'

const clock = { now: () => Temporal.Now.instant() }
const fetch = () => Promise.reject(new Error('nothing is fetched here'))

/** A calendar file of 10,000 events taken in; the peers only parse it, or insert rows of its size in batches over pg. */
export const benchmark: Benchmark = {
  what: 'import of 10,000 events',
  unit: 's',
  better: 'less',
  quick: false,
  aims: [{ figure: 'max', under: 10 }],
  async prepare(size) {
    const library = await openLibrary('quick')
    const events = size === 'quick' ? 1_000 : 10_000
    const text = calendarFile(events)
    const source = Buffer.from(text)
    const { spaceId, personId } = library.many
    const contents = createContents(library.database)
    const calendar = async () => {
      const id = randomUUID()
      await library.database.calendar.create({ data: { id, spaceId, name: 'Import', kind: 'space' } })
      return id
    }
    const importWork = createImportWork(library.database, { broadcast: createMemoryBroadcast(), seal: createSeal('bench'), clock })
    return {
      kind: 'reported',
      async ours() {
        const request = { id: randomUUID(), spaceId, personId, calendarId: await calendar(), format: 'ics', url: null } as const
        const waits = { state: 'running', timeZone: 'UTC', dayFirst: false }
        await library.database.import.create({ data: { ...request, ...waits, source, heldUntil: new Date() } })
        const began = performance.now()
        await importFile(
          { ...request, source, timeZone: 'UTC', dayFirst: false, preview: false, done: 0, stopping: false },
          {
            store: { people: { get: async () => undefined } },
            importWork,
            contents,
            fetch,
            clock,
            alertsOf: async () => undefined,
            progress: async () => undefined,
            download: fetch,
          },
        )
        const seconds = (performance.now() - began) / 1_000
        const count = await library.database.event.count({ where: { calendarId: request.calendarId } })
        if (count !== events) throw new Error(`${count} events came in of ${events}`)
        return [seconds]
      },
      peers: {
        'bare rows over pg': async () => {
          const id = await calendar()
          return [await timed(() => insertRows(library.bare, { spaceId, personId, calendarId: id, events }))]
        },
        'ical.js parses': async () => [await timed(async () => ICAL.parse(text))],
      },
      rounds: size === 'quick' ? 2 : 5,
      [Symbol.asyncDispose]: () => library[Symbol.asyncDispose](),
    }
  },
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1_000
}

interface Rows {
  readonly spaceId: string
  readonly personId: string
  readonly calendarId: string
  readonly events: number
}

/** As quick as rows go into this table with these indexes: made by Postgres itself. */
async function insertRows(pool: pg.Pool, { spaceId, personId, calendarId, events }: Rows): Promise<void> {
  await pool.query(
    `INSERT INTO event (id, space_id, calendar_id, organiser_id, uid, title, start_wall, duration_seconds, time_zone, rdates, exdates,
       starts_at, ends_at, covers_until, tzdata, folded_title)
     SELECT gen_random_uuid(), $1, $2, $3, 'event-' || n, 'Meeting number ' || n || ' about the plan', at, 2700, 'Europe/Berlin', '{}', '{}',
       at AT TIME ZONE 'UTC', at AT TIME ZONE 'UTC', at AT TIME ZONE 'UTC', '2026c', 'meeting number ' || n || ' about the plan'
     FROM (SELECT n, timestamp '2024-01-01' + n * interval '97 minutes' AS at FROM generate_series(1, $4::int) AS n) AS made`,
    [spaceId, calendarId, personId, events],
  )
}
