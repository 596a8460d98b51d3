import type { Platform } from '#core/message.ts'
import type { Clock } from '#core/ports.ts'
import { within } from '#core/within.ts'
import type { QueueBackend } from '#jobs/backend.ts'
import { measure } from '#jobs/measure.ts'
import { remindQueue } from '#jobs/queues.ts'
import type { Database } from '#store/client.ts'
import { overdue } from '#store/overdue.ts'
import type { Metrics } from '#telemetry/metrics.ts'
import type { Checks } from '#web/ports.ts'

/** What of the checks is a thing that we stand on; connections to platforms have a metric of their own. */
const dependencies = ['postgres', 'redis', 'queues'] as const

/** How long one look may take, in milliseconds. */
const patience = 1_500

/**
 * What only a look can tell, taken whenever the metrics are read: by every process, so that it is seen even
 * when those that should do the work are the ones that are dead.
 */
export function watchStanding(parts: {
  readonly database: Database
  readonly backend: QueueBackend
  readonly platforms: readonly Platform[]
  readonly checks: Checks
  readonly metrics: Metrics
  readonly clock: Clock
}): () => Promise<void> {
  const { database, backend, platforms, checks, metrics, clock } = parts
  const queues = platforms.map(remindQueue)

  async function lookAtReminders(): Promise<void> {
    metrics.overdue(await overdue(database, clock.now()))
  }

  async function lookAtQueues(): Promise<void> {
    await measure(backend, queues, metrics, clock.now())
  }

  return async () => {
    const found = await checks()
    for (const name of dependencies) if (found[name]) metrics.dependency(name, found[name].ok)
    await Promise.all([
      found.postgres?.ok && (await inTime(lookAtReminders)) ? undefined : metrics.overdue(undefined),
      found.queues?.ok && (await inTime(lookAtQueues)) ? undefined : metrics.queuesUnknown(),
    ])
  }
}

async function inTime(look: () => Promise<void>): Promise<boolean> {
  return within(patience, look()).catch(() => false)
}
