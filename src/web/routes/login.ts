import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sessionCookie } from '../guard.ts'
import type { Login } from '../ports.ts'
import { Problem } from '../problem.ts'

/** `GET /login?token=`: a link that counts once becomes a session of this browser. */
export function loginRoutes(app: FastifyInstance, { login, isSecure }: { readonly login: Login; isSecure(): boolean }): void {
  app
    .withTypeProvider<ZodTypeProvider>()
    .get('/login', { schema: { hide: true, querystring: z.object({ token: z.string().max(300) }) } }, async ({ query }, reply) => {
      const opened = await login(query.token)
      if (!opened)
        throw new Problem(401, 'unauthorized', 'This link was used already, or is too old. Make a new one with: ducktape token login ID')
      const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${opened.seconds}`, ...(isSecure() ? ['Secure'] : [])]
      reply.header('set-cookie', [`${sessionCookie}=${opened.session}`, ...attributes].join('; '))
      return reply.redirect(opened.admin ? '/admin/queues' : '/', 303)
    })
}
