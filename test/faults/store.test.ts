import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEmbeddedPostgres } from '#store/embedded.ts'
import { migrate } from '#store/migrate.ts'
import { startRedis } from '../support/redis.ts'
import { needs } from '../support/require.ts'
import { type Audit, allTold, audit, type Planned, plan, report } from './plans.ts'
import { openStation, type Station, type StationOptions } from './station.ts'
import { type Counted, countedDiscord, countedSlack } from './town.ts'

const redis = needs('redis')
const stack = new AsyncDisposableStack()
const results: Audit[] = []
let home: string
let databaseUrl: string
let towns: readonly Counted[]
/** Resolves when a database that was killed runs again. */
let revived = Promise.withResolvers<void>()
const keeper = pino({ level: 'warn' }, { write: (line) => line.includes('it runs again') && revived.resolve() })
/** Resolves with the next complaint of a worker or of the sweep. */
let complaint = Promise.withResolvers<void>()

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'ducktape-faults-'))
  stack.defer(() => rm(home, { recursive: true, force: true }))
  databaseUrl = stack.use(await startEmbeddedPostgres(home, keeper)).url
  await migrate(databaseUrl)
  towns = [stack.use(await countedSlack()), stack.use(await countedDiscord())]
})
afterAll(async () => {
  report(results)
  await stack.disposeAsync()
})

function open(redisUrl?: string, more: Pick<StationOptions, 'hook' | 'callTimeout'> = {}): Promise<Station> {
  const [slack, discord] = towns.map(({ access }) => access)
  if (!slack || !discord) throw new Error('the towns are not there yet')
  const log = pino({ level: 'warn' }, { write: () => complaint.resolve() })
  return openStation({ databaseUrl, redisUrl, slack, discord, log, ...more })
}

/** What a worker or the sweep complains about next. */
function nextComplaint(): Promise<void> {
  complaint = Promise.withResolvers<void>()
  return complaint.promise
}

/** Reminders on both platforms: some are due, some will be in a moment. */
async function planSome(station: Station, fault: string): Promise<Planned[]> {
  const now = Temporal.Now.instant()
  const planned: Planned[] = []
  for (const town of towns) {
    for (let index = 0; index < 6; index += 1) {
      const dueAt = now.add({ milliseconds: index * 250 })
      planned.push(await plan(station.database, { town, words: `${fault} ${town.platform} ${index}`, dueAt }))
    }
  }
  return planned
}

