import { at, holds, type Sentence } from '../text/tokens.ts'
import { telling } from '../text/words.ts'
import { readTimes } from '../times.ts'
import type { Kept } from './protect.ts'

const namingWords = ['called', 'named', 'titled', 'entitled']
const naming = new Set(namingWords)
const namingWord = telling(...namingWords)

/** "called Sunday lunch": the words of the name, which mean nothing else. */
export interface Name {
  /** The token "called". */
  readonly at: number
  readonly from: number
  readonly to: number
  /** "rename it to ...": what the thing is called from now on, not how it is found. */
  readonly renames?: true
}

export function findName(s: Sentence, kept: Kept): Name | undefined {
  const renamed = findNewName(s, kept)
  if (renamed) return renamed
  if (!holds(s, namingWord)) return undefined
  for (let i = 1; i < s.tokens.length - 1; i++) {
    if (!naming.has(at(s, i).text)) continue
    const quoted = kept.get(i + 1)
    return quoted?.kind === 'quoted' ? { at: i, from: quoted.from, to: quoted.to } : { at: i, from: i + 1, to: nameEnd(s, i + 1, kept) }
  }
  return undefined
}

const titles = new Set(['title', 'name', 'subject'])
const renamingWord = telling('call', 'rename', 'retitle', ...titles)

/**
 * The whole rest is the new name, times and all.
 *
 *     rename the standup to Monday kickoff    change the title of lunch to Tea at 4    call it Budget review
 */
function findNewName(s: Sentence, kept: Kept): Name | undefined {
  if (!holds(s, renamingWord)) return undefined
  for (let i = 0; i < Math.min(s.tokens.length - 2, 8); i++) {
    const { text, word } = at(s, i)
    const pronoun = at(s, i + 1).text === 'it' || at(s, i + 1).text === 'that'
    if (text === 'call' && pronoun && !['a', 'off', 'quits'].includes(at(s, i + 2).text)) return newName(s, kept, i + 1)
    const titled = (word.verb === 'update' || text === 'set') && [1, 2, 3].some((far) => titles.has(at(s, i + far).text))
    if (text !== 'rename' && text !== 'retitle' && !titled) continue
    // "rename the reminder to stretch to “move”": quotes show which of the two leads to the new name.
    const leads: number[] = []
    for (let j = i + 1; j < s.tokens.length - 1; j++) if (['to', 'as', 'into'].includes(at(s, j).text)) leads.push(j)
    const lead = leads.find((j) => kept.get(j + 1)?.kind === 'quoted') ?? leads[0]
    return lead === undefined ? undefined : newName(s, kept, lead)
  }
  return undefined
}

function newName(s: Sentence, kept: Kept, at: number): Name {
  const quoted = kept.get(at + 1)
  return quoted?.kind === 'quoted'
    ? { at, from: quoted.from, to: quoted.to, renames: true }
    : { at, from: at + 1, to: endOfRest(s), renames: true }
}

/** "call it Kickoff [instead]" */
function endOfRest(s: Sentence): number {
  let end = s.tokens.length
  while (end > 2 && (['instead', 'please', 'now'].includes(at(s, end - 1).text) || ['!', '.'].includes(at(s, end - 1).text))) end--
  return end
}

/** A name ends at "and invite", "with content", "with Jane", "in my ... calendar", or where a time of day follows it. */
function nameEnd(s: Sentence, from: number, kept: Kept): number {
  // "a group called ops with ann and kim": its people are no part of its name.
  const ofGroup = at(s, from - 2).text === 'group' || at(s, from - 2).text === 'team'
  for (let i = from + 1; i < s.tokens.length; i++) {
    const { text } = at(s, i)
    const next = at(s, i + 1).text
    if ((text === 'and' && (next === 'invite' || next === 'add' || next === 'remind' || next === 'email')) || text === 'inviting') return i
    if (ofGroup && ['with', ':', 'containing', 'including'].includes(text)) return i
    const company = kept.get(i + 1)?.kind
    if (text === 'with' && (company === 'person' || company === 'email')) return i
    if (text === 'with' && (next === 'content' || next === 'the' || next === 'text' || isCapital(s, i + 1))) return i
    if (text === ';' || (text === '.' && at(s, i + 1).kind === 'word' && !at(s, i + 1).glued)) return i
    if (startsTime(s, i)) return i
  }
  return s.tokens.length
}

const timeLeads = new Set(['at', 'on', 'in', 'for', 'from', 'this', 'next', 'every', 'starting', 'between', 'until', 'by', '@', 'each'])

/** Inside a name only what is plainly a time ends it: "at 3", "tomorrow", "in 2 hours". */
function startsTime(s: Sentence, i: number): boolean {
  const { text, word } = at(s, i)
  if (!timeLeads.has(text) && Number.isNaN(word.offset)) return false
  const found = readTimes(s, i, i + 1)
  return found.phrase !== undefined || found.repeat !== undefined
}

function isCapital(s: Sentence, i: number): boolean {
  const first = s.text[at(s, i).start] ?? ''
  return at(s, i).kind === 'word' && first !== first.toLowerCase()
}
