import { parseArgs } from 'node:util'
import { z } from 'zod'
import { createSessions } from '#core/sessions.ts'
import { openDatabase } from '#store/client.ts'
import { migrate } from '#store/migrate.ts'
import { secretKey } from '#store/secret.ts'
import { createTokens } from '#store/tokens.ts'
import { readConfig } from '../config.ts'
import { databaseUrl } from './database.ts'

/** Makes, lists and revokes the tokens that the API, the socket and the page take. */
export async function run(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { name: { type: 'string', default: 'You' }, scope: { type: 'string', default: 'person' } },
  })
  const [what = 'list', id = ''] = positionals
  if (!['create', 'list', 'revoke', 'login'].includes(what))
    throw new RangeError('say “token create”, “token list”, “token login ID” or “token revoke ID”')
  if (!['person', 'admin'].includes(values.scope)) throw new RangeError('a token has the scope “person” or “admin”')
  if (['revoke', 'login'].includes(what) && !z.uuid().safeParse(id).success)
    throw new RangeError('name the token by its id, as “token list” shows it')

  await using stack = new AsyncDisposableStack()
  const config = readConfig()
  const url = await databaseUrl(config, stack)
  await migrate(url)
  const { database } = stack.use(await openDatabase(url))
  const clock = { now: () => Temporal.Now.instant() }
  const tokens = createTokens(database, { clock })
  switch (what) {
    case 'create': {
      const token = await tokens.create('local', values.name, { admin: values.scope === 'admin' })
      process.stdout.write(`${token}\n`)
      process.stderr.write('It is shown this once. From now on, whoever comes without a token is turned away.\n')
      return
    }
    case 'login': {
      if (!(await tokens.holderById(id))) throw new RangeError('there is no such token')
      const sessions = createSessions(config.secretKey ?? (await secretKey(config.home)), clock)
      const { publicUrl, host, port } = config.http
      process.stdout.write(`${publicUrl ?? `http://${host}:${port}`}/login?token=${sessions.issue('link', id)}\n`)
      process.stderr.write('It signs in one browser, within ten minutes, for twelve hours or until the token is revoked.\n')
      return
    }
    case 'revoke':
      process.stdout.write((await tokens.revoke(id)) ? 'Revoked.\n' : 'There is no such token.\n')
      return
    default:
      for (const { id: known, name, admin, createdAt } of await tokens.list())
        process.stdout.write(`${known}  ${createdAt}  ${name}${admin ? '  (admin)' : ''}\n`)
  }
}
