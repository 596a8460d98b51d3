import { createPostgresBackend, type Job, type JobsOptions, Queue, Worker, type WorkerOptions, withBackend } from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import type { Logger } from 'pino'
import { direct } from '#core/circuit.ts'
import type { Circuit } from '#core/ports.ts'
import { within } from '#core/within.ts'

/** The part of a queue that is used here, the same on both backends. */
export interface JobQueue {
  addBulk(jobs: { name: string; data: unknown; opts?: JobsOptions }[]): Promise<unknown>
  getJobCounts(...states: ('active' | 'delayed' | 'failed' | 'waiting')[]): Promise<Record<string, number>>
  /** Oldest first. */
  getWaiting(start: number, end: number): Promise<readonly Waiting[]>
  /** Soonest first. */
  getDelayed(start: number, end: number): Promise<readonly Waiting[]>
}

export interface Waiting {
  readonly data: unknown
  /** When it was added, in milliseconds. */
  readonly timestamp: number
  /** How long it was to wait since it was added, or since it was last tried, in milliseconds. */
  readonly delay: number
}

export interface JobWorker {
  /** Takes no new job and waits for those it has, or does not when `force` is set. */
  close(force?: boolean): Promise<void>
}

export type Process = (job: Job, token?: string) => Promise<unknown>
type WorkOptions = Omit<WorkerOptions, 'connection'>

/** Queues and workers on one backend: the one switch between Redis and Postgres. */
export interface QueueBackend extends AsyncDisposable {
  readonly kind: 'redis' | 'postgres'
  queue(name: string): JobQueue
  /** The queue as BullMQ has it, for what shows everything of it. */
  bull(name: string): OpenQueue
  work(name: string, process: Process, options: WorkOptions): JobWorker
}

/** Redis when there is an address of one, else the database. */
export async function openQueueBackend(options: {
  readonly redisUrl: string | undefined
  readonly databaseUrl: string
  readonly log: Logger
  /** What everything that is put into a queue goes through. */
  readonly circuit?: Circuit
}): Promise<QueueBackend> {
  const { redisUrl, databaseUrl, log, circuit = direct } = options
  const backend = redisUrl === undefined ? await onPostgres(databaseUrl) : onRedis(redisUrl)
  const queues = new Map<string, OpenQueue>()

  function opened(name: string): OpenQueue {
    const known = queues.get(name)
    if (known) return known
    const queue = backend.queue(name)
    // An unheard "error" event would end the process; what fails is retried by the sweep.
    queue.on('error', (err) => log.warn({ err, queue: name }, 'queue connection'))
    queues.set(name, queue)
    // One that could not open its first connection never tries again: the next use gets a new one.
    void queue.waitUntilReady().catch(() => {
      if (queues.get(name) === queue) queues.delete(name)
      return queue.close().catch(() => undefined)
    })
    return queue
  }

  return {
    kind: backend.kind,
    bull: opened,
    queue(name) {
      const queue = opened(name)
      return {
        addBulk: (jobs) => circuit.run(() => queue.addBulk(jobs)),
        getJobCounts: (...states) => queue.getJobCounts(...states),
        getWaiting: (start, end) => queue.getWaiting(start, end),
        getDelayed: (start, end) => queue.getDelayed(start, end),
      }
    },
    work: (name, process, workOptions) => keepWorking(name, () => backend.work(name, process, { ...workOptions, runRetryDelay }), log),
    async [Symbol.asyncDispose]() {
      // A backend that is away answers no farewell.
      await within(farewell, Promise.allSettled([...queues.values()].map((queue) => queue.close())))
      await backend.close()
    },
  }
}

/** How long a farewell to the backend may take, in milliseconds. */
const farewell = 1_000

/** How long one call to Redis may take, in milliseconds. */
const patience = 2_000

/** How long a worker rests after an error of its backend, in milliseconds. BullMQ's own 15 s would be 15 s late. */
const runRetryDelay = 1_000

/** A worker that could not open its first connection never tries again, so another one takes its place. */
function keepWorking(name: string, hire: () => BackendWorker, log: Logger): JobWorker {
  let closed = false
  let rest: NodeJS.Timeout | undefined
  let worker = start()

  function start(): BackendWorker {
    const next = hire()
    next.on('error', (err) => {
      if (closed || next.isPaused()) return
      log.warn({ err, queue: name }, 'worker connection')
      // BullMQ rests after errors of a connection alone: a full disk it would ask again without a pause, and fill with our log.
      void next.pause(true)
      setTimeout(() => next.resume(), runRetryDelay).unref()
    })
    void next.waitUntilReady().catch(async () => {
      await within(farewell, next.close(true)).catch(() => undefined)
      if (closed) return
      rest = setTimeout(() => {
        worker = start()
      }, runRetryDelay)
    })
    return next
  }

  return {
    close(force) {
      closed = true
      clearTimeout(rest)
      return worker.close(force)
    },
  }
}

/** A queue of BullMQ, on either backend. */
export interface OpenQueue extends JobQueue, Errors {
  waitUntilReady(): Promise<unknown>
  close(): Promise<void>
}

interface BackendWorker extends JobWorker, Errors {
  waitUntilReady(): Promise<unknown>
  isPaused(): boolean
  /** Takes no new job; does not wait for those it has when `atOnce` is set. */
  pause(atOnce: boolean): Promise<void>
  resume(): void
}

interface Errors {
  on(event: 'error', listen: (err: Error) => void): unknown
}

interface Backend {
  readonly kind: QueueBackend['kind']
  queue(name: string): OpenQueue
  work(name: string, process: Process, options: WorkOptions): BackendWorker
  close(): Promise<void>
}

function onRedis(url: string): Backend {
  // Producers fail at once instead of piling up while Redis is away: the sweep brings back what they could not add.
  const producer = new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: patience })
  const consumer = new Redis(url, { maxRetriesPerRequest: null })
  // Each queue and worker reports the state of its connection itself.
  for (const connection of [producer, consumer]) connection.on('error', () => undefined)
  return {
    kind: 'redis',
    queue: (name) => new Queue(name, { connection: producer }),
    work: (name, process, options) => new Worker(name, process, { ...options, connection: consumer }),
    async close() {
      for (const connection of [producer, consumer]) connection.disconnect()
    },
  }
}

/** One small pool a queue; each worker adds one connection that listens. */
async function onPostgres(databaseUrl: string): Promise<Backend> {
  const connectionString = withoutOptions(databaseUrl)
  const postgres = withBackend(createPostgresBackend)
  const connection = { connectionString, max: 4, application_name: 'ducktape queues', connectionTimeoutMillis: 10_000 }
  await createQueueTables(connectionString)
  return {
    kind: 'postgres',
    queue: (name) => new postgres.Queue(name, { connection }),
    work: (name, process, options) => new postgres.Worker(name, process, { ...options, connection }),
    close: async () => undefined,
  }
}

/** Several processes may start together: one makes the tables, the others wait for it. */
async function createQueueTables(connectionString: string): Promise<void> {
  const postgres = withBackend(createPostgresBackend)
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await client.query(`SELECT pg_advisory_lock(hashtextextended('ducktape queues', 0))`)
    const queue = new postgres.Queue('tables', { connection: { connectionString, migrate: true, max: 1 } })
    await queue.waitUntilReady()
    await queue.close()
  } finally {
    await client.end()
  }
}

/** BullMQ finds its tables by the session option `search_path`, which options of the address would replace. */
function withoutOptions(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  url.searchParams.delete('options')
  return url.href
}
