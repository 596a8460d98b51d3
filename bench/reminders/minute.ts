import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import { createMemoryBot } from '#bots/memory/index.ts'
import { ring } from '#commands/ring.ts'
import { undelivered } from '#commands/unreachable.ts'
import { newId } from '#core/ids.ts'
import type { Clock } from '#core/ports.ts'
import { createSeal } from '#core/secrets.ts'
import { openQueueBackend } from '#jobs/backend.ts'
import { createScheduler } from '#jobs/schedule.ts'
import { startWork } from '#jobs/work.ts'
import { type Database, openDatabase } from '#store/client.ts'
import { startEmbeddedPostgres } from '#store/embedded.ts'
import { createExclusive } from '#store/exclusive.ts'
import { migrate } from '#store/migrate.ts'
import { createStores } from '#store/store.ts'

export interface Minute {
  readonly reminders: number
  readonly places: number
  /** Milliseconds over which they fall due, evenly. */
  readonly within: number
  readonly redisUrl?: string | undefined
}

const clock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) }
/** From the moment that they are in the table to the first that is due, in milliseconds. */
const headStart = 3_000

/** Tells reminders on a platform without limits, and gives back how late each was, in milliseconds. */
export async function tellMinute({ reminders, places, within, redisUrl }: Minute): Promise<readonly number[]> {
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

  const first = Date.now() + headStart
  const due = Array.from({ length: reminders }, (_, index) => first + Math.floor((index * within) / reminders))
  await plan(database, stores, due, places)
  const late: number[] = []
  const all = Promise.withResolvers<void>()
  bot.onShown(({ at, reply }) => {
    for (const index of JSON.stringify(reply.blocks[1]?.kind === 'list' ? reply.blocks[1] : reply.blocks[0]).matchAll(/thing (\d+)/g)) {
      late.push(at.epochMilliseconds - (due[Number(index[1])] ?? 0))
    }
    if (late.length >= reminders) all.resolve()
  })
  stack.use(
    startWork({
      ...stores,
      backend,
      scheduler,
      messengers: [bot],
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
    }),
  )
  await all.promise
  if (late.length !== reminders) throw new Error(`${late.length} were told of ${reminders}`)
  return late
}

async function plan(database: Database, { store }: Pick<ReturnType<typeof createStores>, 'store'>, due: readonly number[], places: number) {
  const place = { platform: 'memory' as const, space: 'T1', channel: 'D1', kind: 'direct' as const }
  const met = await Promise.all(
    Array.from({ length: places }, (_, index) => store.people.meet(place, { id: `U${index}`, name: `Person ${index}` })),
  )
  await database.reminder.createMany({
    data: due.flatMap((at, index) => {
      const person = met[index % places]
      if (!person) return []
      return [
        {
          id: newId(clock.now()),
          spaceId: person.space.id,
          platform: 'memory',
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
    }),
  })
}
