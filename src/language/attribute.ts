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

const determiners = new Set(['the', 'my', 'our', 'your', 'his', 'her', 'their'])

/**
 * "the [9am] slot tomorrow at 5pm"   "my [8 o'clock] pill at 8"
 *
 * A clock time between "the" and a noun tells which thing it is as soon as another clock time says when.
 */
export function namesByClock(
  s: Sentence,
  { days, clocks, until, shift, open }: Phrase,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  const next = at(s, to)
  return (
    clocks.length === 1 &&
    !(days ?? until ?? shift ?? open) &&
    isDetermined(s, from, to) &&
    next.kind === 'word' &&
    !next.word.opens &&
    !closers.has(next.text)
  )
}

/** "about [the] 9am slot", "[my] 3pm train" */
function isDetermined(s: Sentence, from: number, to: number): boolean {
  for (let i = from - 1; i < to; i++) if (determiners.has(at(s, i).text)) return true
  return false
}
