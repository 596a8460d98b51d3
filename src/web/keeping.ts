import type { GroupFields, NoteFields, ReminderFields, SettingsFields, TodoFields } from '#core/fields.ts'
import type { Folder, Group, Note, Person, Reminder, Todo, TodoList } from '#core/model.ts'
import type { Last } from '#core/ports/last.ts'
import type { Held } from '#core/ports.ts'

/** What people keep besides events, as programs read and write it: a shelf for each kind. */

/** What became of a wish. `hint` names what to do instead, in the words that chat would use. */
export type Kept<One> =
  /** `also`: what it made besides. */
  | { readonly kind: 'done'; readonly one: One; readonly also: readonly One[] }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-yours'; readonly hint: string }
  /** Somebody else changed it first. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'refused'; readonly hint: string }

/** The last of a page, and how many came up to it. */
export interface ShelfLast extends Last {
  readonly place: number
}

export interface ShelfPage {
  readonly limit: number
  /** The last of the page before. */
  readonly after?: ShelfLast | undefined
  /** What is open when nobody says. */
  readonly state?: 'open' | 'done' | undefined
  /** Of todos: those on the list of that name. */
  readonly list?: string | undefined
  /** Of todos: those that are due from then on, and before then. */
  readonly due?: { readonly from?: Temporal.Instant | undefined; readonly to?: Temporal.Instant | undefined } | undefined
  /** Of notes: those with these words. */
  readonly q?: string | undefined
  /** Of notes: those in the folder of that name. */
  readonly folder?: string | undefined
}

export interface Removal {
  readonly version?: number | undefined
  /** Of something that repeats: its next occurrence alone, or all of it, which is usual. */
  readonly scope?: 'this' | 'all' | undefined
}

/** The things of one kind that the person of an account has. Each call throws `BotError` `busy` when more waits than is taken. */
export interface Shelf<One, Input> {
  /** `last` where more follows. */
  list(user: string, page: ShelfPage): Promise<{ readonly items: readonly One[]; readonly last?: ShelfLast }>
  get(user: string, id: string): Promise<One | undefined>
  /** Asking for the same again with the same key gives what was made the first time. */
  create(user: string, input: Input, key?: string): Promise<Kept<One> | { readonly kind: 'key-reused' }>
  /** With a version only when it is at that one. */
  change(user: string, id: string, input: Input, version?: number): Promise<Kept<One>>
  remove(user: string, id: string, removal: Removal): Promise<Kept<One>>
}

export interface TodoRead {
  readonly todo: Todo
  /** The name of the list that it stands on. */
  readonly list: string
}

export interface NoteRead {
  readonly note: Note
  readonly folder: string | null
}

export interface GroupRead {
  readonly group: Group
  readonly owner: Person | undefined
  readonly members: readonly Person[]
}

export interface SettingsRead {
  readonly person: Person
  /** The zone that they live by, whoever said it. */
  readonly timeZone: string
  readonly senders: { readonly from: 'everybody' | 'nobody'; readonly except: readonly string[] }
  readonly digests: readonly Reminder[]
}

export interface Keeper {
  readonly reminders: Shelf<Reminder, ReminderFields>
  readonly todos: Shelf<TodoRead, TodoFields>
  readonly notes: Shelf<NoteRead, NoteFields>
  /** By name. */
  readonly lists: (user: string) => Promise<readonly Held<TodoList>[]>
  readonly folders: (user: string) => Promise<readonly Held<Folder>[]>
  readonly groups: Shelf<GroupRead, GroupFields>
  readonly settings: {
    get(user: string): Promise<SettingsRead>
    /** All of it, or none. */
    change(user: string, input: SettingsFields, version?: number): Promise<Kept<SettingsRead>>
  }
}
