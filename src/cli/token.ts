import { parseArgs } from 'node:util'
import { z } from 'zod'
import { openDatabase } from '#store/client.ts'
import { migrate } from '#store/migrate.ts'
import { createTokens } from '#store/tokens.ts'
import { readConfig } from '../config.ts'
import { databaseUrl } from './database.ts'

/** Makes, lists and revokes the tokens that the API, the socket and the page take. */
export async function run(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { name: { type: 'string', default: 'You' } },
  })
  const [what = 'list', id = ''] = positionals
  if (!['create', 'list', 'revoke'].includes(what)) throw new RangeError('say “token create”, “token list” or “token revoke ID”')
  if (what === 'revoke' && !z.uuid().safeParse(id).success) throw new RangeError('name the token by its id, as “token list” shows it')

  await using stack = new AsyncDisposableStack()
  const url = await databaseUrl(readConfig(), stack)
  await migrate(url)
  const { database } = stack.use(await openDatabase(url))
  const tokens = createTokens(database, { clock: { now: () => Temporal.Now.instant() } })
  switch (what) {
    case 'create': {
      const token = await tokens.create('local', values.name)
      process.stdout.write(`${token}\n`)
      process.stderr.write('It is shown this once. From now on, whoever comes without a token is turned away.\n')
      return
    }
    case 'revoke':
      process.stdout.write((await tokens.revoke(id)) ? 'Revoked.\n' : 'There is no such token.\n')
      return
    default:
      for (const { id: known, name, createdAt } of await tokens.list()) process.stdout.write(`${known}  ${createdAt}  ${name}\n`)
  }
}
