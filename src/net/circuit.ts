import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, DelegateBackoff, handleWhen } from 'cockatiel'
import { BotError } from '#core/errors.ts'
import type { Circuit, CircuitStanding } from '#core/ports.ts'

export interface CircuitOptions {
  /** What the calls go to, as its refusals name it: "Slack". */
  readonly name: string
  /** Half open is said as soon as the next call would be tried, whether or not somebody calls. */
  observe(state: CircuitStanding): void
  /** Whether a failure says that the other side is down, rather than that it does not want this. */
  isFailure?(cause: unknown): boolean
  readonly timing?: CircuitTiming
}

export interface CircuitTiming {
  /** So many failures in a row open it. */
  readonly failures: number
  /** From opening to the first probe, and the longest from one probe to the next, in milliseconds. */
  readonly firstRest: number
  readonly longestRest: number
}

/** What waits for a probe is late by so much after the other side is back, so the longest rest is short. */
const usual: CircuitTiming = { failures: 5, firstRest: 1_000, longestRest: 5_000 }

/**
 * Leaves alone whoever fails again and again: calls are refused at once instead of waiting for another timeout.
 * From time to time one call is let through, the others wait for what becomes of it, and it opens the way again.
 */
export function createCircuit({ name, observe, isFailure = isUnreachable, timing = usual }: CircuitOptions): Circuit {
  let probeAt = 0
  const rest = new DelegateBackoff<unknown, number>((_, before) => {
    const delay = before === undefined ? timing.firstRest : Math.min(before * 2, timing.longestRest)
    probeAt = Date.now() + delay
    return { delay, state: delay }
  })
  const breaker = circuitBreaker(handleWhen(isFailure), { halfOpenAfter: rest, breaker: new ConsecutiveBreaker(timing.failures) })
  let standing: CircuitStanding | undefined
  let rested: NodeJS.Timeout | undefined
  function stands(now: CircuitStanding): void {
    clearTimeout(rested)
    if (now === 'open') rested = setTimeout(stands, probeAt - Date.now(), 'half-open').unref()
    if (now !== standing) observe(now)
    standing = now
  }
  breaker.onStateChange((state) => stands(standings[state]))
  stands('closed')

  return {
    async run(call) {
      try {
        return await breaker.execute(call)
      } catch (cause) {
        if (!(cause instanceof BrokenCircuitError)) throw cause
        throw new BotError('resting', `${name} has failed too often and is left alone for a moment`, {
          cause,
          retryAfter: Math.max(1, probeAt - Date.now()),
        })
      }
    },
  }
}

const standings: Readonly<Record<CircuitState, CircuitStanding>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
}

function isUnreachable(cause: unknown): boolean {
  return cause instanceof BotError && cause.code === 'unreachable'
}
