import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Asset } from '../assets.ts'

/** `GET /`, and the files it asks for. */
export function pageRoutes(app: FastifyInstance, page: ReadonlyMap<string, Asset>): void {
  const ahead = [...page.keys()].flatMap(preload).join(', ')
  for (const [name, asset] of page) {
    const isPage = name === 'index.html'
    app.get(isPage ? '/' : `/page/${name}`, { schema: { hide: true } }, (request, reply) => {
      if (isPage) reply.header('link', ahead)
      return serve(asset, request, reply)
    })
  }
}

/** Named with the page itself, so that the browser need not find one file in another, a round trip each. */
function preload(name: string): string[] {
  if (name.endsWith('.ts')) return [`</page/${name}>; rel=modulepreload`]
  return name.endsWith('.css') ? [`</page/${name}>; rel=preload; as=style`] : []
}

function serve({ body, type, etag }: Asset, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.header('etag', etag).header('cache-control', 'no-cache')
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  return reply.type(type).send(body)
}
