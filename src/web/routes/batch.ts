import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Accounts, problems } from '../accounts.ts'
import type { BatchAsked, Batching } from '../ports.ts'
import { Problem, ProblemDocument } from '../problem.ts'
import { cleaned as cleanedEvent, EventFields, PartOf } from './calendar.ts'
import { ChangedReminder, ChangedTodo, cleaned, NewNote, NewReminder, NewTodo } from './fields.ts'

/** Of the body: a thousand events with long descriptions. */
const largestBody = 16 * 1024 * 1024

const version = z.int().min(1).optional().describe('Leaves the thing alone when it is not at this version any more')
const about = { id: z.uuid(), version }
const part = {
  ...PartOf.omit({ tell: true }).shape,
  tell: z.boolean().optional().describe('Those who are invited are told, as they are of what is said in chat'),
}

const made = <Kind extends string, Fields extends z.ZodType>(kind: Kind, fields: Fields) =>
  z.strictObject({ op: z.literal('create'), kind: z.literal(kind), fields })
const gone = <Kind extends string>(kind: Kind) => z.strictObject({ op: z.literal('delete'), kind: z.literal(kind), ...about })
const changed = <Kind extends string, Fields extends z.ZodType>(kind: Kind, fields: Fields) =>
  z.strictObject({ op: z.literal('update'), kind: z.literal(kind), ...about, fields })

/** By what is done and to what. */
const operations = {
  'create event': made('event', EventFields),
  'update event': z.strictObject({ op: z.literal('update'), kind: z.literal('event'), ...about, ...part, fields: EventFields }),
  'delete event': z.strictObject({ op: z.literal('delete'), kind: z.literal('event'), ...about, ...part }),
  'create reminder': made('reminder', NewReminder),
  'update reminder': changed('reminder', ChangedReminder),
  'delete reminder': gone('reminder'),
  'create todo': made('todo', NewTodo),
  'update todo': changed('todo', ChangedTodo),
  'delete todo': gone('todo'),
  'create note': made('note', NewNote),
  'update note': changed('note', NewNote.partial()),
  'delete note': gone('note'),
} as const
const Operation = z.union(Object.values(operations) as unknown as readonly [z.ZodType, z.ZodType])
const Kind = z.looseObject({ op: z.enum(['create', 'update', 'delete']), kind: z.enum(['event', 'reminder', 'todo', 'note']) })
type Asked = { [Name in keyof typeof operations]: z.output<(typeof operations)[Name]> }[keyof typeof operations]

function read(given: unknown) {
  const kind = Kind.safeParse(given)
  return kind.success ? operations[`${kind.data.op} ${kind.data.kind}`].safeParse(given) : kind
}

/** Described as an operation and read one by one, so that a wrong one is named by its place and in its own words. */
const { $schema: _, ...described } = z.toJSONSchema(Operation, { io: 'input' })
const Unread = z.unknown().meta(described)

const Item = z.object({
  index: z.int(),
  state: z.enum(['pending', 'done', 'failed', 'skipped']),
  id: z.string().nullable().describe('What was made, changed or deleted'),
  code: z.string().nullable().describe('Why it was not done: changed, refused, not_found, not_yours, invalid, broken, stopped'),
  reason: z.string().nullable(),
})
const Progress = z.object({
  id: z.string(),
  state: z.enum(['draft', 'running', 'stopping', 'done', 'stopped']),
  total: z.int(),
  done: z.int(),
  failed: z.int(),
  skipped: z.int().describe('Not begun before it was stopped'),
  undone: z.boolean().describe('Taken back as a whole, or about to be'),
  items: z.array(Item),
  next: z.int().nullable().describe('`after` of the page that follows'),
})
const Which = z.object({ id: z.uuid() })
const Page = z.object({
  after: z.coerce.number().int().min(-1).max(10_000_000).default(-1),
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
  state: z.enum(['pending', 'done', 'failed', 'skipped']).optional().describe('Only items in this state'),
})
const Begun = z.object({ id: z.string() })
const failures = { 404: ProblemDocument, 409: ProblemDocument, 422: ProblemDocument, 429: ProblemDocument, ...problems }

