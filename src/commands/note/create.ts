import type { Context, Outcome } from '#core/command.ts'
import type { Change, Note } from '#core/model.ts'
import { problem, type Reply, say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { done, short } from '../answer.ts'
import { called, placeIn } from '../holder.ts'
import { askWhat } from '../question.ts'

export const longestBody = 20_000
export const longestTitle = 120
/** As many notes as one person may have. */
const mostNotes = 5_000

export async function createNote(understanding: Understanding, context: Context): Promise<Outcome> {
  const { title, content, list } = understanding
  const body = content ?? title
  if (body === null || body.trim() === '') return askWhat(understanding, ['What shall I note?'], context)
  if (body.length > longestBody) return { reply: tooLong(body, 'has') }
  const { space, person, store } = context
  const id = context.newId()
  const [place, kept] = await Promise.all([
    list === null ? undefined : placeIn('folder', list, context),
    store.notes.count(space.id, person.id),
  ])
  if (place?.kind === 'refused') return { reply: place.reply }
  if (kept >= mostNotes)
    return { reply: problem(`You have ${mostNotes.toLocaleString('en')} notes, which is as many as I keep: delete some first.`) }
  const after: Note = {
    id,
    spaceId: space.id,
    ownerId: person.id,
    folderId: place?.one.id ?? null,
    title: short(title ?? body, longestTitle),
    body,
    state: 'kept',
    version: 1,
  }
  const isNew = place && place.made.length > 0 ? ', which is new' : ''
  const where = place ? say` in ${called('folder', place.one)}${isNew}` : []
  const change: Change = { kind: 'note', before: null, after }
  return done(context, 'note created', say`Noted${where}: ${strong(short(after.title))}.`, [...(place?.made ?? []), change])
}

export function tooLong(body: string, has: 'has' | 'would have'): Reply {
  return problem(`A note holds ${longestBody} characters and this one ${has} ${body.length}: split it in two.`)
}

/** A note that was given no title is called by its words. */
export function isCalledByItself({ title, body }: Note): boolean {
  return title === short(body, longestTitle)
}
