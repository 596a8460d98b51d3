import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Problem, ProblemDocument } from '../problem.ts'

/** What `GET /ws` is to those who ask for no socket: sockets are opened before a route is looked for. */
export function socketRoutes(app: FastifyInstance): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/ws',
    {
      exposeHeadRoute: false,
      schema: {
        tags: ['socket'],
        operationId: 'openSocket',
        summary: 'A WebSocket of JSON frames: commands in, replies, reminders and changes out',
        response: { 101: z.undefined().describe('The socket is open: say hello'), 426: ProblemDocument },
      },
    },
    async (_request, reply) => {
      reply.header('upgrade', 'websocket')
      throw new Problem(426, 'upgrade_required', 'This is a WebSocket: open it with a program that speaks RFC 6455.')
    },
  )
}
