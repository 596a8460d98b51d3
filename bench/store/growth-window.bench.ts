import { createEventReads } from '#store/events.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { openGrowth } from './growth.ts'
import { windowAt } from './many.ts'

/** A month of a calendar of 1,000 events, while all others grow around it. */
export const benchmark: Benchmark = {
  what: 'a month of 1,000 events among 1,000,000',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [{ figure: 'ratio', atLeast: 0.5 }],
  prepare: (size) =>
    openGrowth(size, ({ database }, scope) => {
      const { within } = createEventReads(database).events
      let turn = 0
      return () => within(scope, windowAt(turn++, 31))
    }),
}
