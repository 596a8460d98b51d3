import { RRuleTemporal } from 'rrule-temporal'
import type { Benchmark } from '../harness/benchmark.ts'
import { each } from '../harness/each.ts'
import { countIn, rules, startWall, timeZone, yearOf } from './rules.ts'

const { from, to } = yearOf(2026)
const [start, end] = [from.toInstant(), to.toInstant()]
const dtstart = startWall.toZonedDateTime(timeZone)

/** A rule to the instants of its occurrences in a year, from the text on; the library gives the same. */
export const benchmark: Benchmark = {
  what: 'expand a rule over a year',
  unit: 'µs',
  better: 'less',
  quick: true,
  aims: [{ figure: 'ratio', atLeast: 0.8 }],
  prepare: () => ({
    kind: 'timed',
    ours: each(rules, (rrule) => countIn(rrule, start, end)),
    peers: {
      'rrule-temporal': each(rules, (rruleString) =>
        new RRuleTemporal({ rruleString, dtstart, maxIterations: 100_000 }).between(from, to, true),
      ),
    },
    operations: rules.length * 40,
  }),
}
