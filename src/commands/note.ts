import type { Command, Context, Outcome } from '#core/command.ts'
import type { Note } from '#core/model.ts'
import { problem, say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { done, instant, short, tell } from './answer.ts'
import { askWhat } from './question.ts'

const longestBody = 20_000
const longestTitle = 120
const listed = 20

export const note: Command = {
  intents: ['note.create', 'note.list'],
  understood: (understanding, context) => (understanding.intent === 'note.list' ? list(context) : createNote(understanding, context)),
  presses: {},
}

export async function createNote(understanding: Understanding, context: Context): Promise<Outcome> {
  const { title, content } = understanding
  const body = content ?? title
  if (body === null || body.trim() === '') return askWhat(understanding, ['What shall I note?'], context)
  if (body.length > longestBody)
    return { reply: problem(`A note holds ${longestBody} characters and this one has ${body.length}: split it in two.`) }
  const after: Note = {
    id: context.newId(),
    spaceId: context.space.id,
    ownerId: context.person.id,
    title: short(title ?? body, longestTitle),
    body,
    state: 'kept',
    version: 1,
  }
  return done(context, 'note created', say`Noted: ${strong(short(after.title))}.`, [{ kind: 'note', before: null, after }])
}

async function list(context: Context): Promise<Outcome> {
  const notes = await context.store.notes.recent(context.space.id, context.person.id, listed)
  if (notes.length === 0) return tell(say`You have no notes. Make one: ${{ kind: 'code', text: 'note: the door code is 4711' }}`)
  const items = notes.map((one) => ({
    text: [one.title],
    detail: one.body === one.title ? [instant(writtenAt(one), context, context.timeZone, 'date')] : [short(one.body)],
  }))
  return tell(say`${strong('Your latest notes')}`, [{ kind: 'list', items }])
}

/** A UUIDv7 begins with its milliseconds since 1970 (RFC 9562 section 5.7). */
function writtenAt({ id }: Note): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16))
}
