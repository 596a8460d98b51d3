import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSessions } from '#core/sessions.ts'
import { openQueueBackend } from '#jobs/backend.ts'
import { createBoard } from '#jobs/board.ts'
import { openDatabase } from '#store/client.ts'
import { createPageLinks } from '#store/page-links.ts'
import { createTokens } from '#store/tokens.ts'
import { createLog } from '#telemetry/log.ts'
import { authenticated, createLogin } from '#web/authenticate.ts'
import { openTestDatabase } from '../support/database.ts'
import { secret } from '../support/world.ts'
import { type House, openHouse } from './support/house.ts'

const stack = new AsyncDisposableStack()
let now = Temporal.Now.instant()
const clock = { now: () => now }
const sessions = createSessions(secret, clock)
let tokens: ReturnType<typeof createTokens>
let house: House
let ordinary: string
let admin: string
let adminId: string

beforeAll(async () => {
  const { url } = stack.use(await openTestDatabase())
  const { database } = stack.use(await openDatabase(url))
  const log = createLog({ level: 'silent', pretty: false })
  const backend = stack.use(await openQueueBackend({ redisUrl: undefined, databaseUrl: url, log }))
  await backend.queue('remind-web').addBulk([{ name: 'remind', data: { reminderId: 'r1' }, opts: { delay: 60_000 } }])
  tokens = createTokens(database, { clock })
  const authenticate = authenticated({ host: '127.0.0.1', publicUrl: undefined, tokens, links: createPageLinks(database), sessions, clock })
  const board = createBoard(backend, ['remind-web'], '/admin/queues')
  const retried: string[] = []
  house = stack.use(
    await openHouse({
      authenticate,
      login: createLogin({ tokens, links: createPageLinks(database), sessions, clock }),
      board,
      admin: { deadLetters: async () => [], retry: async (ids = []) => retried.push(...ids) },
    }),
  )
})
afterAll(() => stack.disposeAsync())

function ask(path: string, headers: Readonly<Record<string, string>> = {}, init: RequestInit = {}): Promise<Response> {
  return fetch(`${house.url}${path}`, { redirect: 'manual', ...init, headers })
}

const paths = ['/admin/queues', '/admin/queues/api/queues', '/admin/queues/static/css/none.css', '/api/admin/dead-letters']
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const cookie = (session: string) => ({ cookie: `theme=dark; duck_session=${session}` })

describe('what is for admins', () => {
  it('is open to whoever sits at the machine while nobody has a token, with every queue and its jobs', async () => {
    const page = await ask('/admin/queues')
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
    const { queues } = (await (await ask('/admin/queues/api/queues')).json()) as { queues: { name: string; counts: object }[] }
    expect(queues).toEqual([expect.objectContaining({ name: 'remind-web', counts: expect.objectContaining({ delayed: 1 }) })])
    ordinary = await tokens.create('local', 'A program')
    admin = await tokens.create('local', 'The operator', { admin: true })
    adminId = (await tokens.list()).find((one) => one.admin)?.id ?? ''
  })

  it.each(paths)('%s is for admins alone', async (path) => {
    expect((await ask(path)).status).toBe(401)
    const refused = await ask(path, bearer(ordinary))
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'not_admin'])
    expect((await ask(path, bearer(admin))).status).toBe(path.includes('none.css') ? 404 : 200)
  })

  it('is drawn with files of ours alone', async () => {
    const html = await (await ask('/admin/queues', bearer(admin))).text()
    expect(html).toContain('static/css/main')
    expect(html).not.toMatch(/(?:href|src)="(?:https?:)?\/\//)
  })

  it('is opened in a browser by a link that counts once, until the token is revoked', async () => {
    const link = sessions.issue('link', adminId)
    const opened = await ask(`/login?token=${link}`)
    expect([opened.status, opened.headers.get('location')]).toEqual([303, '/admin/queues'])
    const set = opened.headers.get('set-cookie') ?? ''
    expect(set).toMatch(/^duck_session=session\.\S+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/)
    const session = /duck_session=([^;]+)/.exec(set)?.[1] ?? ''
    expect((await ask(`/login?token=${link}`)).status).toBe(401)

    for (const path of ['/admin/queues', '/api/admin/dead-letters', '/api/todos'])
      expect((await ask(path, cookie(session))).status).toBe(200)
    const other = sessions.issue('session', (await tokens.list()).find((one) => !one.admin)?.id ?? '')
    expect((await ask('/admin/queues', cookie(other))).status).toBe(403)
    for (const forged of [`${session}x`, session.replace(adminId, ordinary), sessions.issue('link', adminId)])
      expect((await ask('/admin/queues', cookie(forged))).status).toBe(401)

    const post = { method: 'POST', body: '{}' }
    const json = { ...cookie(session), 'content-type': 'application/json' }
    expect((await ask('/api/admin/dead-letters/retry', { ...json, origin: 'https://evil.example' }, post)).status).toBe(403)
    expect((await ask('/api/admin/dead-letters/retry', json, post)).status).toBe(200)

    const before = now
    now = now.add({ hours: 13 })
    expect((await ask('/admin/queues', cookie(session))).status).toBe(401)
    now = before
    expect(await tokens.revoke(adminId)).toBe(true)
    expect((await ask('/admin/queues', cookie(session))).status).toBe(401)
    expect((await ask(`/login?token=${sessions.issue('link', adminId)}`)).status).toBe(401)
  })
})
