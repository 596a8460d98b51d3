import { startRedis } from '../../test/support/redis.ts'
import { needs } from '../../test/support/require.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { tellBesideHot } from './hot.ts'

/** 300 reminders due at once in a channel that takes a message a second: how late those of 200 other channels are meanwhile. */
export const benchmark: Benchmark = {
  what: 'lateness in 200 channels beside one with 300 due',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [{ figure: 'p99', under: 1_000 }],
  async prepare() {
    const program = needs('redis')
    const redis = program === undefined ? undefined : await startRedis(program)
    return {
      kind: 'reported',
      ours: () => tellBesideHot({ hot: 300, others: 200, redisUrl: redis?.url }),
      peers: { 'without the busy one': () => tellBesideHot({ hot: 0, others: 200, redisUrl: redis?.url }) },
      rounds: 2,
      [Symbol.asyncDispose]: async () => redis?.[Symbol.asyncDispose](),
    }
  },
}
