import type { Context, Outcome } from '#core/command.ts'
import type { Folder, Note } from '#core/model.ts'
import type { Draft, Held } from '#core/ports.ts'
import { problem } from '#core/reply.ts'
import { short } from '../answer.ts'
import { lastChanged, meant, type Nameable, shownOf } from '../find.ts'
import { findHolder } from '../holder.ts'
import { pick } from '../pick.ts'

/** As many notes as an answer lists. */
export const mostFound = 20

/** Words that lead to what a note is about, and are in no note for that. */
const leading = new Set(
  'a an the my our your note notes memo about for on of with that says said saying which where what was is are were who how when i wrote written down had has have do does did me to in from called named titled it this again there any can could you tell remember know whats wheres whos'.split(
    ' ',
  ),
)

/** The words of a question that a note may hold: "what was the door code" asks for "door code". */
export function tellingWords(text: string): string {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []
  return words.filter((word) => !leading.has(word.toLocaleLowerCase('en').replace(/['’]s$/, ''))).join(' ')
}

/**
 * The notes that a sentence means, best first.
 *
 *   "note 2"                      the second of the list shown last
 *   "that note"                   the one that was opened or changed last
 *   "the note about the door"     the only one called so; else those with all the words; else those with nearly these
 */
export async function notesMeant(understanding: Draft, context: Context): Promise<readonly Note[] | { readonly missing: Outcome }> {
  const { store, space, person } = context
  const folder = await folderSaid(understanding, context)
  if (folder && 'missing' in folder) return folder
  const { choices, reference, title } = understanding
  if (choices) return theirs(choices, context)
  const words = title === null ? '' : tellingWords(title)
  if (reference || words === '') {
    const shown = shownOf('note', context)
    const opened = shown?.length === 1 ? shown[0] : undefined
    const lastId = opened ?? (await lastChanged('note', context))
    const known = shown ?? (await store.notes.recent(space.id, person.id, mostFound, folder?.one.id)).map(({ id }) => id)
    const all = await theirs([...new Set([...known, ...(lastId === undefined ? [] : [lastId])])], context)
    return all.length === 0 ? [] : bare(meant(all.map(nameable), { title: null, reference: reference ?? null }, { lastId, shown }))
  }
  const found = await store.notes.search(space.id, person.id, { words, folderId: folder?.one.id, limit: mostFound })
  // What is called exactly so is meant, although others speak of it.
  const exact = found.filter((one) => tellingWords(one.title).toLocaleLowerCase('en') === words.toLocaleLowerCase('en'))
  return exact.length > 0 ? exact : found
}

/** The only note that is meant; a question where there are several, and a way on where there is none. */
export async function theNote(understanding: Draft, verb: string, context: Context): Promise<Note | { readonly otherwise: Outcome }> {
  const found = await notesMeant(understanding, context)
  if ('missing' in found) return { otherwise: found.missing }
  const [one, ...others] = found
  if (!one) return { otherwise: { reply: unknown(understanding) } }
  return others.length === 0 ? one : { otherwise: await pick(understanding, found.map(nameable), `${verb}`, context) }
}

export async function folderSaid({ list }: Draft, context: Context): Promise<Held<Folder> | { readonly missing: Outcome } | undefined> {
  return list === null ? undefined : findHolder('folder', list, context, 'folder-open')
}

export function unknown({ title }: Draft) {
  const like = title === null ? 'like that' : `about “${short(title, 60)}”`
  return problem(`I know no note ${like}. Say “list my notes” to see them.`)
}

/** A note by its id, when it is this person's and not deleted. */
export async function ownNote(id: string, { store, space, person }: Context): Promise<Note | undefined> {
  const one = await store.notes.get(space.id, id)
  return one && one.ownerId === person.id && one.state === 'kept' ? one : undefined
}

async function theirs(ids: readonly string[], context: Context): Promise<readonly Note[]> {
  const found = await Promise.all(ids.slice(0, mostFound + 1).map((id) => ownNote(id, context)))
  return found.filter((one) => one !== undefined)
}

const nameable = (note: Note): Nameable & { readonly note: Note } => ({ id: note.id, text: note.title, note })
const bare = (found: readonly { readonly note: Note }[]) => found.map(({ note }) => note)
