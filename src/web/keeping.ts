import type { Group, Hours, MeetingService, Note, Person, Reminder, Todo } from '#core/model.ts'

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

export interface ShelfPage {
  readonly limit: number
  readonly offset: number
  /** What is open when nobody says. */
  readonly state?: 'open' | 'done' | undefined
}

export interface Removal {
  readonly version?: number | undefined
  /** Of something that repeats: its next occurrence alone, or all of it, which is usual. */
  readonly scope?: 'this' | 'all' | undefined
}

/** The things of one kind that the person of an account has. Each call throws `BotError` `busy` when more waits than is taken. */
export interface Shelf<One, Input> {
  list(user: string, page: ShelfPage): Promise<{ readonly items: readonly One[]; readonly more: boolean }>
  get(user: string, id: string): Promise<One | undefined>
  /** Asking for the same again with the same key gives what was made the first time. */
  create(user: string, input: Input, key?: string): Promise<Kept<One> | { readonly kind: 'key-reused' }>
  /** With a version only when it is at that one. */
  change(user: string, id: string, input: Input, version?: number): Promise<Kept<One>>
  remove(user: string, id: string, removal: Removal): Promise<Kept<One>>
}

/** What is absent is usual when a thing is made, and stays when it is changed. Moments are wall times, or have an offset. */
export interface ReminderInput {
  readonly text?: string | undefined
  readonly at?: string | undefined
  readonly timeZone?: string | undefined
  readonly rrule?: string | undefined
  /** Names of people and of groups; `me` is the one who asks. */
  readonly to?: readonly string[] | undefined
  readonly state?: 'scheduled' | 'paused' | 'done' | undefined
  readonly scope?: 'this' | 'all' | undefined
}

export interface TodoInput {
  readonly text?: string | undefined
  readonly at?: string | null | undefined
  readonly timeZone?: string | undefined
  readonly state?: 'open' | 'done' | undefined
}

export interface NoteInput {
  readonly title?: string | undefined
  readonly body?: string | undefined
}

export interface GroupInput {
  readonly name?: string | undefined
  /** Names of people, and of groups whose members they then are. */
  readonly members?: readonly string[] | undefined
}

export interface GroupRead {
  readonly group: Group
  readonly owner: Person | undefined
  readonly members: readonly Person[]
}

/** What is absent stays. */
export interface SettingsInput {
  readonly timeZone?: string | undefined
  readonly locale?: string | null | undefined
  readonly workingHours?: Hours | undefined
  readonly bufferMinutes?: number | undefined
  readonly alerts?: readonly string[] | undefined
  readonly catchUpDays?: number | undefined
  /** Null takes an address away. */
  readonly meetingLinks?: Readonly<Partial<Record<MeetingService, string | null | undefined>>> | undefined
  readonly senders?: { readonly from: 'everybody' | 'nobody'; readonly except?: readonly string[] | undefined } | undefined
  /** Null stops one. */
  readonly digests?: Readonly<Partial<Record<'agenda' | 'review', DigestInput | null | undefined>>> | undefined
}

interface DigestInput {
  readonly at?: string | undefined
  readonly rrule?: string | undefined
  readonly timeZone?: string | undefined
}

export interface SettingsRead {
  readonly person: Person
  /** The zone that they live by, whoever said it. */
  readonly timeZone: string
  readonly senders: { readonly from: 'everybody' | 'nobody'; readonly except: readonly string[] }
  readonly digests: readonly Reminder[]
}

export interface Keeper {
  readonly reminders: Shelf<Reminder, ReminderInput>
  readonly todos: Shelf<Todo, TodoInput>
  readonly notes: Shelf<Note, NoteInput>
  readonly groups: Shelf<GroupRead, GroupInput>
  readonly settings: {
    get(user: string): Promise<SettingsRead>
    /** All of it, or none. */
    change(user: string, input: SettingsInput, version?: number): Promise<Kept<SettingsRead>>
  }
}
