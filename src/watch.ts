import type { Platform } from '#core/message.ts'
import type { Clock, DeadLetters } from '#core/ports.ts'
import { within } from '#core/within.ts'
import type { QueueBackend } from '#jobs/backend.ts'
import { measure } from '#jobs/measure.ts'
import { queuesFor } from '#jobs/queues.ts'
import type { Database } from '#store/client.ts'
import { overdue } from '#store/overdue.ts'
import { waitingWork } from '#store/waiting.ts'
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
  readonly deadLetters: Pick<DeadLetters, 'count'>
  readonly backend: QueueBackend
  readonly platforms: readonly Platform[]
  readonly checks: Checks
  readonly metrics: Metrics
  readonly clock: Clock
}): () => Promise<void> {
  const { database, deadLetters, backend, platforms, checks, metrics, clock } = parts
  const queues = queuesFor(platforms)

  async function lookAtReminders(): Promise<void> {
    metrics.overdue(await overdue(database, clock.now()))
  }

  async function lookAtDeadLetters(): Promise<void> {
    metrics.deadLetters(await deadLetters.count())
  }

  async function lookAtTables(): Promise<void> {
    for (const { queue, jobs, seconds } of await waitingWork(database, clock.now())) metrics.queue(queue, jobs, seconds)
  }

  async function lookAtQueues(): Promise<void> {
    await measure(backend, queues, metrics, clock.now())
  }

  return async () => {
    const found = await checks()
    for (const name of dependencies) if (found[name]) metrics.dependency(name, found[name].ok)
    const { postgres, queues: backendOfQueues } = found
    if (!postgres?.ok || !(await inTime(lookAtReminders))) metrics.overdue(undefined)
    if (!postgres?.ok || !(await inTime(lookAtDeadLetters))) metrics.deadLetters(undefined)
    metrics.queuesUnknown()
    await Promise.all([postgres?.ok ? inTime(lookAtTables) : undefined, backendOfQueues?.ok ? inTime(lookAtQueues) : undefined])
  }
}

async function inTime(look: () => Promise<void>): Promise<boolean> {
  return within(patience, look()).catch(() => false)
}
