import type { Clock, Pressure } from '#core/ports.ts'
import { within } from '#core/within.ts'
import type { QueueBackend } from './backend.ts'
import { batchQueue, remindQueue, settings } from './queues.ts'

/** How old a count may be, and how long somebody who creates something waits for a new one, in milliseconds. */
const freshFor = 2_000
const patience = 250

/** Tells when a queue holds more than its bound. A queue that cannot be asked is not full: what is created then waits in Postgres. */
export function createPressure(
  backend: QueueBackend,
  { clock, bounds = { remind: settings.remind.most, batch: settings.batch.most } }: PressureOptions,
): Pressure {
  const counted = new Map<string, { readonly at: number; readonly count: number }>()

  async function count(name: string): Promise<void> {
    const counts = await backend.queue(name).getJobCounts('waiting', 'active', 'delayed')
    const sum = Object.values(counts).reduce((total, one) => total + one, 0)
    counted.set(name, { at: clock.now().epochMilliseconds, count: sum })
  }

  return {
    async isFull(what) {
      const [name, bound] = what === 'batch' ? [batchQueue, bounds.batch] : [remindQueue(what), bounds.remind]
      const known = counted.get(name)
      const isFresh = known && clock.now().epochMilliseconds - known.at < freshFor
      if (!isFresh) await within(patience, count(name)).catch(() => counted.delete(name))
      return (counted.get(name)?.count ?? 0) >= bound
    },
  }
}

export interface PressureOptions {
  readonly clock: Clock
  readonly bounds?: { readonly remind: number; readonly batch: number }
}
