import pino, { type Logger } from 'pino'
import { createDiscordMessenger } from '#bots/discord/send.ts'
import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import { createSlackMessenger } from '#bots/slack/send.ts'
import { compose } from '#commands/digest/compose.ts'
import { ring } from '#commands/ring.ts'
import { undelivered } from '#commands/unreachable.ts'
import { createActions } from '#core/actions.ts'
import type { CircuitStanding, Clock, Deliveries, Messenger, Scheduler } from '#core/ports.ts'
import { createSeal } from '#core/secrets.ts'
import { openQueueBackend, type QueueBackend } from '#jobs/backend.ts'
import type { RemindParts } from '#jobs/handlers/remind.ts'
import { createScheduler } from '#jobs/schedule.ts'
import type { Timing } from '#jobs/timing.ts'
import { startWork } from '#jobs/work.ts'
import { createCircuit } from '#net/circuit.ts'
import { type Database, openDatabase } from '#store/client.ts'
import { createExclusive } from '#store/exclusive.ts'
import { createStores, type Stores } from '#store/store.ts'
import { secret } from '../support/world.ts'

/** Everything waits for less here, so that what a crash leaves behind is taken over within two seconds. */
export const hasty: Timing = { lease: 1_500, fresh: 900, sweep: 300, lock: 1_500, stalled: 500, retry: 200, clockPause: 50 }

export interface StationOptions {
  readonly databaseUrl: string
  readonly redisUrl?: string | undefined
  readonly slack?: { readonly token: string; readonly apiUrl: string }
  readonly discord?: { readonly token: string; readonly apiUrl: string }
  readonly clock?: Clock
  readonly log?: Logger
  /** How long a call to a platform may take, in milliseconds. */
  readonly callTimeout?: number
  /** Told whenever a breaker opens and closes. */
  observe?(dependency: string, state: CircuitStanding): void
  /** Stands around the ports that a telling goes through. */
  hook?<Port extends Deliveries | Messenger>(port: Port): Port
}

/** What tells reminders, made of the same parts as in the program, with the platforms that it is given. */
export interface Station extends AsyncDisposable {
  readonly database: Database
  readonly stores: Stores
  readonly backend: QueueBackend
  readonly scheduler: Scheduler
  readonly parts: Omit<RemindParts, 'messenger' | 'pace'>
  readonly messengers: readonly Messenger[]
  /** Starts the workers and the sweep. */
  work(): AsyncDisposable
}

const realClock: Clock = { now: () => Temporal.Now.instant() }
const deaf = {
  arrived: () => undefined,
  acked: () => undefined,
  replied: () => undefined,
  unanswered: () => undefined,
  connected: () => undefined,
  reconnected: () => undefined,
  rateLimited: () => undefined,
}
const unmeasured = { delivered: () => undefined, worked: () => undefined, queue: () => undefined }
/** Opens early and tries often. */
const nervous = { failures: 3, firstRest: 100, longestRest: 400 }
export async function openStation(options: StationOptions): Promise<Station> {
  const { databaseUrl, redisUrl, slack, discord, clock = realClock, log = pino({ level: 'silent' }), callTimeout = 700 } = options
  const { observe = () => undefined } = options
  const circuit = (name: string, more: { isFailure?(): boolean } = {}) =>
    createCircuit({ name, observe: (state) => observe(name, state), timing: nervous, ...more })
  const hook = options.hook ?? (<Port>(port: Port) => port)
  const stack = new AsyncDisposableStack()
  const { database } = stack.use(await openDatabase(databaseUrl))
  const backend = stack.use(
    await openQueueBackend({ redisUrl, databaseUrl, log, ...(redisUrl && { circuit: circuit('redis', { isFailure: () => true }) }) }),
  )
  const broadcast = createMemoryBroadcast()
  const scheduler = createScheduler(backend, { clock, timing: hasty })
  const stores = stack.use(
    createStores(database, { clock, broadcast, seal: createSeal(secret), scheduler, onEffectFailed: () => undefined }),
  )
  const actions = createActions(secret)
  const messengers: Messenger[] = []
  if (slack) messengers.push(hook(createSlackMessenger({ ...slack, circuit: circuit('slack'), meter: deaf, log, timeoutMs: callTimeout })))
  if (discord)
    messengers.push(
      hook(stack.use(createDiscordMessenger({ ...discord, circuit: circuit('discord'), meter: deaf, log, timeoutMs: callTimeout }))),
    )
  const parts: Station['parts'] = {
    deliveries: hook(stores.deliveries),
    clock,
    meter: unmeasured,
    timing: hasty,
    ring: (rung) => ring({ ...rung, token: (verb, subject, argument = '') => actions.sign(rung.spaceId, { verb, subject, argument }) }),
    compose: (digest) =>
      compose({
        ...digest,
        store: stores.store,
        token: (verb, subject, argument = '') => actions.sign(digest.space.id, { verb, subject, argument }),
      }),
    undelivered: (news) =>
      undelivered({ ...news, token: (verb, subject, argument = '') => actions.sign(news.reminder.spaceId, { verb, subject, argument }) }),
  }
  const exclusive = createExclusive(database)

  return {
    database,
    stores,
    backend,
    scheduler,
    parts,
    messengers,
    work: () =>
      startWork({
        ...parts,
        backend,
        scheduler,
        messengers,
        exclusive,
        broadcast,
        log,
        timing: hasty,
        concurrency: 100,
        leftovers: stores.outbox.sweep,
        forget: async () => undefined,
        keepCalendar: async () => undefined,
      }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
