import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import type { Broadcast, Clock, Transcripts } from '#core/ports.ts'
import { resync } from '#core/resync.ts'
import { within } from '#core/within.ts'
import { createAudience } from './audience.ts'
import { type Connection, newConnection, type Topic } from './connection.ts'
import { createConversation } from './conversation.ts'
import type { ServerFrame } from './frames.ts'
import type { createGuard } from './guard.ts'
import { credential, remoteAddress } from './guard.ts'
import { createIndex } from './lookup.ts'
import { closeCode, createOutbox } from './outbox.ts'
import type { Account, Authenticate, Chat, LineNotice, Reads, WebLimits, WebMeter } from './ports.ts'
import { asResponse, Problem } from './problem.ts'
import { lineView, replyWords } from './views.ts'

export interface SocketParts {
  readonly chat: Chat
  readonly reads: Reads
  readonly transcripts: Transcripts
  readonly broadcast: Broadcast
  readonly authenticate: Authenticate
  readonly guard: ReturnType<typeof createGuard>
  readonly limits: Required<WebLimits>
  readonly meter: WebMeter
  readonly clock: Clock
  readonly log: Logger
  /** Between two pings, in milliseconds. */
  readonly heartbeat: number
}

/** How long work and farewells may take once we stop, in milliseconds. */
const patience = { work: 5_000, farewell: 1_000 } as const

/** What the store tells all processes after each change: of which kind, and whose. */
const ChangeNotice = z.object({
  kind: z.enum(['reminder', 'event', 'attendee', 'calendar']),
  id: z.string(),
  spaceId: z.string(),
  personId: z.string().nullable(),
  /** Of an answer: what it answers. */
  eventId: z.string().optional(),
})

/** How long somebody may stay without saying who they are, in milliseconds. */
const strangerPatience = 10_000

