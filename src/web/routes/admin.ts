import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { platforms } from '#core/message.ts'
import { type Accounts, problems } from '../accounts.ts'
import { sendProblem } from '../answers.ts'
import type { Admin, Board } from '../ports.ts'
import { Problem, ProblemDocument } from '../problem.ts'
import { boardRoutes } from './board.ts'

const Page = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.uuid().optional().describe('The last id of the page before'),
})
const DeadLetter = z.object({
  id: z.string(),
  reminderId: z.string(),
  spaceId: z.string(),
  platform: z.enum(platforms),
  place: z.string().describe('direct:USER or channel:CHANNEL:THREAD'),
  dueAt: z.string(),
  firstTriedAt: z.string(),
  attempts: z.int(),
  reason: z.string().describe("The platform's own code"),
  meaning: z.string().describe('What it means, and what mends it'),
})
const Retry = z.object({ ids: z.array(z.uuid()).min(1).max(1_000).optional().describe('All of them when absent') })

const answers = { ...problems, 403: ProblemDocument } as const

/** What operators see and do. Everything that `app` gets from here on is for those with an admin's token alone. */
export async function adminRoutes(
  app: FastifyInstance,
  { accounts, admin, board }: { readonly accounts: Accounts; readonly admin: Admin; readonly board: Board | undefined },
): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    if (accounts.of(request).admin === true) return
    return sendProblem(
      reply,
      new Problem(403, 'not_admin', 'This is for admins. Make a token that is one: ducktape token create --scope admin'),
    )
  })
  const api = app.withTypeProvider<ZodTypeProvider>()

  api.get(
    '/api/admin/dead-letters',
    {
      schema: {
        tags: ['operation'],
        operationId: 'listDeadLetters',
        summary: 'Tellings that were given up on, latest first, with the reason',
        querystring: Page,
        response: { 200: z.object({ deadLetters: z.array(DeadLetter), more: z.boolean() }), ...answers },
      },
    },
    async ({ query: { limit, before } }) => {
      const found = await admin.deadLetters({ limit: limit + 1, ...(before === undefined ? {} : { before }) })
      const deadLetters = found
        .slice(0, limit)
        .map(({ dueAt, firstTriedAt, ...letter }) => ({ ...letter, dueAt: dueAt.toString(), firstTriedAt: firstTriedAt.toString() }))
      return { deadLetters, more: found.length > limit }
    },
  )

  api.post(
    '/api/admin/dead-letters/retry',
    {
      schema: {
        tags: ['operation'],
        operationId: 'retryDeadLetters',
        summary: 'Tell them again, each once: what arrived after all is found, and not sent twice',
        body: Retry,
        response: { 200: z.object({ retried: z.int() }), ...answers },
      },
    },
    async ({ body: { ids } }) => ({ retried: await admin.retry(ids) }),
  )

  if (board) boardRoutes(app, board)
}
