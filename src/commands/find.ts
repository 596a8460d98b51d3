import type { Context } from '#core/command.ts'
import type { RecordKind } from '#core/model.ts'
import type { Understanding } from '#core/understanding.ts'

/** Something of a list that a sentence may mean. */
export interface Nameable {
  readonly id: string
  readonly text: string
}

/** What a person has before their eyes. */
export interface Touched {
  /** What was made, changed or told last: "that". */
  readonly lastId: string | undefined
  /** The ids of the list shown last, when it was a list of these things: "2". */
  readonly shown: readonly string[] | undefined
}

/** The thing of this kind that the person's latest change was about: "that". */
export async function lastChanged(kind: RecordKind, { store, space, person }: Context): Promise<string | undefined> {
  const entry = await store.audit.latest(space.id, person.id)
  return entry?.changes.find((change) => change.kind === kind)?.after.id
}

/** The ids of the list shown last, when it held things of this kind. */
export function shownOf(kind: RecordKind, { shown }: Pick<Context, 'shown'>): readonly string[] | undefined {
  return shown?.kind === kind ? shown.ids : undefined
}

/**
 * The things of a list that a sentence means.
 *
 *   "cancel 2"                  the second of the list shown last
 *   "cancel that"               the one that was touched last
 *   "cancel the dentist one"    those with all the words, or the one with exactly these words
 */
export function meant<Thing extends Nameable>(
  things: readonly Thing[],
  { title, reference = null }: Pick<Understanding, 'title' | 'reference'>,
  { lastId, shown }: Touched,
): readonly Thing[] {
  if (reference && reference !== 'last') {
    const ids = shown ?? things.map(({ id }) => id)
    const chosen = ids.at(reference.ordinal > 0 ? reference.ordinal - 1 : reference.ordinal)
    return things.filter(({ id }) => id === chosen)
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

/** Whether words only point and name nothing: "the meeting", "that one". */
export function pointsOnly(text: string): boolean {
  return wordsOf(text).every((word) => pointers.has(word))
}

/** A name as it is compared with others, however it is written. */
export function foldedName(name: string): string {
  return name.normalize('NFKC').trim().toLocaleLowerCase('en')
}

/** The words of a text, alike however they are written. */
export function wordsIn(text: string): readonly string[] {
  return (
    text
      .toLocaleLowerCase('en')
      .normalize('NFKC')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

function wordsOf(text: string): readonly string[] {
  const words = wordsIn(text)
  const telling = words.filter((word) => !pointers.has(word))
  return telling.length > 0 ? telling : words
}
