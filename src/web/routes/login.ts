import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sessionCookie } from '../guard.ts'
import type { Login } from '../ports.ts'
import { Problem } from '../problem.ts'

const schema = { hide: true, querystring: z.object({ token: z.string().max(300) }) }

/** Programs that look at a link to say what is behind it: they are no browser, and use nothing up. */
const previews = /bot\b|preview|expand|unfurl|crawl|spider|facebookexternalhit|whatsapp/i

/** `GET /login?token=`: a link that counts once becomes a session of this browser. */
export function loginRoutes(app: FastifyInstance, { login, isSecure }: { readonly login: Login; isSecure(): boolean }): void {
  app.withTypeProvider<ZodTypeProvider>().get('/login', { exposeHeadRoute: false, schema }, async ({ query, headers }, reply) => {
    if (previews.test(headers['user-agent'] ?? '')) return reply.code(204).send()
    const opened = await login(query.token)
    if (!opened)
      throw new Problem(
        401,
        'unauthorized',
        'This link was used already, or is too old. Say “open the page” in your chat for a new one, or make one with: ducktape token login ID',
      )
    const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${opened.seconds}`, ...(isSecure() ? ['Secure'] : [])]
    reply.header('set-cookie', [`${sessionCookie}=${opened.session}`, ...attributes].join('; '))
    return reply.redirect(opened.admin ? '/admin/queues' : '/', 303)
  })
}
