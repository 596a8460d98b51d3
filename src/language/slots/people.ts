import type { PersonReference } from '#core/understanding.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { Kept } from './protect.ts'

export interface FoundPeople {
  readonly people: readonly PersonReference[]
  readonly from: number
  readonly to: number
}

/** Groups and things, which nobody is called. */
const notNames = new Set([
  'the',
  'a',
  'an',
  'my',
  'our',
  'your',
  'his',
  'her',
  'their',
  'all',
  'team',
  'everyone',
  'everybody',
  'people',
  'some',
  'this',
  'that',
  'no',
  'me',
  'us',
  'him',
  'them',
  'it',
  'client',
  'clients',
  'marketing',
  'sales',
  'engineering',
  'content',
  'subject',
  'title',
  'zoom',
  'teams',
  'video',
  'new',
  'each',
  'other',
  'one',
  'two',
  'three',
  'title',
  'location',
  'details',
  'notes',
  'milk',
  'love',
  'care',
  'and',
  'to',
  'at',
  'on',
  'for',
  'in',
  'high',
  'low',
  'description',
  'name',
  'reminder',
  'alert',
  'both',
  'dr',
  'mr',
  'mrs',
  'ms',
])

const links = new Set([',', 'and', '&', 'plus'])

/** A list of more is a mistake, and is counted no further. */
const mostPeople = 1_000

/** People after "with", "invite", "to": mentions, addresses, and names with capitals or alone in lower case. */
export function readPeople(s: Sentence, i: number, end: number, kept: Kept, lowerCase: boolean): FoundPeople | undefined {
  const people: PersonReference[] = []
  let j = i
  for (let more = 0; more < mostPeople; more++) {
    const one = readPerson(s, j, end, kept, lowerCase)
    if (!one) break
    people.push(one.person)
    j = one.end
    const next = skipLinks(s, j)
    // Mentions may stand side by side, names need a word between.
    if ((next === j && kept.get(j)?.kind !== 'person') || !readPerson(s, next, end, kept, lowerCase)) break
    j = next
  }
  return people.length > 0 ? { people, from: i, to: j } : undefined
}

export function skipLinks(s: Sentence, i: number): number {
  let j = i
  while (j < i + 3 && links.has(at(s, j).text)) j++
  if (j > i && (at(s, j).text === 'with' || at(s, j).text === 'invite' || at(s, j).text === 'email')) j++
  return j
}

function readPerson(
  s: Sentence,
  i: number,
  end: number,
  kept: Kept,
  lowerCase: boolean,
): { readonly person: PersonReference; readonly end: number } | undefined {
  if (i >= end) return undefined
  if (s.sealed[i] === 1) {
    const entry = kept.get(i)
    if (entry?.kind === 'person') return { person: { mention: entry.text }, end: entry.to }
    return entry?.kind === 'email' ? { person: { email: entry.text }, end: entry.to } : undefined
  }
  if (at(s, i).text === 'me' && links.has(at(s, i - 1).text)) return { person: { name: 'me' }, end: i + 1 }
  if (at(s, i).text === '@' && at(s, i + 1).glued && at(s, i + 1).kind === 'word') {
    const to = handleEnd(s, i + 2, end)
    return { person: { name: s.text.slice(at(s, i + 1).start, at(s, to - 1).end) }, end: to }
  }
  let j = i
  while (j < end && j < i + 4 && isCapital(s, j) && !isTimeWord(s, j) && !(notNames.has(at(s, j).text) && at(s, j).text.length > 3)) {
    j++
    if (at(s, j).text === '.' && at(s, j).glued && at(s, j - 1).text.length <= 2 && isCapital(s, j + 1)) j++
    if (at(s, j).text === '-' && at(s, j).glued && isCapital(s, j + 1)) j++
  }
  if (j > i) return { person: { name: s.text.slice(at(s, i).start, at(s, j - 1).end) }, end: j }
  const { kind, text, word } = at(s, i)
  if (!lowerCase || kind !== 'word' || word.opens || notNames.has(text) || text.length < 2 || s.sealed[i] === 1) return undefined
  const next = at(s, i + 1)
  const closes =
    next.kind === 'end' ||
    next.kind === 'mark' ||
    next.word.opens ||
    next.text === 'and' ||
    next.text === 'about' ||
    next.text === 'to' ||
    next.text === 'called' ||
    next.text === 'regarding'
  return closes && !text.endsWith('s') && !text.endsWith('ing')
    ? { person: { name: s.text.slice(at(s, i).start, at(s, i).end) }, end: i + 1 }
    : undefined
}

/** "@jane-doe", "@jane.doe", "@acme/everyone" */
function handleEnd(s: Sentence, i: number, end: number): number {
  let j = i
  while (j + 1 < end && j < i + 8 && ['-', '.', '_', '/'].includes(at(s, j).text) && at(s, j).glued && at(s, j + 1).glued) j += 2
  return j
}

function isCapital(s: Sentence, i: number): boolean {
  const { kind, start, text } = at(s, i)
  if (kind !== 'word') return false
  const first = s.text[start] ?? ''
  return first !== first.toLowerCase() && text !== 'i'
}

function isTimeWord(s: Sentence, i: number): boolean {
  const { word, text } = at(s, i)
  // With a capital, and after no feast, Eve is somebody.
  if (text === 'eve' && !['christmas', 'year', "year's", 'years'].includes(at(s, i - 1).text)) return false
  return word.weekday > 0 || word.offset >= -1 || word.part !== '' || (word.month > 0 && at(s, i + 1).kind === 'number')
}
