import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Accounts } from '../accounts.ts'
import type { Keeper } from '../keeping.ts'
import { GroupSchema, NoteSchema, ReminderSchema, TodoSchema } from '../schemas.ts'
import { groupView, noteView, reminderRecordView, todoView } from '../views.ts'
import { ChangedReminder, ChangedTodo, NewGroup, NewNote, NewReminder, NewTodo } from './fields.ts'
import { Paging, shelfRoutes } from './shelf.ts'

const state = z.enum(['open', 'done']).default('open')
const ofState = Paging.extend({ state })

/** Reminders, todos, notes and groups, as programs use them. */
export function keptRoutes(app: FastifyInstance, { keeper, accounts }: { readonly keeper: Keeper; readonly accounts: Accounts }): void {
  shelfRoutes(app, accounts, {
    shelf: keeper.reminders,
    noun: 'reminder',
    tag: 'reminders',
    listed: 'Reminders that you made, soonest first: those that are open, or those that are done',
    page: ofState,
    made: NewReminder,
    changed: ChangedReminder,
    removing: z.object({
      version: z.coerce.number().int().min(1).optional().describe('Refuses when it is not at this version any more'),
      scope: z.enum(['this', 'all']).optional().describe('Of one that repeats: its next occurrence, or all of it, which is usual'),
    }),
    shown: ReminderSchema,
    view: reminderRecordView,
  })
  shelfRoutes(app, accounts, {
    shelf: keeper.todos,
    noun: 'todo',
    tag: 'todos',
    listed: 'Todos, oldest first: those that are open, or those that are done',
    page: ofState,
    made: NewTodo,
    changed: ChangedTodo,
    shown: TodoSchema,
    view: todoView,
  })
  shelfRoutes(app, accounts, {
    shelf: keeper.notes,
    noun: 'note',
    tag: 'notes',
    listed: 'Notes, latest first',
    made: NewNote,
    changed: NewNote.partial(),
    shown: NoteSchema,
    view: noteView,
  })
  shelfRoutes(app, accounts, {
    shelf: keeper.groups,
    noun: 'group',
    tag: 'groups',
    listed: 'The groups of the space, by name',
    made: NewGroup,
    changed: NewGroup.partial(),
    shown: GroupSchema,
    view: groupView,
  })
}
