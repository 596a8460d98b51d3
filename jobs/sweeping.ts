import type { Logger } from 'pino'
import { BotError } from '#core/errors.ts'
import type { Broadcast, Exclusive } from '#core/ports.ts'
import { resync } from '#core/resync.ts'
import { within } from '#core/within.ts'
import { patience } from './finish.ts'
import { type SweepParts, sweep } from './handlers/sweep.ts'
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
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let failures = 0
  let running = run()

  async function run(): Promise<void> {
    let pause = timing.sweep
    try {
      await exclusive('sweep', () => sweep(parts))
      failures = 0
    } catch (err) {
      log.warn({ err }, 'sweep did not finish')
      // What is overdue waits for it: it is tried again soon, or at the next probe of queues that are left alone.
      const asked = err instanceof BotError ? err.retryAfter : undefined
      pause = Math.min(pause, asked ?? timing.retry * 2 ** failures)
      failures += 1
    }
    if (!stopped) timer = setTimeout(runAgain, pause)
  }

  function runAgain(): void {
    clearTimeout(timer)
    running = running.then(run)
  }

  const subscription = broadcast.subscribe(resync, runAgain)
  return {
    async [Symbol.asyncDispose]() {
      stopped = true
      subscription[Symbol.dispose]()
      clearTimeout(timer)
      await within(patience, running)
    },
  }
}
