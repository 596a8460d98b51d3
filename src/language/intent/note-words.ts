import { readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { type NamedThing, namedAt, wordsOf } from './holders.ts'
import type { Given, IntentReading, Reference } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { readReference } from './subject.ts'

/** A note as a sentence points at it. */
export interface Pointed {
  readonly title: string
  readonly reference: Reference | undefined
  readonly plural: boolean
  /** Whether anything tells it from the others. */
  readonly told: boolean
  readonly end: number
}

export const abouts = phrasebook([
  'about',
  'on',
  'for',
  'with',
  'that says',
  'saying',
  'called',
  'regarding',
  'mentioning',
  'named',
  'titled',
])

/** "the note about the door", "note 2", "that note", "my door note", "the note “Door”"; its words reach to `stop`. */
export function noteAt(s: Sentence, i: number, stop: number): Pointed | undefined {
  const held: NamedThing | undefined = namedAt(s, i, ['note'])
  if (!held) return undefined
  const { plural, end } = held
  const numbered = readReference(s, end) ?? numberedBefore(s, end)
  if (numbered && numbered.end <= stop) return { title: '', reference: numbered.value, plural, told: true, end: numbered.end }
  const points = ['that', 'this'].includes(at(s, i).text) && held.name === undefined
  const about = abouts.find(s, end)
  if (about && about.end < stop) return { title: wordsOf(s, about.end, stop), reference: undefined, plural, told: true, end: stop }
  if (s.sealed[end] === 1 && end < stop) return { title: wordsOf(s, end, stop), reference: undefined, plural, told: true, end: stop }
  return { title: held.name ?? '', reference: points ? 'last' : undefined, plural, told: points || held.name !== undefined, end }
}

/** "note [2]: ring twice": a colon after a number is no clock time here. */
function numberedBefore(s: Sentence, i: number): { readonly value: Reference; readonly end: number } | undefined {
  const number = at(s, i).text === 'number' ? i + 1 : i
  const whole = at(s, number).kind === 'number' ? readWhole(s, number) : undefined
  return whole && whole.value >= 1 && at(s, whole.end).text === ':' ? { value: { ordinal: whole.value }, end: whole.end } : undefined
}

export function meaning({ title, reference }: Pointed, more: Omit<Given, 'title'> = {}): Pick<IntentReading, 'given' | 'reference'> {
  return { given: { title, ...more }, ...(reference ? { reference } : {}) }
}

/** A mark at the end asks, or stops, and is no word. */
export function endOfWords(s: Sentence, end: number): number {
  const last = s.tokens.length
  const whole = Math.max(end, last)
  return ['?', '.', '!'].includes(at(s, last - 1).text) ? whole - 1 : whole
}
