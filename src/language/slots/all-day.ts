import { at, type Sentence } from '../text/tokens.ts'
import type { Placed } from './places.ts'

// "all day"   "all-day"   "the whole day"   "full day"   "for the entire day"
export function readAllDay(s: Sentence): Placed<true> | undefined {
  for (let i = 0; i < s.tokens.length - 1; i++) {
    if (!whole.has(at(s, i).text)) continue
    const day = at(s, i + 1).text === '-' ? i + 2 : i + 1
    const { text } = at(s, day)
    // "all day Friday" is the day; "all day long" too. "All days" and "full day rate" are not asked here.
    if (text !== 'day' && text !== 'day-long') continue
    let from = i
    while (from > 0 && leads.has(at(s, from - 1).text)) from--
    let to = day + 1
    if (at(s, to).text === 'long') to++
    return { value: true, from, to }
  }
  return undefined
}

const whole = new Set(['all', 'whole', 'full', 'entire'])
const leads = new Set(['the', 'for', 'a', 'an', 'as', 'lasting', 'takes', 'taking'])
