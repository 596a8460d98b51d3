import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { BotError } from '#core/errors.ts'
import { hostOf } from './address.ts'

const migrationsFolder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** The session lock that lets one process at a time migrate: any number will do, as long as it stays. */
const migrationLock = 4_826_152_391

/** Keeps what was applied as `prisma migrate` does, so that either may be used on the same folder. */
const journal = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`

interface Migration {
  readonly name: string
  readonly sql: string
}

/**
 * Brings the database to the schema of this release and says what it applied, in order: all of it or, whatever ends it
 * halfway, nothing, so that the release before still runs and the next start tries anew.
 *
 * Safe when several processes start together: one works, the others wait and then find nothing to do.
 * Throws `BotError` `misconfigured` when the database cannot be reached, is not ours, refuses a migration or was
 * migrated by a later release.
 */
export async function migrate(connectionString: string, folder = migrationsFolder): Promise<readonly string[]> {
  const client = await connected(connectionString)
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    const pending = await pendingOf(client, connectionString, folder)
    if (pending.length > 0) await apply(client, pending)
    return pending.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

/** What `migrate` would apply. Throws as it does, and changes nothing. */
export async function pendingMigrations(connectionString: string): Promise<readonly string[]> {
  const client = await connected(connectionString)
  try {
    const pending = await pendingOf(client, connectionString, migrationsFolder)
    return pending.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

async function connected(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, application_name: 'ducktape migrate', connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    return client
  } catch (cause) {
    throw new BotError('misconfigured', refusal(cause, connectionString), { cause })
  }
}

async function pendingOf(client: pg.Client, connectionString: string, folder: string): Promise<readonly Migration[]> {
  const migrations = await readMigrations(folder)
  const applied = await readApplied(client, connectionString)
  const unknown = [...applied].find((name) => !migrations.some((migration) => migration.name === name))
  if (unknown) {
    throw new BotError(
      'misconfigured',
      `The database was migrated by a later release (${unknown}): update DuckTape, or point DATABASE_URL at another database.`,
    )
  }
  return migrations.filter(({ name }) => !applied.has(name))
}

/** In one transaction: who is cut off in the middle has changed nothing. */
async function apply(client: pg.Client, pending: readonly Migration[]): Promise<void> {
  await client.query('BEGIN')
  await client.query(journal)
  for (const { name, sql } of pending) {
    try {
      await client.query(sql)
    } catch (cause) {
      throw new BotError(
        'misconfigured',
        `The database could not be brought to this release: ${name} failed (${cause instanceof Error ? cause.message : cause}). Nothing of it was kept: mend that and start again, or go on with the release before.`,
        { cause },
      )
    }
    // One that an earlier release began and did not end is begun anew.
    await client.query('DELETE FROM _prisma_migrations WHERE migration_name = $1', [name])
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       VALUES (gen_random_uuid(), $1, clock_timestamp(), $2, 1)`,
      [createHash('sha256').update(sql).digest('hex'), name],
    )
  }
  await client.query('COMMIT')
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(names.toSorted().map(async (name) => ({ name, sql: await readFile(join(folder, name, 'migration.sql'), 'utf8') })))
}

async function readApplied(client: pg.Client, connectionString: string): Promise<ReadonlySet<string>> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
       AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')`,
  )
  if (tables.length === 0) return new Set()
  if (!tables.some(({ name }) => name === '_prisma_migrations')) {
    throw new BotError(
      'misconfigured',
      `The database at ${hostOf(connectionString)} holds tables of another program (${tables[0]?.name}): point DATABASE_URL at an empty one.`,
    )
  }
  const { rows } = await client.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  return new Set(rows.map(({ name }) => name))
}

/** Postgres' own codes (appendix A of its manual) say what to mend. */
function refusal(cause: unknown, connectionString: string): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const host = hostOf(connectionString)
  if (code.startsWith('28')) return `Postgres at ${host} refused the user or the password: correct DATABASE_URL.`
  if (code === '3D000') return `Postgres at ${host} has no database of that name: create it, or correct DATABASE_URL.`
  return `Postgres did not answer at ${host}: check DATABASE_URL and that it runs.`
}
