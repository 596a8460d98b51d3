import { type Beginning, spelled } from '../text/beginnings.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { wordOf } from '../text/words.ts'

/** A list of phrases that is looked up by the word a phrase begins with. */
export interface Phrasebook<Phrase extends string = string> {
  /** The words that its phrases begin with. */
  readonly begins: Beginning
  /** The longest phrase that stands at token `i`, and the token after it. */
  find(s: Sentence, i: number): { readonly phrase: Phrase; readonly end: number } | undefined
  /** Every phrase that stands somewhere between two tokens. */
  all(s: Sentence, from: number, to: number): ReadonlySet<Phrase>
}

export function phrasebook<const Phrase extends string>(phrases: readonly Phrase[]): Phrasebook<Phrase> {
  const byFirstWord = Map.groupBy(
    phrases.map((phrase) => ({ phrase, words: phrase.split(' ') })),
    ({ words }) => words[0] ?? '',
  )
  const begins = spelled(...byFirstWord.keys())
  // The lexicon has taken the first words up: its numbers find them without a look at their letters.
  const byWord: (readonly { readonly phrase: Phrase; readonly words: readonly string[] }[] | undefined)[] = []
  for (const [first, some] of byFirstWord) byWord[wordOf(first)?.id ?? 0] = some.sort((a, b) => b.words.length - a.words.length)

  return {
    begins,

    find(s, i) {
      const candidates = byWord[at(s, i).word.id]
      if (!candidates) return undefined
      for (const { phrase, words } of candidates) if (stands(s, i, words)) return { phrase, end: i + words.length }
      return undefined
    },

    all(s, from, to) {
      const found = new Set<Phrase>()
      for (let i = from; i < to; i++) {
        const candidates = byWord[at(s, i).word.id]
        if (candidates) for (const { phrase, words } of candidates) if (stands(s, i, words)) found.add(phrase)
      }
      return found
    },
  }
}

function stands(s: Sentence, i: number, words: readonly string[]): boolean {
  for (let j = 0; j < words.length; j++) if (at(s, i + j).text !== words[j]) return false
  return true
}
