import { randomUUID } from 'node:crypto'
import type { Benchmark, Turn } from '../harness/benchmark.ts'
import { type Launched, launchDuckTape, launchPeer } from '../harness/launch.ts'
import { openPostgres } from '../harness/postgres.ts'
import { type Client, connect, connectMany } from '../harness/sockets.ts'

const windows = 500

/** One sentence shown in 500 other windows: from sending until the last has it. The peer sends bytes on to all others. */
export const benchmark: Benchmark = {
  what: 'a line shown in 500 windows',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [{ figure: 'p95', under: 200 }],
  async prepare() {
    await using stack = new AsyncDisposableStack()
    const { url } = stack.use(await openPostgres())
    const ours = stack.use(await launchDuckTape({ DATABASE_URL: url }))
    const bare = stack.use(await launchPeer('echo'))
    const shown = await connectMany(windows + 1, () => connect(ours.url))
    await Promise.all(shown.slice(1).map(({ ask }) => ask('{"type":"subscribe","id":"1","topic":"transcript"}')))
    const sent = await connectMany(windows + 1, () => connect(bare.url))
    for (const { socket } of [...shown, ...sent]) stack.defer(() => socket.terminate())
    const opened = stack.move()
    return {
      kind: 'reported',
      ours: () => fanOut(ours, shown, (word) => JSON.stringify({ type: 'command', id: randomUUID(), text: `todo ${word}` })),
      peers: { 'bare ws': () => fanOut(bare, sent, (word) => `all:${word} ${'.'.repeat(300)}`) },
      rounds: 10,
      [Symbol.asyncDispose]: () => opened.disposeAsync(),
    }
  },
}

async function fanOut(server: Launched, [speaker, ...others]: readonly Client[], say: (word: string) => string): Promise<Turn> {
  const before = await server.usage()
  const figures: number[] = []
  for (let time = 0; time < 10; time++) {
    const word = randomUUID()
    const all = Promise.all(others.map(({ socket }) => heard(socket, word)))
    const began = performance.now()
    speaker?.socket.send(say(word))
    await all
    figures.push(performance.now() - began)
  }
  return { figures, worked: (await server.usage()).worked - before.worked }
}

function heard(socket: Client['socket'], word: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (data: unknown) => {
      if (!String(data).includes(word)) return
      socket.off('message', look)
      resolve()
    }
    socket.on('message', look)
  })
}
