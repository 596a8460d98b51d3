import { horizon } from '#core/horizon.ts'
import type { Clock, Deliveries, Scheduler } from '#core/ports.ts'

export interface SweepParts {
  readonly deliveries: Deliveries
  readonly scheduler: Scheduler
  readonly clock: Clock
  /** Carries out what processes that died had decided on. */
  leftovers(): Promise<void>
  /** Forgets what has served its purpose. */
  forget(): Promise<void>
  /** Keeps the calendar right where nobody looks: a bounded piece of it. */
  keepCalendar(): Promise<void>
}

/** As many at a time; what is left comes with the next sweep, soonest first. */
const most = 20_000

/**
 * Queues what has come within the horizon and whatever is overdue, from the table that is the truth. The
 * queue may have been lost, or never been reached: this makes it whole again.
 */
export async function sweep({ deliveries, scheduler, clock, leftovers, forget, keepCalendar }: SweepParts): Promise<void> {
  const due = await deliveries.dueBefore(clock.now().add(horizon), most)
  if (due.length > 0) await scheduler.schedule(due)
  await leftovers()
  await forget()
  await keepCalendar()
}