/** An administrator's session, which is not subject to what it does to the others. */
async function administer(...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

const cutEverybody = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'`

/** Killed as a whole, as for want of memory; the program sees to it that it comes back, at the same port. */
async function crashPostgres(): Promise<void> {
  revived = Promise.withResolvers()
  const [pid] = (await readFile(join(home, 'postgres', 'postmaster.pid'), 'utf8')).split('\n', 1)
  process.kill(Number(pid), 'SIGKILL')
  await revived.promise
}

const once = { doubled: 0, lost: 0, early: 0 }

interface Trouble {
  /** What is broken before the workers start, where it has to be noticed. */
  readonly before?: () => Promise<void>
  /** What happens to them, and how it is mended. */
  readonly during: () => Promise<void>
}

/**
 * Breaks something while reminders are told, mends it, and counts what was shown.
 *
 * What strikes in the middle waits until each platform has told one, so that every connection stands: a queue's library
 * does not hear what happens to a connection at the very moment that it is made (the program survives that, a test does not).
 */
async function survive(fault: string, station: Station, { before, during }: Trouble): Promise<void> {
  const planned = await planSome(station, fault)
  await before?.()
  await using _ = station.work()
  if (!before) await Promise.all(towns.map((town) => town.next()))
  await during()
  const mended = Temporal.Now.instant()
  await allTold(station.database, planned)
  const row = audit(fault, planned, mended)
  results.push(row)
  expect(row).toMatchObject({ ...once, delivered: planned.length })
  expect(row.worstLateness).toBeLessThan(60)
}

describe('a shutdown while a platform answers some slowly and others never', { timeout: 90_000 }, () => {
  it.each(['postgres', 'redis'] as const)('takes less than 10 s on %s, and everything is told once', async (kind) => {
    if (kind === 'redis' && redis === undefined) return
    await using stack = new AsyncDisposableStack()
    const redisUrl = kind === 'redis' ? stack.use(await startRedis(redis ?? '')).url : undefined
    const never = Promise.withResolvers<void>()
    let sends = 0
    const allSent = Promise.withResolvers<void>()
    const slowly = <Port extends object>(port: Port): Port =>
      new Proxy(port, {
        get(target, name) {
          const method: unknown = Reflect.get(target, name)
          if (name !== 'send' || typeof method !== 'function') return method
          return async (...args: unknown[]) => {
            const sent: unknown = await method.apply(target, args)
            sends += 1
            if (sends === 12) allSent.resolve()
            await (sends % 2 === 0 ? never.promise : new Promise((resolve) => setTimeout(resolve, 400)))
            return sent
          }
        },
      })
    // A call that is given up on, on a machine that is busy enough, is found later, and is no send.
    const station = stack.use(await open(redisUrl, { hook: slowly, callTimeout: 30_000 }))
    const planned = await planSome(station, `shutdown on ${kind}`)
    const working = station.work()
    await allSent.promise
    const began = performance.now()
    await working[Symbol.asyncDispose]()
    expect(performance.now() - began).toBeLessThan(10_000)
    // The process would have ended by now; here it lives on, and what it was cut off from comes late.
    never.resolve()
    {
      const next = stack.use(await open(redisUrl))
      await using _ = next.work()
      await allTold(station.database, planned)
    }
    const row = audit(`shut down with jobs in flight on ${kind}`, planned)
    results.push(row)
    expect(row).toMatchObject({ ...once, delivered: planned.length })
  })
})

describe('while reminders are told, a Postgres', { timeout: 90_000 }, () => {
  it('that cuts all connections loses and doubles nothing', async () => {
    await using station = await open()
    await survive('Postgres cuts all connections', station, { during: () => administer(cutEverybody) })
  })

  it('that can only be read for a while loses and doubles nothing', async () => {
    await using station = await open()
    await survive('Postgres is read-only', station, {
      before: () => administer('ALTER SYSTEM SET default_transaction_read_only = on', 'SELECT pg_reload_conf()'),
      async during() {
        await nextComplaint()
        await nextComplaint()
        await administer(
          'SET default_transaction_read_only = off',
          'ALTER SYSTEM RESET default_transaction_read_only',
          'SELECT pg_reload_conf()',
        )
      },
    })
  })

  it('whose disk is full when a telling is to be recorded loses and doubles nothing', async () => {
    await using station = await open()
    await survive('Postgres says that its disk is full', station, {
      before: () =>
        administer(
          `CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$`,
          'CREATE TRIGGER disk_full BEFORE UPDATE ON delivery FOR EACH ROW EXECUTE FUNCTION disk_full()',
        ),
      async during() {
        await nextComplaint()
        await nextComplaint()
        await administer('DROP TRIGGER disk_full ON delivery', 'DROP FUNCTION disk_full')
      },
    })
  })

  it('that is killed is started again, and loses and doubles nothing', async () => {
    await using station = await open()
    await survive('Postgres is killed', station, { during: crashPostgres })
  })
})

describe.skipIf(redis === undefined)('while reminders are told, a Redis', { timeout: 90_000 }, () => {
  it('that is emptied loses and doubles nothing', async () => {
    await using server = await startRedis(redis ?? '')
    await using station = await open(server.url)
    await survive('Redis is flushed, 5 times', station, {
      async during() {
        for (let times = 0; times < 5; times += 1) await server.empty()
      },
    })
  })

  it('that is killed, and comes back empty, loses and doubles nothing', async () => {
    await using server = await startRedis(redis ?? '')
    await using station = await open(server.url)
    await survive('Redis is killed and comes back empty', station, {
      before: server.crash,
      async during() {
        await nextComplaint()
        await server.again()
      },
    })
  })
})
