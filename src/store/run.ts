import type pg from 'pg'
import { type Database, patience, poolOf, type Transaction } from './client.ts'
import { Prisma } from './generated/client.ts'

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
  const pool = poolOf(database)
  return (statement, name) => send(pool, statement, name)
}

/** The same inside a transaction of the client. */
export function runIn(transaction: Transaction): Run {
  return async (statement) => {
    const rows: never[] = await transaction.$queryRaw(statement)
    return { rows, count: rows.length }
  }
}

/**
 * What `work` sends counts as a whole, or not at all when it throws. What it sends without waiting for an answer travels
 * in one write and is carried out in its order; after one that fails all others do.
 *
 * Its statements have names by their texts, of which the code makes a bounded number.
 */
export async function inTransaction<Result>(database: Database, work: (run: Run) => Promise<Result>): Promise<Result> {
  const connection = await poolOf(database).connect()
  let lost: Error | undefined
  const onLost = (error: Error) => {
    lost = error
  }
  connection.on('error', onLost)
  try {
    const { stream } = connection.connection
    stream.cork()
    const begun = connection.query(`BEGIN; SET LOCAL statement_timeout = ${patience.timeout}`)
    const working = work((statement) => send(connection, statement, nameOf(statement)))
    stream.uncork()
    const [result] = await Promise.all([working, begun])
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

async function send<Row extends object>(
  connection: Pick<pg.Pool | pg.PoolClient, 'query'>,
  { text, values }: Prisma.Sql,
  name: string | undefined,
): Promise<Ran<Row>> {
  const { rows, rowCount } = await connection.query<Row>({ text, values: [...values], ...(name === undefined ? {} : { name }) })
  return { rows, count: rowCount ?? 0 }
}

/**
 * A condition that holds: what a statement with it writes does not wait for the disk. It gets there with whatever is
 * committed after it and does wait, or within a second; until then Postgres may lose it when it or its machine crashes.
 * Never does it lose this and keep what was committed later.
 */
export const unhurried = Prisma.sql`set_config('synchronous_commit', 'off', true) = 'off'`

const names = new Map<string, string>()

function nameOf({ text }: Prisma.Sql): string {
  return names.getOrInsertComputed(text, () => `write ${names.size + 1}`)
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
