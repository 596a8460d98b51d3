import { table } from '../text/table.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readAmount, times } from '../time/amount.ts'
import type { Amount } from '../time/expression.ts'
import type { ChangeReader, ChangeReading, Way } from './change.ts'

/** Which way a word moves a thing: 1 is later, -1 earlier. */
const sides = table<1 | -1>({
  later: 1,
  back: 1,
  out: 1,
  backward: 1,
  backwards: 1,
  earlier: -1,
  sooner: -1,
  forward: -1,
  forwards: -1,
  up: -1,
  ahead: -1,
})
const sizes = table<1 | -1>({ longer: 1, more: 1, extra: 1, shorter: -1, less: -1 })

// "push it [back by 30 minutes]"   "bring it [forward an hour]"   "move it [up 15 minutes]"
export const readSide: ChangeReader = ({ s }, i) => {
  const side = sides[at(s, i).text]
  if (side === undefined) return undefined
  const amount = readAmount(s, at(s, i + 1).text === 'by' ? i + 2 : i + 1)
  return amount && { value: { shift: times(amount.value, side) }, end: amount.end }
}

// "[by 30 minutes]"   "[an hour later]"   "[15 minutes longer]"   "delay standup [10 minutes]"   "[for 45 minutes]"   "[to an hour]"
export const readByAmount: ChangeReader = ({ s, way }, i) => {
  const lead = at(s, i).text
  const led = lead === 'by' || lead === 'to' || lead === 'for' || lead === 'last' || lead === 'take'
  const start = led ? i + 1 : i
  const amount = readAmount(s, at(s, start).text === 'last' || at(s, start).text === 'be' ? start + 1 : start)
  if (!amount) return undefined
  const after = at(s, amount.end).text
  const side = sides[after]
  if (side !== undefined) return { value: { shift: times(amount.value, side) }, end: amount.end + 1 }
  const size = sizes[after]
  if (size !== undefined) return { value: { lengthen: times(amount.value, size) }, end: amount.end + 1 }
  if (!closes(s, amount.end)) return undefined
  const end = after === 'long' ? amount.end + 1 : amount.end
  const value = meaning(way, lead, amount.value)
  return value && { value, end }
}

/** What a bare length says after this verb and this word. */
function meaning(way: Way, lead: string, amount: Amount): ChangeReading | undefined {
  if (lead === 'to' || lead === 'for' || lead === 'last' || lead === 'take')
    return amount.seconds > 0 || amount.days > 0 ? { duration: amount } : undefined
  switch (way) {
    case 'longer':
      return { lengthen: amount }
    case 'shorter':
      return { lengthen: times(amount, -1) }
    case 'make':
      return lead === 'by' ? undefined : { duration: amount }
    case 'earlier':
      return { shift: times(amount, -1) }
    case 'later':
      return { shift: amount }
    case 'move':
      return lead === 'by' ? { shift: amount } : undefined
    case 'add':
    case 'remove':
      return undefined
  }
}

/** A length ends a thought: "30 minutes before lunch" and "an hour ago" are moments. */
function closes(s: Sentence, i: number): boolean {
  const { kind, text, word } = at(s, i)
  return (
    kind === 'end' ||
    kind === 'mark' ||
    text === 'long' ||
    (!word.opens && !['ago', 'hence', 'before', 'after'].includes(text)) ||
    text === 'on'
  )
}
