import type { Benchmark } from '../harness/benchmark.ts'
import { heapOf } from '../harness/heap.ts'

/** What the grammar keeps on the heap once it has read a sentence, in a process that has nothing else. */
export const benchmark: Benchmark = {
  what: 'memory of the grammar',
  unit: 'MB',
  better: 'less',
  quick: true,
  aims: [{ figure: 'max', under: 10 }],
  prepare(size) {
    return {
      kind: 'reported',
      ours: async () => [await heapOf(new URL('load/ours.ts', import.meta.url))],
      peers: { 'chrono-node': async () => [await heapOf(new URL('load/chrono.ts', import.meta.url))] },
      rounds: size === 'quick' ? 3 : 7,
    }
  },
}
