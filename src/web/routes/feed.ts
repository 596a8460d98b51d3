import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { fileOf, sendFile } from '../file.ts'
import type { Exchange, FeedFile } from '../ports.ts'
import { Problem, ProblemDocument } from '../problem.ts'

/** Calendars as feeds, for programs that know nothing but an address: its secret is the key. */
export function feedRoutes(app: FastifyInstance, { exchange }: { exchange: Pick<Exchange, 'feed'> }): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/calendar/:secret.ics',
    {
      schema: {
        tags: ['files'],
        security: [],
        operationId: 'getFeed',
        summary: 'A private feed: the address that "my calendar link" gives',
        params: z.object({ secret: z.string().max(200) }),
        response: {
          200: fileOf('text/calendar'),
          304: z.undefined().describe('Nothing changed since the tag, or the date, that was sent'),
          404: ProblemDocument,
        },
      },
    },
    async (request, reply) => {
      const feed = await exchange.feed(request.params.secret)
      if (!feed) throw new Problem(404, 'not_found', 'There is no calendar at this address. Its link may have been renewed.')
      const packs = takesGzip(request.headers['accept-encoding'])
      // Packed it is the same calendar in other bytes, which a strong tag would deny.
      reply
        .header('etag', packs ? `W/${feed.etag}` : feed.etag)
        .header('vary', 'accept-encoding')
        .header('last-modified', httpDate(feed.changedAt))
        .header('cache-control', 'private, no-cache')
      if (isKnown(feed, request.headers)) return reply.code(304).send()
      const body = await feed.body()
      reply.type('text/calendar; charset=utf-8')
      return packs ? reply.header('content-encoding', 'gzip').send(await packed(body)) : reply.serializer(String).send(body)
    },
  )
}

const packed = promisify<string, Buffer>(gzip)

/** RFC 9110 section 12.5.3: whether an answer may be packed, as far as gzip goes. */
function takesGzip(accepted: string | string[] | undefined): boolean {
  return String(accepted ?? '')
    .split(',')
    .some((each) => /^\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(each))
}

/** Calendars as files, by links that chat gives out and that count for an hour. */
export function fileRoutes(app: FastifyInstance, { exchange }: { exchange: Pick<Exchange, 'file'> }): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/calendar/file/:token',
    {
      schema: {
        tags: ['files'],
        security: [],
        operationId: 'getExportedCalendar',
        summary: 'A calendar as a file: the address that "export my calendar" gives',
        params: z.object({ token: z.string() }),
        response: { 200: fileOf('text/calendar', 'text/csv'), 404: ProblemDocument },
      },
    },
    async (request, reply) => {
      const file = await exchange.file(request.params.token)
      if (!file) throw new Problem(404, 'not_found', 'This link does not work any more. Say “export my calendar” for a new one.')
      return sendFile(reply, file)
    },
  )
}

/** Everything about somebody, by a link that chat gives to them and that works once. */
export function dataRoutes(app: FastifyInstance, { exchange }: { exchange: Pick<Exchange, 'file'> }): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/data/:token',
    {
      schema: {
        tags: ['files'],
        security: [],
        operationId: 'getPersonalData',
        summary: 'Everything that is kept about somebody: the address that "export my data" gives, once',
        params: z.object({ token: z.string() }),
        response: { 200: fileOf('application/json'), 404: ProblemDocument },
      },
    },
    async (request, reply) => {
      const file = await exchange.file(request.params.token)
      if (!file) throw new Problem(404, 'not_found', 'This link works once, within an hour. Say “export my data” for a new one.')
      return sendFile(reply.header('cache-control', 'no-store'), file)
    },
  )
}

/** RFC 9110 section 13.2.2: the tag decides when there is one, and the date only without. */
function isKnown({ etag, changedAt }: FeedFile, headers: Readonly<Record<string, string | string[] | undefined>>): boolean {
  const tags = headers['if-none-match']
  if (tags !== undefined)
    return String(tags)
      .split(',')
      .some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')))
  const since = Date.parse(String(headers['if-modified-since']))
  return Number.isFinite(since) && changedAt.epochMilliseconds <= since
}

function httpDate(at: Temporal.Instant): string {
  return new Date(at.epochMilliseconds).toUTCString()
}
