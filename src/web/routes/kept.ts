import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Folder, TodoList } from '#core/model.ts'
import type { Held } from '#core/ports.ts'
import { type Accounts, problems } from '../accounts.ts'
import type { Keeper } from '../keeping.ts'
import { Moment } from '../moment.ts'
import { GroupSchema, HolderSchema, NoteSchema, ReminderSchema, TodoSchema } from '../schemas.ts'
import { groupView, holderView, noteView, reminderRecordView, todoView } from '../views.ts'
import { ChangedReminder, ChangedTodo, NewGroup, NewNote, NewReminder, NewTodo } from './fields.ts'
import { capital, Paging, shelfRoutes } from './shelf.ts'

const state = z.enum(['open', 'done']).default('open')
const ofState = Paging.extend({ state })
const Name = z.string().min(1).max(100)
const Instant = Moment.transform((text) => Temporal.Instant.from(text)).optional()
const ofTodos = ofState
  .extend({
    list: Name.optional().describe('Only those on the list of that name'),
    dueFrom: Instant.describe('Only those that are due then or later, soonest first'),
    dueBefore: Instant.describe('Only those that are due before then, soonest first'),
  })
  .transform(({ dueFrom: from, dueBefore: to, ...page }) => ({ ...page, ...(from || to ? { due: { from, to } } : {}) }))
const ofNotes = Paging.extend({
  q: z.string().min(1).max(200).optional().describe('Words that they hold, nearly right ones too; the best first'),
  folder: Name.optional().describe('Only those in the folder of that name'),
})

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
    page: ofTodos,
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
    page: ofNotes,
    made: NewNote,
    changed: NewNote.partial(),
    shown: NoteSchema,
    view: noteView,
  })
  holderRoute(app, accounts, { noun: 'list', tag: 'todos', listed: 'The lists that todos stand on, by name', read: keeper.lists })
  holderRoute(app, accounts, { noun: 'folder', tag: 'notes', listed: 'The folders that notes lie in, by name', read: keeper.folders })
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

interface Holders {
  readonly noun: 'list' | 'folder'
  readonly tag: string
  readonly listed: string
  read(user: string): Promise<readonly Held<TodoList | Folder>[]>
}

/** They are made, and gone, with what is put into them: here they are only told. */
function holderRoute(app: FastifyInstance, accounts: Accounts, { noun, tag, listed, read }: Holders): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    `/api/${noun}s`,
    {
      schema: {
        tags: [tag],
        operationId: `list${capital(noun)}s`,
        summary: listed,
        response: { 200: z.object({ [`${noun}s`]: z.array(HolderSchema) }), ...problems },
      },
    },
    async (request) => ({ [`${noun}s`]: (await read(accounts.of(request).user)).map(holderView) }),
  )
}
