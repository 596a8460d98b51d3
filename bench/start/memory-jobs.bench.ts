import type { Benchmark } from '../harness/benchmark.ts'
import { openWeighing } from './roles.ts'

/** Resident memory of an idle process with the role jobs, connected to everything. */
export const benchmark: Benchmark = {
  what: 'idle memory, the role jobs',
  unit: 'MB',
  better: 'less',
  quick: false,
  aims: [],
  prepare: (size) => openWeighing('jobs', 'rss', size),
}
