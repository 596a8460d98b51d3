import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { BotError } from '#core/errors.ts'
import type { WebOptions } from '#web/server.ts'
import { type House, openHouse, tell } from './support/house.ts'
import { nobody, post, wrongRequests } from './support/wrong-requests.ts'

const stack = new AsyncDisposableStack()
let shared: House
let house: House

beforeAll(async () => {
  shared = stack.use(await openHouse())
})
beforeEach(() => {
  house = shared
  house.heard.length = 0
})
afterAll(() => stack.disposeAsync())

/** A house of its own, for a test that changes what one keeps or is made of. */
async function reopen(options: Partial<WebOptions> = {}): Promise<void> {
  house = stack.use(await openHouse(options))
}

const Lines = z.object({ lines: z.array(z.object({ id: z.string() })) })
const Operation = z.looseObject({
  operationId: z.string(),
  responses: z.record(z.string(), z.looseObject({ content: z.record(z.string(), z.unknown()).optional() })),
})
const Description = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
})

const get = (path: string, init?: RequestInit) => fetch(`${house.url}${path}`, init)
const json = async (path: string, init?: RequestInit) => (await get(path, init)).json()

describe('more than is taken at once', () => {
  it('is answered with 503, a code that stays and when to try again, by sentence and by field', async () => {
    const full = async () => Promise.reject(new BotError('busy', 'too many', { retryAfter: 60_000 }))
    await reopen({ planner: { ...unused, create: full } })
    house.answer = async () => ({ ...tell('no'), retryAfter: 60 })
    const event = { title: 'lunch', start: '2026-11-24T12:00' }
    for (const [path, body] of [
      ['/api/commands', { text: 'remind me in 5 minutes to stretch' }],
      ['/api/calendar/events', event],
    ] as const) {
      const answer = await get(path, post(body))
      expect([answer.status, answer.headers.get('retry-after'), ((await answer.json()) as { code: string }).code]).toEqual([
        503,
        '60',
        'busy',
      ])
    }
  })
})

const absent = async () => ({ kind: 'not-found' as const })
const unused: WebOptions['planner'] = {
  query: async () => undefined,
  get: async () => undefined,
  card: async () => undefined,
  createOnce: absent,
  create: absent,
  change: absent,
  remove: absent,
}

describe('the machines that watch', () => {
  it('see that the process lives', async () => {
    expect(await json('/health')).toEqual({ status: 'ok' })
  })

  it('see that everything it needs is there', async () => {
    expect(await json('/ready')).toEqual({ status: 'ready', checks: { postgres: { ok: true } } })
  })

  it.each([
    ['a check that fails', async () => ({ postgres: { ok: true }, redis: { ok: false, detail: 'refused' } }), 'redis'],
    ['checks that break', () => Promise.reject(new Error('no route')), 'checks'],
  ])('see 503 after %s', async (_what, checks, name) => {
    await reopen({ checks })
    const response = await get('/ready')
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ status: 'not_ready', checks: { [name]: { ok: false, detail: expect.any(String) } } })
  })

  it('read metrics that count their own requests by route', async () => {
    await reopen()
    await get('/health')
    await get('/api/no-such-thing')
    await get('/page/app.ts')
    const response = await get('/metrics')
    expect(response.headers.get('content-type')).toContain('text/plain')
    const text = await response.text()
    expect(text).toContain('ducktape_http_request_duration_seconds_count{method="GET",route="/health",status="200"} 1')
    expect(text).toContain('ducktape_http_request_duration_seconds_count{method="GET",route="unknown",status="404"} 1')
    expect(text).toContain('ducktape_http_request_duration_seconds_count{method="GET",route="/page/*",status="200"} 1')
  })
})

