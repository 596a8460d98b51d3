import type { Verb } from './vocabulary.ts'
import { keepSpelling, markWord, numberWord, type Word } from './words.ts'

/** More than the lexicon holds. */
const mostWords = 1 << 16

/** Which words a reader can begin with. */
export type Beginning = (word: Word) => boolean

/** Readers in the order they are tried. */
export interface InOrder<Reader> {
  /** Those that can begin with a word: the others would find nothing, and are not asked. */
  from(word: Word): readonly Reader[]
  /** Those that can begin with one of two words. */
  fromEither(word: Word, other: Word): readonly Reader[]
  readonly all: readonly (readonly [Beginning, Reader])[]
}

/**
 * An ordered list of readers, each with the words it can begin with.
 *
 * A beginning may allow more than its reader reads, never less. It is asked once for each word of the lexicon: at a token,
 * the readers to try are looked up.
 */
export function inOrder<Reader>(all: readonly (readonly [Beginning, Reader])[]): InOrder<Reader> {
  const byWord: (readonly Reader[] | undefined)[] = []
  const byWords = new Map<number, readonly Reader[]>()
  const chosen = (...words: readonly Word[]) => all.filter(([begins]) => words.some(begins)).map(([, read]) => read)

  return {
    all,
    from(word) {
      const kept = byWord[word.id]
      if (kept !== undefined) return kept
      const readers = chosen(word)
      byWord[word.id] = readers
      return readers
    },
    fromEither(word, other) {
      if (word === other) return this.from(word)
      const both = word.id * mostWords + other.id
      const kept = byWords.get(both)
      if (kept !== undefined) return kept
      const readers = chosen(word, other)
      byWords.set(both, readers)
      return readers
    },
  }
}

/** A beginning that is worked out once for each word. */
export function remembered(beginning: Beginning): Beginning {
  const readers = inOrder([[beginning, true]])
  return (word) => readers.from(word).length > 0
}

export const any: Beginning = () => true

export const oneOf =
  (...beginnings: readonly Beginning[]): Beginning =>
  (word) =>
    beginnings.some((begins) => begins(word))

/** One of these words, in this spelling. */
export function spelled(...spellings: readonly string[]): Beginning {
  for (const spelling of spellings) keepSpelling(spelling)
  const known = new Set(spellings)
  return (word) => known.has(word.spelling)
}

export const number: Beginning = (word) => word === numberWord
export const mark: Beginning = (word) => word === markWord
export const weekday: Beginning = (word) => word.weekday > 0
export const month: Beginning = (word) => word.month > 0
export const unit: Beginning = (word) => word.unit !== ''
export const season: Beginning = (word) => word.season !== ''
export const dayPart: Beginning = (word) => word.part !== ''
/** "this", "next", "last" */
export const step: Beginning = (word) => !Number.isNaN(word.step)
/** "today", "tomorrow" */
export const dayWord: Beginning = (word) => !Number.isNaN(word.offset)
/** "cancel", "move": what is to be done. */
export const verb =
  (...verbs: readonly Verb[]): Beginning =>
  (word) =>
    word.verb !== '' && verbs.includes(word.verb)
export const holiday: Beginning = (word) => word.holiday

/** "am", "pm" */
export const halfOfDay: Beginning = (word) => word.half !== ''
/** "15", "fifteen" */
export const whole: Beginning = (word) => number(word) || !Number.isNaN(word.cardinal)
/** "3rd", "third", "twenty-first" */
export const ordinal: Beginning = (word) => number(word) || !Number.isNaN(word.ordinal) || word.cardinal >= 20
/** "two", "a couple", "half an hour" */
export const quantity = oneOf(whole, spelled('a', 'an', 'half', 'couple', 'few', 'several'))
/** What days are named with. */
export const dayName: Beginning = (word) => number(word) || word.names || word.holiday
/** "five", "half past", "a quarter to", "noon", "mid day", "the top of the hour", "next noon" */
export const clockTime = oneOf(whole, dayPart, (word) => word.unit === 'quarter', spelled('half', 'a', 'mid', 'top', 'bottom', 'next'))
