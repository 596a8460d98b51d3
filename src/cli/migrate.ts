import { parseArgs } from 'node:util'
import { BotError } from '#core/errors.ts'
import { migrate } from '#store/migrate.ts'
import { readConfig } from '../config.ts'
import { databaseUrl } from './database.ts'

export async function run(words: readonly string[]): Promise<void> {
  parseArgs({ args: [...words] })
  await using stack = new AsyncDisposableStack()
  const url = await databaseUrl(readConfig(), stack)
  const applied = await migrate(url).catch((cause: unknown) => {
    throw cause instanceof BotError
      ? cause
      : new BotError('misconfigured', 'A migration failed; nothing of it was kept. See the cause below.', { cause })
  })
  process.stdout.write(applied.length === 0 ? 'The database is up to date.\n' : `Applied: ${applied.join(', ')}\n`)
}
