import { STATUS_CODES } from 'node:http'
import { z } from 'zod'

/** By what programs decide: none of them changes its meaning. */
const codes = [
  'invalid_request',
  'invalid_json',
  'empty_text',
  'unknown_time_zone',
  'unauthorized',
  'foreign_origin',
  'wrong_host',
  'not_found',
  'invalid_event',
  'not_yours',
  'refused',
  'not_admin',
  'conflict',
  'method_not_allowed',
  'too_large',
  'unsupported_media_type',
  'upgrade_required',
  'too_many_connections',
  'too_many_imports',
  'too_many_batches',
  'batch_too_large',
  'batch_over',
  'import_over',
  'import_unread',
  'batch_running',
  'nothing_to_undo',
  'invalid_operation',
  'idempotency_key_reused',
  'busy',
  'unavailable',
  'internal',
] as const

/** RFC 9457. `code` is stable: programs decide by it, people read `detail`. */
export const ProblemDocument = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    code: z.enum(codes).describe('Stable; there may be more of them later'),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .describe('A problem document (RFC 9457). `code` is stable.')
export type ProblemDocument = z.output<typeof ProblemDocument>

export type ProblemCode = (typeof codes)[number]

export const problemType = 'application/problem+json; charset=utf-8'

/** An answer that names what is wrong with the request and how to mend it. */
export class Problem extends Error {
  readonly status: number
  readonly code: ProblemCode
  readonly errors: ProblemDocument['errors']
  /** In seconds, with `busy`. */
  retryAfter: number | undefined

  constructor(status: number, code: ProblemCode, detail: string, errors?: ProblemDocument['errors']) {
    super(detail)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.errors = errors
  }

  document(): ProblemDocument {
    return {
      type: 'about:blank',
      title: STATUS_CODES[this.status] ?? 'Error',
      status: this.status,
      code: this.code,
      detail: this.message,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
    }
  }
}

/** The same as an HTTP response of its own, for where there is no request to reply to. */
export function asResponse(problem: Problem): string {
  const document = problem.document()
  const body = JSON.stringify(document)
  return [
    `HTTP/1.1 ${document.status} ${document.title}`,
    'Connection: close',
    `Content-Type: ${problemType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}

/** More waits than we take: nothing was changed. */
export function busy(seconds: number): Problem {
  const problem = new Problem(503, 'busy', `More waits than is taken at once, so nothing was changed. Try again in ${seconds} s.`)
  problem.retryAfter = seconds
  return problem
}
