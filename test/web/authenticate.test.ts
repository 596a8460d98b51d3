import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSessions } from '#core/sessions.ts'
import { openDatabase } from '#store/client.ts'
import { createPageLinks } from '#store/page-links.ts'
import { createTokens } from '#store/tokens.ts'
import { authenticated } from '#web/authenticate.ts'
import { openTestDatabase } from '../support/database.ts'

const stack = new AsyncDisposableStack()
const clock = { now: () => Temporal.Now.instant() }
const sessions = createSessions('a secret of thirty-two characters', clock)
let tokens: ReturnType<typeof createTokens>
let links: ReturnType<typeof createPageLinks>

beforeAll(async () => {
  const { url } = stack.use(await openTestDatabase())
  const { database } = stack.use(await openDatabase(url))
  tokens = createTokens(database, { clock })
  links = createPageLinks(database)
})
afterAll(() => stack.disposeAsync())

describe('the door', () => {
  it('is open to this machine alone while nobody has a token, and to holders of tokens from then on', async () => {
    const here = authenticated({ host: '127.0.0.1', publicUrl: undefined, tokens, links, sessions, clock })
    const everywhere = authenticated({ host: '0.0.0.0', publicUrl: undefined, tokens, links, sessions, clock })
    expect(await here(undefined, '127.0.0.1')).toMatchObject({ user: 'local' })
    expect(await here(undefined, '::ffff:127.0.0.1')).toMatchObject({ user: 'local' })
    expect(await here(undefined, 'forwarded')).toBeUndefined()
    expect(await everywhere(undefined, '127.0.0.1')).toBeUndefined()
    const behindProxy = authenticated({ host: '127.0.0.1', publicUrl: 'https://duck.example', tokens, links, sessions, clock })
    expect(await behindProxy(undefined, '127.0.0.1')).toBeUndefined()
    expect(await here('duck_guess', '127.0.0.1')).toBeUndefined()

    const token = await tokens.create('local', 'Ann')
    expect(await here(undefined, '127.0.0.1')).toBeUndefined()
    expect(await everywhere(token, '10.0.0.7')).toEqual({ user: 'local', name: 'Ann', admin: false })

    const [listed] = await tokens.list()
    expect(JSON.stringify(listed)).not.toContain(token)
    expect(await tokens.revoke(listed?.id ?? '')).toBe(true)
    expect(await everywhere(token, '10.0.0.7')).toBeUndefined()
  })
})
