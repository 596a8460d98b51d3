import { at, type Sentence } from '../text/tokens.ts'
import { readAmount } from '../time/amount.ts'
import type { Amount } from '../time/expression.ts'
import type { Placed } from './places.ts'

const articles = new Set(['a', 'an', 'the', 'my', 'our', 'another', 'quick', 'new', 'me', 'off', 'out', 'recurring', 'weekly', 'daily'])

/**
 * How long an event takes, said before its name.
 *
 *     schedule a [45 minute] call with Bob      an [hour long] lunch      block [2 hours] for writing
 */
export function readLengthBefore(s: Sentence, from: number): Placed<Amount> | undefined {
  let i = from
  while (i < from + 3 && articles.has(at(s, i).text) && !readAmount(s, i)) i++
  const amount = readAmount(s, i)
  if (!amount || amount.value.seconds <= 0 || amount.value.days > 0 || amount.value.months > 0) return undefined
  let to = amount.end
  if (at(s, to).text === '-' && at(s, to + 1).text === 'long') to += 2
  else if (at(s, to).text === 'long') to++
  // "2 hours before lunch", "an hour from now" are moments.
  if (['before', 'after', 'from', 'ago', 'later', 'earlier'].includes(at(s, to).text)) return undefined
  return { value: amount.value, from: i, to }
}
