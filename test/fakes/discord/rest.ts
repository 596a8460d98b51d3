import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Journal } from '../journal.ts'
import type { Fault, Faults } from './faults.ts'
import { createLimits } from './limits.ts'
import { randomFrom, type Settings } from './options.ts'
import { type Answer, Refusal, unauthorised, unknownRoute } from './refusal.ts'

export interface Request {
  readonly method: string
  readonly query: URLSearchParams
  readonly body: unknown
  /** The parts of the path that the route names, in order. */
  readonly ids: readonly string[]
  /** Tells the gateway's clients, before or after the answer as the emulator was told. */
  echo(tell: () => void): void
}

export interface Route {
  readonly method: string
  /** `/channels/:id/messages` */
  readonly path: string
  /** Interaction callbacks and webhooks carry their token in the path. */
  readonly open?: true
  readonly run: (request: Request) => Answer
}

/** Serves the REST API on a server that others use too; answers whether a request was for it. */
export function serveRest(server: Server, parts: { routes: readonly Route[]; settings: Settings; faults: Faults; journal: Journal }): void {
  const { settings, faults, journal } = parts
  const table = parts.routes.map((route) => ({
    ...route,
    pattern: new RegExp(`^${route.path.replaceAll(/:\w+/g, '([^/]+)')}$`),
  }))
  const limits = createLimits(settings)
  const random = randomFrom(settings.seed)

  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', 'http://discord')
    if (!url.pathname.startsWith('/api/')) return
    void readBody(request).then((body) => handle(request, response, url, body))
  })

  function handle(request: IncomingMessage, response: ServerResponse, url: URL, text: string) {
    const method = request.method ?? 'GET'
    const path = decodeURIComponent(url.pathname.replace(/^\/api(?:\/v\d+)?/, ''))
    const body = parseJson(text)
    const { index } = journal.record('request', { method, path, body, authorised: request.headers.authorization !== undefined })
    const fault = faults.take(`${method} ${path}`)
    if (fault && !fault.accepted && fault.what.kind !== 'slow') return fail(request, response, index, fault)

    const late: (() => void)[] = []
    const answer = answerTo(request, url, method, path, text, body, late)
    const finish = () => {
      if (fault && fault.what.kind !== 'slow') fail(request, response, index, fault)
      else reply(response, index, answer)
      for (const tell of late) setImmediate(tell)
    }
    if (fault?.what.kind === 'slow') setTimeout(finish, fault.what.ms)
    else finish()
  }

  function answerTo(
    request: IncomingMessage,
    url: URL,
    method: string,
    path: string,
    text: string,
    body: unknown,
    late: (() => void)[],
  ): Answer {
    const allowed = limitsOf(method, path)
    try {
      if (!/^\/api\/v10\//.test(url.pathname)) throw new Refusal(400, 50041, 'Invalid API version')
      const route = table.find((each) => each.method === method && each.pattern.test(path))
      if (!route) throw unknownRoute()
      if (!route.open && request.headers.authorization !== `Bot ${settings.token}`) throw unauthorised()
      if (text !== '' && body === undefined) throw new Refusal(400, 50109, 'The request body contains invalid JSON.')
      if (allowed.retryAfter !== undefined) {
        journal.violation('429', { method, path })
        return limited('user', allowed.retryAfter, allowed.headers)
      }
      const isBefore = settings.echo === 'before' || (settings.echo === 'seeded' && random() < 0.5)
      const ids = (route.pattern.exec(path) ?? []).slice(1)
      const answer = route.run({ method, query: url.searchParams, body, ids, echo: (tell) => (isBefore ? tell() : late.push(tell)) })
      return { ...answer, headers: { ...allowed.headers, ...answer.headers } }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      journal.violation(String(error.code || error.status), { method, path, message: error.message, errors: error.errors })
      const { status, code, message, errors } = error
      return { status, body: { message, code, ...(errors !== undefined && { errors }) }, headers: allowed.headers }
    }
  }

  /** Interaction callbacks and webhooks have no bucket that a well-behaved bot meets. */
  function limitsOf(method: string, path: string) {
    if (/^\/(?:interactions|webhooks)\//.test(path)) return { headers: {}, retryAfter: undefined }
    const route = table.find((each) => each.method === method && each.pattern.test(path))
    return limits.count(method, route?.path ?? 'unknown', route?.pattern.exec(path)?.[1] ?? '')
  }

  function fail(request: IncomingMessage, response: ServerResponse, index: number, { what }: Fault) {
    journal.record('fault', { to: index, ...what })
    switch (what.kind) {
      case 'status':
        return reply(response, index, { status: what.status, body: { message: `${what.status}: injected`, code: 0 } })
      case 'reset':
        request.socket.resetAndDestroy()
        return
      case 'limited':
        return reply(response, index, limited(what.scope, what.retryAfter, {}))
      case 'cloudflare':
        response.writeHead(429, { 'content-type': 'text/html', 'retry-after': String(what.retryAfter) }).end('<html>error 1015</html>')
        return
      case 'slow':
      case 'hang':
    }
  }

  function reply(response: ServerResponse, index: number, { status, body, headers }: Answer): void {
    journal.record('answer', { to: index, status, code: (body as { code?: unknown } | undefined)?.code })
    if (response.destroyed) return
    response.writeHead(status, { via: '1.1 google', ...(body !== undefined && { 'content-type': 'application/json' }), ...headers })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  }
}

function limited(scope: 'user' | 'shared' | 'global', retryAfter: number, headers: Readonly<Record<string, string>>): Answer {
  return {
    status: 429,
    body: {
      message: scope === 'shared' ? 'The resource is being rate limited.' : 'You are being rate limited.',
      retry_after: retryAfter,
      global: scope === 'global',
    },
    headers: {
      ...headers,
      'retry-after': String(Math.ceil(retryAfter)),
      'x-ratelimit-scope': scope,
      ...(scope === 'global' && { 'x-ratelimit-global': 'true' }),
      ...(scope !== 'global' && { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': retryAfter.toFixed(3) }),
    },
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
