import { GatewayCloseCodes, type IShardingStrategy, SimpleShardingStrategy, type WebSocketOptions } from 'discord.js'
import type { Logger } from 'pino'

/** The manager of `@discordjs/ws`, which discord.js wraps in a class of the same name. */
type SocketManager = Parameters<NonNullable<WebSocketOptions['buildStrategy']>>[0]

/** How long a peer may take to answer our close. */
const closePatienceMs = 2_000

/** Closes after which Discord takes no further try until the operator has changed something. */
export function isFinal(code: number): boolean {
  return (
    code === GatewayCloseCodes.AuthenticationFailed ||
    (code >= GatewayCloseCodes.InvalidShard && code <= GatewayCloseCodes.DisallowedIntents)
  )
}

/**
 * Shards as discord.js runs them by itself, but for three things.
 *
 * Its listeners parse every dispatch, and one that they cannot read would throw into the socket and end the
 * process: here that is logged. And where it gives up on a first connection that failed, the shard goes on
 * trying unseen, next to whatever is tried instead: here it is waited for. And a peer that is gone answers
 * no close: here it is not waited for longer than two seconds.
 */
export function createShards(manager: SocketManager, log: Logger): IShardingStrategy {
  const emit = manager.emit.bind(manager)
  manager.emit = ((...event: Parameters<typeof emit>) => {
    try {
      return emit(...event)
    } catch (err) {
      log.error({ err, platform: 'discord' }, 'discord event that cannot be read passed over')
      return true
    }
  }) as typeof manager.emit
  const shards = new SimpleShardingStrategy(manager)
  let ids: readonly number[] = []

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
      return shards.spawn(all)
    },
    async connect() {
      const ready = everyShardReady()
      await shards.connect().catch(() => ready)
    },
    async destroy(options) {
      const sockets = socketsOf(shards)
      const late = setTimeout(() => {
        for (const socket of sockets) socket.terminate()
      }, closePatienceMs)
      await shards.destroy(options)
      clearTimeout(late)
    },
    send: (id, payload) => shards.send(id, payload),
    fetchStatus: () => shards.fetchStatus(),
  }
}

interface Socket {
  terminate(): void
}

/** The library keeps its sockets to itself, and has no way to give up on one. */
function socketsOf(strategy: SimpleShardingStrategy): readonly Socket[] {
  const shards: unknown = Reflect.get(strategy, 'shards')
  if (!(shards instanceof Map)) return []
  return [...shards.values()].map((shard: object): unknown => Reflect.get(shard, 'connection')).filter(isSocket)
}

function isSocket(thing: unknown): thing is Socket {
  return typeof thing === 'object' && thing !== null && 'terminate' in thing && typeof thing.terminate === 'function'
}
