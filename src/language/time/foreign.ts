import { createRequire } from 'node:module'
import type * as chrono from 'chrono-node'
import { dayNumber } from '#core/days.ts'
import type { When } from '#core/understanding.ts'
import type { Foreign } from '../text/languages.ts'
import type { Sentence } from '../text/tokens.ts'
import { isoDate } from './civil.ts'
import type { Present } from './resolver.ts'
import { wallIso } from './wall.ts'

/** A time in another language, which chrono-node reads: its words are kept, and read again when it is known what day it is. */
export interface ForeignTime {
  readonly language: Foreign
  readonly words: string
}

type Parser = Pick<typeof chrono.casual, 'parse'>

const load = createRequire(import.meta.url)
const parsers = new Map<Foreign, Parser>()

/** Loaded when somebody first writes in that language: all of them weigh 3 MB, and most teams write in none or one. */
function parserOf(language: Foreign): Parser {
  return parsers.getOrInsertComputed(language, () => {
    const { casual }: { readonly casual: Parser } = load(`chrono-node/${language}`)
    return casual
  })
}

/** Long texts are not worth another parser's time; what people type is shorter. */
const longestRead = 500
/** Any fixed moment: what is found where does not depend on it. */
const someDay = new Date(Date.UTC(2030, 0, 9, 12))

/** The first time that a sentence in another language names, with the tokens it takes up. */
export function readForeign(
  { text, tokens }: Sentence,
  language: Foreign,
): { readonly time: ForeignTime; readonly from: number; readonly to: number } | undefined {
  if (text.length > longestRead) return undefined
  const [result] = parserOf(language).parse(text, someDay, { forwardDate: true })
  if (!result) return undefined
  const end = result.index + result.text.length
  const from = tokens.findIndex((token) => token.end > result.index)
  const after = tokens.findIndex((token) => token.start >= end)
  return from < 0 ? undefined : { time: { language, words: result.text }, from, to: after < 0 ? tokens.length : after }
}

/** What those words mean now. */
export function resolveForeign({ language, words }: ForeignTime, { now, timeZone }: Present): When | null {
  const zoned = now.toZonedDateTimeISO(timeZone)
  const reference = { instant: new Date(now.epochMilliseconds), timezone: zoned.offsetNanoseconds / 60e9 }
  const [result] = parserOf(language).parse(words, reference, { forwardDate: true })
  if (!result) return null
  const start = momentOf(result.start, timeZone)
  const end = result.end ? momentOf(result.end, timeZone) : null
  if (start === null) return null
  const timed = result.start.isCertain('hour') || result.start.isCertain('minute')
  if (end !== null) return { kind: 'range', start, end, grain: timed ? 'minute' : 'day', timeZone }
  return { kind: timed ? 'instant' : 'date', start, end: null, grain: timed ? 'minute' : 'day', timeZone }
}

/** Chrono's components are wall time; a zone that was written makes them a moment. */
function momentOf(components: chrono.ParsedComponents, timeZone: string): string | null {
  const get = (name: chrono.Component) => components.get(name) ?? 0
  const day = dayNumber(get('year'), get('month'), get('day'))
  if (!components.isCertain('hour') && !components.isCertain('minute')) return isoDate(day)
  if (components.isCertain('timezoneOffset')) {
    const moment = Temporal.Instant.fromEpochMilliseconds(components.date().getTime())
    return moment.toZonedDateTimeISO(timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' })
  }
  return wallIso(day * 86_400 + get('hour') * 3600 + get('minute') * 60 + get('second'), timeZone)
}
