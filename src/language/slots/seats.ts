import { phrasebook } from '../intent/phrasebook.ts'
import { readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { Placed } from './places.ts'

/** Nouns that count who may come, and such as do so behind "at most" alone: "dinner for 4 people" limits nobody. */
const seats = new Set(['seats', 'seat', 'places', 'spots', 'spot'])
const people = new Set(['people', 'persons', 'person', 'guests', 'guest', 'attendees', 'participants', 'players'])

const limits = phrasebook(['at most', 'no more than', 'limited to', 'up to', 'max', 'maximum'])

/**
 * How many may come to what is planned.
 *
 *     board games on Friday at 7pm, [at most 6 people]      workshop on Monday at 10 [with 12 seats]
 */
export function readSeats(s: Sentence, from: number, end: number): Placed<number> | undefined {
  for (let i = from; i < end; i++) {
    const limit = limits.find(s, i)
    const whole = readWhole(s, limit?.end ?? i)
    if (!whole || whole.value < 1) continue
    const counted = at(s, whole.end).text
    if (!seats.has(counted) && !(limit && people.has(counted))) continue
    let first = i
    while (first > from && ['for', 'with', ',', 'and', 'only', 'has'].includes(at(s, first - 1).text)) first--
    return { value: whole.value, from: first, to: whole.end + 1 }
  }
  return undefined
}
