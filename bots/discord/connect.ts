import { setTimeout as sleep } from 'node:timers/promises'
import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  type IIdentifyThrottler,
  SimpleIdentifyThrottler,
} from 'discord.js'
import type { Logger } from 'pino'
import { BotError } from '#core/errors.ts'
import type { BotMeter } from '#core/ports.ts'
import { contentFix, type Intents } from './intents.ts'
import { isAboutSession, type Packet } from './packet.ts'
import { type DiscordAccess, portal } from './rest.ts'
import type { Resumption } from './resume.ts'
import { createShards, isFinal } from './shards.ts'

export interface ConnectParts extends DiscordAccess {
  readonly intents: Intents
  readonly meter: BotMeter
  readonly log: Logger
  readonly resumption: Resumption
  /**
   * Every dispatch as it arrived; `isReplayed` when it came about while nobody was connected. What is returned resolves
   * when it need not be told again. May throw: then it is logged.
   */
  readonly hear: (packet: Packet, isReplayed: boolean) => Promise<void> | undefined
}

/** How long `start` waits for a gateway that neither answers nor fails. */
const firstTryMs = 20_000
const shortestPauseMs = 1_000
const longestPauseMs = 60_000
/** After a refusal that only the operator can mend. Discord allows 1000 sessions a day. */
const refusedPauseMs = 300_000

/**
 * Stays connected to the gateway until disposed: discord.js resumes by itself, and what it gives up on is
 * tried again here.
 *
 * Resolves when ready, or after the first try failed because Discord cannot be reached. Throws
 * `BotError` `misconfigured` when Discord refuses the token or an intent.
 */
export async function connect(parts: ConnectParts): Promise<AsyncDisposable> {
  const { log, meter } = parts
  const stopping = new AbortController()
  const first = Promise.withResolvers<void>()
  let wasConnected = false
  let hasStarted = false
  first.promise.then(
    () => {
      hasStarted = true
    },
    () => {},
  )

  async function run() {
    for (let failures = 0; !stopping.signal.aborted; failures += 1) {
      const intents = await wanted(parts, stopping.signal)
      const session = openSession(parts, intents, {
        onConnected() {
          meter.connected('discord', true)
          if (wasConnected) meter.reconnected('discord')
          wasConnected = true
          failures = 0
        },
        onSettled: first.resolve,
      })
      const stop = () => void session.close()
      stopping.signal.addEventListener('abort', stop, { once: true })
      const error = await session.over
      stopping.signal.removeEventListener('abort', stop)
      await session.close()
      meter.connected('discord', false)
      if (stopping.signal.aborted) return
      if (error.reason === disallowed && parts.intents.refused()) continue

      if (error.code === 'misconfigured' && !hasStarted) return first.reject(error)
      first.resolve()
      log.error({ err: error, platform: 'discord' }, 'discord connection lost')
      const pause = error.code === 'misconfigured' ? refusedPauseMs : Math.min(longestPauseMs, shortestPauseMs * 2 ** Math.min(failures, 6))
      await sleep(pause * (0.75 + Math.random() / 2), undefined, { signal: stopping.signal, ref: false }).catch(() => {})
    }
  }

  const running = run()
  const late = setTimeout(first.resolve, firstTryMs)
  try {
    await first.promise
  } catch (error) {
    stopping.abort()
    await running
    throw error
  } finally {
    clearTimeout(late)
  }

  return {
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await running
    },
  }
}

/** Discord counts sessions by token, whichever client opens them. */
const throttlers = new Map<string, IIdentifyThrottler>()

function throttlerOf(account: string, maxConcurrency: number): IIdentifyThrottler {
  const throttler = throttlers.get(account) ?? new SimpleIdentifyThrottler(maxConcurrency)
  throttlers.set(account, throttler)
  return throttler
}

const disallowed = String(GatewayCloseCodes.DisallowedIntents)

/** What the gateway may be asked for, or why nobody can say that now. */
async function wanted({ intents }: ConnectParts, stopped: AbortSignal): Promise<number | BotError> {
  const { promise: given, resolve } = Promise.withResolvers<BotError>()
  const give = () => resolve(reasonOf(stopped.reason))
  stopped.addEventListener('abort', give, { once: true })
  try {
    return await Promise.race([intents.wanted(), given])
  } catch (cause) {
    return reasonOf(cause)
  } finally {
    stopped.removeEventListener('abort', give)
  }
}

