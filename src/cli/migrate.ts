import { BotError } from '#core/errors.ts'
import { startEmbeddedPostgres } from '#store/embedded.ts'
import { lockFolder } from '#store/lock.ts'
import { migrate } from '#store/migrate.ts'
import { readConfig } from '../config.ts'

export async function run(): Promise<void> {
  const config = readConfig()
  await using stack = new AsyncDisposableStack()
  if (config.databaseUrl === undefined) stack.use(await lockFolder(config.home))
  const url = config.databaseUrl ?? stack.use(await startEmbeddedPostgres(config.home)).url
  const applied = await migrate(url).catch((cause: unknown) => {
    throw cause instanceof BotError
      ? cause
      : new BotError('misconfigured', 'A migration failed; nothing of it was kept. See the cause below.', { cause })
  })
  process.stdout.write(applied.length === 0 ? 'The database is up to date.\n' : `Applied: ${applied.join(', ')}\n`)
}
