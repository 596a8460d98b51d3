import type { PersonReference } from '#core/understanding.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readPeople } from './people.ts'
import type { Kept } from './protect.ts'

export interface Company {
  readonly people: readonly PersonReference[]
  readonly end: number
}

const ourselves = new Set(['me', 'i', 'myself', 'us', 'we'])
/** Rooms are free as well, and pronouns are nobody we know. */
const notPeople = new Set(['there', 'it', 'this', 'that', 'room', 'rooms', 'you', 'he', 'she', 'they', 'place', 'seat', 'seats', 'table'])
const links = new Set([',', 'and', '&', 'plus', 'with'])

/**
 * People, us among them, and names in lower case where the next word shows that they have ended.
 *
 *     Ann, Bob and I      ops and me      <@U1>, @kim      the design team
 */
export function readCompany(s: Sentence, i: number, end: number, kept: Kept, closing: ReadonlySet<string>): Company | undefined {
  const people: PersonReference[] = []
  let j = i
  while (j < end) {
    const one = readOne(s, j, end, kept, closing)
    if (!one) break
    people.push(...one.people)
    j = one.end
    const next = afterLinks(s, j)
    if (next === j || !readOne(s, next, end, kept, closing)) break
    j = next
  }
  return people.length > 0 ? { people, end: j } : undefined
}

function readOne(s: Sentence, i: number, end: number, kept: Kept, closing: ReadonlySet<string>): Company | undefined {
  if (ourselves.has(at(s, i).text)) return { people: [{ name: 'me' }], end: i + 1 }
  const named = readPeople(s, i, end, kept, false)
  if (named) return { people: named.people, end: named.to }
  // "the design team", "ops": a group goes by whatever name it has.
  const from = ['the', 'our', 'my', 'group'].includes(at(s, i).text) ? i + 1 : i
  let j = from
  while (j < end && j < from + 4 && at(s, j).kind === 'word' && !closing.has(at(s, j).text) && !links.has(at(s, j).text)) j++
  for (let k = from; k < j; k++) if (notPeople.has(at(s, k).text) || at(s, k).word.noun === 'event') return undefined
  const ends = at(s, j)
  const closes = ends.kind === 'end' || closing.has(ends.text) || links.has(ends.text)
  return j > from && closes ? { people: [{ name: s.text.slice(at(s, from).start, at(s, j - 1).end) }], end: j } : undefined
}

function afterLinks(s: Sentence, i: number): number {
  let j = i
  while (j < i + 3 && links.has(at(s, j).text)) j++
  return j
}
