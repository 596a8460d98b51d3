import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { BotError } from '#core/errors.ts'
import { PrismaClient } from './generated/client.ts'

export type Database = PrismaClient
/** The client inside a transaction. */
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]

/** What each client stands on. */
const pools = new WeakMap<Database, pg.Pool>()

/** For what goes straight to the driver. */
export function poolOf(database: Database): pg.Pool {
  const pool = pools.get(database)
  if (!pool) throw new Error('this client was not made by openDatabase')
  return pool
}

/**
 * How many plans of statements the client keeps; we send fewer. It puts what `findUnique` is asked for at one moment
 * together, and plans that anew for each number of questions, at tens of kilobytes: `findFirst` is planned once.
 */
const mostPlans = 250

/** How long a transaction waits for a connection, and then may take, in milliseconds: a busy machine is slow, not broken. */
export const patience = { maxWait: 10_000, timeout: 15_000 } as const

/**
 * Connects to Postgres. Every session runs in UTC, asserted here, since the adapter would otherwise
 * shift each instant by the session's offset without a word.
 */
export async function openDatabase(connectionString: string): Promise<{ readonly database: Database } & AsyncDisposable> {
  const pool = new pg.Pool({
    connectionString: inUtc(connectionString),
    application_name: 'ducktape',
    max: 10,
    connectionTimeoutMillis: patience.maxWait,
    // Statements of a transaction that do not wait for each other travel together.
    pipeline: true,
  })
  const adapter = new PrismaPg(pool, { disposeExternalPool: true })
  const database = new PrismaClient({ adapter, transactionOptions: patience, queryPlanCacheMaxSize: mostPlans })
  pools.set(database, pool)
  const [session] = await database.$queryRaw<{ zone: string; version: number }[]>`
    SELECT current_setting('TimeZone') AS zone, current_setting('server_version_num')::int / 10000 AS version`
  if (session?.zone !== 'UTC') {
    await database.$disconnect()
    throw new BotError(
      'misconfigured',
      `The database session runs in ${session?.zone}, and DuckTape needs UTC: remove the time zone from DATABASE_URL or from the role's settings.`,
    )
  }
  if (session.version < 14) {
    await database.$disconnect()
    throw new BotError(
      'misconfigured',
      `This is Postgres ${session.version}, and DuckTape needs 14 or newer: point DATABASE_URL at a newer one.`,
    )
  }
  return { database, [Symbol.asyncDispose]: () => database.$disconnect() }
}

/** The same address with the session's zone set, whatever the role's default is. */
function inUtc(connectionString: string): string {
  const url = new URL(connectionString)
  const options = url.searchParams.get('options') ?? ''
  if (!/timezone=/i.test(options)) url.searchParams.set('options', `${options} -c timezone=UTC`.trim())
  return url.href
}

/** What the client and Postgres itself call a broken unique constraint. */
export function isDuplicate(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'P2002' || cause.code === '23505')
}

/** Postgres' codes for a session that it ends: by an administrator, in a crash, while it shuts down. */
const endings: ReadonlySet<unknown> = new Set(['57P01', '57P02', '57P03'])

/** True for what a connection says when the server ends it. */
export function isLostConnection(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && endings.has(cause.code)
}
