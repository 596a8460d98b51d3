import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/**
 * Lets a server of its own answer that listens nowhere, and is made when it is first asked for something: for what
 * weighs some megabytes and is looked at rarely.
 */
export function aside(open: () => Promise<FastifyInstance>): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  let opened: Promise<FastifyInstance> | undefined

  return async ({ method, url, headers, body }, reply) => {
    opened ??= open()
    opened.catch(() => {
      opened = undefined
    })
    const asked = { method: method as 'GET', url, headers, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) }
    const { statusCode, headers: told, rawPayload } = await (await opened).inject(asked)
    if (statusCode === 404) {
      reply.callNotFound()
      return reply
    }
    return reply.code(statusCode).headers(told).send(rawPayload)
  }
}
