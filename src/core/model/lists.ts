/** Something that holds others, told by its name: a list of todos, a folder of notes. */
interface Holder {
  readonly id: string
  readonly spaceId: string
  readonly ownerId: string
  /** As its person wrote it. */
  readonly name: string
  /** What tells it from the others of its person, as `nameKey` makes it. */
  readonly key: string
  /** What stands on a list that is deleted is nowhere to be seen, and comes back with it. Notes outlive their folder. */
  readonly state: 'kept' | 'deleted'
  readonly version: number
}

export interface TodoList extends Holder {}
export interface Folder extends Holder {}

export type TodoState = 'open' | 'done' | 'deleted'

export interface Todo {
  readonly id: string
  readonly spaceId: string
  readonly ownerId: string
  readonly listId: string
  readonly text: string
  readonly state: TodoState
  readonly dueAt: Temporal.Instant | null
  readonly version: number
}

export type NoteState = 'kept' | 'deleted'

export interface Note {
  readonly id: string
  readonly spaceId: string
  readonly ownerId: string
  readonly folderId: string | null
  readonly title: string
  readonly body: string
  readonly state: NoteState
  readonly version: number
}
