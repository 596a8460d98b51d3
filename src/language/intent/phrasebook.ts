import { type Beginning, spelled } from '../text/beginnings.ts'
import { at, type Sentence } from '../text/tokens.ts'

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
  const byFirstWord = new Map<string, { readonly phrase: Phrase; readonly words: readonly string[] }[]>()
  for (const phrase of phrases) {
    const words = phrase.split(' ')
    const first = words[0] ?? ''
    byFirstWord.set(
      first,
      [...(byFirstWord.get(first) ?? []), { phrase, words }].sort((a, b) => b.words.length - a.words.length),
    )
  }

  const begins = spelled(...byFirstWord.keys())

  return {
    begins,

    find(s, i) {
      const candidates = byFirstWord.get(at(s, i).text)
      if (!candidates) return undefined
      for (const { phrase, words } of candidates) if (follows(s, i, words)) return { phrase, end: i + words.length }
      return undefined
    },

    all(s, from, to) {
      const found = new Set<Phrase>()
      for (let i = from; i < to; i++) {
        const candidates = byFirstWord.get(at(s, i).text)
        if (candidates) for (const { phrase, words } of candidates) if (follows(s, i, words)) found.add(phrase)
      }
      return found
    },
  }
}

function follows(s: Sentence, i: number, words: readonly string[]): boolean {
  for (let j = 1; j < words.length; j++) if (at(s, i + j).text !== words[j]) return false
  return true
}
