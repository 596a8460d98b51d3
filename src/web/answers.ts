import { isUtf8 } from 'node:buffer'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions, HTTPMethods } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { Logger } from 'pino'
import { BotError } from '#core/errors.ts'
import { asResponse, busy, Problem, problemType } from './problem.ts'

/** Every failure, whoever noticed it, as a problem document. */
export function answerFailures(app: FastifyInstance, log: Logger): void {
  const methods = new Set<HTTPMethods>()
  app.addHook('onRoute', ({ method }) => {
    for (const one of [method].flat()) methods.add(one as HTTPMethods)
  })

  readOnlyJson(app)
  app.setErrorHandler((err: FastifyError, request, reply) => sendProblem(reply, problemOf(err, log, request)))
  app.setNotFoundHandler((request, reply) => {
    const allowed = [...methods].filter((method) => app.findRoute({ method, url: pathOf(request) }) ?? false)
    // A path under which others look for themselves takes the method, and has nothing there.
    if (allowed.length === 0 || allowed.some((method) => method === request.method))
      return sendProblem(reply, new Problem(404, 'not_found', `There is nothing at ${pathOf(request)}. The API is described at /api/docs.`))
    const list = allowed.join(', ')
    reply.header('allow', list)
    if (request.method === 'OPTIONS') return reply.code(204).send()
    return sendProblem(reply, new Problem(405, 'method_not_allowed', `${pathOf(request)} takes ${list}, not ${request.method}.`))
  })
}

/** For what goes wrong before a route is found, or before there is a request at all. */
export function frameworkErrors(log: Logger): Pick<FastifyServerOptions, 'frameworkErrors' | 'clientErrorHandler'> {
  return {
    frameworkErrors: (err: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      void sendProblem(reply, problemOf(err, log, request)),
    clientErrorHandler(err, socket) {
      if (err.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
      socket.end(asResponse(unreadable[err.code] ?? new Problem(400, 'invalid_request', 'What was sent is not HTTP.')))
    },
  }
}

const unreadable: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: new Problem(431, 'too_large', 'The address and the headers together are larger than 16 KiB.'),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(408, 'invalid_request', 'The request did not come to its end in time.'),
}

/** Only JSON is read, and as RFC 8259 has it: anything that is not UTF-8 would come out as other words. */
function readOnlyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const charset = /;\s*charset\s*=\s*"?(?<name>[\w-]+)/i.exec(request.headers['content-type'] ?? '')?.groups?.name
    if (charset !== undefined && !/^utf-?8$/i.test(charset))
      return done(new Problem(415, 'unsupported_media_type', `Send the JSON in UTF-8, not in ${charset}.`))
    if (!isUtf8(body)) return done(new Problem(400, 'invalid_json', 'The body is not valid UTF-8.'))
    return parse(request, body.toString(), done)
  })
}

/** For hooks: a part of the server that handles its own failures would make something else of one that is thrown. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter)
  return reply.code(problem.status).type(problemType).serializer(JSON.stringify).send(problem.document())
}

/** '"Content-Type: application/json"' */
function mediaTypes({ schema }: FastifyRequest['routeOptions']): string {
  return (schema?.consumes ?? ['application/json']).map((type) => `"Content-Type: ${type}"`).join(' or ')
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? url
}

function problemOf(err: FastifyError | Problem, log: Logger, { routeOptions }: FastifyRequest): Problem {
  if (err instanceof Problem) return err
  if (hasZodFastifySchemaValidationErrors(err)) {
    const errors = err.validation.map(({ instancePath, message }) => ({ path: instancePath || '/', message: message ?? 'not as expected' }))
    const [first] = errors
    return new Problem(400, 'invalid_request', `${first?.path ?? '/'}: ${first?.message ?? 'not as expected'}`, errors)
  }
  switch (err.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Problem(413, 'too_large', 'The body is larger than MAX_MESSAGE_BYTES allows.')
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new Problem(415, 'unsupported_media_type', `Send ${mediaTypes(routeOptions)}.`)
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new Problem(400, 'invalid_json', 'The body is not valid JSON.')
  }
  if (err.statusCode !== undefined && err.statusCode >= 400 && err.statusCode < 500) {
    return new Problem(err.statusCode, 'invalid_request', err.message)
  }
  if (err instanceof BotError && err.code === 'busy') return busy(Math.ceil((err.retryAfter ?? 60_000) / 1_000))
  log.error({ err }, 'request not handled')
  if (err instanceof BotError && err.code === 'unreachable') {
    return new Problem(503, 'unavailable', 'Something we need cannot be reached. Please try again in a moment.')
  }
  return new Problem(500, 'internal', 'Something went wrong on our side. Please try again in a moment.')
}
