import { at } from '../text/tokens.ts'
import type { Noun, Verb } from '../text/vocabulary.ts'
import { type CueGroup, cues, groupsFound } from './cues.ts'
import { nounAt, type View, verbAt } from './view.ts'

/** What a sentence holds, wherever it stands: for requests that do not begin like one. */
export interface Traits {
  readonly nouns: ReadonlyMap<Noun, { readonly from: number; readonly end: number }>
  readonly verbs: ReadonlyMap<Verb, number>
  readonly cues: ReadonlySet<CueGroup>
  /** "what", "do I", "let me know", "I want to see". */
  readonly asks: boolean
  /** "take ... off", "no longer need", "get rid of". */
  readonly removes: boolean
}

/** Where a loose request may hold its words, in tokens. */
export const reach = 60

export const asking = new Set([
  'what',
  "what's",
  'whats',
  'which',
  'when',
  "when's",
  'whens',
  'how',
  'who',
  "who's",
  'where',
  'do',
  'does',
  'did',
  'is',
  'are',
  'am',
  'was',
  'will',
  'any',
  'anything',
  'have',
  'has',
])

export function traitsOf({ s, opening, end, times }: View): Traits {
  const nouns = new Map<Noun, { readonly from: number; readonly end: number }>()
  const verbs = new Map<Verb, number>()
  const limit = Math.min(end, reach)
  // "before lunch", and nothing more
  const onlyWhen = times.phrase?.open !== undefined && times.phraseAt.some(({ from, to }) => from === 0 && to === end)
  for (let i = 0; i < limit; i++) {
    const noun = nounAt(s, i)
    if (noun && !onlyWhen && !nouns.has(noun.noun)) nouns.set(noun.noun, { from: i, end: noun.end })
    const verb = verbAt(s, i)
    if (verb && !verbs.has(verb)) verbs.set(verb, i)
  }
  const groups = groupsFound(cues.all(s, 0, limit))
  return {
    nouns,
    verbs,
    cues: groups,
    asks: asking.has(at(s, opening).text) || asking.has(at(s, 0).text) || groups.has('asks') || groups.has('have'),
    removes: verbs.has('cancel') || groups.has('removes'),
  }
}
