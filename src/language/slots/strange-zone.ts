import { at, isCapital, type Sentence } from '../text/tokens.ts'
import type { Times } from '../times.ts'
import type { Placed } from './places.ts'

/** As many words as the name of a zone has. */
const longestName = 3

/** "tomorrow at 3pm [Atlantis time]": somebody's clock that nobody knows, where something else is left to be the title. */
export function findStrangeZone(s: Sentence, titleFrom: number, { phrase, repeat, phraseAt, repeatAt }: Times): Placed<string> | undefined {
  const clocks = (phrase?.clocks.length ?? 0) + (repeat?.clocks.length ?? 0)
  if (clocks === 0 || phrase?.zone !== undefined || repeat?.zone !== undefined) return undefined
  const stretches = [...phraseAt, ...repeatAt]
  for (const { to } of stretches) {
    const from = at(s, to).text === 'in' ? to + 1 : to
    let end = from
    while (end < from + longestName && isCapital(s, end) && at(s, end).word.noun === '') end++
    const last = at(s, end)
    if (end === from || last.text !== 'time' || isCapital(s, end)) continue
    const found = { value: s.text.slice(at(s, from).start, at(s, end - 1).end), from: to, to: end + 1 }
    if (hasOtherWords(s, titleFrom, [...stretches, found])) return found
  }
  return undefined
}

function hasOtherWords(s: Sentence, from: number, stretches: readonly { readonly from: number; readonly to: number }[]): boolean {
  return s.tokens.some(
    ({ kind, text }, i) => i >= from && kind === 'word' && text.length > 2 && !stretches.some((one) => i >= one.from && i < one.to),
  )
}
