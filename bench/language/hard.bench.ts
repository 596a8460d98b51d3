import { read } from '#language/read.ts'
import { resolve } from '#language/resolve.ts'
import { hardTexts } from '../../test/support/hard-texts.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { each } from '../harness/each.ts'
import { locale, now, timeZone } from './present.ts'

/** Texts made to be expensive, of the greatest length that is taken; the ceiling cuts them at blanks and looks each word up. */
export const benchmark: Benchmark = {
  what: 'read 64 KB of anything',
  unit: 'ms',
  better: 'less',
  quick: true,
  aims: [{ figure: 'max', under: 50 }],
  prepare() {
    const texts = hardTexts.map(([, text]) => Buffer.from(text).toString())
    const words = new Map([['every', 1]])
    return {
      kind: 'timed',
      ours: each(texts, (text) => resolve(read(text, locale), { now, timeZone }, true)),
      peers: {
        'words looked up': each(texts, (text) => text.split(' ').reduce((sum, word) => sum + (words.get(word.toLowerCase()) ?? 0), 0)),
      },
      operations: texts.length,
      rounds: 10,
    }
  },
}
