import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { UnderstandRequest } from '#core/understanding.ts'
import { isTimeZone } from '#core/zone.ts'
import { type Accounts, problems } from '../accounts.ts'
import type { Chat } from '../ports.ts'
import { busy, Problem } from '../problem.ts'
import { ReplySchema, UnderstandingSchema, UnderstandRequestSchema } from '../schemas.ts'
import { TimeZone, unknownTimeZone } from '../zone.ts'

/** Answers with the object of `ducktape understand`; throws `RangeError` when the request asks the impossible. */
export type Understand = (request: UnderstandRequest) => object | Promise<object>

const CommandRequest = z.object({ text: z.string(), timeZone: TimeZone.optional() })
const CommandAnswer = z.object({ reply: ReplySchema.nullable().describe('Null when there is nothing to say') })

/** Words in, over HTTP. */
export function commandRoutes(app: FastifyInstance, parts: { chat: Chat; understand: Understand; accounts: Accounts }): void {
  const { chat, understand, accounts } = parts
  const api = app.withTypeProvider<ZodTypeProvider>()

  api.post(
    '/api/commands',
    {
      schema: {
        tags: ['words'],
        operationId: 'sayCommand',
        summary: 'Do what a sentence asks, with the engine that chat uses',
        body: CommandRequest,
        response: { 200: CommandAnswer, ...problems },
      },
    },
    async (request) => {
      const account = accounts.of(request)
      const { text, timeZone } = request.body
      if (text.trim() === '') throw new Problem(400, 'empty_text', 'Write a sentence, such as "remind me in 10 minutes to stretch".')
      if (!text.isWellFormed()) throw new Problem(400, 'invalid_request', 'The text holds half a character (a lone surrogate).')
      if (timeZone !== undefined && !isTimeZone(timeZone)) throw new Problem(400, 'unknown_time_zone', unknownTimeZone(timeZone))
      const visitor = { ...account, ...(timeZone === undefined ? {} : { timeZone }) }
      const reply = await chat.ask(visitor, { id: randomUUID(), text })
      if (reply?.retryAfter !== undefined) throw busy(reply.retryAfter)
      return { reply: (reply ?? null) as z.output<typeof ReplySchema> | null }
    },
  )

  api.post(
    '/api/understand',
    {
      schema: {
        tags: ['words'],
        operationId: 'understand',
        summary: 'Read a sentence, and do nothing',
        body: UnderstandRequestSchema,
        response: { 200: UnderstandingSchema, ...problems },
      },
    },
    async (request) => {
      try {
        return (await understand(request.body as UnderstandRequest)) as z.output<typeof UnderstandingSchema>
      } catch (err) {
        if (err instanceof RangeError) throw new Problem(400, 'invalid_request', err.message)
        throw err
      }
    },
  )
}
