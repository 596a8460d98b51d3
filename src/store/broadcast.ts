import { EventEmitter } from 'node:events'
import { Redis } from 'ioredis'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Broadcast } from '#core/ports.ts'

/** The one channel that all processes of an installation share. */
const channel = 'ducktape'

/**
 * Small messages between the processes of an installation: over Redis where there is one, else over
 * Postgres' NOTIFY (payloads up to 8,000 bytes). Best effort: what must not be lost is in a table.
 */
export function openBroadcast(redisUrl: string | undefined, databaseUrl: string, log: Logger): Promise<Broadcast & AsyncDisposable> {
  return redisUrl === undefined ? openPostgresBroadcast(databaseUrl, log) : openRedisBroadcast(redisUrl, log)
}

async function openPostgresBroadcast(connectionString: string, log: Logger): Promise<Broadcast & AsyncDisposable> {
  const listeners = createListeners()
  let client: pg.Client | undefined
  let closed = false

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString, application_name: 'ducktape broadcast', keepAlive: true })
    next.on('notification', ({ payload }) => listeners.receive(payload))
    next.on('error', (err) => {
      if (closed) return
      log.warn({ err }, 'broadcast connection lost')
      client = undefined
      setTimeout(() => void reconnect(), 1_000).unref()
    })
    await next.connect()
    await next.query(`LISTEN ${channel}`)
    client = next
  }

  async function reconnect(): Promise<void> {
    if (closed) return
    await connect().catch((err: unknown) => {
      log.warn({ err }, 'broadcast connection not back yet')
      setTimeout(() => void reconnect(), 2_000).unref()
    })
  }

  await connect()
  return {
    subscribe: listeners.subscribe,
    async publish(topic, payload) {
      await client?.query('SELECT pg_notify($1, $2)', [channel, JSON.stringify([topic, payload])])
    },
    async [Symbol.asyncDispose]() {
      closed = true
      await client?.end()
    },
  }
}

/** Two connections, since a subscribed one may do nothing else. */
async function openRedisBroadcast(url: string, log: Logger): Promise<Broadcast & AsyncDisposable> {
  const listeners = createListeners()
  const publisher = new Redis(url, { maxRetriesPerRequest: 1 })
  const subscriber = new Redis(url, { maxRetriesPerRequest: null })
  for (const connection of [publisher, subscriber]) connection.on('error', (err) => log.warn({ err }, 'broadcast connection'))
  subscriber.on('message', (_channel, payload) => listeners.receive(payload))
  await subscriber.subscribe(channel)
  return {
    subscribe: listeners.subscribe,
    async publish(topic, payload) {
      await publisher.publish(channel, JSON.stringify([topic, payload]))
    },
    async [Symbol.asyncDispose]() {
      subscriber.disconnect()
      publisher.disconnect()
    },
  }
}

function createListeners() {
  const emitter = new EventEmitter().setMaxListeners(0)
  return {
    receive(text: string | undefined) {
      const [topic, payload]: [string, unknown] = JSON.parse(text ?? '[""]')
      emitter.emit(topic, payload)
    },
    subscribe(topic: string, listen: (payload: unknown) => void): Disposable {
      emitter.on(topic, listen)
      return { [Symbol.dispose]: () => emitter.off(topic, listen) }
    },
  }
}
