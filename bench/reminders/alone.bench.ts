import type { Benchmark } from '../harness/benchmark.ts'
import { rateOn } from './rate.ts'

/** The same without any company: each reminder is a message in a place of its own. */
export const benchmark: Benchmark = {
  what: 'reminders delivered from queues in Redis, each in a place of its own',
  unit: '/s',
  better: 'more',
  quick: false,
  aims: [{ figure: 'ratio', atLeast: 0.5 }],
  prepare: () => rateOn('redis', { jobs: 10_000, places: 10_000 }),
}
