import type { BatchStatus } from '#core/batch.ts'
import type { Context, Outcome, Pressed } from '#core/command.ts'
import type { AuditEntry } from '#core/ports.ts'
import { problem } from '#core/reply.ts'
import { settled, showIn } from '../answer.ts'
import { blank } from '../blank.ts'
import { undoImport } from '../exchange/import.ts'
import { keep } from '../question.ts'
import { draftUndo } from './undoing.ts'
import { mostNamed, progressView } from './view.ts'

const gone = problem('I know nothing of that any more: I keep such work for 30 days.')

/** Lets a preview be answered in words as well: its buttons say what they stand for. */
export async function awaitWord(id: string, title: string, context: Context): Promise<void> {
  await keep({ ...blank, intent: 'batch.shift', waits: id }, title, context)
}

/** "Do it": from here on the jobs work, and the message shows how far they are. */
export async function go({ subject }: Pick<Pressed, 'subject'>, context: Context): Promise<Outcome> {
  return begin(subject, context)
}

export async function refuse({ subject }: Pick<Pressed, 'subject'>, context: Context): Promise<Outcome> {
  const { store, space, person, now } = context
  const dropped = await store.batches.drop(space.id, person.id, subject)
  await store.questions.close(space.id, subject, now)
  return dropped ? settled(context, ['Nothing was changed.']) : look({ subject }, context)
}

export async function stop({ subject }: Pick<Pressed, 'subject'>, context: Context): Promise<Outcome> {
  await context.store.batches.stop(context.space.id, context.person.id, subject)
  return look({ subject }, context)
}

export async function look({ subject }: Pick<Pressed, 'subject'>, context: Context): Promise<Outcome> {
  const { store, space, person } = context
  const batch = await store.batches.status(space.id, person.id, subject)
  if (!batch || batch.state === 'draft') return { reply: gone }
  return { reply: await viewOf(batch, context) }
}

/** Takes back the whole batch, or the import, that an audit entry stands for. */
export async function undoEntry({ id }: AuditEntry, context: Context): Promise<Outcome> {
  const { store, space, person } = context
  const batch = await store.batches.ofEntry(space.id, person.id, id)
  if (batch !== undefined) return undoBatch({ subject: batch }, context)
  const imported = await store.imports.ofEntry(space.id, person.id, id)
  return imported === undefined ? { reply: gone } : undoImport(imported, context)
}

export async function undoBatch({ subject: id }: Pick<Pressed, 'subject'>, context: Context): Promise<Outcome> {
  const { store, space, person, message } = context
  const batch = await store.batches.status(space.id, person.id, id)
  if (!batch) return { reply: gone }
  if (batch.state === 'running') await store.batches.stop(space.id, person.id, id)
  if (batch.state === 'running' || batch.state === 'stopping') {
    return { reply: problem('It is still at work, so I have stopped it. Say “undo” again in a moment to take back what was done.') }
  }
  const back = await draftUndo(store.batches, batch, { origin: message.place, author: { ...message.author, name: person.name } })
  return back === undefined ? { reply: problem('Nothing of it was done, so there is nothing to undo.') } : begin(back, context)
}

async function begin(id: string, context: Context): Promise<Outcome> {
  const { store, space, person, now } = context
  switch (await store.batches.begin(space.id, person.id, id, now, showIn(context))) {
    case undefined:
      return { reply: gone }
    case 'too-many':
      return { reply: problem('Several such things of yours are under way: wait until one of them is done.') }
    case 'begun':
      await store.questions.close(space.id, id, now)
      await store.batches.endsSoon(id)
      return look({ subject: id }, context)
    case 'begun-before':
      return look({ subject: id }, context)
  }
}

async function viewOf(batch: BatchStatus, { store, space, token }: Context) {
  const failed = batch.failed === 0 ? [] : await store.batches.items(space.id, batch.id, { after: -1, limit: mostNamed, state: 'failed' })
  return progressView(batch, failed, token)
}
