import type { RecordKind } from './model.ts'
import type { Intent, Understanding } from './understanding.ts'

/** The list that somebody was shown last: what "2" and "the last one" mean to them. */
export interface ShownList {
  readonly kind: RecordKind
  /** In the order they were shown. */
  readonly ids: readonly string[]
}

export interface ShownLists {
  remember(conversation: string, list: ShownList): void
  recall(conversation: string): ShownList | undefined
}

const most = 10_000

/**
 * Kept in this process alone, and not for ever: without it a number counts the present list, which is
 * mostly the same one.
 */
export function createShownLists(): ShownLists {
  const lists = new Map<string, ShownList>()
  return {
    remember(conversation, list) {
      // The one remembered longest ago is the first of a Map.
      lists.delete(conversation)
      lists.set(conversation, list)
      const [oldest] = lists.keys()
      if (lists.size > most && oldest !== undefined) lists.delete(oldest)
    },
    recall: (conversation) => lists.get(conversation),
  }
}

/** What is done to the second of a list is done to that list's kind of thing: "done with 2" after the todos is a todo. */
const sameOf: Readonly<Partial<Record<RecordKind, Readonly<Partial<Record<Intent, Intent>>>>>> = {
  reminder: { 'todo.complete': 'reminder.complete', 'event.cancel': 'reminder.cancel', 'todo.delete': 'reminder.cancel' },
  todo: {
    'reminder.complete': 'todo.complete',
    'reminder.cancel': 'todo.delete',
    'event.cancel': 'todo.delete',
    'event.update': 'todo.update',
  },
  note: { 'reminder.cancel': 'note.delete', 'event.cancel': 'note.delete', 'todo.delete': 'note.delete', 'event.update': 'note.update' },
  event: { 'reminder.cancel': 'event.cancel' },
}

/** From here on a sentence says itself what kind of thing it is about: "cancel reminder 2". */
const named = 0.95

export function aboutList(understanding: Understanding, list: ShownList | undefined): Understanding {
  const { reference, intent, confidence } = understanding
  if (!list || !reference || reference === 'last' || confidence >= named) return understanding
  return { ...understanding, intent: sameOf[list.kind]?.[intent] ?? intent }
}
