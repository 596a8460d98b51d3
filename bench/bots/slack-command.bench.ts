import type { Benchmark } from '../harness/benchmark.ts'
import { openSlackContest } from './contest.ts'

/** A slash command, acknowledged and answered, through the whole program; the peer keeps nothing, reads nothing, and answers always the same. */
export const benchmark: Benchmark = {
  what: 'a slash command, acknowledged and answered',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [
    { figure: 'ratio', atLeast: 0.5 },
    { figure: 'p95', under: 200 },
  ],
  prepare: () => openSlackContest('commands'),
}
