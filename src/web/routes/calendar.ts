import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { clean } from '#core/clean.ts'
import { type Accounts, problems } from '../accounts.ts'
import { Moment } from '../moment.ts'
import type { EventInput, Part, Planned, Planner } from '../planning.ts'
import { Problem, ProblemDocument } from '../problem.ts'
import { EventSchema, OccurrenceSchema, ReplySchema } from '../schemas.ts'
import { eventView, queriedView } from '../views.ts'
import { isWindow } from '../window.ts'

const Window = z.object({
  from: Moment,
  to: Moment,
  calendar: z.string().max(200).optional().describe('Id or name of a calendar; all that you see when left out'),
  q: z.string().max(200).optional().describe('Only events with these words, or with words nearly like them'),
  declined: z.enum(['true', 'false']).optional().describe('`true`: with what you are invited to and have declined'),
  limit: z.coerce.number().int().min(1).max(1_000).default(500),
  cursor: z.string().max(200).optional().describe('`next` of the page before'),
})

const unseen = 'Refuses the change when the event is not at this version any more'
const line = (most: number) => z.string().max(most)
/** Null takes it away, as it does wherever something may be without it. */
const words = (most: number) => line(most).nullable().optional()
const When = line(40).describe('A wall time 2026-11-24T15:00:00, a moment with its offset, or a date for a whole day')
export const EventFields = z.strictObject({
  title: words(500),
  description: words(8_000),
  location: words(500),
  meetingLink: words(2_000).describe('An address, or "jitsi" for a new room'),
  colour: line(30).nullable().optional(),
  visibility: z.enum(['public', 'busy', 'private']).optional(),
  transparency: z.enum(['opaque', 'transparent']).optional(),
  calendar: line(200).optional().describe('Id or name of a calendar that you may write in'),
  start: When.optional(),
  end: When.optional().describe('As `start`; the end of a whole day is the day after'),
  timeZone: line(100).optional(),
  rrule: line(500).nullable().optional(),
  rdates: z.array(line(40)).max(1_000).optional(),
  exdates: z.array(line(40)).max(1_000).optional(),
  alerts: z.array(line(30)).max(5).optional().describe('ISO 8601 durations before the start'),
  attendees: z
    .array(
      z
        .object({ name: line(200).optional(), email: z.email().max(320).optional() })
        .refine(({ name, email }) => Boolean(name?.trim() || email), { error: 'a name or an address' }),
    )
    .max(200)
    .optional(),
  version: z.int().min(1).optional().describe(unseen),
})
const Which = z.object({ id: z.uuid() })
export const PartOf = z.object({
  scope: z.enum(['this', 'following', 'all']).optional().describe('Needed for an event that repeats'),
  occurrence: z.string().max(40).optional().describe('`occurrence` of the query: which one `this` or `following` begins with'),
  tell: z.enum(['true', 'false']).optional().describe('`true`: those who are invited are told, as they are of what is said in chat'),
})

const Answer = z.object({
  event: EventSchema,
  split: EventSchema.optional().describe('The later half of a series that was split'),
  undo: z.string().optional().describe('`action` of a frame on the socket that takes the change back'),
})
const Card = z.object({ reply: ReplySchema, mayChange: z.boolean().describe('Whether you may change the event') })
const failures = { 403: ProblemDocument, 404: ProblemDocument, 409: ProblemDocument, 422: ProblemDocument, ...problems }

