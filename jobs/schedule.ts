import { BotError } from '#core/errors.ts'
import type { Platform } from '#core/message.ts'
import type { Clock, DueReminder, Scheduler } from '#core/ports.ts'
import type { QueueBackend } from './backend.ts'
import { remindJobId, remindQueue, settings } from './queues.ts'
import { defaultTiming, type Timing } from './timing.ts'

/** As many are added at once: what is told meanwhile waits for these, and for no thousands. */
const atOnce = 200

/**
 * Queues due reminders as delayed jobs. Adding one twice is one job, and a job leaves the queue however it
 * ends, so that the sweep can always bring back what is still due.
 */
export function createScheduler(
  backend: QueueBackend,
  { clock, timing = defaultTiming }: { readonly clock: Clock; readonly timing?: Timing },
): Scheduler {
  return {
    async schedule(due) {
      for (const [platform, reminders] of Map.groupBy(due, (reminder) => reminder.platform)) {
        for (let from = 0; from < reminders.length; from += atOnce) await add(platform, reminders.slice(from, from + atOnce))
      }
    },
  }

  async function add(platform: Platform, due: readonly DueReminder[]): Promise<void> {
    const now = clock.now()
    const { attempts, jitter } = settings.remind
    const backoff = { type: 'exponential', delay: timing.retry, jitter }
    const jobs = due.map(({ reminderId, spaceId, dueAt }) => ({
      name: 'remind',
      data: { reminderId, spaceId, dueAt: dueAt.toString() },
      opts: {
        jobId: remindJobId(reminderId, dueAt),
        delay: Math.max(0, dueAt.epochMilliseconds - now.epochMilliseconds),
        attempts,
        backoff,
        removeOnComplete: true,
        removeOnFail: true,
      },
    }))
    try {
      await backend.queue(remindQueue(platform)).addBulk(jobs)
    } catch (cause) {
      if (cause instanceof BotError) throw cause
      throw new BotError('unreachable', `queueing ${jobs.length} reminders for ${platform}`, { cause })
    }
  }
}
