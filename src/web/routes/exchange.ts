import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { isTimeZone } from '#core/zone.ts'
import { type Accounts, problems } from '../accounts.ts'
import { fileOf, sendFile } from '../file.ts'
import type { Exchange, ImportSource } from '../ports.ts'
import { Problem, ProblemDocument } from '../problem.ts'
import { TimeZone, unknownTimeZone } from '../zone.ts'

/** Of a file that is taken in; reading refuses a byte before. */
const largestFile = 26 * 1024 * 1024

const Into = z.object({
  calendar: z.string().max(200).optional().describe('The name of a calendar of yours; the usual one when left out'),
  timeZone: TimeZone.optional(),
})
const From = Into.extend({
  preview: z
    .enum(['true', 'false'])
    .default('false')
    .describe('Only look what would come in, until it is confirmed by POST /api/import/{id} within a day; of one person five wait at most'),
})

const What = z.object({ format: z.enum(['ics', 'csv']).default('ics'), calendar: Into.shape.calendar })

const Remark = z.object({ line: z.int(), kind: z.enum(['skipped', 'mended']), text: z.string() })
const Status = z.object({
  id: z.string(),
  calendarId: z.string(),
  state: z
    .enum(['waiting', 'running', 'previewed', 'stopping', 'done', 'stopped', 'cancelled', 'expired', 'failed'])
    .describe('previewed: waits to be confirmed, and the counts say what would come of it; with nothing to come in a preview is done'),
  total: z.int().nullable().describe('How many events the source has, once it was read'),
  done: z.int().describe('How many of them are in'),
  created: z.int(),
  changed: z.int(),
  same: z.int().describe('Were there already'),
  skipped: z.int(),
  days: z
    .object({ first: z.string(), last: z.string().nullable() })
    .nullable()
    .describe('Of a preview: from the first day of what comes to the last; null when it has no end'),
  remarks: z.array(Remark).describe('What was left out or mended, by line'),
  failure: z.string().nullable(),
})

const Address = z.object({ url: z.url({ protocol: /^(?:https?|webcals?)$/ }).max(2_000) })
const { $schema: _, ...address } = z.toJSONSchema(Address, { io: 'input' })
/** A file is bytes by the time that it is looked at. */
const Source = z.unknown().meta({ anyOf: [{ type: 'string', description: 'The file itself' }, address] })

const formats: Readonly<Record<string, 'ics' | 'csv'>> = { 'text/calendar': 'ics', 'text/csv': 'csv' }

