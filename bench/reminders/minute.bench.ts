import { startRedis } from '../../test/support/redis.ts'
import { needs } from '../../test/support/require.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { type Minute, tellMinute } from './minute.ts'

const minute: Minute = { reminders: 10_000, places: 200, within: 60_000 }

/** A whole team's nine o'clock: how late each reminder is on a platform that takes messages as fast as they come. */
export const benchmark: Benchmark = {
  what: 'lateness of 10,000 reminders of a minute',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [{ figure: 'p99', under: 1_000 }],
  async prepare() {
    const program = needs('redis')
    const redis = program === undefined ? undefined : await startRedis(program)
    return {
      kind: 'reported',
      ours: () => tellMinute({ ...minute, redisUrl: redis?.url }),
      peers: { 'queues in Postgres': () => tellMinute(minute) },
      rounds: 1,
      [Symbol.asyncDispose]: async () => redis?.[Symbol.asyncDispose](),
    }
  },
}
