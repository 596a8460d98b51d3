import { randomUUID } from 'node:crypto'
import { setInterval as every } from 'node:timers/promises'
import { type Launched, launchDuckTape } from '../harness/launch.ts'
import { type Client, connect, connectMany } from '../harness/sockets.ts'
import { sourceOf } from './limits.ts'
import { createRecord, type LoadRecord, type LoadReport } from './record.ts'
import { issueTokens } from './tokens.ts'

export interface SocketLoad {
  readonly databaseUrl: string
  readonly connections: number
  /** In seconds. */
  readonly duration: number
  /** Commands of all connections together in a second; every connection pings beside that. */
  readonly rate: number
  readonly tell: (line: string) => void
  /** Asked again and again: true ends it before its time. */
  readonly isOver?: () => boolean
}

const sentences = ['list my todos', 'what is on today', 'list my reminders', 'list my notes']
/** Between two looks, in seconds. */
const lookEvery = 5
/** Between two pings of one connection, in seconds. */
const pingEvery = 30
/** Until something that was not answered counts as an error, in milliseconds. */
const patience = 30_000

/** Holds connections of as many people, who ping now and then and ask a few things, and looks at what it costs the server. */
export async function loadSockets({
  databaseUrl,
  connections,
  duration,
  rate,
  tell,
  isOver = () => false,
}: SocketLoad): Promise<LoadReport> {
  await using stack = new AsyncDisposableStack()
  const server = stack.use(await launchDuckTape({ DATABASE_URL: databaseUrl, ROLES: 'web', MAX_CONNECTIONS: String(connections + 10) }))
  const tokens = await issueTokens(databaseUrl, connections)
  const record = createRecord('websocket', { connections, duration, rate }, tell)
  const greeted = (index: number) => greet(server, index, tokens[index] ?? '', record)
  // What the first connections make the server load is not what one costs.
  const few = Math.min(100, Math.ceil(connections / 10))
  const clients = [...(await connectMany(few, greeted))]
  const before = await server.usage(true)
  clients.push(...(await connectMany(connections - few, (index) => greeted(few + index))))
  const held = await server.usage(true)
  record.figure('memory of a connection, KB', (held.rss - before.rss) / (connections - few) / 1_024)
  record.figure('memory of the server, all connected, MB', held.rss / 2 ** 20)
  tell(`${clients.length} connections are held by one process: ${Math.round(held.rss / 2 ** 20)} MB in all`)
  for (const { socket } of clients) {
    socket.on('close', () => record.failed('closed by the server'))
    stack.defer(() => {
      socket.removeAllListeners('close')
      socket.terminate()
    })
  }
  await talk(server, clients, { duration, rate, isOver }, record)
  record.figure('memory of the server at the end, MB', (await server.usage(true)).rss / 2 ** 20)
  return record.report()
}

async function greet(server: Launched, index: number, token: string, record: LoadRecord): Promise<Client> {
  const began = performance.now()
  const client = await connect(server.url, isAnswer, { token, localAddress: sourceOf(index) })
  await client.ask('{"type":"hello","timeZone":"Europe/Berlin"}')
  record.took('connect', performance.now() - began)
  return client
}

function isAnswer(text: string): boolean {
  return /"type":"(?:welcome|reply|pong|error)"/.test(text)
}

async function talk(
  server: Launched,
  clients: readonly Client[],
  { duration, rate, isOver }: Required<Pick<SocketLoad, 'duration' | 'rate' | 'isOver'>>,
  record: LoadRecord,
): Promise<void> {
  const step = 0.1
  const working = new Set<Promise<void>>()
  let [turn, pings, commands] = [0, 0, 0]
  const next = () => clients[turn++ % clients.length]
  const busy = new Set<Client>()

  function ask(what: string, frame: string) {
    const client = next()
    // One that still waits is left alone.
    if (!client || busy.has(client)) return
    busy.add(client)
    const work: Promise<void> = asked(client, what, frame, record).finally(() => {
      busy.delete(client)
      working.delete(work)
    })
    working.add(work)
  }

  const steps = Math.round(duration / step)
  let done = 0
  for await (const _ of every(step * 1_000)) {
    if (done++ >= steps || isOver()) break
    for (; pings < (done * step * clients.length) / pingEvery; pings++) ask('ping', '{"type":"ping","id":"1"}')
    for (; commands < done * step * rate; commands++)
      ask('command', JSON.stringify({ type: 'command', id: randomUUID(), text: sentences[commands % sentences.length] }))
    if (done % Math.round(lookEvery / step) === 0 || done === steps) await record.look(server)
  }
  await Promise.all(working)
}

async function asked(client: Client, what: string, frame: string, record: LoadRecord): Promise<void> {
  const began = performance.now()
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => resolve(undefined), patience)
  const answer = await Promise.race([client.ask(frame), late])
  clearTimeout(timer)
  if (answer === undefined) record.failed(`no answer to a ${what}`)
  else if (answer.includes('"type":"error"')) record.failed(`a ${what} was refused`)
  else record.took(what, performance.now() - began)
}
