import type { Benchmark } from '../harness/benchmark.ts'
import { launchDuckTape, launchPeer } from '../harness/launch.ts'
import { openPostgres } from '../harness/postgres.ts'
import { callMany } from './http.ts'

/** What a load balancer asks every second: the cost of our server before any work. */
export const benchmark: Benchmark = {
  what: 'GET /health',
  unit: 'ms',
  better: 'less',
  quick: true,
  aims: [
    { figure: 'ratio', atLeast: 0.5 },
    { figure: 'p95', under: 10 },
  ],
  async prepare(size) {
    await using stack = new AsyncDisposableStack()
    const { url } = stack.use(await openPostgres())
    const ours = stack.use(await launchDuckTape({ DATABASE_URL: url }))
    const bare = stack.use(await launchPeer('fastify', { DATABASE_URL: url }))
    const load = { amount: size === 'quick' ? 1_500 : 5_000 }
    const opened = stack.move()
    return {
      kind: 'reported',
      ours: () => callMany(ours, load, () => ({ path: '/health' })),
      peers: { 'bare Fastify': () => callMany(bare, load, () => ({ path: '/health' })) },
      rounds: size === 'quick' ? 8 : 12,
      [Symbol.asyncDispose]: () => opened.disposeAsync(),
    }
  },
}
