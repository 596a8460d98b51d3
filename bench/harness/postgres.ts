import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '#store/embedded.ts'
import { migrate } from '#store/migrate.ts'

/** A Postgres of its own, migrated and empty; gone on dispose. */
export async function openPostgres(): Promise<{ readonly url: string } & AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  const home = await mkdtemp(join(tmpdir(), 'ducktape-bench-'))
  stack.defer(() => rm(home, { recursive: true, force: true }))
  const { url } = stack.use(await startEmbeddedPostgres(home))
  await migrate(url)
  const opened = stack.move()
  return { url, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

/** The bare client that ours stands on, as a pool of the same size. */
export function openBare(url: string): { readonly pool: pg.Pool } & AsyncDisposable {
  const pool = new pg.Pool({ connectionString: url, max: 10, options: '-c timezone=UTC' })
  // Postgres may end before a connection knows that it is not needed any more.
  pool.on('error', () => undefined)
  return { pool, [Symbol.asyncDispose]: () => pool.end() }
}