/** The calendar as programs use it. */
export function calendarRoutes(app: FastifyInstance, { planner, accounts }: { planner: Planner; accounts: Accounts }): void {
  const api = app.withTypeProvider<ZodTypeProvider>()
  const user = (request: FastifyRequest) => accounts.of(request).user

  api.get(
    '/api/calendar/query',
    {
      schema: {
        tags: ['calendar'],
        operationId: 'queryCalendar',
        summary: 'What touches a window of at most 400 days, soonest first; recurring events expanded',
        querystring: Window,
        response: { 200: z.object({ events: z.array(OccurrenceSchema), next: z.string().nullable() }), 404: ProblemDocument, ...problems },
      },
    },
    async (request) => {
      const { limit, calendar, q, cursor, declined } = request.query
      const [from, to] = [Temporal.Instant.from(request.query.from), Temporal.Instant.from(request.query.to)]
      if (!isWindow(from, to)) throw new Problem(400, 'invalid_request', '`to` is after `from`, by at most 400 days.')
      const after = cursor === undefined ? undefined : readCursor(cursor)
      const found = await planner.query(user(request), {
        from,
        to,
        limit,
        declined: declined === 'true',
        ...(calendar === undefined ? {} : { calendar }),
        ...(q === undefined ? {} : { q }),
        ...(after === undefined ? {} : { after }),
      })
      if (!found) throw new Problem(404, 'not_found', `You see no calendar called "${calendar}".`)
      const last = found.occurrences.at(-1)
      return { events: found.occurrences.map(queriedView), next: found.more && last ? cursorOf(last) : null }
    },
  )

  api.get(
    '/api/calendar/events/:id',
    {
      schema: {
        tags: ['calendar'],
        operationId: 'getEvent',
        summary: 'One event, with its rule and exceptions',
        params: Which,
        response: { 200: Answer, ...failures },
      },
    },
    async (request) => {
      const read = await planner.get(user(request), request.params.id)
      if (!read) throw notFound()
      return { event: eventView(read) }
    },
  )

  api.get(
    '/api/calendar/events/:id/card',
    {
      schema: {
        tags: ['calendar'],
        operationId: 'getEventCard',
        summary: 'What chat shows of one event, with buttons: each has the `action` of a frame on the socket',
        params: Which,
        querystring: PartOf.pick({ occurrence: true }),
        response: { 200: Card, 404: ProblemDocument, 422: ProblemDocument, ...problems },
      },
    },
    async (request) => {
      const card = await planner.card(user(request), request.params.id, request.query.occurrence)
      if (!card) throw notFound()
      if ('kind' in card) throw invalid(card)
      return card as unknown as z.output<typeof Card>
    },
  )

  api.post(
    '/api/calendar/events',
    {
      schema: {
        tags: ['calendar'],
        operationId: 'createEvent',
        summary: 'Makes an event',
        headers: z.object({
          'idempotency-key': line(200)
            .min(1)
            .optional()
            .describe('The same key with the same event makes one event, however often it is sent'),
        }),
        body: EventFields,
        response: { 201: Answer, ...failures },
      },
    },
    async (request, reply) => {
      const key = request.headers['idempotency-key']
      const input = cleaned(request.body)
      const planned = await (key === undefined ? planner.create(user(request), input) : planner.createOnce(user(request), key, input))
      if (planned.kind === 'key-reused')
        throw new Problem(422, 'idempotency_key_reused', 'That Idempotency-Key was used for another event. Use a new one.')
      const made = done(planned)
      return reply.code(201).header('location', `/api/calendar/events/${made.event.id}`).send(made)
    },
  )

  api.patch(
    '/api/calendar/events/:id',
    {
      schema: {
        tags: ['calendar'],
        operationId: 'updateEvent',
        summary: 'Changes the fields that are given',
        params: Which,
        querystring: PartOf,
        body: EventFields,
        response: { 200: Answer, ...failures },
      },
    },
    async (request) => done(await planner.change(user(request), request.params.id, cleaned(request.body), partOf(request.query))),
  )

  api.delete(
    '/api/calendar/events/:id',
    {
      schema: {
        tags: ['calendar'],
        operationId: 'deleteEvent',
        summary: 'Cancels an event, or a part of a series',
        params: Which,
        querystring: PartOf.extend({ version: z.coerce.number().int().min(1).optional().describe(unseen) }),
        response: { 200: Answer, ...failures },
      },
    },
    async (request) => {
      const { version, ...part } = request.query
      return done(await planner.remove(user(request), request.params.id, partOf(part), version))
    },
  )
}

/** `all` is what a single event takes anyhow, so an absent scope is told apart further in. */
function partOf({ scope, occurrence, tell }: z.output<typeof PartOf>): Partial<Part> {
  return { ...(scope === undefined ? {} : { scope }), ...(occurrence === undefined ? {} : { occurrence }), tell: tell === 'true' }
}

const mayBeEmpty: ReadonlySet<string> = new Set(['title', 'description', 'location', 'meetingLink'] satisfies (keyof EventInput)[])

/** Control characters are nobody's words; the line breaks of a description are. */
export function cleaned(input: z.output<typeof EventFields>): EventInput {
  const entries = Object.entries(input).map(([name, value]) => {
    if (value === null && mayBeEmpty.has(name)) return [name, '']
    if (typeof value !== 'string') return [name, value]
    const text = clean(value)
    return [name, name === 'description' ? text : text.replace(/\s+/g, ' ').trim()]
  })
  return Object.fromEntries(entries)
}

function done(planned: Planned) {
  switch (planned.kind) {
    case 'done':
      return {
        event: eventView(planned),
        ...(planned.undo === undefined ? {} : { undo: planned.undo }),
        ...(planned.split ? { split: eventView({ event: planned.split, attendees: planned.attendees }) } : {}),
      }
    case 'not-found':
      throw notFound()
    case 'forbidden':
      throw new Problem(403, 'not_yours', 'That event is somebody else’s, in a calendar that you may not write in.')
    case 'conflict':
      throw new Problem(409, 'conflict', 'Somebody changed that event meanwhile. Read it again, then decide.')
    case 'invalid':
      throw invalid(planned)
  }
}

function invalid({ field, hint }: Extract<Planned, { kind: 'invalid' }>): Problem {
  return new Problem(422, 'invalid_event', hint, [{ path: `/${field}`, message: hint }])
}

function notFound(): Problem {
  return new Problem(404, 'not_found', 'There is no such event, or you may not see it.')
}

function cursorOf({ startsAt, id }: { readonly startsAt: Temporal.Instant; readonly id: string }): string {
  return Buffer.from(`${startsAt.epochMilliseconds} ${id}`).toString('base64url')
}

function readCursor(cursor: string) {
  const { at, id } = /^(?<at>-?\d{1,15}) (?<id>[\da-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString())?.groups ?? {}
  if (at === undefined || id === undefined)
    throw new Problem(400, 'invalid_request', 'That cursor is none of ours: begin again without one.')
  return { startsAt: Temporal.Instant.fromEpochMilliseconds(Number(at)), id }
}
