import type { Benchmark } from '../harness/benchmark.ts'
import { openWeighing } from './roles.ts'

/** Resident memory of an idle process with the role discord, connected to everything. */
export const benchmark: Benchmark = {
  what: 'idle memory, the role discord',
  unit: 'MB',
  better: 'less',
  quick: false,
  aims: [],
  prepare: (size) => openWeighing('discord', 'rss', size),
}
