import type { Benchmark } from '../harness/benchmark.ts'
import { openWeighing } from './roles.ts'

/** Resident memory of an idle process with all roles, connected to everything. */
export const benchmark: Benchmark = {
  what: 'idle memory, all roles',
  unit: 'MB',
  better: 'less',
  quick: false,
  aims: [{ figure: 'ratio', atLeast: 0.77 }],
  prepare: (size) => openWeighing('', 'rss', size),
}
