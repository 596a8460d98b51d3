import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { GatewayDispatchEvents } from 'discord-api-types/v10'
import { WebSocketServer } from 'ws'
import type { Journal } from '../journal.ts'
import { type Connection, connect } from './connection.ts'
import type { Settings } from './options.ts'
import { guildPayload, readyPayload } from './payloads.ts'
import type { Frame, Happening, Session, Sessions } from './sessions.ts'
import type { World } from './world.ts'

/** One IDENTIFY in five seconds, where it is sent; the way here may take one of them longer than the other. */
const identifyWindowMs = 4_500

/** What the next connections do wrong, counted down as they come. */
export interface Withheld {
  hello: number
  ready: number
  upgrade: number
}

/** The socket side of the emulator, with everything that goes wrong there. */
export interface Gateway extends AsyncDisposable {
  readonly server: Server
  /** Where it is reached: the first address, and the one for resuming. */
  ports(): readonly number[]
  /** Sessions that may still be started today. */
  sessionsLeft(): number
  connections(): readonly Connection[]
  tell(happening: Happening): void
  /** Sends the last dispatch that fits once more, under a new sequence number. */
  repeat(fits: (frame: Frame) => boolean): void
  /** Op 7. */
  askToReconnect(): void
  /** Op 9; `false` ends the session. */
  invalidate(resumable: boolean): void
  /** Closes every connection with this code. */
  close(code: number): void
  /** Answers the next IDENTIFY by closing with this code. */
  closeNext(code: number): void
  /** TCP reset, without a close frame. */
  reset(): void
  /** The peer is silent from now on, and answers no close either. */
  freeze(): void
  /** No heartbeat is acknowledged until the client reconnects. */
  muteHeartbeats(): void
  /** Op 1 to every client. */
  askForHeartbeat(): void
  /** The next resumed sessions get this many dispatches that they had already. */
  rewind(count: number): void
  /** Every session forgets what it kept for clients that are away. */
  overflow(): void
  withhold(what: keyof Withheld, times?: number): void
  /** Resolves when every live client has read all that was sent to it. */
  caughtUp(): Promise<void>
}

export async function openGateway(parts: { world: World; settings: Settings; sessions: Sessions; journal: Journal }): Promise<Gateway> {
  const { world, settings, sessions, journal } = parts
  const live = new Set<Connection>()
  const withheld: Withheld = { hello: 0, ready: 0, upgrade: 0 }
  const identified: { readonly key: number; readonly at: number }[] = []
  const timers = new Set<NodeJS.Timeout>()
  let sessionsLeft = settings.sessions
  let rewound = 0
  let nextCode: number | undefined

  const first = createServer()
  const second = createServer((_, response) => response.writeHead(404).end())
  const sockets = new WebSocketServer({ noServer: true })
  await listen(second)
  const resumeUrl = `ws://127.0.0.1:${(second.address() as AddressInfo).port}`

  function upgrade(request: { url?: string | undefined }, socket: Duplex, head: Buffer, isResumeHost: boolean): void {
    if (withheld.upgrade > 0) {
      withheld.upgrade -= 1
      socket.on('error', () => {})
      journal.record('upgrade refused')
      socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request as Parameters<typeof sockets.handleUpgrade>[0], socket, head, (webSocket) => {
      const connection = connect(webSocket, {
        ...parts,
        isResumeHost,
        query: new URL(request.url ?? '/', 'ws://gateway').searchParams,
        takesHello: () => take('hello'),
        takeCode() {
          const code = nextCode
          nextCode = undefined
          return code
        },
        begin,
        welcome,
        resumed: replay,
        ended: () => live.delete(connection),
      })
      live.add(connection)
    })
  }

  function take(what: keyof Withheld): boolean {
    if (withheld[what] === 0) return true
    withheld[what] -= 1
    return false
  }

  /** `too soon` and `none left` are answered with op 9. */
  function begin(intents: number, shard: readonly [number, number]): Session | 'too soon' | 'none left' {
    const key = shard[0] % settings.maxConcurrency
    const now = performance.now()
    if (identified.some((earlier) => earlier.key === key && now - earlier.at < identifyWindowMs * settings.scale)) return 'too soon'
    if (sessionsLeft === 0) return 'none left'
    sessionsLeft -= 1
    identified.push({ key, at: now })
    return sessions.open(intents, shard)
  }

  /** READY and what follows it, once a client is attached. */
  function welcome(session: Session): void {
    if (!take('ready')) {
      session.valid = false
      return
    }
    const { shard } = session
    const guildIds = [...world.guilds.keys()].filter((id) => Number((BigInt(id) >> 22n) % BigInt(shard[1])) === shard[0])
    const payload = readyPayload(world, { sessionId: session.id, resumeUrl, shard: [...shard], guildIds })
    sessions.push(session, GatewayDispatchEvents.Ready, payload)
    showGuilds(session, guildIds)
  }

  function showGuilds(session: Session, guildIds: readonly string[]): void {
    if (settings.guilds === 'never' || (session.intents & 1) === 0) return
    const shown = settings.guilds
    later(shown === 'unavailable' ? 0 : shown.after, () => {
      for (const id of guildIds) {
        const guild = world.guilds.get(id)
        if (!guild) continue
        sessions.push(
          session,
          GatewayDispatchEvents.GuildCreate,
          shown === 'unavailable' ? { id, unavailable: true } : guildPayload(world, guild),
        )
      }
    })
  }

  function later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
  }

  function replay(session: Session, sequence: number): boolean {
    const missed = sessions.missed(session, Math.max(0, sequence - rewound))
    if (!missed) return false
    rewound = 0
    for (const frame of missed) session.send?.(frame)
    sessions.push(session, GatewayDispatchEvents.Resumed, { _trace: ['["gateway-fake"]'] })
    return true
  }

  first.on('upgrade', (request, socket, head) => upgrade(request, socket, head, false))
  second.on('upgrade', (request, socket, head) => upgrade(request, socket, head, true))

  return {
    server: first,
    ports: () => [first, second].map((server) => (server.address() as AddressInfo).port),
    sessionsLeft: () => sessionsLeft,
    connections: () => [...live],
    tell(happening) {
      const heard = sessions.tell(happening)
      journal.record('dispatch', { t: happening.t, heard, id: (happening.d as { id?: string } | null)?.id })
    },
    repeat(fits) {
      for (const session of sessions.all()) {
        const last = session.log.findLast(fits)
        if (session.valid && last) sessions.push(session, last.t, last.d)
      }
    },
    askToReconnect: () => each((connection) => connection.send({ op: 7, d: null })),
    invalidate: (resumable) => each((connection) => connection.invalidate(resumable)),
    close: (code) => each((connection) => connection.close(code)),
    closeNext(code) {
      nextCode = code
    },
    reset: () => each((connection) => connection.reset()),
    freeze: () => each((connection) => connection.freeze()),
    muteHeartbeats: () => each((connection) => connection.muteHeartbeats()),
    askForHeartbeat: () => each((connection) => connection.send({ op: 1, d: null })),
    rewind(count) {
      rewound = count
    },
    overflow() {
      for (const session of sessions.all()) session.oldest = session.sequence + 1
    },
    withhold(what, times = 1) {
      withheld[what] += times
    },
    async caughtUp() {
      await Promise.all([...live].map((connection) => connection.caughtUp()))
    },

    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearTimeout(timer)
      for (const connection of live) connection.reset()
      sockets.close()
      await Promise.all([first, second].map(shut))
    },
  }

  function each(act: (connection: Connection) => void): void {
    for (const connection of [...live]) act(connection)
  }
}

export function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
