import type { Logger } from 'pino'
import { BotError } from '#core/errors.ts'
import type { Broadcast, Exclusive } from '#core/ports.ts'
import { resync } from '#core/resync.ts'
import { type SweepParts, sweep } from './handlers/sweep.ts'
import { repeating } from './repeating.ts'
import { defaultTiming, type Timing } from './timing.ts'

export interface SweepingParts extends SweepParts {
  readonly exclusive: Exclusive
  /** Says when something may have been missed; the sweep then does not wait for its time. */
  readonly broadcast: Broadcast
  readonly log: Logger
  readonly timing?: Timing
}

/** Sweeps now, and again and again, one process at a time. */
export function startSweeping({ exclusive, log, broadcast, timing = defaultTiming, ...parts }: SweepingParts): AsyncDisposable {
  let failures = 0
  let pause = timing.sweep
  const sweeping = repeating(
    () => pause,
    async () => {
      try {
        await exclusive('sweep', () => sweep(parts))
        failures = 0
        pause = timing.sweep
      } catch (err) {
        log.warn({ err }, 'sweep did not finish')
        // What is overdue waits for it: it is tried again soon, or at the next probe of queues that are left alone.
        const asked = err instanceof BotError ? err.retryAfter : undefined
        pause = Math.min(timing.sweep, asked ?? timing.retry * 2 ** failures)
        failures += 1
      }
    },
  )
  const subscription = broadcast.subscribe(resync, sweeping.now)
  return {
    async [Symbol.asyncDispose]() {
      subscription[Symbol.dispose]()
      await sweeping[Symbol.asyncDispose]()
    },
  }
}
