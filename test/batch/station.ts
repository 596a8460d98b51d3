import pino from 'pino'
import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import { createMemoryBot, type MemoryBot } from '#bots/memory/index.ts'
import { mostNamed, progressView } from '#commands/batch/view.ts'
import { commands } from '#commands/index.ts'
import { createActions } from '#core/actions.ts'
import { type BatchWork, batchEnded } from '#core/batch.ts'
import { createEngine } from '#core/engine.ts'
import type { Broadcast, Store } from '#core/ports.ts'
import { createSeal } from '#core/secrets.ts'
import { openQueueBackend, type QueueBackend } from '#jobs/backend.ts'
import { startBatches } from '#jobs/batch.ts'
import { createLanguage } from '#language/language.ts'
import { type Database, openDatabase } from '#store/client.ts'
import { createStores, type Stores } from '#store/store.ts'
import { createMetrics, type Metrics } from '#telemetry/metrics.ts'
import { createBatching } from '../../src/batch/batching.ts'
import { createItemRunner } from '../../src/batch/runner.ts'
import { secret } from '../support/world.ts'

/** Everything that works on batches, made of the same parts as in the program. */
export interface Station extends AsyncDisposable {
  readonly database: Database
  readonly stores: Stores
  readonly backend: QueueBackend
  readonly batching: ReturnType<typeof createBatching>
  readonly broadcast: Broadcast
  readonly bot: MemoryBot
  readonly metrics: Metrics
  /** Starts the workers; the platform in memory is connected as long as they run. */
  work(): Promise<AsyncDisposable>
}

export async function openStation(options: {
  readonly databaseUrl: string
  readonly redisUrl?: string | undefined
  readonly mostItems?: number
  /** Stands around the ports that an item goes through. */
  hook?<Port extends Store | BatchWork>(port: Port): Port
}): Promise<Station> {
  const { databaseUrl, redisUrl, mostItems = 1_000, hook = (port) => port } = options
  const stack = new AsyncDisposableStack()
  const log = pino({ level: 'silent' })
  const clock = { now: () => Temporal.Now.instant() }
  const { database } = stack.use(await openDatabase(databaseUrl))
  const backend = stack.use(await openQueueBackend({ redisUrl, databaseUrl, log }))
  const broadcast = createMemoryBroadcast()
  const scheduler = { schedule: async () => undefined }
  const stores = stack.use(
    createStores(database, { clock, broadcast, seal: createSeal(secret), scheduler, mostItems, onEffectFailed: () => undefined }),
  )
  const actions = createActions(secret)
  const metrics = createMetrics()
  const bot = createMemoryBot(clock)
  const [store, batchWork] = [hook(stores.store), hook(stores.batchWork)]
  const engineParts = { language: createLanguage(), commands, store, actions, clock, origin: () => 'https://duck.example.org' }
  const engine = createEngine({ ...engineParts, store: stores.store })

  return {
    database,
    stores,
    backend,
    broadcast,
    batching: createBatching({ store: stores.store, clock }),
    bot,
    metrics,
    async work() {
      const running = new AsyncDisposableStack()
      running.use(await bot.start(async (message) => (await engine.handle(message)).reply))
      running.use(
        startBatches({
          batchWork,
          backend,
          broadcast,
          clock,
          log,
          messengers: [bot],
          meter: metrics,
          lookEvery: 300,
          runItem: createItemRunner({ ...engineParts, batchWork }),
          async view(batch) {
            const failed = await stores.store.batches.items(batch.spaceId, batch.id, { after: -1, limit: mostNamed, state: 'failed' })
            return progressView(batch, failed, (verb, subject, argument = '') => actions.sign(batch.spaceId, { verb, subject, argument }))
          },
        }),
      )
      return running
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** Resolves when the batch is over. */
export async function over({ database, broadcast }: Station, id: string): Promise<void> {
  const ended = Promise.withResolvers<void>()
  using _ = broadcast.subscribe(batchEnded, (payload) => payload === id && ended.resolve())
  const row = await database.batch.findUniqueOrThrow({ where: { id } })
  if (row.endedAt === null) await ended.promise
}
