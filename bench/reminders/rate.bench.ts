import type { Benchmark } from '../harness/benchmark.ts'
import { rateOn } from './rate.ts'

/** A flood of 10,000 reminders in 200 places, queued and due: what is due together in a place shares a message. */
export const benchmark: Benchmark = {
  what: 'reminders delivered from queues in Redis, 50 a place',
  unit: '/s',
  better: 'more',
  quick: false,
  aims: [{ figure: 'ratio', atLeast: 0.5 }],
  prepare: () => rateOn('redis', { jobs: 10_000, places: 200 }),
}
