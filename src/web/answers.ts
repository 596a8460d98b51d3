import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { Logger } from 'pino'
import { BotError } from '#core/errors.ts'
import { busy, Problem, problemType } from './problem.ts'

/** Every failure, whoever noticed it, as a problem document. */
export function answerFailures(app: FastifyInstance, log: Logger): void {
  const methods = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const known = methods.getOrInsertComputed(url, () => new Set())
    for (const one of [method].flat()) known.add(one)
  })

  // Only JSON is read; without this, plain text would be too.
  app.removeContentTypeParser('text/plain')
  app.setErrorHandler((err: FastifyError, _request, reply) => sendProblem(reply, problemOf(err, log)))
  app.setNotFoundHandler((request, reply) => {
    const allowed = methods.get(pathOf(request))
    if (!allowed)
      return sendProblem(reply, new Problem(404, 'not_found', `There is nothing at ${pathOf(request)}. The API is described at /api/docs.`))
    const list = [...allowed].join(', ')
    reply.header('allow', list)
    return sendProblem(reply, new Problem(405, 'method_not_allowed', `${pathOf(request)} takes ${list}, not ${request.method}.`))
  })
}

/** For what goes wrong before a route is found. */
export function frameworkErrors(log: Logger): Pick<FastifyServerOptions, 'frameworkErrors'> {
  return {
    frameworkErrors: (err: FastifyError, _request: FastifyRequest, reply: FastifyReply) => void sendProblem(reply, problemOf(err, log)),
  }
}

/** For hooks: a part of the server that handles its own failures would make something else of one that is thrown. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter)
  return reply.code(problem.status).type(problemType).serializer(JSON.stringify).send(problem.document())
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? url
}

function problemOf(err: FastifyError | Problem, log: Logger): Problem {
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
      return new Problem(415, 'unsupported_media_type', 'Send JSON: "Content-Type: application/json".')
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
