import type { Benchmark, Turn } from '../harness/benchmark.ts'
import { type Launched, launchDuckTape, launchPeer } from '../harness/launch.ts'
import { openPostgres } from '../harness/postgres.ts'
import { connect } from '../harness/sockets.ts'

/** From dialling until the first answer came; the peer echoes the same greeting. */
export const benchmark: Benchmark = {
  what: 'connect a WebSocket and be welcomed',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [{ figure: 'p95', under: 100 }],
  async prepare() {
    await using stack = new AsyncDisposableStack()
    const { url } = stack.use(await openPostgres())
    const ours = stack.use(await launchDuckTape({ DATABASE_URL: url }))
    const bare = stack.use(await launchPeer('echo'))
    const opened = stack.move()
    return {
      kind: 'reported',
      ours: () => greetings(ours),
      peers: { 'bare ws': () => greetings(bare) },
      rounds: 10,
      [Symbol.asyncDispose]: () => opened.disposeAsync(),
    }
  },
}

async function greetings(server: Launched): Promise<Turn> {
  const before = await server.usage()
  const figures: number[] = []
  for (let time = 0; time < 200; time++) {
    const began = performance.now()
    const { socket, ask } = await connect(server.url)
    await ask('{"type":"hello","timeZone":"Europe/Berlin"}')
    figures.push(performance.now() - began)
    socket.terminate()
  }
  return { figures, worked: (await server.usage()).worked - before.worked }
}
