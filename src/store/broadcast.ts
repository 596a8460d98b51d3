import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { Redis } from 'ioredis'
import pg from 'pg'
import type { Logger } from 'pino'
import { z } from 'zod'
import { direct } from '#core/circuit.ts'
import { BotError } from '#core/errors.ts'
import { gather } from '#core/gather.ts'
import type { Broadcast, Circuit } from '#core/ports.ts'
import { resync } from '#core/resync.ts'
import { hostOf } from './address.ts'

/** The one channel that all processes of an installation share. */
const channel = 'ducktape'

/** Between two tries to hear again, in milliseconds. */
const retry = 1_000
/** As many are passed on at once, after so many milliseconds for others to come: a notice for each line would cost as much as the line. */
const inCompany = [200, 5] as const
/** How long the first connection may take, in milliseconds. */
const patience = 10_000
/** How long Redis may take to pass one on. */
const callPatience = 2_000

export type OpenBroadcast = Broadcast & AsyncDisposable

/**
 * Small messages between the processes of an installation: over Redis where there is one, else over
 * Postgres' NOTIFY (payloads up to 8,000 bytes). The process itself hears at once and without either.
 *
 * Best effort: what must not be lost is in a table. Whoever was deaf for a while is told on the topic
 * `resync`, and looks again.
 *
 * Throws `BotError` `misconfigured` when Redis does not answer at first.
 */
export function openBroadcast(
  redisUrl: string | undefined,
  databaseUrl: string,
  log: Logger,
  circuit: Circuit = direct,
): Promise<OpenBroadcast> {
  return redisUrl === undefined ? openPostgresBroadcast(databaseUrl, log) : openRedisBroadcast(redisUrl, log, circuit)
}

async function openPostgresBroadcast(connectionString: string, log: Logger): Promise<OpenBroadcast> {
  const listeners = createListeners()
  // Sending has connections of its own: a lost listener keeps nobody else from hearing.
  const pool = new pg.Pool({ connectionString, application_name: 'ducktape broadcast', max: 2, connectionTimeoutMillis: patience })
  pool.on('error', (err) => log.warn({ err }, 'broadcast connection'))
  let listener: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false

  async function listen(): Promise<void> {
    const client = new pg.Client({
      connectionString,
      application_name: 'ducktape listener',
      keepAlive: true,
      connectionTimeoutMillis: patience,
    })
    client.on('notification', ({ payload }) => listeners.receive(payload))
    // A loss is told twice, by the server and by the socket; only the first one counts.
    client.on('error', (err) => {
      if (closed || listener !== client) return
      log.warn({ err }, 'broadcast connection lost')
      listener = undefined
      client.end().catch(() => undefined)
      listenAgain()
    })
    try {
      await client.connect()
      await client.query(`LISTEN ${channel}`)
    } catch (err) {
      client.end().catch(() => undefined)
      throw err
    }
    // Whoever closed us meanwhile knew nothing of this one.
    if (closed) return client.end()
    listener = client
  }

  function listenAgain(): void {
    timer = setTimeout(() => {
      listen().then(
        () => listeners.emit(resync, {}),
        (err: unknown) => {
          log.warn({ err }, 'broadcast connection not back yet')
          if (!closed) listenAgain()
        },
      )
    }, retry)
  }

  const notify = gather(
    async (envelopes: readonly string[]) => {
      const text = 'SELECT pg_notify($1, envelope) FROM unnest($2::text[]) AS envelope'
      await pool.query({ name: 'notify', text, values: [channel, envelopes] })
      return envelopes.map(() => undefined)
    },
    ...inCompany,
  )

  await listen()
  return {
    subscribe: listeners.subscribe,
    async publish(topic, payload) {
      listeners.emit(topic, payload)
      await notify(listeners.envelope(topic, payload))
    },
    async [Symbol.asyncDispose]() {
      closed = true
      clearTimeout(timer)
      await Promise.all([listener?.end(), pool.end()])
    },
  }
}

/** Two connections, since a subscribed one may do nothing else. */
async function openRedisBroadcast(url: string, log: Logger, circuit: Circuit): Promise<OpenBroadcast> {
  const listeners = createListeners()
  const publisher = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    lazyConnect: true,
    connectTimeout: patience,
    commandTimeout: callPatience,
    enableAutoPipelining: true,
  })
  const subscriber = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true, connectTimeout: patience })
  for (const connection of [publisher, subscriber]) connection.on('error', (err) => log.debug({ err }, 'broadcast connection'))
  try {
    await Promise.all([publisher.connect(), subscriber.connect()])
  } catch (cause) {
    for (const connection of [publisher, subscriber]) connection.disconnect()
    throw new BotError(
      'misconfigured',
      `Redis did not answer at ${hostOf(url)}: check REDIS_URL and that Redis runs, or leave it out to keep the queues in Postgres.`,
      { cause },
    )
  }
  subscriber.on('message', (_channel, payload) => listeners.receive(payload))
  await subscriber.subscribe(channel)
  // The client subscribes anew by itself once it is back; what was said meanwhile it has not heard.
  subscriber.on('ready', () => listeners.emit(resync, {}))
  return {
    subscribe: listeners.subscribe,
    async publish(topic, payload) {
      listeners.emit(topic, payload)
      await circuit.run(() => publisher.publish(channel, listeners.envelope(topic, payload)))
    },
    async [Symbol.asyncDispose]() {
      subscriber.disconnect()
      publisher.disconnect()
    },
  }
}

const Envelope = z.tuple([z.string(), z.string(), z.unknown()])

/** Undefined for what is none of ours: anybody who may use the database or Redis may speak on the channel. */
function readEnvelope(text: string | undefined): z.output<typeof Envelope> | undefined {
  try {
    return Envelope.safeParse(JSON.parse(text ?? '')).data
  } catch {
    return undefined
  }
}

/** The listeners of this process, and the envelope by which it knows its own messages again. */
function createListeners() {
  const emitter = new EventEmitter().setMaxListeners(0)
  const sender = randomUUID()
  const emit = (topic: string, payload: unknown) => void emitter.emit(topic, payload)
  return {
    emit,
    envelope: (topic: string, payload: unknown) => JSON.stringify([sender, topic, payload]),
    receive(text: string | undefined) {
      const envelope = readEnvelope(text)
      if (envelope && envelope[0] !== sender) emit(envelope[1], envelope[2])
    },
    subscribe(topic: string, listen: (payload: unknown) => void): Disposable {
      emitter.on(topic, listen)
      return { [Symbol.dispose]: () => emitter.off(topic, listen) }
    },
  }
}