/** The socket server of `/ws`, on the HTTP server's own port. */
export function openSockets(server: Server, parts: SocketParts): AsyncDisposable {
  const { chat, transcripts, broadcast, authenticate, guard, limits, meter, log } = parts
  const connections = new Set<Connection>()
  const byUser = createIndex<Connection>()
  const byOwner = createIndex<Connection>()
  const outbox = createOutbox(meter)
  const sockets = new WebSocketServer(serverOptions(limits))
  const conversation = createConversation({
    ...parts,
    outbox,
    move,
    failed: (err, { session }) => log.error({ err, session }, 'frame not handled'),
  })
  const audience = createAudience({
    reads: parts.reads,
    watching: byOwner.keys,
    refresh: (personId) => refresh(personId, 'calendar'),
    failed: (err) => log.error({ err }, 'who looks at a change is not known'),
  })
  let opening = 0
  let stopping = false

  function move(connection: Connection, { visitor, owner }: Pick<Connection, 'visitor' | 'owner'>): void {
    byUser.remove(connection.visitor?.user, connection)
    byOwner.remove(connection.owner, connection)
    connection.visitor = visitor
    connection.owner = owner
    // Somebody who has left meanwhile is not entered again.
    if (!connections.has(connection)) return
    byUser.add(visitor?.user, connection)
    byOwner.add(owner, connection)
  }

  function accept(socket: WebSocket, account: Account | undefined, address: string): void {
    const connection = newConnection(socket, account, address, limits.rate)
    const { session } = connection
    connections.add(connection)
    byUser.add(account?.user, connection)
    meter.connections(connections.size)
    if (!account) connection.stranger = setTimeout(seeOut, strangerPatience, connection)
    socket.on('message', (data, binary) => conversation.heard(connection, data as Buffer, binary))
    socket.on('pong', () => {
      connection.alive = true
    })
    socket.on('error', noteError)
    socket.on('close', (code) => {
      clearTimeout(connection.stranger)
      connections.delete(connection)
      // The visitor stays: what was sent before the farewell is still theirs, and still done.
      byUser.remove(connection.visitor?.user, connection)
      byOwner.remove(connection.owner, connection)
      meter.connections(connections.size)
      log.debug({ session, code }, 'socket closed')
    })
    log.debug({ session }, 'socket opened')
  }

  function seeOut({ socket }: Connection): void {
    meter.dropped('stranger')
    socket.close(closeCode.policy, 'Say hello with a token first')
  }

  function noteError(err: Error & { code?: string }): void {
    if (err.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') meter.dropped('oversized')
  }

  async function admit(request: IncomingMessage): Promise<Account | undefined> {
    if (URL.parse(request.url ?? '', 'http://socket')?.pathname !== '/ws') throw new Problem(404, 'not_found', 'The socket is at /ws.')
    guard.check(request)
    if (stopping) throw new Problem(503, 'unavailable', 'This server is stopping. Connect again in a moment.')
    if (connections.size + opening > limits.maxConnections) {
      meter.dropped('full')
      throw new Problem(503, 'too_many_connections', `All ${limits.maxConnections} connections are in use. Try again later.`)
    }
    const token = credential(request)
    const account = await authenticate(token, remoteAddress(request))
    if (token !== undefined && !account)
      throw new Problem(401, 'unauthorized', 'This token is not valid. Make one with: ducktape token create')
    return account
  }

  async function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const hangUp = () => stream.destroy()
    stream.on('error', hangUp)
    opening += 1
    try {
      const account = await admit(request)
      if (stream.destroyed) return
      stream.off('error', hangUp)
      sockets.handleUpgrade(request, stream, head, (socket) => accept(socket, account, remoteAddress(request)))
    } catch (err) {
      if (!(err instanceof Problem)) log.error({ err }, 'socket not admitted')
      const problem =
        err instanceof Problem ? err : new Problem(503, 'unavailable', 'Something went wrong on my side. Try again in a moment.')
      stream.end(asResponse(problem))
    } finally {
      opening -= 1
    }
  }

  async function show({ user, id, about, session, rings: mayRing = true }: LineNotice): Promise<void> {
    const watches = ({ subscriptions }: Connection) => subscriptions?.has('transcript') === true
    const others = [...byUser.get(user)].filter((one) => one.session !== session && (mayRing || watches(one)))
    if (others.length === 0) return
    const entry = await transcripts.get(user, id)
    if (!entry) return
    const line = lineView(entry)
    const { id: lineId, at, reply } = line
    const rings = reply?.tone === 'ring'
    const frame: ServerFrame = rings
      ? { type: 'reminder', line: { id: lineId, at }, reply, text: replyWords(reply) }
      : { type: 'change', topic: 'transcript', line, ...(about === undefined ? {} : { about }) }
    const json = JSON.stringify(frame)
    for (const connection of others) if (rings || watches(connection)) outbox.queue(connection, json)
  }

  function changed(payload: unknown): void {
    const notice = ChangeNotice.safeParse(payload)
    if (!notice.success) return
    const { kind, id, spaceId, personId, eventId = id } = notice.data
    if (personId !== null) void refresh(personId, kind === 'reminder' ? 'reminders' : 'calendar')
    if (kind !== 'reminder') audience.add({ spaceId, id: eventId, isAnswer: kind === 'attendee', told: personId })
  }

  /** Shows anew, in all windows of a person, what they follow there. */
  async function refresh(personId: string, topic: Topic): Promise<void> {
    const windows = [...byOwner.get(personId)]
    const note = (session: string) => (err: unknown) => log.error({ err, session }, 'subscription not refreshed')
    await Promise.all(windows.map(({ subscriptions, session }) => subscriptions?.get(topic)?.().catch(note(session))))
  }

  /** Frames may have been missed: whoever connects again reads what is there now. */
  function startOver(): void {
    for (const { socket } of connections) socket.close(closeCode.restart, 'Connect again: something may have been missed')
  }

  function beat(): void {
    for (const connection of connections) {
      const { socket, alive } = connection
      connection.alive = false
      if (alive) socket.ping()
      else {
        meter.dropped('silent')
        socket.terminate()
      }
    }
  }

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => void upgrade(request, stream, head)
  server.on('upgrade', onUpgrade)
  const heart = setInterval(beat, parts.heartbeat)
  const listening = [
    chat.lines((notice) => void show(notice).catch((err: unknown) => log.error({ err }, 'line not shown'))),
    broadcast.subscribe('change', changed),
    broadcast.subscribe(resync, startOver),
  ]

  return {
    async [Symbol.asyncDispose]() {
      stopping = true
      clearInterval(heart)
      await within(patience.work, Promise.all([...connections].map(({ queue }) => queue)))
      for (const one of listening) one[Symbol.dispose]()
      await audience[Symbol.asyncDispose]()
      await Promise.all([...connections].map(({ socket }) => farewell(socket)))
      server.off('upgrade', onUpgrade)
    },
  }
}

function serverOptions({ maxMessageBytes }: WebLimits) {
  return {
    noServer: true,
    clientTracking: false,
    maxPayload: maxMessageBytes,
    // Checked in connection.ts, where it becomes an answer instead of the end of the connection.
    skipUTF8Validation: true,
    /** How long a peer may take to answer our farewell, in milliseconds. */
    closeTimeout: 5_000,
    // Without a context to keep between frames, an idle socket holds no compressor.
    perMessageDeflate: { threshold: 1_024, serverNoContextTakeover: true, clientNoContextTakeover: true, concurrencyLimit: 4 },
  }
}

async function farewell(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return
  const closed = once(socket, 'close')
  socket.close(closeCode.goingAway, 'The server is stopping')
  await within(patience.farewell, closed)
  socket.terminate()
}
