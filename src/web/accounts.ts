import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sendProblem } from './answers.ts'
import { credential, remoteAddress } from './guard.ts'
import type { Account, Authenticate } from './ports.ts'
import { Problem, ProblemDocument } from './problem.ts'

/** What every route under `/api` may answer besides what was asked. */
export const problems = { 400: ProblemDocument, 401: ProblemDocument, 503: ProblemDocument } as const

/** Whom each request under `/api` acts for. */
export interface Accounts {
  /** Throws when the route is not behind `signIn`. */
  of(request: FastifyRequest): Account
}

/** Lets only known people past, on every route that `app` gets from here on. */
export function signIn(app: FastifyInstance, authenticate: Authenticate): Accounts {
  const accounts = new WeakMap<FastifyRequest, Account>()

  app.addHook('onRequest', async (request, reply) => {
    const account = await authenticate(credential(request.raw), remoteAddress(request.raw))
    if (!account) {
      reply.header('www-authenticate', 'Bearer')
      const detail = 'Send a valid token: "Authorization: Bearer TOKEN". Make one with: ducktape token create'
      return sendProblem(reply, new Problem(401, 'unauthorized', detail))
    }
    accounts.set(request, account)
  })

  return {
    of(request) {
      const account = accounts.get(request)
      if (!account) throw new Error(`nobody signed in for ${request.routeOptions.url}`)
      return account
    },
  }
}
