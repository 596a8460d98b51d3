import { expand, recurs } from '#calendar/expand.ts'
import type { Occurrence } from '#calendar/occurrence.ts'
import type { BatchKind, ItemAtWork, Operation } from '#core/batch.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { Note, Reminder, Todo } from '#core/model.ts'
import { amend } from '../amend.ts'
import { blank } from '../blank.ts'
import { cancel as cancelEvent } from '../event/cancel.ts'
import { change as changeEvent } from '../event/change.ts'
import { byKey, nearest } from '../event/which.ts'
import { removeReminder } from '../reminder.ts'
import { act } from './acts.ts'
import type { Applied, Refusal } from './applied.ts'
import { takeBack } from './back.ts'
import { create, removed, update } from './fields.ts'
import { wasOf } from './was.ts'

type Planned = Extract<Operation, { do: 'cancel' | 'change' }>

/** Decides what an item of a batch changes, by the rules that the same words in chat would follow. */
export async function apply(item: ItemAtWork, context: Context): Promise<Applied> {
  const { operation } = item
  switch (operation.do) {
    case 'say':
      throw new Error('a sentence goes through the engine')
    case 'back':
      return takeBack(item, operation.position, context)
    case 'create':
      return create(operation.kind, operation.input, context)
    case 'update':
      return onOwn(operation.kind, operation.id ?? '', context, (one) => update(one, operation.input, context))
    case 'delete':
      return onOwn(operation.kind, operation.id ?? '', context, (one) => removed(operation.kind, one, context))
    case 'act':
      return onOwn(operation.kind, operation.id, context, (one) =>
        'recipients' in one ? act(one, operation, context) : { code: 'invalid', reason: 'Only reminders can do that.' },
      )
    case 'cancel':
    case 'change':
      return operation.kind === 'event' ? onEvent(operation, context) : onThing(operation, context)
  }
}

async function onEvent(operation: Planned, context: Context): Promise<Applied> {
  const { id, occurrence, scope = 'all' } = operation
  const one = occurrence === undefined ? await wholeOf(id, context) : await byKey(`${id} ${occurrence}`, context)
  if (!one || (occurrence !== undefined && !isThat(one, occurrence))) return gone
  if (operation.was !== undefined && operation.was !== wasOf(one)) return changed
  if (operation.do === 'cancel') return cancelEvent({ ...blank, intent: 'event.cancel', scope }, one, context)
  return changeEvent({ ...blank, intent: 'event.update', scope, changes: operation.changes }, one, context)
}

/** A single event however far away it is; of a series the occurrence that stands for it. */
async function wholeOf(id: string, context: Context): Promise<Occurrence | undefined> {
  const event = await context.store.events.get(context.space.id, id)
  if (!event || event.status === 'cancelled') return undefined
  if (recurs(event)) return nearest(event, context.now)
  return expand(event, { from: event.startsAt, to: event.startsAt.add({ seconds: 1 }) }, 1).occurrences[0]
}

function isThat({ recurrenceId }: Occurrence, occurrence: string): boolean {
  return recurrenceId?.toString({ smallestUnit: 'second' }) === occurrence
}

function onThing(operation: Planned, context: Context): Promise<Applied> {
  return onOwn(operation.kind, operation.id, context, (one) => {
    if (operation.do === 'cancel') return 'recipients' in one ? cancelled(one, operation, context) : removed(operation.kind, one, context)
    if ('recipients' in one) return amend(one, { ...blank, changes: operation.changes }, context)
    return update(one, { text: operation.changes.title, title: operation.changes.title }, context)
  })
}

function cancelled(one: Reminder, { scope }: Planned, context: Context): Outcome | Promise<Outcome> {
  return removeReminder(one, scope === 'this' ? 'this' : 'all', context)
}

/** Whoever changed it meanwhile has the last word. */
export const changed: Refusal = { code: 'changed', reason: 'It has changed meanwhile, so I left it as it is.' }

const gone: Refusal = { code: 'not_found', reason: 'It is gone.' }

async function onOwn(
  kind: BatchKind,
  id: string,
  context: Context,
  act: (one: Reminder | Todo | Note) => Applied | Promise<Applied>,
): Promise<Applied> {
  const one = await thing(kind, id, context)
  if (!one || one.state === 'deleted') return gone
  return one.ownerId === context.person.id ? act(one) : { code: 'not_yours', reason: 'It is somebody else’s.' }
}

async function thing(kind: BatchKind, id: string, { store, space }: Context): Promise<Reminder | Todo | Note | undefined> {
  switch (kind) {
    case 'reminder':
      return store.reminders.get(space.id, id)
    case 'todo':
      return store.todos.get(space.id, id)
    case 'note':
      return store.notes.get(space.id, id)
    case 'event':
      throw new Error('events have a planner of their own')
  }
}
