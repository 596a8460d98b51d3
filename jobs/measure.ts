import { z } from 'zod'
import type { QueueMeter } from '#core/ports.ts'
import type { QueueBackend, Waiting } from './backend.ts'

/** Jobs about an instant say so; trying again moves the time of a job, and not the instant. */
const Due = z.object({ dueAt: z.string().transform((text) => Temporal.Instant.from(text).epochMilliseconds) })

/**
 * Looks at queues: how many jobs there are in each state, and for how long the first of them has been due.
 *
 * A job whose time has come stays "delayed" until a worker takes it, so that one is looked at too: a queue
 * that nobody works on is what this has to show.
 */
export async function measure(backend: QueueBackend, names: readonly string[], meter: QueueMeter, now: Temporal.Instant): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      const queue = backend.queue(name)
      const [counts, waiting, delayed] = await Promise.all([
        queue.getJobCounts('waiting', 'active', 'delayed', 'failed'),
        queue.getWaiting(0, 0),
        queue.getDelayed(0, 0),
      ])
      const ages = [...waiting, ...delayed].map((job) => (now.epochMilliseconds - dueOf(job)) / 1_000)
      meter.queue(name, counts, Math.max(0, ...ages))
    }),
  )
}

function dueOf({ data, timestamp, delay }: Waiting): number {
  return Due.safeParse(data).data?.dueAt ?? timestamp + delay
}
