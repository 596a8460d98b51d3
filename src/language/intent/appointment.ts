import { readSeats } from '../slots/seats.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { TokenRange } from '../times.ts'
import type { IntentReading } from './intent.ts'
import type { View } from './view.ts'

/** Words that make a sentence of what would be the name of an appointment. */
const sentenceWords = new Set(
  "i i'm i've i'll i'd me my he she they we we're you it it's this that the if who there is are was were am be been do does did don't can can't could would will won't should shall may might must have has had not no yes so but because get got give gave go goes going went see saw know think thought say said want like need needs let lets just only really very still again ago please thanks thank hello hi hey how why what when where which whose good nice great bad sorry sure ok okay tell told ask make makes made take takes took come came work works worked working look looks looking talk find found done ready use used turn play stop start open close put keep left been being".split(
    ' ',
  ),
)

/** "crashed", "restarted" too: what is told, and not planned. */
function isOfSentence(text: string): boolean {
  return sentenceWords.has(text) || (text.length > 4 && text.endsWith('ed'))
}

// "dentist tomorrow at 3"   "flight to Oslo on May 3 at 7:15"   "team day on December 3": a name and a time, and nothing of a sentence
export function readAppointment({ s, end, times, opening }: View): IntentReading | undefined {
  const rule = times.repeat ?? times.several
  const clocked = (times.phrase?.clocks.length ?? 0) > 0 || (rule?.clocks.length ?? 0) > 0 || rule?.between !== undefined
  const last = times.phraseAt.at(-1)
  const days = times.phrase?.days
  const stretched = days?.kind === 'span' || times.phrase?.to !== undefined || times.several !== undefined
  const dated = days !== undefined && last !== undefined && last.to >= end && (stretched || at(s, last.from).text === 'on')
  if (!(clocked || dated) || opening > 0 || (times.phrase?.open !== undefined && !times.repeat)) return undefined
  // With its length said nobody tells a story: "garden review on Friday at 3 for 20 minutes" may hold a verb.
  const lasting = clocked && (times.phrase?.to !== undefined || times.phrase?.length !== undefined) && at(s, 0).word.verb === ''
  const limit = readSeats(s, 0, end)
  if ((limit?.from ?? end) > 16) return undefined
  const whenAt = [...times.phraseAt, ...times.repeatAt]
  const place = placeAfter(s, Math.max(...whenAt.map(({ to }) => to)), limit?.from ?? end)
  const ranges = [...whenAt, ...(limit ? [limit] : []), ...(place ? [place] : [])]
  let named = 0
  for (let i = 0; i < end; i++) {
    if (ranges.some(({ from, to }) => i >= from && i < to)) continue
    const { kind, text, word } = at(s, i)
    const tells = lasting ? text !== 'the' && isOfSentence(text) : isOfSentence(text) || word.verb !== ''
    if (kind === 'number' || text === '?' || text === '!' || (kind === 'word' && tells)) return undefined
    if (kind === 'word' && text.length > 2) named++
  }
  return named > 0 && named <= 5 ? { intent: 'event.create', confidence: 0.65, titleFrom: 0 } : undefined
}

/** As many words as name a place. */
const longestPlace = 5

// "dentist tomorrow at 3 [in room 4]": all that stands between the time and the end
function placeAfter(s: Sentence, from: number, end: number): TokenRange | undefined {
  if (!['at', 'in', '@'].includes(at(s, from).text) || end - from < 2 || end - from > longestPlace + 1) return undefined
  for (let i = from + 1; i < end; i++) {
    const { kind, text } = at(s, i)
    if ((kind !== 'word' && kind !== 'number') || (text !== 'the' && isOfSentence(text))) return undefined
  }
  return { from, to: end }
}
