import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Board } from '../ports.ts'

/** The board under its path, as a server of its own that listens nowhere and is made when it is first asked for something. */
export function boardRoutes(app: FastifyInstance, board: Board): void {
  let opened: Promise<FastifyInstance> | undefined

  async function answer({ method, url, headers, body }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    opened ??= open(board)
    opened.catch(() => {
      opened = undefined
    })
    const asked = { method: method as 'GET', url, headers, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) }
    const { statusCode, headers: told, rawPayload } = await (await opened).inject(asked)
    return reply.code(statusCode).headers(told).send(rawPayload)
  }

  for (const path of [board.path, `${board.path}/*`]) app.all(path, { schema: { hide: true } }, answer)
}

async function open({ path, plugin }: Board): Promise<FastifyInstance> {
  const app = Fastify()
  await app.register(await plugin(), { prefix: path })
  return app
}
