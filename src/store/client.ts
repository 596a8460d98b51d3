import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { BotError } from '#core/errors.ts'
import { type Prisma, PrismaClient } from './generated/client.ts'

export type Database = PrismaClient
/** The client inside a transaction. */
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]

/** What each client stands on. */
const pools = new WeakMap<Database, pg.Pool>()

/** What a statement brought, and how many rows it wrote. */
export interface Ran<Row> {
  readonly rows: readonly Row[]
  readonly count: number
}

/**
 * Sends a statement straight to the driver: where little is asked often, or much at once, the client's own work on each
 * statement and on each value would cost several times what Postgres does.
 *
 * Columns are numbers, booleans, texts, instants and JSON, or arrays of these; what has no zone is read as a number.
 * With a name, which stands for one text, each connection reads and plans the statement once: for what looks one
 * thing up by its index, or writes it.
 */
export type Run = <Row extends object>(statement: Prisma.Sql, name?: string) => Promise<Ran<Row>>

export function runOn(database: Database): Run {
  return runBy(poolOf(database))
}

/** The same inside a transaction of the client. */
export function runIn(transaction: Transaction): Run {
  return async (statement) => {
    const rows: never[] = await transaction.$queryRaw(statement)
    return { rows, count: rows.length }
  }
}

/** What `work` sends counts as a whole, or not at all when it throws. */
export async function inTransaction<Result>(database: Database, work: (run: Run) => Promise<Result>): Promise<Result> {
  const connection = await poolOf(database).connect()
  let lost: Error | undefined
  const onLost = (error: Error) => {
    lost = error
  }
  connection.on('error', onLost)
  try {
    await connection.query(`BEGIN; SET LOCAL statement_timeout = ${patience.timeout}`)
    const result = await work(runBy(connection))
    await connection.query('COMMIT')
    return result
  } catch (cause) {
    await connection.query('ROLLBACK').catch(onLost)
    throw cause
  } finally {
    connection.off('error', onLost)
    connection.release(lost)
  }
}

function runBy(connection: Pick<pg.Pool | pg.PoolClient, 'query'>): Run {
  return async <Row extends object>({ text, values }: Prisma.Sql, name?: string) => {
    const query = { text, values: [...values], ...(name === undefined ? {} : { name }) }
    const { rows, rowCount } = await connection.query<Row>(query)
    return { rows, count: rowCount ?? 0 }
  }
}

/** Each row's values in the order of its columns: numbers, booleans, texts, or arrays of these. */
type Values = unknown[]

/**
 * The rows of a statement that brings thousands of them, straight from the driver: what the client does to every
 * value, and the driver to every name, would cost more than Postgres does.
 */
export async function rowsOf<Row extends Values>(database: Database, query: Prisma.Sql, name?: string): Promise<readonly Row[]> {
  const { rows } = await poolOf(database).query<Row>({ ...inOrder(query), ...(name === undefined ? {} : { name }) })
  return rows
}

/** The same under a setting of Postgres that no other statement has. */
export async function rowsUnder<Row extends Values>(
  database: Database,
  { setting, value }: { readonly setting: string; readonly value: string },
  query: Prisma.Sql,
): Promise<readonly Row[]> {
  const client = await poolOf(database).connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT set_config($1, $2, true)', [setting, value])
    const { rows } = await client.query<Row>(inOrder(query))
    await client.query('COMMIT')
    client.release()
    return rows
  } catch (cause) {
    // Closing the connection ends what it had begun.
    client.release(true)
    throw cause
  }
}

function inOrder({ text, values }: Prisma.Sql): pg.QueryArrayConfig {
  return { text, values: [...values], rowMode: 'array' }
}

function poolOf(database: Database): pg.Pool {
  const pool = pools.get(database)
  if (!pool) throw new Error('this client was not made by openDatabase')
  return pool
}

/** How long a transaction waits for a connection, and then may take, in milliseconds: a busy machine is slow, not broken. */
const patience = { maxWait: 10_000, timeout: 15_000 } as const

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
  })
  const database = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }), transactionOptions: patience })
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
export function inUtc(connectionString: string): string {
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
