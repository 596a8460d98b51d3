import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import { createMemoryBot, type MemoryBot, type MemoryMessage } from '#bots/memory/index.ts'
import { ring } from '#commands/ring.ts'
import { undelivered } from '#commands/unreachable.ts'
import { newId } from '#core/ids.ts'
import type { Clock, DueReminder } from '#core/ports.ts'
import { createSeal } from '#core/secrets.ts'
import { openQueueBackend, type QueueBackend } from '#jobs/backend.ts'
import { createScheduler } from '#jobs/schedule.ts'
import { startWork } from '#jobs/work.ts'
import { type Database, openDatabase } from '#store/client.ts'
import { startEmbeddedPostgres } from '#store/embedded.ts'
import { createExclusive } from '#store/exclusive.ts'
import { migrate } from '#store/migrate.ts'
import { insertSql } from '#store/rows.ts'
import { runOn } from '#store/run.ts'
import { createStores } from '#store/store.ts'

export interface Office extends AsyncDisposable {
  readonly database: Database
  readonly backend: QueueBackend
  /** Puts reminders into the table; `due` is in milliseconds, and `placeOf` says whose each is. */
  plan(due: readonly number[], placeOf: (index: number) => number): Promise<readonly DueReminder[]>
  queue(due: readonly DueReminder[]): Promise<void>
  /** Starts the workers and the sweep; `told` hears of each reminder by its place in `due`. */
  work(told: (index: number, at: Temporal.Instant, place: number) => void): AsyncDisposable
}

const clock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) }

export interface OfficeOptions {
  readonly redisUrl?: string | undefined
  /** How long a place rests between two messages, in milliseconds. */
  readonly pauseMs?: number
}

/** What tells reminders, made of the same parts as the program, on a platform that takes what comes. */
export async function openOffice({ redisUrl, pauseMs }: OfficeOptions): Promise<Office> {
  await using stack = new AsyncDisposableStack()
  const home = await mkdtemp(join(tmpdir(), 'ducktape-bench-'))
  stack.defer(() => rm(home, { recursive: true, force: true }))
  const { url: databaseUrl } = stack.use(await startEmbeddedPostgres(home))
  await migrate(databaseUrl)
  const log = pino({ level: 'silent' })
  const { database } = stack.use(await openDatabase(databaseUrl))
  const backend = stack.use(await openQueueBackend({ redisUrl, databaseUrl, log }))
  const broadcast = createMemoryBroadcast()
  const scheduler = createScheduler(backend, { clock })
  const stores = stack.use(
    createStores(database, {
      clock,
      broadcast,
      seal: createSeal('a secret of thirty-two characters'),
      scheduler,
      onEffectFailed: () => undefined,
    }),
  )
  const bot = createMemoryBot(clock)
  const opened = stack.move()

  return {
    database,
    backend,
    plan: (due, placeOf) => plan(database, stores, due, placeOf),
    queue: (due) => scheduler.schedule(due),
    work(told) {
      listen(bot, told)
      return startWork({
        ...stores,
        backend,
        scheduler,
        messengers: [pauseMs === undefined ? bot : { ...bot, pauseMs }],
        clock,
        exclusive: createExclusive(database),
        broadcast,
        meter: { delivered: () => undefined, worked: () => undefined },
        log,
        leftovers: async () => undefined,
        forget: async () => undefined,
        keepCalendar: async () => undefined,
        ring: (rung) => ring({ ...rung, token: (verb, subject) => `${verb} ${subject}` }),
        compose: async () => undefined,
        undelivered: (news) => undelivered({ ...news, token: (verb) => verb }),
      })
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** A message holds one reminder as a text, or several as a list. */
function listen(bot: MemoryBot, told: (index: number, at: Temporal.Instant, place: number) => void): void {
  bot.onShown(({ at, place, reply: { blocks } }: MemoryMessage) => {
    const words = JSON.stringify(blocks.find(({ kind }) => kind === 'list') ?? blocks[0])
    for (const [, index] of words.matchAll(/thing (\d+)/g)) told(Number(index), at, Number(place.replace('direct:U', '')))
  })
}

const place = { platform: 'memory', space: 'T1', channel: 'D1', kind: 'direct' } as const

async function plan(
  database: Database,
  { store }: Pick<ReturnType<typeof createStores>, 'store'>,
  due: readonly number[],
  placeOf: (index: number) => number,
): Promise<readonly DueReminder[]> {
  const places = Math.max(...due.map((_, index) => placeOf(index))) + 1
  const met: Awaited<ReturnType<typeof store.people.meet>>[] = []
  for (let index = 0; index < places; index += 1) met.push(await store.people.meet(place, { id: `U${index}`, name: `Person ${index}` }))
  const rows = due.flatMap((at, index) => {
    const person = met[placeOf(index)]
    if (!person) return []
    return [
      {
        id: newId(clock.now()),
        spaceId: person.space.id,
        platform: 'memory' as const,
        ownerId: person.person.id,
        text: `thing ${index}`,
        recipients: [{ kind: 'direct', user: person.person.userId }],
        origin: place,
        state: 'scheduled',
        dueAt: new Date(at),
        startWall: new Date(at),
        timeZone: 'UTC',
      },
    ]
  })
  // By the store's own statement: the client would take seconds for thousands of values, and leave what it made of them.
  for (let from = 0; from < rows.length; from += 1_000) await runOn(database)(insertSql('reminder', rows.slice(from, from + 1_000)))
  await database.$executeRawUnsafe('VACUUM ANALYZE reminder')
  return rows.map(({ id, spaceId, platform, dueAt }) => ({
    reminderId: id,
    spaceId,
    platform,
    dueAt: Temporal.Instant.fromEpochMilliseconds(dueAt.getTime()),
  }))
}
