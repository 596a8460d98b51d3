import { DelayedError, type Job } from 'bullmq'
import type { JobMeter, Messenger } from '#core/ports.ts'
import type { JobWorker, QueueBackend } from './backend.ts'
import { finish } from './finish.ts'
import { type RemindParts, remind } from './handlers/remind.ts'
import { createPace } from './pace.ts'
import { RemindJob, remindQueue, settings } from './queues.ts'
import { type SweepingParts, startSweeping } from './sweeping.ts'
import { defaultTiming } from './timing.ts'

export interface WorkParts extends Omit<RemindParts, 'messenger' | 'timing' | 'pace'>, SweepingParts {
  readonly backend: QueueBackend
  /** The platforms that this process can send to: it works on their queues and no others. */
  readonly messengers: readonly Messenger[]
  readonly meter: JobMeter
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
