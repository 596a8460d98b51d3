import { parseArgs } from 'node:util'
import { z } from 'zod'
import { openDatabase } from '#store/client.ts'
import { createDeadLetters } from '#store/dead-letters.ts'
import { migrate } from '#store/migrate.ts'
import { createAdmin } from '../admin.ts'
import { readConfig } from '../config.ts'
import { databaseUrl } from './database.ts'

/** Lists what was given up on, and brings it on its way again. The sweep of a running server tells it within half a minute. */
export async function run(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { all: { type: 'boolean', default: false } },
  })
  const [what = 'list', ...ids] = positionals
  if (!['list', 'retry'].includes(what)) throw new RangeError('say “dead-letters list” or “dead-letters retry ID… | --all”')
  if (what === 'retry' && !values.all && !z.array(z.uuid()).min(1).safeParse(ids).success)
    throw new RangeError('name them by their ids, as “dead-letters list” shows them, or say --all')

  await using stack = new AsyncDisposableStack()
  const url = await databaseUrl(readConfig(), stack)
  await migrate(url)
  const { database } = stack.use(await openDatabase(url))
  const clock = { now: () => Temporal.Now.instant() }
  const admin = createAdmin(createDeadLetters(database, { clock, carryOut: () => undefined }))
  if (what === 'retry') {
    process.stdout.write(`${await admin.retry(values.all ? undefined : ids)} on the way again.\n`)
    return
  }
  const letters = await admin.deadLetters({ limit: 200 })
  if (letters.length === 0) process.stdout.write('Nothing was given up on.\n')
  for (const { id, dueAt, platform, place, meaning } of letters) process.stdout.write(`${id}  ${dueAt}  ${platform} ${place} ${meaning}\n`)
}
