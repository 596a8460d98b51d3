import * as chrono from 'chrono-node'
import { read } from '#language/read.ts'
import { resolve } from '#language/resolve.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { each } from '../harness/each.ts'
import { locale, now, reference, timeZone } from './present.ts'
import { typedSentences } from './sentences.ts'

/** A text to its intent, all slots and dates, with nothing kept from before; chrono-node finds the dates only. */
export const benchmark: Benchmark = {
  what: 'read a sentence, cold',
  unit: 'µs',
  better: 'less',
  quick: true,
  aims: [
    { figure: 'ratio', atLeast: 1 },
    { figure: 'p99', under: 1_000 },
  ],
  prepare() {
    const texts = typedSentences()
    return {
      kind: 'timed',
      ours: each(texts, (text) => resolve(read(text, locale), { now, timeZone }, true)),
      peers: { 'chrono.casual': each(texts, (text) => chrono.casual.parse(text, reference)) },
      operations: texts.length * 8,
      rounds: 20,
    }
  },
}
