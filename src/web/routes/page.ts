import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Asset } from '../assets.ts'

/** `GET /`, and the files it asks for. */
export function pageRoutes(app: FastifyInstance, page: ReadonlyMap<string, Asset>): void {
  for (const [name, asset] of page) {
    const url = name === 'index.html' ? '/' : `/page/${name}`
    app.get(url, { schema: { hide: true } }, (request, reply) => serve(asset, request, reply))
  }
}

function serve({ body, type, etag }: Asset, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.header('etag', etag).header('cache-control', 'no-cache')
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  return reply.type(type).send(body)
}
