import { at, type Sentence } from '../text/tokens.ts'
import { nounAt } from './view.ts'

/** What is kept by name, as a sentence names it: "my [shopping] list", "the [Recipes] folder", "my [door] note". */
export interface NamedThing {
  /** Its own words, as written; undefined when it has none: "my list". */
  readonly name: string | undefined
  readonly kind: 'list' | 'todo' | 'note' | 'folder'
  readonly plural: boolean
  /** Tokens, end exclusive. */
  readonly from: number
  readonly end: number
}

const articles = new Set(['the', 'my', 'our', 'a', 'an', 'that', 'this', 'new', 'another', 'whole', 'entire', 'me'])
/** Words that are no part of a name, so that what follows them is no name either. */
const breaks = new Set(
  'of to on onto in into from off for with about at by and or all every each everything anything what which who when where how is are was do does did have i you we it me please up down called named due'.split(
    ' ',
  ),
)
const folders = new Set(['folder', 'folders', 'notebook', 'notebooks'])
/** A name of more words is none. */
const longestName = 4

/** The thing that is named from token `i` on: articles, its name, and the noun that says what it is. */
export function namedAt(s: Sentence, i: number, kinds: readonly NamedThing['kind'][]): NamedThing | undefined {
  let first = i
  while (articles.has(at(s, first).text)) first++
  for (let j = first; j <= first + longestName; j++) {
    const noun = kindAt(s, j)
    if (!noun && nounAt(s, j)?.noun === 'reminder') return undefined
    if (noun) {
      if (!kinds.includes(noun.kind)) return undefined
      const name = j > first ? s.text.slice(s.tokens[first]?.start, s.tokens[j - 1]?.end) : undefined
      return { ...noun, name, from: i, plural: at(s, noun.end - 1).text.endsWith('s') }
    }
    const { kind, text } = at(s, j)
    if ((kind !== 'word' && kind !== 'number' && text !== '-' && text !== '&') || breaks.has(text)) return undefined
  }
  return undefined
}

function kindAt(s: Sentence, i: number): Pick<NamedThing, 'kind' | 'end'> | undefined {
  if (folders.has(at(s, i).text)) return { kind: 'folder', end: i + 1 }
  const noun = nounAt(s, i)
  if (noun?.noun === 'note') return { kind: 'note', end: noun.end }
  if (noun?.noun === 'list') return { kind: 'list', end: noun.end }
  if (noun?.noun !== 'todo') return undefined
  const then = nounAt(s, noun.end)
  return { kind: 'todo', end: then?.noun === 'list' ? then.end : noun.end }
}

/** Whether nothing of weight comes from token `i` on. */
export function isOver(s: Sentence, i: number): boolean {
  const { kind, text } = at(s, i)
  if (text === 'please' || text === 'now') return isOver(s, i + 1)
  return (kind === 'end' && s.sealed[i] !== 1) || (kind === 'mark' && '.!?'.includes(text) && isOver(s, i + 1))
}

/** The text of some tokens as it was written, without quotes around it. */
export function wordsOf(s: Sentence, from: number, to: number = s.tokens.length): string {
  const text = s.text.slice(s.tokens[from]?.start ?? s.text.length, s.tokens[to - 1]?.end).trim()
  return /^["“«](?<inner>[^"“”«»]+)["”»][.!]?$/.exec(text)?.groups?.inner?.trim() ?? text
}
