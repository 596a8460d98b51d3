import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '#store/embedded.ts'
import { migrate } from '#store/migrate.ts'

/** One Postgres for the whole run, with a migrated database that each test file copies. */
export default async function setup(project: TestProject) {
  await using starting = new AsyncDisposableStack()
  const home = await mkdtemp(join(tmpdir(), 'ducktape-test-'))
  starting.defer(() => rm(home, { recursive: true, force: true }))
  const postgres = starting.use(await startEmbeddedPostgres(home))
  const admin = new pg.Client({ connectionString: postgres.url })
  await admin.connect()
  // Nothing of it outlives the run, so nothing has to reach the disk.
  for (const setting of ['fsync', 'full_page_writes']) await admin.query(`ALTER SYSTEM SET ${setting} = off`)
  await admin.query('SELECT pg_reload_conf()')
  await admin.query('CREATE DATABASE migrated')
  await admin.end()
  await migrate(databaseUrl(postgres.url, 'migrated'))
  project.provide('postgres', postgres.url)
  const running = starting.move()
  return () => running.disposeAsync()
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: string
  }
}
