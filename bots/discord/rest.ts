import { setTimeout as sleep } from 'node:timers/promises'
import { DiscordAPIError, HTTPError, RateLimitError, REST, type RouteLike } from '@discordjs/rest'
import type { ZodType } from 'zod'
import { direct } from '#core/circuit.ts'
import { BotError } from '#core/errors.ts'
import type { BotMeter, Circuit } from '#core/ports.ts'

/** Where operators set up the bot. */
export const portal = 'https://discord.com/developers/applications'

/** Where Discord is, and who we are there. */
export interface DiscordAccess {
  readonly token: string
  /** REST base without the version; Discord's own when absent. */
  readonly apiUrl?: string | undefined
  /** How long one call may take, in milliseconds; 10 s when absent. */
  readonly timeoutMs?: number
  readonly circuit?: Circuit
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

interface Ask<Result> {
  readonly body?: unknown
  readonly query?: URLSearchParams
  /** False for calls that carry their own token in the path. */
  readonly auth?: boolean
  /** What we use of the answer. */
  readonly result?: ZodType<Result>
}

/** Discord's REST API. Only reading is tried again here: of the rest, the caller knows whether it may double something. */
export interface DiscordRest extends Disposable {
  /** Throws `BotError`. */
  ask<Result = unknown>(method: Method, route: RouteLike, ask?: Ask<Result>): Promise<Result>
}

const defaultTimeoutMs = 10_000
/** The library keeps a queue for each channel: those that are at rest are dropped this often, in milliseconds, not hourly. */
const sweepEveryMs = 5 * 60_000
/** Pauses between tries of reading: a kept connection may be closed at the moment it is used again. */
const readingPausesMs = [100, 400]

/**
 * `patienceMs` is how long a call waits for a rate limit to pass; a longer wait is thrown as
 * `rate_limited`.
 */
export function createRest(
  { token, apiUrl, timeoutMs = defaultTimeoutMs, circuit = direct }: DiscordAccess,
  { meter, patienceMs }: { readonly meter: Pick<BotMeter, 'rateLimited'>; readonly patienceMs: number },
): DiscordRest {
  const rest = new REST({
    version: '10',
    retries: 0,
    timeout: timeoutMs,
    handlerSweepInterval: sweepEveryMs,
    rejectOnRateLimit: ({ retryAfter }) => {
      meter.rateLimited('discord')
      return retryAfter > patienceMs
    },
    ...(apiUrl !== undefined && { api: apiUrl.replace(/\/$/, '') }),
  }).setToken(token)

  async function attempt<Result>(method: Method, fullRoute: RouteLike, { body, query, auth = true, result }: Ask<Result>): Promise<Result> {
    try {
      const answer = await rest.request({
        method: method as Parameters<typeof rest.request>[0]['method'],
        fullRoute,
        auth,
        ...(body !== undefined && { body }),
        ...(query && { query }),
      })
      // Without a schema nothing of the answer is used.
      return result ? result.parse(answer) : (answer as never)
    } catch (error) {
      // The library forgets the token after a 401; asked again, the answer should be the same.
      rest.setToken(token)
      throw asBotError(error, `${method} ${hideTokens(fullRoute)}`)
    }
  }

  return {
    async ask(method, fullRoute, ask = {}) {
      for (const pause of method === 'GET' ? readingPausesMs : []) {
        try {
          return await circuit.run(() => attempt(method, fullRoute, ask))
        } catch (error) {
          if (!(error instanceof BotError) || error.code !== 'unreachable') throw error
          await sleep(pause)
        }
      }
      return circuit.run(() => attempt(method, fullRoute, ask))
    },
    [Symbol.dispose]() {
      rest.clearHashSweeper()
      rest.clearHandlerSweeper()
    },
  }
}

/** Says what to do next about an error of Discord's REST API. */
function asBotError(cause: unknown, doing: string): BotError {
  if (cause instanceof BotError) return cause
  if (cause instanceof RateLimitError)
    return new BotError('rate_limited', `${doing}: rate limited (${cause.scope})`, { cause, retryAfter: Math.max(1, cause.retryAfter) })
  if (cause instanceof DiscordAPIError) {
    // 50027 is the token of an interaction, which is not ours to mend.
    if (cause.status === 401 && cause.code !== 50027) return new BotError('unauthorized', `${doing}: Discord refused the token`, { cause })
    const reason = String(cause.code || cause.status)
    return new BotError('rejected', `${doing}: ${cause.message} (${reason})`, { cause, reason })
  }
  if (cause instanceof HTTPError) return new BotError('unreachable', `${doing}: Discord answered ${cause.status}`, { cause })
  return new BotError('unreachable', `${doing}: no answer from Discord`, { cause })
}

/** Paths of interactions carry their token; it does not belong in a message. */
function hideTokens(route: string): string {
  return route.replace(/^(\/(?:interactions|webhooks)\/\d+\/)[^/?]+/, '$1…')
}
