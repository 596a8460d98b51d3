import type { Benchmark } from '../harness/benchmark.ts'
import { each } from '../harness/each.ts'
import { countIn, rules, yearOf } from './rules.ts'

const endless = rules.filter((rrule) => !rrule.includes('COUNT'))
const inYear = (year: number) => {
  const [from, to] = [yearOf(year).from.toInstant(), yearOf(year).to.toInstant()]
  return each(endless, (rrule) => countIn(rrule, from, to))
}

/** What a rule of 2020 costs in 2116, beside what it costs in 2021. */
export const benchmark: Benchmark = {
  what: 'expand a rule 96 years on',
  unit: 'µs',
  better: 'less',
  quick: true,
  aims: [{ figure: 'ratio', atLeast: 0.5 }],
  prepare: () => ({ kind: 'timed', ours: inYear(2116), peers: { 'a year on': inYear(2021) }, operations: endless.length * 40 }),
}
