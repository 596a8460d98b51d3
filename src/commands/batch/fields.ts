import type { BatchKind } from '#core/batch.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { Change, Note, Reminder, Todo } from '#core/model.ts'
import type { When } from '#core/understanding.ts'
import { done } from '../answer.ts'
import { blank } from '../blank.ts'
import { changedReminder, createdReminder } from '../fields/reminder.ts'
import { atOf, momentOf } from '../fields/times.ts'
import { placeIn } from '../holder.ts'
import { createNote } from '../note/create.ts'
import { cancel } from '../reminder.ts'
import { createTodo } from '../todo/create.ts'
import type { Applied } from './applied.ts'

/** What a program writes, as it was checked at the door. */
type Input = Readonly<Record<string, unknown>>

const text = (input: Input, name: string) => (typeof input[name] === 'string' ? (input[name] as string) : undefined)

/** Makes what the fields say, by the rules of the sentence that would say it. */
export async function create(kind: BatchKind, input: Input, context: Context): Promise<Applied> {
  const title = text(input, 'text') ?? text(input, 'title') ?? null
  switch (kind) {
    case 'reminder':
      return createdReminder(input, context)
    case 'todo':
      return createTodo(
        { ...blank, intent: 'todo.create', title, list: text(input, 'list') ?? null, when: whenOf(input, context) },
        context,
      )
    case 'note':
      return createNote(
        { ...blank, intent: 'note.create', title, content: text(input, 'body') ?? null, list: text(input, 'folder') ?? null },
        context,
      )
    case 'event':
      throw new Error('events have a planner of their own')
  }
}

/** The fields that are given, in the place of what they were. */
export async function update(one: Reminder | Todo | Note, input: Input, context: Context): Promise<Applied> {
  if ('recipients' in one) return changedReminder(one, input, context)
  return 'body' in one ? updateNote(one, input, context) : updateTodo(one, input, context)
}

async function updateNote(before: Note, input: Input, context: Context): Promise<Applied> {
  const name = text(input, 'folder')
  const place = name === undefined ? undefined : await placeIn('folder', name, context)
  if (place?.kind === 'refused') return { reply: place.reply }
  const after: Note = {
    ...before,
    ...{ title: text(input, 'title') ?? before.title, body: text(input, 'body') ?? before.body },
    ...{ folderId: place?.one.id ?? (input.folder === null ? null : before.folderId), version: before.version + 1 },
  }
  return changed('note changed', [...(place?.made ?? []), { kind: 'note', before, after }], context)
}

async function updateTodo(before: Todo, input: Input, context: Context): Promise<Applied> {
  const name = text(input, 'list')
  const place = name === undefined ? undefined : await placeIn('list', name, context)
  if (place?.kind === 'refused') return { reply: place.reply }
  const when = whenOf(input, context)
  const dueAt = when?.start ? Temporal.Instant.from(when.start) : input.at === null ? null : before.dueAt
  const after: Todo = {
    ...before,
    ...{
      text: text(input, 'text') ?? before.text,
      state: input.state === 'done' ? 'done' : input.state === 'open' ? 'open' : before.state,
    },
    ...{ dueAt, listId: place?.one.id ?? before.listId, version: before.version + 1 },
  }
  return changed('todo changed', [...(place?.made ?? []), { kind: 'todo', before, after }], context)
}

export function removed(kind: BatchKind, one: Reminder | Todo | Note, context: Context): Applied {
  if ('recipients' in one) return cancel(one, context)
  const version = one.version + 1
  const change: Change =
    'body' in one
      ? { kind: 'note', before: one, after: { ...one, state: 'deleted', version } }
      : { kind: 'todo', before: one, after: { ...one, state: 'deleted', version } }
  return changed(`${kind} deleted`, [change], context)
}

function changed(summary: string, changes: readonly Change[], context: Context): Outcome {
  return done(context, summary, [summary], changes)
}

/** When a todo is due, as far as the fields say. */
function whenOf(input: Input, context: Context): When | null {
  const at = text(input, 'at')
  return at === undefined ? null : atOf(momentOf(at, text(input, 'timeZone') ?? context.timeZone))
}