describe('the API', () => {
  it('does what a sentence asks, in the zone it is given', async () => {
    expect(await json('/api/commands', post({ text: 'stretch', timeZone: 'Asia/Tokyo' }))).toEqual({ reply: tell('heard stretch') })
    expect(house.heard).toMatchObject([
      { kind: 'sentence', text: 'stretch', author: { id: 'me', timeZone: 'Asia/Tokyo' }, place: { platform: 'web', space: 'local' } },
    ])
    expect(await json('/api/transcript')).toEqual({ lines: [], more: false })
  })

  it('reads a sentence and does nothing', async () => {
    expect(await json('/api/understand', post({ id: '1', text: 'stretch' }))).toEqual({ id: '1', intent: 'none', title: 'stretch' })
    expect(house.heard).toEqual([])
  })

  it('pages back through the conversation', async () => {
    await reopen()
    for (const text of ['one', 'two', 'three']) await house.parts.transcripts.append('me', { from: 'person', text })
    const last = await json('/api/transcript?limit=2')
    expect(last).toMatchObject({ lines: [{ text: 'two' }, { text: 'three' }], more: true })
    expect(await json(`/api/transcript?limit=2&before=${Lines.parse(last).lines[0]?.id}`)).toMatchObject({
      lines: [{ text: 'one' }],
      more: false,
    })
  })

  it('describes itself, and is to be tried, without help from elsewhere', async () => {
    const description = await json('/api/openapi.json')
    expect(description).toMatchObject({ openapi: '3.1.0' })
    expect(Object.keys(Description.parse(description).paths)).toEqual(
      expect.arrayContaining([
        '/health',
        '/ready',
        '/metrics',
        '/api/commands',
        '/api/understand',
        ...['reminders', 'todos', 'notes', 'groups'].flatMap((name) => [`/api/${name}`, `/api/${name}/{id}`]),
        '/api/settings',
        '/api/calendar/query',
        '/api/transcript',
      ]),
    )
    // A program that is generated from it has a name for each call, and knows what any of them may fail with.
    const operations = Object.values(Description.parse(description).paths).flatMap((methods) => Object.values(methods))
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    for (const { responses } of operations) expect(Object.keys(responses.default?.content ?? {})).toEqual(['application/problem+json'])
    expect(JSON.stringify(description)).toContain('Only events with these words')
    // Each reference leads to a shape, and each shape is referred to.
    const referred = JSON.stringify(description).matchAll(/"#\/components\/schemas\/(\w+)"/g)
    const named = Object.keys(Description.parse(description).components.schemas)
    expect([...new Set([...referred].map(([, name]) => name))].sort()).toEqual(named.sort())
    expect(named).toContain('Problem')
    const docs = await get('/api/docs')
    expect(docs.status).toBe(200)
    expect(await docs.text()).not.toMatch(/https?:\/\//)
    expect(await json('/api/docs/nothing')).toMatchObject({ status: 404, code: 'not_found' })
  })

  it('acts for the owner of a token, and for nobody with a wrong one', async () => {
    await json('/api/commands', {
      ...post({ text: 'hello' }),
      headers: { 'content-type': 'application/json', authorization: 'Bearer anns-token' },
    })
    expect(house.heard).toMatchObject([{ author: { id: 'ann' } }])
    const refused = await get('/api/reminders', { headers: { authorization: 'Bearer wrong' } })
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toBe('Bearer')
  })

  it('does not take what a proxy brings for the person at this machine', async () => {
    expect((await get('/api/reminders', { headers: { 'x-forwarded-for': '203.0.113.7' } })).status).toBe(401)
  })
})

describe('a problem', () => {
  it.each(wrongRequests)('document answers %s', async (_what, path, init, status, code) => {
    const response = await get(path, init)
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(await response.json()).toMatchObject({
      type: 'about:blank',
      title: expect.any(String),
      status,
      code,
      detail: expect.stringMatching(/\S/),
    })
    expect(response.status).toBe(status)
    expect(house.heard).toEqual([])
  })

  it('names the methods that a path takes', async () => {
    expect((await get('/api/commands')).headers.get('allow')).toBe('POST')
    const asked = await get(`/api/todos/${nobody}`, { method: 'OPTIONS' })
    expect([asked.status, asked.headers.get('allow')]).toEqual([204, 'GET, HEAD, PATCH, DELETE'])
    const wrong = await get('/api/import', post('<ical/>', { 'content-type': 'text/html' }))
    expect(await wrong.json()).toMatchObject({ status: 415, detail: expect.stringContaining('text/calendar') })
  })

  it.each([
    ['something we need that is away', new BotError('unreachable', 'postgres://ann:hunter2@db'), 503, 'unavailable'],
    ['a fault of ours', new Error('the database is on fire'), 500, 'internal'],
  ])('document hides the inside of %s, which is logged', async (_what, failure, status, code) => {
    await reopen({ understand: () => Promise.reject(failure) })
    const response = await get('/api/understand', post({ text: 'hi' }))
    const body = await response.text()
    expect(response.status).toBe(status)
    expect(JSON.parse(body)).toMatchObject({ code, detail: expect.stringMatching(/try again/i) })
    expect(body).not.toMatch(/fire|hunter2/)
    expect(house.logged.join('')).toContain('request not handled')
    expect(house.logged.join('')).not.toContain('hunter2')
  })
})

describe('the page', () => {
  it('comes with its modules as plain JavaScript, and is not sent again unchanged', async () => {
    const page = await get('/')
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await page.text()).toContain('/page/app.ts')
    expect(page.headers.get('link')).toContain('</page/times.ts>; rel=modulepreload')
    const script = await get('/page/app.ts')
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(await script.text()).not.toMatch(/import type|: string/)
    const etag = script.headers.get('etag') ?? ''
    expect((await get('/page/app.ts', { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  it('is packed for whoever unpacks it, and sends the calendar to whoever looks at it', async () => {
    const [packed, plain] = await Promise.all(
      ['gzip', 'identity'].map((encoding) => get('/page/app.ts', { headers: { 'accept-encoding': encoding } })),
    )
    expect([packed?.headers.get('content-encoding'), plain?.headers.get('content-encoding')]).toEqual(['gzip', null])
    expect(Number(packed?.headers.get('content-length'))).toBeLessThan(Number(plain?.headers.get('content-length')) / 2)
    expect(await packed?.text()).toBe(await plain?.text())
    expect(packed?.headers.get('etag')).not.toBe(plain?.headers.get('etag'))
    expect((await get('/')).headers.get('link')).not.toContain('/calendar/')
    expect((await get('/page/calendar/calendar.ts')).status).toBe(200)
  })

  it.each(['/', '/api/reminders', '/nothing', '/api/docs'])('protects %s against other sites and injected markup', async (path) => {
    const { headers } = await get(path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe-inline')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('the address', () => {
  it('that is taken is named, with what to change', async () => {
    await using other = await occupied()
    const failure = await openHouse({ port: other.port }).catch((err: unknown) => err)
    expect(failure).toBeInstanceOf(BotError)
    expect(failure).toMatchObject({ code: 'misconfigured', message: expect.stringMatching(new RegExp(`${other.port}.*HTTP_PORT`)) })
  })

  it('that this machine does not have is named, with what to change', async () => {
    await expect(openHouse({ host: '192.0.2.1' })).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('HTTP_HOST'),
    })
  })

  it('that people use can be another than the one we listen on', async () => {
    await reopen({ publicUrl: 'https://duck.example' })
    expect(house.url).toBe('https://duck.example')
  })
})

async function occupied(): Promise<{ readonly port: number } & AsyncDisposable> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

it('the server stops although a request is never sent to its end', async () => {
  const other = await openHouse()
  const socket = connect(other.port, '127.0.0.1').on('error', () => undefined)
  const closed = new Promise((resolve) => socket.once('close', resolve))
  const type = 'Content-Type: application/json'
  const lines = [
    'POST /api/commands HTTP/1.1',
    `Host: 127.0.0.1:${other.port}`,
    type,
    'Content-Length: 100',
    'Expect: 100-continue',
    '',
    '',
  ]
  socket.write(lines.join('\r\n'))
  // The server has begun to read the body, of which no more than a character ever comes.
  await once(socket, 'data')
  socket.write('{')
  await other[Symbol.asyncDispose]()
  await closed
})
