import { DateTimeRecognizer } from '@microsoft/recognizers-text-date-time'
import nlp from 'compromise'
import dates from 'compromise-dates'
import { read } from '#language/read.ts'
import { resolve } from '#language/resolve.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { each } from '../harness/each.ts'
import { locale, now, reference, timeZone } from './present.ts'
import { typedSentences } from './sentences.ts'

/** What else reads dates in JavaScript as broadly as we do, for who wonders what to use. */
export const benchmark: Benchmark = {
  what: 'read a sentence, cold',
  unit: 'µs',
  better: 'less',
  quick: false,
  aims: [{ figure: 'ratio', atLeast: 1 }],
  prepare() {
    const texts = typedSentences()
    const reader = nlp.extend(dates)
    const recognizer = new DateTimeRecognizer('en-us').getDateTimeModel()
    return {
      kind: 'timed',
      ours: each(texts, (text) => resolve(read(text, locale), { now, timeZone }, true)),
      peers: {
        'compromise-dates': each(texts, (text) => reader(text).dates({ today: reference.toISOString(), timezone: timeZone }).get()),
        'Microsoft Recognizers': each(texts, (text) => recognizer.parse(text, reference)),
      },
      operations: texts.length,
      rounds: 8,
    }
  },
}
