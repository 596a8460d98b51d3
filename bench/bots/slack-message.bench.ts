import type { Benchmark } from '../harness/benchmark.ts'
import { openSlackContest } from './contest.ts'

/** A direct message on Slack, answered, through the whole program; the peer keeps nothing, reads nothing, and answers always the same. */
export const benchmark: Benchmark = {
  what: 'a direct message on Slack, answered',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [
    { figure: 'ratio', atLeast: 0.5 },
    { figure: 'p95', under: 200 },
  ],
  prepare: () => openSlackContest('messages'),
}
