import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { addressOf, isTaken, notListening } from './listening.ts'
import type { Checks, WebMeter } from './ports.ts'
import { Problem, problemType } from './problem.ts'
import { type Exposition, readiness } from './routes/health.ts'

export interface WatchpostOptions {
  readonly host: string
  /** 0 picks a free one; one that is taken gives way to the next that is free. */
  readonly port: number
  readonly checks: Checks
  readonly metrics: Exposition & { readonly web: Pick<WebMeter, 'requested'> }
  readonly log: Logger
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** Ports after the one that was asked for, which are tried in turn: as many processes find a place on one machine. */
const neighbours = 50

/**
 * `/health`, `/ready` and `/metrics` of a process that serves no page, and nothing else. Work such as
 * telling reminders is not refused because another process has the port.
 *
 * Throws `BotError` `misconfigured` when it cannot listen at all.
 */
export async function startWatchpost(options: WatchpostOptions): Promise<{ readonly url: string } & AsyncDisposable> {
  const { host, port, log } = options
  const routes = routesOf(options)
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => void answer(request, response, routes, options))
  await listen(server, host, port)
  const found = (server.address() as AddressInfo).port
  if (port !== 0 && found !== port) log.warn({ port: found, taken: port }, 'health and metrics are on the next free port')
  return {
    url: addressOf(host, found),
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function routesOf({ checks, metrics }: WatchpostOptions): ReadonlyMap<string, () => Promise<Answer>> {
  return new Map([
    ['/health', async () => json(200, { status: 'ok' })],
    [
      '/ready',
      async () => {
        const { status, body } = await readiness(checks)
        return json(status, body)
      },
    ],
    ['/metrics', async () => ({ status: 200, type: metrics.contentType, body: await metrics.text() })],
  ])
}

async function answer(
  { method = '', url = '' }: IncomingMessage,
  response: ServerResponse,
  routes: ReturnType<typeof routesOf>,
  { metrics, log }: WatchpostOptions,
): Promise<void> {
  const began = performance.now()
  const path = url.split('?', 1)[0] ?? ''
  const route = routes.get(path)
  const { status, type, body } = await answerTo(method, path, route, log)
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
  })
  response.end(method === 'HEAD' ? undefined : body)
  metrics.web.requested(method, route ? path : 'unknown', status, (performance.now() - began) / 1_000)
}

async function answerTo(method: string, path: string, route: (() => Promise<Answer>) | undefined, log: Logger): Promise<Answer> {
  if (!route) return problem(new Problem(404, 'not_found', 'This process serves /health, /ready and /metrics; the page is another one.'))
  if (method !== 'GET' && method !== 'HEAD')
    return problem(new Problem(405, 'method_not_allowed', `${path} takes GET and HEAD, not ${method}.`))
  try {
    return await route()
  } catch (err) {
    log.error({ err }, 'request not handled')
    return problem(new Problem(500, 'internal', 'Something went wrong on our side. Please try again in a moment.'))
  }
}

function json(status: number, body: unknown): Answer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(body) }
}

function problem(cause: Problem): Answer {
  return { status: cause.status, type: problemType, body: JSON.stringify(cause.document()) }
}

async function listen(server: Server, host: string, wanted: number): Promise<void> {
  const last = wanted === 0 ? 0 : Math.min(wanted + neighbours, 65_535)
  for (let port = wanted; ; port += 1) {
    try {
      server.listen(port, host)
      await once(server, 'listening')
      return
    } catch (cause) {
      if (!isTaken(cause) || port >= last) throw notListening(cause, host, wanted)
    }
  }
}
