import {
  LogLevel,
  type Logger as SlackLogger,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
} from '@slack/web-api'
import type { Logger } from 'pino'
import { BotError } from '#core/errors.ts'
import type { BotMeter, Circuit } from '#core/ports.ts'
import { overHttp } from './transport.ts'

/** How long one call to Slack may take, in milliseconds. The SDK's own default is for ever. */
export const callTimeoutMs = 10_000

export interface ApiOptions {
  readonly token: string
  /** Base URL of the Web API; Slack's own when undefined. */
  readonly apiUrl?: string | undefined
  readonly log?: Logger
  readonly timeoutMs?: number
}

/**
 * The SDK's settings for everything we do with Slack, new for each client: the SDK writes into them.
 *
 * The SDK never tries again by itself, since a post that timed out may have been accepted.
 */
export function clientOptions({ apiUrl, log, timeoutMs = callTimeoutMs }: Omit<ApiOptions, 'token'>) {
  return {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    fetch: overHttp,
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: sdkLogger(log),
  }
}

export function createClient(options: ApiOptions): WebClient {
  return new WebClient(options.token, clientOptions(options))
}

/** What calls to Slack are made with. */
export interface Api {
  readonly client: WebClient
  readonly meter: Pick<BotMeter, 'rateLimited'>
  readonly circuit: Circuit
}

/** One call, its failure told as ours, and a rate limit counted. Throws `BotError`. */
export async function attempt<Result>(
  { client, meter, circuit }: Api,
  doing: string,
  call: (client: WebClient) => Promise<Result>,
): Promise<Result> {
  try {
    return await circuit.run(async () => {
      try {
        return await call(client)
      } catch (cause) {
        throw toBotError(cause, doing)
      }
    })
  } catch (error) {
    if (error instanceof BotError && error.code === 'rate_limited') meter.rateLimited('slack')
    throw error
  }
}

/** Slack's answers that say the token is at fault. */
const tokenErrors: ReadonlySet<string> = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
  'no_permission',
  'org_login_required',
  'ekm_access_denied',
  'two_factor_setup_required',
  'team_access_not_granted',
])

/** Slack's answers after which the call may or may not have happened. */
const uncertainErrors: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
])

/** The SDK's failures as ours; `doing` says what was tried: "posting to C1". */
export function toBotError(cause: unknown, doing: string): BotError {
  if (cause instanceof BotError) return cause
  if (cause instanceof WebAPIRateLimitedError) {
    return new BotError('rate_limited', `${doing}: Slack asks to wait ${cause.retryAfter} s`, {
      cause,
      retryAfter: cause.retryAfter * 1_000,
    })
  }
  if (cause instanceof WebAPIPlatformError) return fromPlatform(cause, doing)
  if (cause instanceof WebAPIHTTPError) return new BotError('unreachable', `${doing}: Slack answered HTTP ${cause.statusCode}`, { cause })
  // A 429 without Retry-After is a plain Error in the SDK.
  if (cause instanceof Error && cause.message.startsWith('Retry header')) {
    return new BotError('rate_limited', `${doing}: Slack asks to wait`, { cause, retryAfter: 30_000 })
  }
  return new BotError('unreachable', `${doing}: no answer from Slack`, { cause })
}

function fromPlatform(cause: WebAPIPlatformError, doing: string): BotError {
  // Anything may stand where the code should be, when it was not Slack that answered.
  const reason = /^[a-z_]{2,64}$/.test(cause.data.error) ? cause.data.error : 'not Slack'
  if (reason === 'ratelimited' || reason === 'rate_limited') {
    return new BotError('rate_limited', `${doing}: Slack asks to wait`, { cause, reason, retryAfter: 30_000 })
  }
  if (tokenErrors.has(reason)) return new BotError('unauthorized', `${doing}: ${reason}${scopeHint(cause)}`, { cause, reason })
  if (reason === 'not Slack' || uncertainErrors.has(reason)) return new BotError('unreachable', `${doing}: ${reason}`, { cause, reason })
  const detail = cause.data.response_metadata?.messages?.join('; ').slice(0, 300)
  return new BotError('rejected', `${doing}: ${reason}${detail ? ` (${detail})` : ''}`, { cause, reason })
}

function scopeHint(cause: WebAPIPlatformError): string {
  return 'needed' in cause.data && typeof cause.data.needed === 'string' ? ` (needs ${cause.data.needed})` : ''
}

/** The SDK's own notes carry message texts below `warn`, so they stay out of the log. */
function sdkLogger(log: Logger | undefined): SlackLogger {
  const note = (level: 'debug' | 'warn') => (message: unknown) => log?.[level]({ sdk: 'slack' }, String(message).slice(0, 500))
  const silent = () => undefined
  return {
    debug: silent,
    info: silent,
    warn: note('debug'),
    error: note('warn'),
    setLevel: silent,
    getLevel: () => LogLevel.WARN,
    setName: silent,
  }
}
