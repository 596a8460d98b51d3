import { parseArgs } from 'node:util'
import { z } from 'zod'
import { homeOfAccount, wordOf } from '#core/account.ts'
import type { Clock } from '#core/ports.ts'
import { createSessions } from '#core/sessions.ts'
import { type Database, openDatabase } from '#store/client.ts'
import { migrate } from '#store/migrate.ts'
import { createPeople } from '#store/people.ts'
import { secretKey } from '#store/secret.ts'
import { createTokens } from '#store/tokens.ts'
import { readConfig } from '../config.ts'
import { databaseUrl } from './database.ts'

/** Makes, lists and revokes the tokens that the API, the socket and the page take. */
export async function run(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { name: { type: 'string' }, person: { type: 'string' }, scope: { type: 'string', default: 'person' } },
  })
  const [what = 'list', id = ''] = positionals
  if (!['create', 'list', 'revoke', 'login'].includes(what))
    throw new RangeError('say “token create”, “token list”, “token login ID” or “token revoke ID”')
  if (!['person', 'admin'].includes(values.scope)) throw new RangeError('a token has the scope “person” or “admin”')
  const user = values.person === undefined ? 'local' : wordOf(values.person)
  if (user === undefined) throw new RangeError('the name of a person has letters')
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
      const { person, name = person ?? 'You', scope } = values
      const token = await tokens.create(user, name, { admin: scope === 'admin', ...(person === undefined ? {} : { person }) })
      // From now on others can invite them, before they have come for the first time.
      if (person !== undefined) await introduce(database, user, person, clock)
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
    default: {
      const all = await tokens.list()
      if (all.length === 0) process.stderr.write('There is no token: whoever sits at this machine needs none.\n')
      for (const { id: known, name, person, admin, createdAt } of all)
        process.stdout.write(`${known}  ${createdAt}  ${name}${person === null ? '' : `  of ${person}`}${admin ? '  (admin)' : ''}\n`)
    }
  }
}

async function introduce(database: Database, user: string, name: string, clock: Clock): Promise<void> {
  // Nobody listens here: a running server does not know them yet.
  const broadcast = { publish: async () => undefined, subscribe: () => ({ [Symbol.dispose]: () => undefined }) }
  const { place } = homeOfAccount(user)
  await createPeople(database, { clock, broadcast }).people.meet(place, { id: user, name })
}
