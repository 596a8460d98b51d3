import { at, holds, isCapital, type Sentence } from '../text/tokens.ts'
import { telling } from '../text/words.ts'
import type { Placed } from './places.ts'

/** What ends the name of a street, in small letters as well. */
const streets = ['street', 'avenue', 'boulevard', 'lane', 'road']
/** The same, where it is written as a name. */
const others = [
  'st',
  'ave',
  'blvd',
  'rd',
  'ln',
  'drive',
  'way',
  'court',
  'square',
  'place',
  'terrace',
  'row',
  'crescent',
  'gardens',
  'quay',
]
const streetWord = telling(...streets, ...others)

/** As many words as the name of a street has before its last. */
const longestName = 3

const leads = new Set(['at', '@', 'in'])
const smallWords = new Set(['on', 'in', 'at', 'the', 'with', 'for', 'to', 'and', 'of', 'down', 'from'])

// "pottery [at 12 Oak Lane] tomorrow"   "lunch in 5 new market street": no noon, and no minutes
export function findAddress(s: Sentence): Placed<string> | undefined {
  if (!holds(s, streetWord)) return undefined
  for (let i = 0; i < s.tokens.length - 3; i++) {
    if (!leads.has(at(s, i).text) || at(s, i + 1).kind !== 'number') continue
    const to = afterStreet(s, i + 2)
    if (to !== undefined) return { value: s.text.slice(at(s, i + 1).start, at(s, to - 1).end), from: i, to }
  }
  return undefined
}

function afterStreet(s: Sentence, from: number): number | undefined {
  for (let i = from; i <= from + longestName; i++) {
    const { kind, text } = at(s, i)
    if (kind !== 'word' || smallWords.has(text)) return undefined
    const ends = streets.includes(text) || (others.includes(text) && isCapital(s, i) && isCapital(s, i - 1))
    if (ends && i > from) return i + 1
  }
  return undefined
}
