import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import type { Logger } from 'pino'
import type { Broadcast, Clock, Transcripts } from '#core/ports.ts'
import { signIn } from './accounts.ts'
import { answerFailures, frameworkErrors } from './answers.ts'
import { loadPage } from './assets.ts'
import { createGuard } from './guard.ts'
import type { Keeper } from './keeping.ts'
import { addressOf, notListening } from './listening.ts'
import type { Planner } from './planning.ts'
import type { Admin, Authenticate, Batching, Board, Chat, Checks, Exchange, Login, Reads, WebLimits, WebMeter } from './ports.ts'
import { adminRoutes } from './routes/admin.ts'
import { batchRoutes } from './routes/batch.ts'
import { calendarRoutes } from './routes/calendar.ts'
import { commandRoutes, type Understand } from './routes/commands.ts'
import { descriptionRoutes } from './routes/description.ts'
import { exchangeRoutes } from './routes/exchange.ts'
import { dataRoutes, feedRoutes, fileRoutes } from './routes/feed.ts'
import { type Exposition, healthRoutes } from './routes/health.ts'
import { keptRoutes } from './routes/kept.ts'
import { loginRoutes } from './routes/login.ts'
import { pageRoutes } from './routes/page.ts'
import { settingsRoutes } from './routes/settings.ts'
import { socketRoutes } from './routes/socket.ts'
import { transcriptRoutes } from './routes/transcript.ts'
import { secure } from './secure.ts'
import { openSockets } from './socket.ts'

export interface WebOptions {
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
  /** Where people find us, when that is not the address we listen on. */
  readonly publicUrl?: string
  /** The page's chat (bots/web), started with the engine. */
  readonly chat: Chat
  readonly understand: Understand
  readonly reads: Reads
  readonly keeper: Keeper
  readonly exchange: Exchange
  readonly planner: Planner
  readonly batching: Batching
  readonly transcripts: Transcripts
  readonly broadcast: Broadcast
  readonly authenticate: Authenticate
  readonly login: Login
  readonly admin: Admin
  /** Queues on a page, where there is one. */
  readonly board?: Board
  readonly checks: Checks
  readonly metrics: Exposition & { readonly web: WebMeter }
  readonly limits: WebLimits
  readonly clock: Clock
  readonly log: Logger
  /** Between two pings on a socket, in milliseconds. */
  readonly heartbeat?: number
}

export interface RunningWeb extends AsyncDisposable {
  readonly url: string
  readonly port: number
}

/** How long requests under way may take once we stop, in milliseconds. */
const patience = 2_000

const defaultRate = { perSecond: 20, burst: 60 } as const

/** The page, the API and the socket. Throws `BotError` `misconfigured` when it cannot listen. */
export async function startWeb(options: WebOptions): Promise<RunningWeb> {
  const { host, log, metrics } = options
  const limits = { rate: defaultRate, ...options.limits }
  const app = Fastify({
    logger: false,
    bodyLimit: limits.maxMessageBytes,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    ...frameworkErrors(log),
  })
  let url = options.publicUrl ?? ''
  const guard = createGuard(() => new URL(url))

  secure(app, guard)
  answerFailures(app, log)
  app.addHook('onResponse', async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    metrics.web.requested(method, routeLabel(routeOptions.url), statusCode, elapsedTime / 1_000)
  })
  const page = loadPage()
  app.setValidatorCompiler(validatorCompiler)
  // Answers are typed where they are made: checking them again would only cost time.
  app.setSerializerCompiler(() => JSON.stringify)
  descriptionRoutes(app, page.get('duck.svg')?.body ?? Buffer.alloc(0))
  app.register(async (open) => {
    healthRoutes(open, options)
    pageRoutes(open, page)
    feedRoutes(open, options)
    fileRoutes(open, options)
    loginRoutes(open, { login: options.login, isSecure: () => url.startsWith('https:') })
    dataRoutes(open, options)
    socketRoutes(open)
  })
  app.register(async (closed) => {
    const accounts = signIn(closed, options.authenticate)
    commandRoutes(closed, { ...options, accounts })
    keptRoutes(closed, { ...options, accounts })
    settingsRoutes(closed, { ...options, accounts })
    transcriptRoutes(closed, { ...options, accounts })
    exchangeRoutes(closed, { ...options, accounts })
    calendarRoutes(closed, { ...options, accounts })
    await closed.register(async (admins) => adminRoutes(admins, { accounts, admin: options.admin, board: options.board }))
    batchRoutes(closed, { ...options, accounts })
  })

  await listen(app, options)
  const { port } = app.server.address() as AddressInfo
  url ||= addressOf(host, port)
  const sockets = openSockets(app.server, { ...options, limits, guard, meter: metrics.web, heartbeat: options.heartbeat ?? 30_000 })

  return {
    url,
    port,
    async [Symbol.asyncDispose]() {
      await sockets[Symbol.asyncDispose]()
      // A request that is never sent to its end would keep us for as long as it likes.
      const timer = setTimeout(() => app.server.closeAllConnections(), patience)
      await app.close()
      clearTimeout(timer)
    },
  }
}

/** Few names: the files of the page and of the API's description count as one each. */
function routeLabel(url: string | undefined): string {
  if (url === undefined) return 'unknown'
  return /^\/(?:page|api\/docs|admin\/queues)(?=\/)/.exec(url)?.[0].concat('/*') ?? url
}

async function listen(app: FastifyInstance, { host, port }: WebOptions): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    await app.close()
    throw notListening(cause, host, port)
  }
}
