import { createLanguage } from '#language/language.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { each } from '../harness/each.ts'
import { locale, now, timeZone } from './present.ts'
import { typedSentences } from './sentences.ts'

/** A text that was read before to what it means now; the ceiling looks a day and an hour up and makes a date of them. */
export const benchmark: Benchmark = {
  what: 'read a sentence, cached',
  unit: 'µs',
  better: 'less',
  quick: true,
  aims: [
    { figure: 'median', under: 5 },
    { figure: 'p99', under: 1_000 },
  ],
  prepare() {
    const texts = typedSentences()
    const language = createLanguage()
    const known = new Map(texts.map((text, index) => [`${locale}\n${text}`, { days: index % 7, hour: index % 24 }]))
    return {
      kind: 'timed',
      ours: each(texts, (text) => language.understand({ text, now, timeZone, locale, addressed: true })),
      peers: {
        'Map and Temporal': each(texts, (text) => {
          const { days = 0, hour = 0 } = known.get(`${locale}\n${text}`) ?? {}
          const day = now.toZonedDateTimeISO(timeZone).toPlainDate().add({ days })
          return day.toZonedDateTime({ timeZone, plainTime: { hour } }).toString({ timeZoneName: 'never', smallestUnit: 'second' })
        }),
      },
      operations: texts.length * 16,
      rounds: 30,
    }
  },
}
