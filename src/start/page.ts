import type { Messenger } from '#core/ports.ts'
import type { QueueBackend } from '#jobs/backend.ts'
import { queuesFor } from '#jobs/queues.ts'
import { createTokens } from '#store/tokens.ts'
import { authenticated, createLogin } from '#web/authenticate.ts'
import type { Board } from '#web/ports.ts'
import type { WebOptions } from '#web/server.ts'
import { createAdmin } from '../admin.ts'
import { createBatching } from '../batch/batching.ts'
import { createExchange } from '../exchange.ts'
import { createReads } from '../reads.ts'
import type { Parts } from './parts.ts'

export interface Served {
  /** Where health and metrics are; and the page and the API, when this process serves them. */
  readonly url: string
  readonly servesPage: boolean
}

export async function boardOf(backend: QueueBackend, messengers: readonly Messenger[]): Promise<Board> {
  const { createBoard } = await import('#jobs/board.ts')
  return createBoard(backend, queuesFor(messengers.map(({ platform }) => platform)), '/admin/queues')
}

/** The page is a chat platform (bots/web) and a server for it (src/web); they meet here. */
export async function startPage(
  {
    database,
    config,
    clock,
    log,
    stores,
    store,
    broadcast,
    metrics,
    deliver,
    actions,
    checks,
    understand,
    keeper,
    planner,
    sessions,
    board,
  }: Parts & Pick<WebOptions, 'checks' | 'understand' | 'keeper' | 'planner'> & { readonly board: Board },
  stack: AsyncDisposableStack,
): Promise<Served> {
  const { createWebBot } = await import('#bots/web/index.ts')
  const { startWeb } = await import('#web/server.ts')
  const bot = createWebBot({ transcripts: stores.transcripts, broadcast, clock })
  stack.use(await bot.start(deliver))
  const { host, port, publicUrl } = config.http
  const tokens = createTokens(database, { clock })
  const { url } = stack.use(
    await startWeb({
      host,
      port,
      ...(publicUrl === undefined ? {} : { publicUrl }),
      chat: bot.chat,
      understand,
      reads: createReads(stores.store),
      keeper,
      exchange: createExchange({ ...stores, clock, actions }),
      planner,
      batching: createBatching({ store, clock }),
      transcripts: stores.transcripts,
      broadcast,
      authenticate: authenticated({ host, publicUrl, tokens, links: stores.pageLinks, sessions, clock }),
      login: createLogin({ tokens, links: stores.pageLinks, sessions, clock }),
      admin: createAdmin(stores.deadLetters),
      board,
      checks,
      metrics,
      limits: config.limits,
      clock,
      log,
    }),
  )
  return { url, servesPage: true }
}

/** A process without the page is watched all the same. */
export async function startStanding(
  { config, metrics, checks, log }: Parts & Pick<WebOptions, 'checks'>,
  stack: AsyncDisposableStack,
): Promise<Served> {
  const { startWatchpost } = await import('#web/watchpost.ts')
  const { host, port } = config.http
  const { url } = stack.use(await startWatchpost({ host, port, checks, metrics, log }))
  return { url, servesPage: false }
}
