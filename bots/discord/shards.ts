import { GatewayCloseCodes, type IShardingStrategy, SimpleShardingStrategy, type WebSocketOptions } from 'discord.js'
import type { Logger } from 'pino'
import { isAboutSession, type Packet } from './packet.ts'
import type { Resumption } from './resume.ts'

/** The manager of `@discordjs/ws`, which discord.js wraps in a class of the same name. */
type SocketManager = Parameters<NonNullable<WebSocketOptions['buildStrategy']>>[0]

/** How long a peer may take to answer our close, in milliseconds. `ws` says 30 s, and discord.js has no option for it. */
const closePatienceMs = 2_000

/** After a close with this code, which is the library's own, Discord keeps the session for whoever resumes it. */
const untilLater = 4200

/** Closes after which Discord takes no further try until the operator has changed something. */
export function isFinal(code: number): boolean {
  return (
    code === GatewayCloseCodes.AuthenticationFailed ||
    (code >= GatewayCloseCodes.InvalidShard && code <= GatewayCloseCodes.DisallowedIntents)
  )
}

/**
 * Shards as discord.js runs them by itself, but for what it does not bear.
 *
 * - It parses every dispatch, and one that it cannot read ends the process: here it gets only those about
 *   sessions, and we read the rest as they came.
 * - When a first connection fails, it gives up, while the shard goes on trying unseen, next to whatever is
 *   tried instead: here the shard is waited for.
 * - When it is ended, a shard that was between two tries goes on: here it does not.
 * - A peer that is gone is waited for half a minute, at the end as before a new try: here two seconds.
 * - Sessions end with it: here they are left to the next process, as far as `resumption` keeps them.
 */
export function createShards(
  manager: SocketManager,
  {
    hear,
    resumption,
    log,
  }: { readonly hear: (packet: Packet, shard: number) => void; readonly resumption: Resumption; readonly log: Logger },
): IShardingStrategy {
  const emit = manager.emit.bind(manager)
  manager.emit = ((...event: Parameters<typeof emit>) => {
    try {
      const [name, payload] = event as unknown as readonly [string, { readonly data: Packet; readonly shardId: number }]
      if (name === 'hello') for (const socket of socketsOf(shards)) Reflect.set(socket, '_closeTimeout', closePatienceMs)
      if (name !== 'dispatch') return emit(...event)
      hear(payload.data, payload.shardId)
      return isAboutSession(payload.data) && emit(...event)
    } catch (err) {
      log.error({ err, platform: 'discord' }, 'discord event that cannot be read passed over')
      return true
    }
  }) as typeof manager.emit
  const shards = new SimpleShardingStrategy(manager)
  let ids: readonly number[] = []
  let isOver = false
  // Asked for before every try. A shard that nobody wants any more waits here for ever, and is forgotten.
  const { retrieveSessionInfo, updateSessionInfo } = manager.options
  manager.options.retrieveSessionInfo = (id) => (isOver ? new Promise(() => {}) : retrieveSessionInfo(id))
  manager.options.updateSessionInfo = (id, info) => {
    // Whoever is ended says so of every session, those that are left to others as well.
    if (isOver) return
    if (info === null) resumption.ended(id)
    return updateSessionInfo(id, info)
  }

  /** What an earlier process has left is as if it had been ours. */
  async function goOn(): Promise<void> {
    const shardCount = await manager.getShardCount()
    const left = await resumption.begin({ intents: manager.options.intents, shards: shardCount }, (shard) => updateSessionInfo(shard, null))
    for (const { shard: shardId, id: sessionId, resumeUrl: resumeURL, sequence } of left)
      await updateSessionInfo(shardId, { shardId, sessionId, resumeURL, sequence, shardCount })
  }

  /** Resolves when every shard was ready once. Rejects when Discord has closed one for good. */
  function everyShardReady(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waitedFor = new Set(ids)
    manager.on('ready', ({ shardId }: { readonly shardId: number }) => {
      waitedFor.delete(shardId)
      if (waitedFor.size === 0) resolve()
    })
    manager.on('closed', ({ code }: { readonly code: number }) => {
      if (isFinal(code)) reject(new Error(`the gateway closed with ${code}`))
    })
    promise.catch(() => {})
    return promise
  }

  return {
    spawn(all) {
      ids = all
      isOver = false
      return shards.spawn(all)
    },
    async connect() {
      await goOn()
      const ready = everyShardReady()
      await shards.connect().catch(() => ready)
    },
    async destroy(options) {
      isOver = true
      const sockets = socketsOf(shards)
      for (const socket of sockets) socket.on('error', () => {})
      await shards.destroy(resumption.outlives ? { ...options, code: untilLater } : options)
      // Those that were still connecting go on otherwise.
      for (const socket of sockets) socket.terminate()
    },
    send: (id, payload) => shards.send(id, payload),
    fetchStatus: () => shards.fetchStatus(),
  }
}

interface Socket {
  on(event: 'error', listen: () => void): void
  terminate(): void
}

/** The library keeps its sockets to itself. */
function socketsOf(strategy: SimpleShardingStrategy): readonly Socket[] {
  const shards: unknown = Reflect.get(strategy, 'shards')
  if (!(shards instanceof Map)) return []
  return [...shards.values()].map((shard: object): unknown => Reflect.get(shard, 'connection')).filter(isSocket)
}

function isSocket(thing: unknown): thing is Socket {
  return typeof thing === 'object' && thing !== null && 'terminate' in thing && 'on' in thing
}