interface Session {
  /** Resolves with the reason when discord.js has given up. */
  readonly over: Promise<BotError>
  close(): Promise<void>
}

function openSession(
  { token, apiUrl, meter, log, resumption, hear }: ConnectParts,
  intents: number | BotError,
  { onConnected, onSettled }: { readonly onConnected: () => void; readonly onSettled: () => void },
): Session {
  if (intents instanceof BotError) return { over: Promise.resolve(intents), close: async () => {} }
  const over = Promise.withResolvers<BotError>()
  const up = new Set<number>()
  let closed: Promise<void> | undefined
  let lastCode: number | undefined
  let isLoggedIn = false

  const client: Client = new Client({
    intents,
    shards: 'auto',
    rest: { retries: 0, timeout: 10_000, ...(apiUrl !== undefined && { api: apiUrl.replace(/\/$/, '') }) },
    ws: {
      buildStrategy: (manager) => createShards(manager, { hear: heard, resumption, log }),
      buildIdentifyThrottler: async (manager) =>
        throttlerOf(`${apiUrl} ${token}`, (await manager.fetchGatewayInformation()).session_start_limit.max_concurrency),
    },
  })

  function heard(packet: Packet, shard: number): void {
    if (isAboutSession(packet)) {
      up.add(shard)
      if (up.size === client.options.shardCount) onConnected()
    }
    // A session that goes on begins with what it missed, and says afterwards that it does.
    resumption.heard(packet, shard, hear(packet, !up.has(shard)))
  }

  client.on(Events.ShardReconnecting, (shard) => {
    const wasUp = up.delete(shard)
    meter.connected('discord', false)
    // Said once, not at every try that follows.
    if (wasUp && !closed) log.warn({ platform: 'discord', shard }, 'discord connection interrupted')
    onSettled()
  })
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    up.delete(shard)
    meter.connected('discord', false)
    lastCode = code
    // During login the same comes back as a rejection, with more to tell.
    if (isLoggedIn) over.resolve(reasonOf(new Error(`closed with ${code}`), code))
  })
  client.on(Events.ShardError, (err, shard) => log.warn({ err, platform: 'discord', shard }, 'discord connection error'))
  client.on(Events.Error, (err) => log.warn({ err, platform: 'discord' }, 'discord client error'))

  client.login(token).then(
    () => {
      isLoggedIn = true
      onSettled()
    },
    (error: unknown) => over.resolve(reasonOf(error, lastCode)),
  )

  return {
    over: over.promise,
    close() {
      closed ??= (async () => {
        await client.destroy().catch((err: unknown) => log.warn({ err, platform: 'discord' }, 'discord connection not closed cleanly'))
        client.rest.clearHashSweeper()
        client.rest.clearHandlerSweeper()
        over.resolve(new BotError('unreachable', 'the connection to Discord was closed'))
      })()
      return closed
    },
  }
}

/** What a failed login means for the operator. */
function reasonOf(cause: unknown, closeCode?: number): BotError {
  const isWrongToken =
    closeCode === GatewayCloseCodes.AuthenticationFailed ||
    (cause instanceof DiscordjsError && cause.code === DiscordjsErrorCodes.TokenInvalid) ||
    (cause instanceof BotError && cause.code === 'unauthorized')
  if (isWrongToken)
    return new BotError(
      'misconfigured',
      `Discord refused DISCORD_TOKEN: copy the bot's token from ${portal} (Bot, Reset Token) and set it again.`,
      { cause },
    )
  if (closeCode === GatewayCloseCodes.DisallowedIntents)
    return new BotError('misconfigured', `Discord refused to let DuckTape read channels. ${contentFix}`, { cause, reason: disallowed })
  if (closeCode !== undefined && isFinal(closeCode))
    return new BotError('misconfigured', `Discord refused the connection for good (close code ${closeCode}).`, { cause })
  return new BotError('unreachable', 'Discord cannot be reached', { cause })
}