/** Calendars in and out as files. */
export function exchangeRoutes(app: FastifyInstance, { exchange, accounts }: { exchange: Exchange; accounts: Accounts }): void {
  const api = app.withTypeProvider<ZodTypeProvider>()
  app.addContentTypeParser(Object.keys(formats), { parseAs: 'buffer', bodyLimit: largestFile }, (_request, body, done) => done(null, body))

  api.post(
    '/api/import',
    {
      bodyLimit: largestFile,
      schema: {
        tags: ['files'],
        operationId: 'createImport',
        summary: 'Take in a calendar: text/calendar, text/csv, or JSON with an address. Importing twice changes nothing.',
        consumes: ['text/calendar', 'text/csv', 'application/json'],
        querystring: From,
        body: Source,
        response: { 202: z.object({ id: z.string() }), 404: ProblemDocument, 429: ProblemDocument, ...problems },
      },
    },
    async (request, reply) => {
      const { timeZone, calendar, preview } = request.query
      if (timeZone !== undefined && !isTimeZone(timeZone)) throw new Problem(400, 'unknown_time_zone', unknownTimeZone(timeZone))
      const source = sourceOf(request.headers['content-type'], request.body)
      const begun = await exchange.begin(accounts.of(request).user, {
        ...source,
        preview: preview === 'true',
        ...(timeZone === undefined ? {} : { timeZone }),
        ...(calendar === undefined ? {} : { calendar }),
      })
      switch (begun.kind) {
        case 'no-calendar':
          throw new Problem(404, 'not_found', `You have no calendar called "${calendar}" that you may change.`)
        case 'too-many':
          throw tooMany()
        case 'begun':
          return reply.code(202).header('location', `/api/import/${begun.id}`).send({ id: begun.id })
      }
    },
  )

  api.get(
    '/api/import/:id',
    {
      schema: {
        tags: ['files'],
        operationId: 'getImport',
        summary: 'How far an import is, and what was left out and why',
        params: z.object({ id: z.uuid() }),
        response: { 200: Status, 404: ProblemDocument, ...problems },
      },
    },
    async (request) => {
      const status = await exchange.status(accounts.of(request).user, request.params.id)
      if (!status) throw notFound()
      const { calendarId, state, total, done, created, changed, same, skipped, days, remarks, failure } = status
      const counts = { total, done, created, changed, same, skipped }
      return { id: status.id, calendarId, state, ...counts, days, remarks: [...remarks], failure }
    },
  )

  api.post(
    '/api/import/:id',
    {
      schema: {
        tags: ['files'],
        operationId: 'confirmImport',
        summary: 'Confirms a preview: what was looked at comes in. Confirming twice changes nothing.',
        params: z.object({ id: z.uuid() }),
        response: { 202: z.object({ id: z.string() }), 404: ProblemDocument, 409: ProblemDocument, 429: ProblemDocument, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      switch (await exchange.confirm(accounts.of(request).user, id)) {
        case 'confirmed':
        case 'confirmed-before':
          return reply.code(202).send({ id })
        case 'unread':
          throw new Problem(409, 'import_unread', 'This import is not read yet. Ask for it until it is previewed.')
        case 'over':
          throw new Problem(409, 'import_over', 'There is nothing to confirm any more: it was cancelled, waited for too long, or failed.')
        case 'too-many':
          throw tooMany()
        case 'not-found':
          throw notFound()
      }
    },
  )

  api.delete(
    '/api/import/:id',
    {
      schema: {
        tags: ['files'],
        operationId: 'stopImport',
        summary: 'Stops an import: what is in by then stays. A preview is cancelled.',
        params: z.object({ id: z.uuid() }),
        response: { 202: z.object({ id: z.string() }), 404: ProblemDocument, 409: ProblemDocument, ...problems },
      },
    },
    async (request, reply) => {
      const { user } = accounts.of(request)
      const { id } = request.params
      if (await exchange.stop(user, id)) return reply.code(202).send({ id })
      if (!(await exchange.status(user, id))) throw notFound()
      throw new Problem(409, 'import_over', 'This import is over already.')
    },
  )

  app.get<{ Querystring: z.output<typeof What> }>(
    '/api/export',
    {
      schema: {
        tags: ['files'],
        operationId: 'exportCalendar',
        summary: 'A calendar as a file',
        querystring: What,
        response: { 200: fileOf('text/calendar', 'text/csv'), 404: ProblemDocument, ...problems },
      },
    },
    async (request, reply) => {
      const { format, calendar } = request.query
      const file = await exchange.export(accounts.of(request).user, format, calendar)
      if (!file) throw new Problem(404, 'not_found', `You have no calendar called "${calendar}".`)
      return sendFile(reply, file)
    },
  )
}

function notFound(): Problem {
  return new Problem(404, 'not_found', 'There is no import of yours with that id.')
}

function tooMany(): Problem {
  return new Problem(429, 'too_many_imports', 'Several imports of yours are under way. Wait for one of them.')
}

function sourceOf(contentType: string | undefined, body: unknown): ImportSource {
  const format = formats[contentType?.split(';')[0]?.trim().toLowerCase() ?? '']
  if (format && body instanceof Uint8Array) return { format, source: body, url: null }
  const asked = Address.safeParse(body)
  if (asked.success) return { format: 'url', source: null, url: asked.data.url }
  throw new Problem(400, 'invalid_request', 'Send a file as text/calendar or text/csv, or JSON: {"url": "https://..."}.')
}
