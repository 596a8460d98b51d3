import type { Folder, Note, Todo, TodoList } from '../model.ts'
import type { Last } from './last.ts'

/** Todos and notes, and what they are kept in. */

/** Which todos are wanted. */
export interface TodoPage {
  readonly offset?: number
  /** Only those that follow it. */
  readonly after?: Last | undefined
  readonly limit: number
  readonly listId?: string | undefined
  /** Those that are due from then on, and before then. */
  readonly due?: { readonly from?: Temporal.Instant | undefined; readonly to?: Temporal.Instant | undefined } | undefined
  /** The oldest first, when nobody says. */
  readonly order?: 'oldest' | 'latest' | 'due' | undefined
}

export interface NoteSearch {
  /** As typed: accents, case and endings do not matter, and neither do small mistakes. */
  readonly words: string
  readonly folderId?: string | undefined
  readonly limit: number
  /** Nothing but what holds all the words. */
  readonly exactly?: true
}

/** A list or a folder, and how much it holds. */
export interface Held<Holder> {
  readonly one: Holder
  readonly holds: number
}

/** What a command may read of them. Each call is scoped to one space. */
export interface ListReads {
  readonly todos: {
    /** Undefined too when the list that it stood on is deleted. */
    get(spaceId: string, id: string): Promise<Todo | undefined>
    /** Soonest due first, then what is due at no time, the oldest first; of one list alone with `listId`. */
    open(spaceId: string, ownerId: string, limit: number, listId?: string, offset?: number): Promise<readonly Todo[]>
    ofState(spaceId: string, ownerId: string, state: 'open' | 'done', page: TodoPage): Promise<readonly Todo[]>
    countOpen(spaceId: string, ownerId: string): Promise<number>
  }
  readonly lists: {
    get(spaceId: string, id: string): Promise<TodoList | undefined>
    /** A person's own by name, with how many open todos each holds. */
    of(spaceId: string, ownerId: string): Promise<readonly Held<TodoList>[]>
  }
  readonly notes: {
    get(spaceId: string, id: string): Promise<Note | undefined>
    /** The latest first; those that follow `after`. */
    recent(spaceId: string, ownerId: string, limit: number, folderId?: string, after?: Last): Promise<readonly Note[]>
    /** Those with all the words, or else those with nearly the same, best first. */
    search(spaceId: string, ownerId: string, search: NoteSearch): Promise<readonly Note[]>
    count(spaceId: string, ownerId: string): Promise<number>
  }
  readonly folders: {
    get(spaceId: string, id: string): Promise<Folder | undefined>
    /** A person's own by name, with how many notes each holds. */
    of(spaceId: string, ownerId: string): Promise<readonly Held<Folder>[]>
  }
}
