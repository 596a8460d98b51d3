import type { Understanding } from '#core/understanding.ts'

/** Something of a list that a sentence may mean. */
export interface Nameable {
  readonly id: string
  readonly text: string
}

/**
 * The things of a list that a sentence means.
 *
 *   "cancel 2"                  the second of the list
 *   "cancel that"               the one that was touched last
 *   "cancel the dentist one"    those with all the words, or the one with exactly these words
 */
export function meant<Thing extends Nameable>(
  things: readonly Thing[],
  { title, reference }: Understanding,
  lastId: string | undefined,
): readonly Thing[] {
  if (reference && reference !== 'last') {
    const thing = things.at(reference.ordinal > 0 ? reference.ordinal - 1 : reference.ordinal)
    return thing ? [thing] : []
  }
  const words = title ? wordsOf(title) : []
  if (words.length === 0) {
    const last = things.find(({ id }) => id === lastId)
    return last ? [last] : things
  }
  const exact = things.filter(({ text }) => wordsOf(text).join(' ') === words.join(' '))
  if (exact.length > 0) return exact
  return things.filter(({ text }) => {
    const present = new Set(wordsOf(text))
    return words.every((word) => present.has(word))
  })
}

/** Words that only point: "the dentist one" means "dentist". */
const pointers = new Set(['the', 'a', 'an', 'my', 'one', 'about', 'to', 'for', 'reminder', 'event', 'todo', 'task', 'meeting', 'note'])

function wordsOf(text: string): readonly string[] {
  const words =
    text
      .toLocaleLowerCase('en')
      .normalize('NFKC')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  const telling = words.filter((word) => !pointers.has(word))
  return telling.length > 0 ? telling : words
}
