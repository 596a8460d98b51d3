import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Transcripts } from '#core/ports.ts'
import { type Accounts, problems } from '../accounts.ts'
import { LineSchema } from '../schemas.ts'
import { lineView } from '../views.ts'

const Page = z.object({
  before: z.uuid().optional().describe('The id of a line; the lines before it'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** What was said on the page. */
export function transcriptRoutes(app: FastifyInstance, { transcripts, accounts }: { transcripts: Transcripts; accounts: Accounts }): void {
  const api = app.withTypeProvider<ZodTypeProvider>()

  api.get(
    '/api/transcript',
    {
      schema: {
        tags: ['words'],
        operationId: 'listLines',
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
