import type { Benchmark } from '../harness/benchmark.ts'
import { openDiscordContest } from './contest.ts'

/** A direct message on Discord, answered, through the whole program; the peer keeps nothing and answers always the same. */
export const benchmark: Benchmark = {
  what: 'a direct message on Discord, answered',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [
    { figure: 'ratio', atLeast: 0.5 },
    { figure: 'p95', under: 200 },
  ],
  prepare: openDiscordContest,
}
