import { parseArgs } from 'node:util'
import { migrate } from '#store/migrate.ts'
import { readConfig } from '../config.ts'
import { databaseUrl } from './database.ts'

export async function run(words: readonly string[]): Promise<void> {
  parseArgs({ args: [...words] })
  await using stack = new AsyncDisposableStack()
  const url = await databaseUrl(readConfig(), stack)
  const applied = await migrate(url)
  process.stdout.write(applied.length === 0 ? 'The database is up to date.\n' : `Applied: ${applied.join(', ')}\n`)
}
