import { create, removed, update } from '#commands/batch/fields.ts'
import { changedReminder, createdReminder } from '#commands/fields/reminder.ts'
import { concerns, removeReminder } from '#commands/reminder.ts'
import type { NoteFields, ReminderFields, TodoFields } from '#core/fields.ts'
import { nameKey } from '#core/name-key.ts'
import { following, type Rules } from './shelf.ts'

const somebodyElse = (noun: string) =>
  ({ code: 'not_yours', reason: `That ${noun} is somebody else’s, so only they can change it.` }) as const

export const reminderRules: Rules<'reminder', ReminderFields> = {
  kind: 'reminder',
  list: ({ store, space, person }, { state, limit, after }) =>
    state === 'done'
      ? store.reminders.ofKind(space.id, person.id, 'done', { after, limit })
      : store.reminders.open(space.id, person.id, limit, after),
  async find(id, viewer) {
    const one = await viewer.store.reminders.get(viewer.space.id, id)
    return one && one.state !== 'cancelled' && !one.notice && concerns(one, viewer) ? one : undefined
  },
  create: createdReminder,
  change(one, input, context) {
    const { state, ...fields } = input
    // Whoever is reminded may say that it is done.
    const mayDo = one.ownerId === context.person.id || (state === 'done' && Object.keys(fields).length === 0)
    if (!mayDo) return somebodyElse('reminder')
    if (one.rrule !== null && input.at !== undefined && input.rrule === undefined && input.scope === undefined)
      return {
        code: 'invalid',
        reason: 'This reminder repeats: say scope=this to move its next occurrence, or scope=all to move all of it.',
      }
    return changedReminder(one, input, context)
  },
  remove: (one, { scope }, context) =>
    one.ownerId === context.person.id ? removeReminder(one, scope ?? 'all', context) : somebodyElse('reminder'),
}

export const todoRules: Rules<'todo', TodoFields> = {
  kind: 'todo',
  async list({ store, space, person }, { limit, after, state = 'open', list, due }) {
    const on = list === undefined ? undefined : (await store.lists.of(space.id, person.id)).find(({ one }) => one.key === nameKey(list))
    if (list !== undefined && !on) return []
    const order = due ? 'due' : 'oldest'
    return store.todos.ofState(space.id, person.id, state, { limit, after, listId: on?.one.id, due, order })
  },
  async find(id, { store, space, person }) {
    const one = await store.todos.get(space.id, id)
    return one && one.state !== 'deleted' && one.ownerId === person.id ? one : undefined
  },
  create: (input, context) => create('todo', { ...input }, context),
  change: (one, input, context) => update(one, { ...input }, context),
  remove: (one, _removal, context) => removed('todo', one, context),
}

export const noteRules: Rules<'note', NoteFields> = {
  kind: 'note',
  async list({ store, space, person }, { limit, after, q, folder }) {
    const into =
      folder === undefined ? undefined : (await store.folders.of(space.id, person.id)).find(({ one }) => one.key === nameKey(folder))
    if (folder !== undefined && !into) return []
    const folderId = into?.one.id
    if (q === undefined) return store.notes.recent(space.id, person.id, limit, folderId, after)
    const found = await store.notes.search(space.id, person.id, { words: q, folderId, limit: (after?.place ?? 0) + limit })
    return following(found, after)
  },
  async find(id, { store, space, person }) {
    const one = await store.notes.get(space.id, id)
    return one && one.state !== 'deleted' && one.ownerId === person.id ? one : undefined
  },
  create: (input, context) => create('note', { ...input }, context),
  change: (one, input, context) => update(one, { ...input }, context),
  remove: (one, _removal, context) => removed('note', one, context),
}
