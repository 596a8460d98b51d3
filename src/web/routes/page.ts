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

/** Named with the page itself, so that the browser need not find one file in another, a round trip each. What lies in a folder is fetched when it is asked for. */
function preload(name: string): string[] {
  if (name.includes('/')) return []
  if (name.endsWith('.ts')) return [`</page/${name}>; rel=modulepreload`]
  return name.endsWith('.css') ? [`</page/${name}>; rel=preload; as=style`] : []
}

function serve({ body, packed, type, etag }: Asset, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const isPacked = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  const tag = isPacked ? etag.replace(/"$/, '.gz"') : etag
  reply.header('etag', tag).header('cache-control', 'no-cache').header('vary', 'accept-encoding')
  if (request.headers['if-none-match'] === tag) return reply.code(304).send()
  reply.type(type)
  return isPacked ? reply.header('content-encoding', 'gzip').send(packed()) : reply.send(body)
}
