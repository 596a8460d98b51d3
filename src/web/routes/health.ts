import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { fileOf } from '../file.ts'
import type { Checks } from '../ports.ts'

/** How long one look at everything may take before it counts as failed, in milliseconds. */
const patience = 3_000

const Ready = z.object({
  status: z.enum(['ready', 'not_ready']),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string().optional() })),
})

export interface Exposition {
  text(): Promise<string>
  readonly contentType: string
}

/** Who asks need not say who they are. */
const open = { tags: ['operation'], security: [] }

/** What machines that watch us ask. */
export function healthRoutes(app: FastifyInstance, { checks, metrics }: { checks: Checks; metrics: Exposition }): void {
  const api = app.withTypeProvider<ZodTypeProvider>()

  api.get(
    '/health',
    {
      schema: {
        ...open,
        operationId: 'getHealth',
        summary: 'This process lives',
        response: { 200: z.object({ status: z.literal('ok') }) },
      },
    },
    async () => ({ status: 'ok' as const }),
  )

  api.get(
    '/ready',
    {
      schema: {
        ...open,
        operationId: 'getReadiness',
        summary: 'Everything this process needs is there',
        response: { 200: Ready, 503: Ready },
      },
    },
    async (_request, reply) => {
      const { status, body } = await readiness(checks)
      return reply.code(status).send(body)
    },
  )

  app.get(
    '/metrics',
    { schema: { ...open, operationId: 'getMetrics', summary: 'Prometheus text', response: { 200: fileOf('text/plain') } } },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
  )
}

/** The answer of `/ready`: everything was looked at, or took too long. */
export async function readiness(checks: Checks): Promise<{ readonly status: 200 | 503; readonly body: z.output<typeof Ready> }> {
  const found = await checkedInTime(checks)
  const ready = Object.values(found).every(({ ok }) => ok)
  return { status: ready ? 200 : 503, body: { status: ready ? 'ready' : 'not_ready', checks: found } }
}

async function checkedInTime(checks: Checks): ReturnType<Checks> {
  const { promise: late, resolve } = Promise.withResolvers<Awaited<ReturnType<Checks>>>()
  const timer = setTimeout(() => resolve({ checks: { ok: false, detail: `no answer within ${patience / 1_000} s` } }), patience)
  try {
    return await Promise.race([checks(), late])
  } catch (err) {
    return { checks: { ok: false, detail: err instanceof Error ? err.message : 'failed' } }
  } finally {
    clearTimeout(timer)
  }
}
