import type { Found } from './text/numbers.ts'
import { at, type Sentence } from './text/tokens.ts'
import type { Phrase } from './time/expression.ts'

const leads = new Set([
  'in',
  'on',
  'by',
  'during',
  'this',
  'next',
  'last',
  'for',
  'of',
  'since',
  'from',
  'before',
  'after',
  'until',
  'till',
  'through',
])
const closers = new Set(
  'with and or but to i we you he she they it is are was were will would can about please then so if that which my our remind when as not invite'.split(
    ' ',
  ),
)

/**
 * "the [Q3] review"   "a [summer] party"   "our [2027] plan"
 *
 * A season, a quarter, a month, a year or a holiday right before a noun tells which thing it is, and says when only if nothing else does.
 */
export function isAttribute(s: Sentence, { value, end }: Found<Phrase>, i: number): boolean {
  const { days, clocks, part, open, length, to } = value
  if (!days || clocks.length > 0 || part !== undefined || open !== undefined || length !== undefined || to !== undefined) return false
  const coarse =
    days.kind === 'fraction' ||
    days.kind === 'season' ||
    days.kind === 'holiday' ||
    (days.kind === 'date' && days.day === undefined && !days.weekday)
  const next = at(s, end)
  return coarse && !leads.has(at(s, i).text) && next.kind === 'word' && !next.word.opens && !closers.has(next.text)
}
