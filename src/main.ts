import { occurrencesOf } from '#calendar/file-rule.ts'
import { mostNamed, progressView } from '#commands/batch/view.ts'
import { compose } from '#commands/digest/compose.ts'
import { importView } from '#commands/exchange/import-view.ts'
import { commands } from '#commands/index.ts'
import { shownNow } from '#commands/invitation/shown.ts'
import { ring } from '#commands/ring.ts'
import { undelivered } from '#commands/unreachable.ts'
import { type Actions, createActions } from '#core/actions.ts'
import { direct } from '#core/circuit.ts'
import { createEngine, type EngineParts } from '#core/engine.ts'
import type { Place, Platform } from '#core/message.ts'
import type { Space } from '#core/model.ts'
import type { Broadcast, Circuit, Clock, Deliver, Exclusive, Messenger, StaleCard, Store } from '#core/ports.ts'
import { createReach } from '#core/reach.ts'
import { createSeal } from '#core/secrets.ts'
import { createSessions, type Sessions } from '#core/sessions.ts'
import type { QueueBackend } from '#jobs/backend.ts'
import { queuesFor } from '#jobs/queues.ts'
import { createLanguage } from '#language/language.ts'
import { UnderstandRequest, understandRequest } from '#language/understand.ts'
import { createCircuit } from '#net/circuit.ts'
import { bounded } from '#store/bounded.ts'
import { openBroadcast } from '#store/broadcast.ts'
import { type Database, openDatabase } from '#store/client.ts'
import { startEmbeddedPostgres } from '#store/embedded.ts'
import { createExclusive } from '#store/exclusive.ts'
import { lockFolder } from '#store/lock.ts'
import { migrate } from '#store/migrate.ts'
import { createRetention } from '#store/retention.ts'
import { secretKey } from '#store/secret.ts'
import { createStores, type Stores } from '#store/store.ts'
import { createTokens } from '#store/tokens.ts'
import { observedCalendar, observedContents } from '#telemetry/calendar.ts'
import type { Logger } from '#telemetry/log.ts'
import { createMetrics } from '#telemetry/metrics.ts'
import { observed } from '#telemetry/observed.ts'
import { authenticated, createLogin } from '#web/authenticate.ts'
import type { Board } from '#web/ports.ts'
import type { WebOptions } from '#web/server.ts'
import { createAdmin } from './admin.ts'
import { createBatching } from './batch/batching.ts'
import { createItemRunner } from './batch/runner.ts'
import type { Config } from './config.ts'
import { createExchange, largestDownload } from './exchange.ts'
import { createKeeper } from './keeper/keeper.ts'
import { createNamesOf } from './names-of.ts'
import { createNews } from './news.ts'
import { createPlanner } from './planner/planner.ts'
import { closePolls } from './polls.ts'
import { createReads } from './reads.ts'
import { createChecks, watched } from './ready.ts'
import { createUpkeep, withAlerts } from './upkeep.ts'
import { watchStanding } from './watch.ts'

export interface Running extends AsyncDisposable {
  /** Where health and metrics are; and the page and the API, when this process serves them. */
  readonly url: string
  readonly servesPage: boolean
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
  let origin = publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const { createPressure } = await import('#jobs/pressure.ts')
  const store = bounded(stores.store, createPressure(backend, { clock }))
  const engineParts: EngineParts = {
    language,
    commands,
    store,
    actions,
    clock,
    origin: () => origin,
    reach: createReach(() => messengers),
  }
  const engine = createEngine(engineParts)
  const deliver = observed(engine.handle, { metrics, log })
  const meter = watched(metrics.bot)
  const sessions = createSessions(secret, clock)
  const parts: Parts = { database, config, clock, log, stores, store, broadcast, meter, metrics, deliver, actions, circuits, sessions }

