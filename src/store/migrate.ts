import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { BotError } from '#core/errors.ts'
import { hostOf } from './address.ts'
import { openSchemaEngine } from './schema-engine.ts'

const prismaFolder = fileURLToPath(new URL('../../prisma/', import.meta.url))
const migrationsFolder = join(prismaFolder, 'migrations')

/** The session lock that lets one process at a time migrate: any number will do, as long as it stays. */
const migrationLock = 4_826_152_391

/**
 * Brings the database to the schema of this release and says what it applied, in order.
 *
 * Safe when several processes start together: one works, the others wait and then find nothing to do.
 * Throws `BotError` `misconfigured` when the database cannot be reached or was migrated by a later release.
 */
export async function migrate(connectionString: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString, application_name: 'ducktape migrate', connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
  } catch (cause) {
    throw new BotError('misconfigured', refusal(cause, connectionString), { cause })
  }
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    const migrations = await readMigrations()
    const applied = await readApplied(client)
    const unknown = [...applied].find((name) => !migrations.some((migration) => migration.path === name))
    if (unknown) {
      throw new BotError(
        'misconfigured',
        `The database was migrated by a later release (${unknown}): update DuckTape, or point DATABASE_URL at another database.`,
      )
    }
    if (migrations.every(({ path }) => applied.has(path))) return []

    const schema = await readFile(join(prismaFolder, 'schema.prisma'), 'utf8')
    await using opened = await openSchemaEngine(connectionString, ['schema.prisma', schema])
    const { appliedMigrationNames } = await opened.engine.applyMigrations({
      migrationsList: {
        baseDir: migrationsFolder,
        lockfile: { path: 'migration_lock.toml', content: await readFile(join(migrationsFolder, 'migration_lock.toml'), 'utf8') },
        shadowDbInitScript: '',
        migrationDirectories: migrations.map(({ path, sql }) => ({
          path,
          migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
        })),
      },
      filters: { externalTables: [], externalEnums: [] },
    })
    return appliedMigrationNames
  } finally {
    await client.end()
  }
}

async function readMigrations(): Promise<readonly { readonly path: string; readonly sql: string }[]> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.toSorted().map(async (path) => ({ path, sql: await readFile(join(migrationsFolder, path, 'migration.sql'), 'utf8') })),
  )
}

async function readApplied(client: pg.Client): Promise<ReadonlySet<string>> {
  const { rows: tables } = await client.query<{ found: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`)
  if (!tables[0]?.found) return new Set()
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
