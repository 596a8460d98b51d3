import type { Benchmark } from '../harness/benchmark.ts'
import { type Launched, launchDuckTape, launchPeer } from '../harness/launch.ts'
import { openPostgres } from '../harness/postgres.ts'
import { connect, connectMany } from '../harness/sockets.ts'

const connections = 2_000

/** What a connection that has said hello costs us in resident memory, over what the server has without any. */
export const benchmark: Benchmark = {
  what: 'memory of a WebSocket connection',
  unit: 'KB',
  better: 'less',
  quick: false,
  aims: [
    { figure: 'ratio', atLeast: 0.66 },
    { figure: 'max', under: 20 },
  ],
  async prepare() {
    const postgres = await openPostgres()
    return {
      kind: 'reported',
      ours: () => weighed(() => launchDuckTape({ DATABASE_URL: postgres.url })),
      peers: { 'bare ws': () => weighed(() => launchPeer('echo')) },
      rounds: 3,
      [Symbol.asyncDispose]: () => postgres[Symbol.asyncDispose](),
    }
  },
}

/** A few connections first: what the first of them loads is not what one costs. */
async function weighed(launch: () => Promise<Launched>): Promise<readonly number[]> {
  await using server = await launch()
  const greet = async () => {
    const client = await connect(server.url)
    await client.ask('{"type":"hello"}')
    return client
  }
  const first = await connectMany(200, greet)
  const before = await server.usage(true)
  const clients = await connectMany(connections, greet)
  const after = await server.usage(true)
  for (const { socket } of [...first, ...clients]) socket.terminate()
  return [(after.rss - before.rss) / connections / 1_024]
}
