/**
 * What can go wrong between us and somebody else's server, told apart by what to do next.
 *
 * - `rate_limited`: not accepted; try again after `retryAfter`.
 * - `resting`: not tried, since so many calls before it found nobody; try again after `retryAfter`.
 * - `unreachable`: unknown whether it was accepted (no answer, reset, 5xx); look before trying again.
 * - `rejected`: refused for good; `reason` is the platform's own code (`channel_not_found`, `50007`).
 * - `unauthorized`: the token is wrong, revoked, or lacks a scope.
 * - `busy`: nothing was changed, since more waits already than we take; try again after `retryAfter`.
 * - `conflict`: somebody else changed the same thing first.
 * - `misconfigured`: the operator has to change something; the message names it.
 */
export type ErrorCode = 'rate_limited' | 'resting' | 'unreachable' | 'rejected' | 'unauthorized' | 'busy' | 'conflict' | 'misconfigured'

export class BotError extends Error {
  readonly code: ErrorCode
  /** Milliseconds, with `rate_limited`, `resting` and `busy`. */
  readonly retryAfter: number | undefined
  /** The platform's own code, with `rejected` and `misconfigured`. */
  readonly reason: string | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly retryAfter?: number; readonly reason?: string } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'BotError'
    this.code = code
    this.retryAfter = options.retryAfter
    this.reason = options.reason
  }
}
