import { occurrencesOf } from '#calendar/file-rule.ts'
import { commands } from '#commands/index.ts'
import { createActions } from '#core/actions.ts'
import { createEngine, type EngineParts } from '#core/engine.ts'
import type { Platform } from '#core/message.ts'
import { createEars } from '#core/overheard.ts'
import type { Clock } from '#core/ports.ts'
import { createReach } from '#core/reach.ts'
import { createSeal } from '#core/secrets.ts'
import { createSessions } from '#core/sessions.ts'
import { createLanguage } from '#language/language.ts'
import { UnderstandRequest, understandRequest } from '#language/understand.ts'
import { bounded } from '#store/bounded.ts'
import { openBroadcast } from '#store/broadcast.ts'
import { openDatabase } from '#store/client.ts'
import { startEmbeddedPostgres } from '#store/embedded.ts'
import { openListening } from '#store/listening.ts'
import { lockFolder } from '#store/lock.ts'
import { migrate } from '#store/migrate.ts'
import { secretKey } from '#store/secret.ts'
import { createStores, type Stores } from '#store/store.ts'
import { observedCalendar, observedContents } from '#telemetry/calendar.ts'
import type { Logger } from '#telemetry/log.ts'
import { createMetrics } from '#telemetry/metrics.ts'
import { observed } from '#telemetry/observed.ts'
import { addressOf } from '#web/listening.ts'
import type { WebOptions } from '#web/server.ts'
import type { Config } from './config.ts'
import { createKeeper } from './keeper/keeper.ts'
import { createPlanner } from './planner/planner.ts'
import { createChecks, watched } from './ready.ts'
import { startJobs } from './start/jobs.ts'
import { boardOf, type Served, startPage, startStanding } from './start/page.ts'
import { createCircuits, type Parts } from './start/parts.ts'
import { openMessengers, startDiscord, startSlack } from './start/platforms.ts'
import { createUpkeep, withAlerts } from './upkeep.ts'
import { watchStanding } from './watch.ts'

export interface Running extends Served, AsyncDisposable {
  /** Whether this process holds a connection to a platform at this moment. */
  isConnected(platform: Platform): boolean
}

/**
 * The composition root: everything DuckTape is made of, in the order in which it starts. Disposing
 * stops it in the opposite order: no new work, then what is at work, then what it stands on.
 *
 * Throws `BotError` `misconfigured` when something has to be changed first; nothing is left running then.
 */
export async function start(config: Config, log: Logger): Promise<Running> {
  await using stack = new AsyncDisposableStack()
  const clock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) }
  const metrics = createMetrics()

  const databaseUrl = config.databaseUrl ?? (await ownDatabase(config.home, log, stack))
  const applied = await migrate(databaseUrl)
  if (applied.length > 0) log.info({ applied }, 'database migrated')
  const { database } = stack.use(await openDatabase(databaseUrl))
  const circuits = createCircuits(config, metrics)
  const broadcast = stack.use(await openBroadcast(config.redisUrl, databaseUrl, log, circuits.redis))
  const { openQueueBackend } = await import('#jobs/backend.ts')
  const backend = stack.use(await openQueueBackend({ redisUrl: config.redisUrl, databaseUrl, log, circuit: circuits.redis }))
  const { createScheduler } = await import('#jobs/schedule.ts')
  const scheduler = createScheduler(backend, { clock })
  const onEffectFailed = (err: unknown) => log.warn({ err }, 'an effect waits for the sweep')
  const secret = config.secretKey ?? (await secretKey(config.home))
  const seal = createSeal(secret)
  const kept = stack.use(
    createStores(database, { clock, broadcast, scheduler, seal, mostItems: config.limits.maxBatchSize, onEffectFailed }),
  )
  const upkeep = createUpkeep({ ...kept, clock })
  const stores: Stores = {
    ...kept,
    store: observedCalendar({ ...kept.store, imports: withAlerts(kept.store.imports, upkeep) }, { metrics }),
    contents: observedContents(kept.contents, { metrics }),
  }

  const actions = createActions(secret)
  const language = createLanguage({ observe: metrics.parsed })
  const { publicUrl, host, port } = config.http
  let origin = publicUrl ?? addressOf(host, port)
  const { createPressure } = await import('#jobs/pressure.ts')
  const listening = stack.use(
    await openListening(database, broadcast, (err) => log.warn({ err }, 'where we listen could not be read anew')),
  )
  const ears = createEars(listening, { language, clock })
  const store = bounded(stores.store, createPressure(backend, { clock }))
  const engineParts: EngineParts = {
    language,
    commands,
    store,
    actions,
    clock,
    origin: () => origin,
    reach: createReach(() => messengers),
    ears,
  }
  const engine = createEngine(engineParts)
  const deliver = observed(engine.handle, { metrics, log })
  const meter = watched(metrics.bot)
  const sessions = createSessions(secret, clock)
  const parts: Parts = {
    database,
    config,
    clock,
    log,
    stores,
    store,
    broadcast,
    meter,
    metrics,
    deliver,
    ears,
    actions,
    circuits,
    sessions,
  }

  const messengers = await openMessengers(parts, stack)
  // All of them stop at once: whoever waits for a slow platform keeps no other from its end.
  const atWork: AsyncDisposable[] = []
  stack.defer(async () => void (await Promise.all(atWork.map((work) => work[Symbol.asyncDispose]()))))
  if (config.roles.has('jobs')) atWork.push(...(await startJobs({ ...parts, backend, scheduler, messengers, engine, engineParts, upkeep })))
  const checks = createChecks({ database, backend, meter, config })
  metrics.look(
    watchStanding({
      database,
      deadLetters: stores.deadLetters,
      backend,
      platforms: messengers.map(({ platform }) => platform),
      checks,
      metrics,
      clock,
    }),
  )
  const understand: WebOptions['understand'] = (request) =>
    understandRequest(language, UnderstandRequest.parse(request), clock.now(), occurrencesOf)
  const planner = createPlanner({ store, clock, moment: engine.moment })
  const keeper = createKeeper(engineParts)
  const served = await (config.roles.has('web')
    ? startPage({ ...parts, checks, understand, keeper, planner, board: await boardOf(backend, messengers) }, stack)
    : startStanding({ ...parts, checks }, stack))
  if (config.roles.has('web')) origin = publicUrl ?? served.url ?? origin
  if (config.roles.has('slack')) await startSlack(parts, messengers, stack)
  if (config.roles.has('discord')) await startDiscord(parts, messengers, stack)

  const running = stack.move()
  return { ...served, isConnected: meter.isConnected, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

async function ownDatabase(home: string, log: Logger, stack: AsyncDisposableStack): Promise<string> {
  stack.use(await lockFolder(home))
  return stack.use(await startEmbeddedPostgres(home, log)).url
}