  const messengers = await openMessengers(parts, stack)
  // All of them stop at once: whoever waits for a slow platform keeps no other from its end.
  const atWork: AsyncDisposable[] = []
  stack.defer(async () => void (await Promise.all(atWork.map((work) => work[Symbol.asyncDispose]()))))
  if (config.roles.has('jobs')) {
    const { startWork } = await import('#jobs/work.ts')
    const { startExchange } = await import('#jobs/exchange.ts')
    const { createDownload } = await import('#jobs/fetch.ts')
    const { createFetch } = await import('#net/fetch.ts')
    const exclusive: Exclusive = createExclusive(database)
    const fetch = createFetch({ mostBytes: largestDownload })
    const tell = createNews({ store: stores.store, act: engine.act })
    const download = createDownload(messengers, largestDownload)
    atWork.push(
      startExchange({
        ...stores,
        ...{ tell, download, alertsOf: upkeep.alertsOf, fetch, clock, broadcast, messengers, meter: metrics, log },
        viewImport: ({ spaceId, status }) => importView(status, (verb, subject) => actions.sign(spaceId, { verb, subject, argument: '' })),
      }),
    )
    const { startCards } = await import('#jobs/cards.ts')
    const show = ({ space, reader, message, shows, isPublic }: StaleCard) =>
      shownNow(shows, engine.moment({ space, person: reader }, placeOf(space, message.channel, isPublic)))
    atWork.push(startCards({ cards: stores.cards, messengers, show, broadcast, clock, log }))
    atWork.push(
      startWork({
        ...stores,
        async keepCalendar() {
          await upkeep.step()
          await closePolls({ store: stores.store, clock, act: engine.act })
        },
        backend,
        scheduler,
        messengers,
        clock,
        exclusive,
        broadcast,
        meter: metrics,
        log,
        leftovers: stores.outbox.sweep,
        forget: createRetention(database),
        ring: (rung) => ring({ ...rung, token: (verb, subject, argument = '') => actions.sign(rung.spaceId, { verb, subject, argument }) }),
        compose: (digest) =>
          compose({
            ...digest,
            store: stores.store,
            token: (verb, subject, argument = '') => actions.sign(digest.space.id, { verb, subject, argument }),
          }),
        undelivered: (news) =>
          undelivered({
            ...news,
            token: (verb, subject, argument = '') => actions.sign(news.reminder.spaceId, { verb, subject, argument }),
          }),
      }),
    )
  }
  if (config.roles.has('jobs')) {
    const { startBatches } = await import('#jobs/batch.ts')
    atWork.push(
      startBatches({
        ...stores,
        backend,
        messengers,
        broadcast,
        meter: metrics,
        log,
        runItem: createItemRunner({ ...engineParts, ...stores }),
        async view(batch) {
          const page = { after: -1, limit: mostNamed, state: 'failed' } as const
          const failed = batch.failed === 0 ? [] : await stores.store.batches.items(batch.spaceId, batch.id, page)
          return progressView(batch, failed, (verb, subject, argument = '') => actions.sign(batch.spaceId, { verb, subject, argument }))
        },
      }),
    )
  }
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

function placeOf({ platform, externalId: space }: Space, channel: string, isPublic: boolean): Place {
  return { platform, space, channel, kind: isPublic ? 'channel' : 'direct' }
}

interface Parts {
  readonly database: Database
  readonly config: Config
  readonly clock: Clock
  readonly log: Logger
  readonly stores: Stores
  /** The same for what people and programs ask, which takes no more than the queues hold. */
  readonly store: Store
  readonly broadcast: Broadcast
  readonly meter: ReturnType<typeof watched>
  readonly metrics: ReturnType<typeof createMetrics>
  readonly deliver: Deliver
  readonly actions: Actions
  readonly sessions: Sessions
  readonly circuits: ReturnType<typeof createCircuits>
}

/** One for each outside thing that may be down while we are not, as far as this process uses it. */
function createCircuits({ redisUrl, slack, discord }: Config, metrics: ReturnType<typeof createMetrics>) {
  const named = (name: string, dependency: string, used: unknown, more: { isFailure?(): boolean } = {}): Circuit =>
    used ? createCircuit({ name, observe: (state) => metrics.circuit(dependency, state), ...more }) : direct
  return {
    redis: named('Redis', 'redis', redisUrl, { isFailure: () => true }),
    slack: named('Slack', 'slack', slack.botToken),
    discord: named('Discord', 'discord', discord.token),
  }
}

async function ownDatabase(home: string, log: Logger, stack: AsyncDisposableStack): Promise<string> {
  stack.use(await lockFolder(home))
  return stack.use(await startEmbeddedPostgres(home, log)).url
}

/** What this process can send with: one for each platform whose token it has. None of them holds a socket. */
async function openMessengers(
  { config, stores, broadcast, meter, log, circuits }: Parts,
  stack: AsyncDisposableStack,
): Promise<readonly Messenger[]> {
  const { createWebMessenger } = await import('#bots/web/index.ts')
  const messengers: Messenger[] = [createWebMessenger({ transcripts: stores.transcripts, broadcast })]
  const { botToken, apiUrl } = config.slack
  if (botToken) {
    const { createSlackMessenger } = await import('#bots/slack/send.ts')
    messengers.push(createSlackMessenger({ token: botToken, apiUrl, meter, log, circuit: circuits.slack }))
  }
  if (config.discord.token) {
    const { createDiscordMessenger } = await import('#bots/discord/send.ts')
    const { token, apiUrl: discordUrl } = config.discord
    messengers.push(stack.use(createDiscordMessenger({ token, apiUrl: discordUrl, meter, log, circuit: circuits.discord })))
  }
  return messengers
}

async function boardOf(backend: QueueBackend, messengers: readonly Messenger[]): Promise<Board> {
  const { createBoard } = await import('#jobs/board.ts')
  return createBoard(backend, queuesFor(messengers.map(({ platform }) => platform)), '/admin/queues')
}

/** The page is a chat platform (bots/web) and a server for it (src/web); they meet here. */
async function startPage(
  {
    database,
    config,
    clock,
    log,
    stores,
    store,
    broadcast,
    metrics,
    deliver,
    actions,
    checks,
    understand,
    keeper,
    planner,
    sessions,
    board,
  }: Parts & Pick<WebOptions, 'checks' | 'understand' | 'keeper' | 'planner'> & { readonly board: Board },
  stack: AsyncDisposableStack,
): Promise<Pick<Running, 'url' | 'servesPage'>> {
  const { createWebBot } = await import('#bots/web/index.ts')
  const { startWeb } = await import('#web/server.ts')
  const bot = createWebBot({ transcripts: stores.transcripts, broadcast, clock })
  stack.use(await bot.start(deliver))
  const { host, port, publicUrl } = config.http
  const tokens = createTokens(database, { clock })
  const { url } = stack.use(
    await startWeb({
      host,
      port,
      ...(publicUrl === undefined ? {} : { publicUrl }),
      chat: bot.chat,
      understand,
      reads: createReads(stores.store),
      keeper,
      exchange: createExchange({ ...stores, clock, actions }),
      planner,
      batching: createBatching({ store, clock }),
      transcripts: stores.transcripts,
      broadcast,
      authenticate: authenticated({ host, publicUrl, tokens, links: stores.pageLinks, sessions, clock }),
      login: createLogin({ tokens, links: stores.pageLinks, sessions, clock }),
      admin: createAdmin(stores.deadLetters),
      board,
      checks,
      metrics,
      limits: config.limits,
      clock,
      log,
    }),
  )
  return { url, servesPage: true }
}

/** A process without the page is watched all the same. */
async function startStanding(
  { config, metrics, checks, log }: Parts & Pick<WebOptions, 'checks'>,
  stack: AsyncDisposableStack,
): Promise<Pick<Running, 'url' | 'servesPage'>> {
  const { startWatchpost } = await import('#web/watchpost.ts')
  const { host, port } = config.http
  const { url } = stack.use(await startWatchpost({ host, port, checks, metrics, log }))
  return { url, servesPage: false }
}

async function startSlack(
  { config, stores, meter, log, deliver, circuits }: Parts,
  messengers: readonly Messenger[],
  stack: AsyncDisposableStack,
) {
  const { botToken, appToken, apiUrl } = config.slack
  const messenger = messengers.find(({ platform }) => platform === 'slack')
  if (!botToken || !appToken || !messenger) return log.info('Slack is left out: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not both set')
  const { createSlackBot } = await import('#bots/slack/index.ts')
  meter.connected('slack', false)
  stack.use(
    await createSlackBot({ botToken, appToken, apiUrl, inbox: stores.inbox, meter, log, messenger, circuit: circuits.slack }).start(
      deliver,
    ),
  )
}

async function startDiscord(
  { config, stores, meter, log, deliver, circuits }: Parts,
  messengers: readonly Messenger[],
  stack: AsyncDisposableStack,
) {
  const { token, apiUrl } = config.discord
  const messenger = messengers.find(({ platform }) => platform === 'discord')
  if (!token || !messenger) return log.info('Discord is left out: DISCORD_TOKEN is not set')
  const { createDiscordBot } = await import('#bots/discord/index.ts')
  meter.connected('discord', false)
  const namesOf = createNamesOf(stores.store)
  stack.use(
    await createDiscordBot({ token, apiUrl, inbox: stores.inbox, meter, log, messenger, namesOf, circuit: circuits.discord }).start(
      deliver,
    ),
  )
}
