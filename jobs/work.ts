import { DelayedError, type Job } from 'bullmq'
import type { Logger } from 'pino'
import { BotError } from '#core/errors.ts'
import type { Broadcast, Exclusive, JobMeter, Messenger } from '#core/ports.ts'
import { resync } from '#core/resync.ts'
import { within } from '#core/within.ts'
import type { JobWorker, QueueBackend } from './backend.ts'
import { finish, patience } from './finish.ts'
import { type RemindParts, remind } from './handlers/remind.ts'
import { type SweepParts, sweep } from './handlers/sweep.ts'
import { createPace } from './pace.ts'
import { RemindJob, remindQueue, settings } from './queues.ts'
import { defaultTiming, type Timing } from './timing.ts'

export interface WorkParts extends Omit<RemindParts, 'messenger' | 'timing' | 'pace'>, SweepParts {
  readonly backend: QueueBackend
  /** The platforms that this process can send to: it works on their queues and no others. */
  readonly messengers: readonly Messenger[]
  readonly exclusive: Exclusive
  /** Says when something may have been missed; the sweep then does not wait for its time. */
  readonly broadcast: Broadcast
  readonly meter: JobMeter
  readonly log: Logger
  readonly timing?: Timing
  /** How many reminders of a platform are told at once. */
  readonly concurrency?: number
}

/** Starts the workers and the sweep. Disposing takes no new jobs and waits for those at work. */
export function startWork(parts: WorkParts): AsyncDisposable {
  const workers = parts.messengers.map((messenger) => startReminding(messenger, parts))
  const sweeping = startSweeping(parts)
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all([sweeping[Symbol.asyncDispose](), ...workers.map(finish)])
    },
  }
}

function startReminding(
  messenger: Messenger,
  { timing = defaultTiming, concurrency = settings.remind.concurrency, ...parts }: WorkParts,
): JobWorker {
  const queue = remindQueue(messenger.platform)
  const pace = createPace(messenger.pauseMs)

  async function process(job: Job, token?: string): Promise<void> {
    const began = performance.now()
    const worked = (outcome: 'done' | 'retried' | 'failed') => parts.meter.worked(queue, outcome, (performance.now() - began) / 1_000)
    try {
      const result = await remind(RemindJob.parse(job.data), { ...parts, messenger, timing, pace })
      if (result.kind === 'later') {
        // A moment that is over here was still to come on the clock that named it: it is not asked for without a pause.
        await job.moveToDelayed(Math.max(result.at.epochMilliseconds, Date.now() + timing.clockPause), token)
        throw new DelayedError()
      }
      if (result.kind === 'stale') parts.meter.delivered(messenger.platform, 'skipped')
      worked('done')
    } catch (err) {
      worked(err instanceof DelayedError || job.attemptsMade + 1 < settings.remind.attempts ? 'retried' : 'failed')
      if (!(err instanceof DelayedError))
        parts.log.warn({ err, queue, jobId: job.id, attempt: job.attemptsMade + 1 }, 'reminder not delivered yet')
      throw err
    }
  }

  return parts.backend.work(queue, process, { concurrency, lockDuration: timing.lock, stalledInterval: timing.stalled })
}

function startSweeping({ exclusive, log, broadcast, timing = defaultTiming, ...parts }: WorkParts): AsyncDisposable {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let running = run()

  async function run(): Promise<void> {
    let pause = timing.sweep
    try {
      await exclusive('sweep', () => sweep(parts))
    } catch (err) {
      log.warn({ err }, 'sweep did not finish')
      // Queues that are left alone are asked again at the next probe: what is overdue waits for them.
      if (err instanceof BotError && err.retryAfter !== undefined) pause = Math.min(pause, err.retryAfter)
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
