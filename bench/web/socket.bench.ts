import { randomUUID } from 'node:crypto'
import type { Benchmark, Turn } from '../harness/benchmark.ts'
import { type Launched, launchDuckTape, launchPeer } from '../harness/launch.ts'
import { openPostgres } from '../harness/postgres.ts'
import { type Client, connect, connectMany } from '../harness/sockets.ts'

/** Enough that none of them asks faster than one client may. */
const connections = 100
const isReply = (text: string) => text.includes('"type":"reply"') || text.startsWith('{"type":"command"')
const frame = () => JSON.stringify({ type: 'command', id: randomUUID(), text: 'list my todos' })

/** A command over a WebSocket and its reply, which are both kept in the transcript; the peers echo its bytes, or only answer a ping. */
export const benchmark: Benchmark = {
  what: 'a command and its reply over WebSocket',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [
    { figure: 'ratio', atLeast: 0.4 },
    { figure: 'p95', under: 50 },
  ],
  async prepare() {
    await using stack = new AsyncDisposableStack()
    const { url } = stack.use(await openPostgres())
    const ours = stack.use(await launchDuckTape({ DATABASE_URL: url }))
    const bare = stack.use(await launchPeer('echo'))
    const asked = await connectMany(connections, () => connect(ours.url, isReply))
    const pinged = await connectMany(connections, () => connect(ours.url, (text) => text.includes('"pong"')))
    const echoed = await connectMany(connections, () => connect(bare.url))
    for (const { socket } of [...asked, ...pinged, ...echoed]) stack.defer(() => socket.terminate())
    const opened = stack.move()
    return {
      kind: 'reported',
      ours: () => roundTrips(ours, asked, frame),
      peers: {
        'ws echo of the same bytes': () => roundTrips(bare, echoed, frame),
        'a ping, answered by us': () => roundTrips(ours, pinged, () => '{"type":"ping","id":"1"}'),
      },
      rounds: 10,
      [Symbol.asyncDispose]: () => opened.disposeAsync(),
    }
  },
}

/** Four at a time, each connection in its turn. */
async function roundTrips(server: Launched, clients: readonly Client[], say: () => string): Promise<Turn> {
  const before = await server.usage()
  const figures: number[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let client = clients[next++]; client; client = clients[next++]) {
        const began = performance.now()
        await client.ask(say())
        figures.push(performance.now() - began)
      }
    }),
  )
  return { figures, worked: (await server.usage()).worked - before.worked }
}
