import type { Benchmark } from '../harness/benchmark.ts'
import { rateOn } from './rate.ts'

/** Queues in Postgres: a flood of 10,000 reminders in 200 places, queued and due: what is due together in a place shares a message. */
export const benchmark: Benchmark = {
  what: 'reminders delivered from queues in Postgres, 50 a place',
  unit: '/s',
  better: 'more',
  quick: false,
  aims: [{ figure: 'ratio', atLeast: 0.5 }],
  prepare: () => rateOn('postgres', { jobs: 10_000, places: 200 }),
}
