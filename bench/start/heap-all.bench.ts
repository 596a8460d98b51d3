import type { Benchmark } from '../harness/benchmark.ts'
import { openWeighing } from './roles.ts'

/** The heap of an idle process with all roles, connected to everything. */
export const benchmark: Benchmark = {
  what: 'idle heap, all roles',
  unit: 'MB',
  better: 'less',
  quick: false,
  aims: [{ figure: 'max', under: 50 }],
  prepare: (size) => openWeighing('', 'heap', size),
}
