import type { NoteFields, TodoFields } from '#core/fields.ts'
import type { Note, Todo } from '#core/model.ts'
import type { Held, Store } from '#core/ports.ts'
import type { NoteRead, Shelf, TodoRead } from '#web/keeping.ts'
import { readAs } from './read-as.ts'

/** Todos and notes with the names of what they are kept in. */

export function onLists(shelf: Shelf<Todo, TodoFields>, { lists }: Pick<Store, 'lists'>): Shelf<TodoRead, TodoFields> {
  return readAs(shelf, async (todos) => {
    const names = await namesFor(todos, lists)
    return todos.map((todo) => ({ todo, list: names.get(todo.listId) ?? '' }))
  })
}

export function inFolders(shelf: Shelf<Note, NoteFields>, { folders }: Pick<Store, 'folders'>): Shelf<NoteRead, NoteFields> {
  return readAs(shelf, async (notes) => {
    const names = await namesFor(notes, folders)
    return notes.map((note) => ({ note, folder: (note.folderId === null ? undefined : names.get(note.folderId)) ?? null }))
  })
}

/** They are all of one person. */
async function namesFor(
  things: readonly { readonly spaceId: string; readonly ownerId: string }[],
  holders: { of(spaceId: string, ownerId: string): Promise<readonly Held<{ readonly id: string; readonly name: string }>[]> },
): Promise<ReadonlyMap<string, string>> {
  const [first] = things
  const all = first ? await holders.of(first.spaceId, first.ownerId) : []
  return new Map(all.map(({ one }) => [one.id, one.name]))
}
