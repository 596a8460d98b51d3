import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Accounts, problems } from '../accounts.ts'
import type { Kept, Removal, Shelf, ShelfLast, ShelfPage } from '../keeping.ts'
import { Problem, ProblemDocument } from '../problem.ts'
import { cleaned } from './fields.ts'

const unseen = 'Refuses the change when it is not at this version any more'
const Which = z.object({ id: z.uuid() })
export const Paging = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(200),
  cursor: z.string().max(100).optional().describe('`next` of the page before'),
})
export const version = z.int().min(1).optional().describe(unseen)
const Removing = z.object({ version: z.coerce.number().int().min(1).optional().describe(unseen) })
const Keyed = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The same key with the same body makes one thing, however often it is sent within two days'),
})
export const failures = { 403: ProblemDocument, 404: ProblemDocument, 409: ProblemDocument, 422: ProblemDocument, ...problems }

/** How the things of one kind are called, read and shown. */
interface Description<One, Input> {
  readonly shelf: Shelf<One, Input>
  readonly noun: 'reminder' | 'todo' | 'note' | 'group'
  readonly tag: string
  /** In which order they are listed, and which. */
  readonly listed: string
  readonly page?: z.ZodType<z.output<typeof Paging> & Omit<ShelfPage, 'limit' | 'after'>>
  readonly made: z.ZodType<Input>
  readonly changed: z.ZodObject
  readonly removing?: z.ZodType<Removal>
  readonly shown: z.ZodType
  view(one: One): object
}

/** "todo" as it is said in the name of an operation: "createTodo". */
export function capital(noun: string): string {
  return noun.charAt(0).toUpperCase() + noun.slice(1)
}

/** List, make, read, change and delete: the same for everything that people keep. */
export function shelfRoutes<One, Input>(app: FastifyInstance, accounts: Accounts, description: Description<One, Input>): void {
  const api = app.withTypeProvider<ZodTypeProvider>()
  const { shelf, noun, tag, shown, view, listed, made, changed, removing = Removing } = description
  const page: NonNullable<typeof description.page> = description.page ?? Paging
  const path = `/api/${noun}s`
  const Noun = capital(noun)
  const tags = [tag]
  const user = (request: FastifyRequest) => accounts.of(request).user
  const Answer = z.object({ [noun]: shown, also: z.array(shown).optional().describe('What it made besides') })
  const response = { 200: Answer, ...failures }

  function answer(kept: Kept<One>) {
    const { one, also } = settled(kept, noun)
    return { [noun]: view(one), ...(also.length > 0 ? { also: also.map(view) } : {}) }
  }

  api.get(
    path,
    {
      schema: {
        tags,
        operationId: `list${Noun}s`,
        summary: listed,
        querystring: page,
        response: { 200: z.object({ [`${noun}s`]: z.array(shown), next: z.string().nullable() }), ...problems },
      },
    },
    async (request) => {
      const { limit, cursor, ...wanted } = request.query
      const after = cursor === undefined ? {} : { after: readCursor(cursor) }
      const { items, last } = await shelf.list(user(request), { ...wanted, limit, ...after })
      return { [`${noun}s`]: items.map(view), next: last ? cursorOf(last) : null }
    },
  )

  api.post(
    path,
    {
      schema: {
        tags,
        operationId: `create${Noun}`,
        summary: `Makes a ${noun}`,
        headers: Keyed,
        body: made,
        response: { 201: Answer, ...failures },
      },
    },
    async (request, reply) => {
      const kept = await shelf.create(user(request), cleaned(request.body) as Input, request.headers['idempotency-key'])
      if (kept.kind === 'key-reused')
        throw new Problem(
          422,
          'idempotency_key_reused',
          `That Idempotency-Key was used for another ${noun}, or too long ago. Use a new one.`,
        )
      const { one } = settled(kept, noun)
      const shownOne = view(one) as { readonly id: string }
      return reply
        .code(201)
        .header('location', `${path}/${shownOne.id}`)
        .send({ [noun]: shownOne })
    },
  )

  api.get(
    `${path}/:id`,
    { schema: { tags, operationId: `get${Noun}`, summary: `One ${noun}`, params: Which, response } },
    async (request) => {
      const one = await shelf.get(user(request), request.params.id)
      if (!one) throw notFound(noun)
      return { [noun]: view(one) }
    },
  )

  api.patch(
    `${path}/:id`,
    {
      schema: {
        tags,
        operationId: `update${Noun}`,
        summary: 'Changes the fields that are given',
        params: Which,
        body: changed.extend({ version }),
        response,
      },
    },
    async (request) => {
      const { version: seen, ...input } = cleaned(request.body) as { readonly version?: number }
      return answer(await shelf.change(user(request), request.params.id, input as Input, seen))
    },
  )

  api.delete(
    `${path}/:id`,
    { schema: { tags, operationId: `delete${Noun}`, summary: `Deletes a ${noun}`, params: Which, querystring: removing, response } },
    async (request) => answer(await shelf.remove(user(request), request.params.id, request.query)),
  )
}

/** What was done; what was not is a problem that says why. */
export function settled<One>(kept: Kept<One>, noun: string): Extract<Kept<One>, { kind: 'done' }> {
  switch (kept.kind) {
    case 'done':
      return kept
    case 'not-found':
      throw notFound(noun)
    case 'not-yours':
      throw new Problem(403, 'not_yours', kept.hint)
    case 'conflict':
      throw new Problem(409, 'conflict', `Somebody changed that ${noun} meanwhile. Read it again, then decide.`)
    case 'refused':
      throw new Problem(422, 'refused', kept.hint)
  }
}

function notFound(noun: string): Problem {
  return new Problem(404, 'not_found', `There is no such ${noun}, or you may not see it.`)
}

function cursorOf({ id, at, place }: ShelfLast): string {
  return Buffer.from([place, at?.epochMilliseconds ?? '-', id].join(' ')).toString('base64url')
}

// "200 1795737600000 01a21a5d-4226-75d4-bd01-fcacb314761a"    "200 - 01a21a5d-…"
//  ↑ place  ↑ at                ↑ id                               ↑ at no time
const cursor = /^(?<place>\d{1,6}) (?<at>-|-?\d{1,15}) (?<id>[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/

function readCursor(text: string): ShelfLast {
  const { place, at, id } = cursor.exec(Buffer.from(text, 'base64url').toString())?.groups ?? {}
  if (place === undefined || at === undefined || id === undefined)
    throw new Problem(400, 'invalid_request', 'That cursor is none of ours: begin again without one.')
  return { place: Number(place), at: at === '-' ? null : Temporal.Instant.fromEpochMilliseconds(Number(at)), id }
}
