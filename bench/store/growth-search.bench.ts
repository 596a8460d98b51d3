import { createEventReads } from '#store/events.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { openGrowth } from './growth.ts'

const now = Temporal.Instant.from('2026-06-01T00:00Z')

/** A common word in a calendar of 1,000 events, while all others grow around it. */
export const benchmark: Benchmark = {
  what: 'search 1,000 events among 1,000,000',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [{ figure: 'ratio', atLeast: 0.5 }],
  prepare: (size) =>
    openGrowth(size, ({ database }, scope) => {
      const { search } = createEventReads(database).events
      let turn = 0
      return () => search(scope, { words: `word${1 + (turn++ % 9)}`, now, limit: 20 })
    }),
}
