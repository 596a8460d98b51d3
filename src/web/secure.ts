import type { FastifyInstance } from 'fastify'
import type { createGuard } from './guard.ts'

/** Only our own files, no inline script or style, no framing, and no way to put words into the page as markup. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** Swagger UI draws with React, which builds its markup from strings. */
const docsPolicy = pagePolicy
  .replace(/; require-trusted-types-for.*$/, '')
  .replace("style-src 'self'", "style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='")

/** bull-board styles what it draws, and finds its files by a base. */
const boardPolicy = docsPolicy.replace(/style-src [^;]+/, "style-src 'self' 'unsafe-inline'").replace("base-uri 'none'", "base-uri 'self'")

const headers = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
} as const

/** Asked by machines that know us by other names (an orchestrator's probe, a scraper); nothing personal is there. */
const forMachines = new Set(['/health', '/ready', '/metrics'])

export function secure(app: FastifyInstance, guard: ReturnType<typeof createGuard>): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...headers, 'content-security-policy': policyOf(request.url) })
    if (!request.url.startsWith('/page/') && request.url !== '/') reply.header('cache-control', 'no-store')
    if (!forMachines.has(request.url)) guard.check(request.raw)
  })
}

function policyOf(url: string): string {
  if (url.startsWith('/api/docs')) return docsPolicy
  return url.startsWith('/admin/queues') ? boardPolicy : pagePolicy
}
