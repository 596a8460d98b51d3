import { createEventReads } from '#store/events.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { openGrowth } from './growth.ts'

const now = Temporal.Instant.from('2026-06-01T00:00Z')

/** A common word, a rare one, and what some begin with. */
const asked = (index: number) => [`word${1 + (index % 9)}`, `word${300 + (index % 90)}`, `word${40 + (index % 50)}`][index % 3] ?? ''

/** Words of all kinds in a calendar of 1,000 events, while all others grow around it. */
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
      return () => search(scope, { words: asked(turn++), now, limit: 20 })
    }),
}
