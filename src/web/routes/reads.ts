import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Transcripts } from '#core/ports.ts'
import { type Accounts, problems } from '../accounts.ts'
import type { Reads } from '../ports.ts'
import { LineSchema, NoteSchema, ReminderSchema, TodoSchema } from '../schemas.ts'
import { lineView, noteView, reminderView, todoView } from '../views.ts'

const Page = z.object({
  before: z.string().max(100).optional().describe('The id of a line; the lines before it'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** What somebody has: the lists of the page and of the API. */
export function readRoutes(app: FastifyInstance, parts: { reads: Reads; transcripts: Transcripts; accounts: Accounts }): void {
  const { reads, transcripts, accounts } = parts
  const api = app.withTypeProvider<ZodTypeProvider>()

  api.get(
    '/api/reminders',
    {
      schema: {
        tags: ['lists'],
        summary: 'Open reminders, soonest first',
        response: { 200: z.object({ reminders: z.array(ReminderSchema) }), ...problems },
      },
    },
    async (request) => ({ reminders: (await reads.reminders(accounts.of(request).user)).map(reminderView) }),
  )

  api.get(
    '/api/todos',
    { schema: { tags: ['lists'], summary: 'Open todos', response: { 200: z.object({ todos: z.array(TodoSchema) }), ...problems } } },
    async (request) => ({ todos: (await reads.todos(accounts.of(request).user)).map(todoView) }),
  )

  api.get(
    '/api/notes',
    { schema: { tags: ['lists'], summary: 'Recent notes', response: { 200: z.object({ notes: z.array(NoteSchema) }), ...problems } } },
    async (request) => ({ notes: (await reads.notes(accounts.of(request).user)).map(noteView) }),
  )

  api.get(
    '/api/transcript',
    {
      schema: {
        tags: ['lists'],
        summary: "The last lines of the page's chat, oldest first",
        querystring: Page,
        response: { 200: z.object({ lines: z.array(LineSchema), more: z.boolean() }), ...problems },
      },
    },
    async (request) => {
      const { limit, before } = request.query
      const lines = await transcripts.recent(accounts.of(request).user, limit + 1, before)
      const shown = lines.slice(-limit).map(lineView) as unknown as z.output<typeof LineSchema>[]
      return { lines: shown, more: lines.length > limit }
    },
  )
}