/** Many operations in one request: accepted at once, done one by one, each with a result of its own. */
export function batchRoutes(
  app: FastifyInstance,
  { batching, accounts, limits }: { batching: Batching; accounts: Accounts; limits: { readonly maxBatchSize: number } },
): void {
  const api = app.withTypeProvider<ZodTypeProvider>()
  const user = (request: FastifyRequest) => accounts.of(request).user
  const most = limits.maxBatchSize

  api.post(
    '/api/batch',
    {
      bodyLimit: largestBody,
      schema: {
        tags: ['batches'],
        operationId: 'createBatch',
        summary: `At most ${most.toLocaleString('en')} operations on events, reminders, todos and notes. Each is done by itself, or fails by itself.`,
        headers: z.looseObject({
          'idempotency-key': z
            .string()
            .min(1)
            .max(255)
            .optional()
            .describe('The same key again answers the same batch and does nothing twice'),
        }),
        body: z.strictObject({ operations: z.array(Unread).min(1) }),
        response: { 202: Begun, 413: ProblemDocument, ...failures },
      },
    },
    async (request, reply) => {
      const key = request.headers['idempotency-key']
      const begun = await batching.begin(user(request), operationsOf(request.body.operations, most), key)
      switch (begun.kind) {
        case 'begun':
          return reply.code(202).header('location', `/api/batch/${begun.id}`).send({ id: begun.id })
        case 'reused':
          throw new Problem(422, 'idempotency_key_reused', 'That Idempotency-Key was used for other operations. Use a new one.')
        case 'too-many':
          throw tooMany()
      }
    },
  )

  api.get(
    '/api/batch/:id',
    {
      schema: {
        tags: ['batches'],
        operationId: 'getBatch',
        summary: 'How far a batch is, and the result of each item',
        params: Which,
        querystring: Page,
        response: { 200: Progress, ...failures },
      },
    },
    async (request) => {
      const { after, limit, state } = request.query
      const found = await batching.status(user(request), request.params.id, { after, limit, ...(state === undefined ? {} : { state }) })
      if (!found) throw notFound()
      const { id, total, done, failed, skipped, undone } = found.status
      const items = found.items.map(({ position, resultId, ...item }) => ({
        index: position,
        state: item.state,
        id: resultId,
        ...{ code: item.code, reason: item.reason },
      }))
      const last = items.at(-1)?.index
      const next = items.length === limit && last !== undefined ? last : null
      return { id, state: found.status.state, total, done, failed, skipped, undone, items, next }
    },
  )

  api.delete(
    '/api/batch/:id',
    {
      schema: {
        tags: ['batches'],
        operationId: 'stopBatch',
        summary: 'Stops a batch: what is not begun is not done; what is done stays',
        params: Which,
        response: { 202: Begun, ...failures },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      if (await batching.stop(user(request), id)) return reply.code(202).send({ id })
      if (!(await batching.status(user(request), id, { after: -1, limit: 1 }))) throw notFound()
      throw new Problem(409, 'batch_over', 'This batch is over already. To take it back, POST to its /undo.')
    },
  )

  api.post(
    '/api/batch/:id/undo',
    {
      schema: {
        tags: ['batches'],
        operationId: 'undoBatch',
        summary: 'Takes back what a batch did, within 30 days: a batch of its own. One that was stopped goes on.',
        params: Which,
        response: { 202: Begun, ...failures },
      },
    },
    async (request, reply) => {
      const back = await batching.undo(user(request), request.params.id)
      switch (back.kind) {
        case 'begun':
          return reply.code(202).header('location', `/api/batch/${back.id}`).send({ id: back.id })
        case 'running':
          throw new Problem(409, 'batch_running', 'This batch is still at work. Stop it first, or wait for its end.')
        case 'nothing':
          throw new Problem(409, 'nothing_to_undo', 'This batch did nothing that could be taken back.')
        case 'too-many':
          throw tooMany()
        case 'not-found':
          throw notFound()
      }
    },
  )
}

/** Every operation that is wrong is named at once, by its place. */
function operationsOf(given: readonly unknown[], most: number): readonly BatchAsked[] {
  if (given.length > most) {
    const count = (many: number) => many.toLocaleString('en')
    throw new Problem(
      413,
      'batch_too_large',
      `A batch holds at most ${count(most)} operations and this one has ${count(given.length)}: send it in several.`,
    )
  }
  const all = given.map(read)
  const wrong = all.flatMap(({ error }, index) => (error?.issues ?? []).slice(0, 3).map((issue) => wrongness(issue, index)))
  if (wrong.length > 0) {
    const [first] = wrong
    const more = wrong.length > 1 ? ` And ${wrong.length - 1} more.` : ''
    throw new Problem(422, 'invalid_operation', `${first?.path}: ${first?.message}.${more}`, wrong.slice(0, 100))
  }
  return all.flatMap(({ data }) => (data ? [asked(data as Asked)] : []))
}

function wrongness({ path, message }: z.core.$ZodIssue, index: number): { readonly path: string; readonly message: string } {
  return { path: ['', 'operations', index, ...path].join('/'), message: message.slice(0, 300) }
}

function asked(operation: Asked): BatchAsked {
  if (operation.kind === 'event' && 'fields' in operation)
    return { ...operation, fields: { ...cleanedEvent(operation.fields) } } as BatchAsked
  return cleaned(operation) as BatchAsked
}

function notFound(): Problem {
  return new Problem(404, 'not_found', 'There is no batch of yours with that id.')
}

function tooMany(): Problem {
  return new Problem(429, 'too_many_batches', 'Several batches of yours are under way. Wait for one of them.')
}
