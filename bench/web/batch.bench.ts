import { randomUUID } from 'node:crypto'
import type { Benchmark } from '../harness/benchmark.ts'
import { launchDuckTape, launchPeer } from '../harness/launch.ts'
import { openPostgres } from '../harness/postgres.ts'
import { issueTokens } from '../load/tokens.ts'
import { callMany } from './http.ts'

/** One person has a few batches open at most: each batch is somebody else's. */
const people = 60
/** As many things as one batch may hold. */
const size = 1_000

/** A batch of a thousand todos until it is accepted: checked, and kept. Carrying it out comes later. The peer takes the body and answers. */
export const benchmark: Benchmark = {
  what: 'POST /api/batch of 1,000, accepted',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [{ figure: 'p95', under: 500 }],
  async prepare() {
    await using stack = new AsyncDisposableStack()
    const { url } = stack.use(await openPostgres())
    // Without the role jobs nothing is carried out while others are accepted.
    const ours = stack.use(await launchDuckTape({ DATABASE_URL: url, ROLES: 'web' }))
    const bare = stack.use(await launchPeer('fastify', { DATABASE_URL: url }))
    const tokens = await issueTokens(url, people)
    let turn = 0
    const call = () => {
      const mark = randomUUID()
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${tokens[turn++ % people]}` }
      const operations = Array.from({ length: size }, (_, index) => ({ op: 'create', kind: 'todo', fields: { text: `${mark} ${index}` } }))
      return { method: 'POST' as const, path: '/api/batch', headers, body: JSON.stringify({ operations }) }
    }
    const load = { amount: 10, connections: 1 }
    const opened = stack.move()
    return {
      kind: 'reported',
      ours: () => callMany(ours, load, call),
      peers: { 'bare Fastify': () => callMany(bare, load, call) },
      rounds: 6,
      [Symbol.asyncDispose]: () => opened.disposeAsync(),
    }
  },
}
