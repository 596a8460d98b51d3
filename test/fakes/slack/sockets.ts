import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Closing } from './options.ts'
import { periods } from './options.ts'
import { ids } from './workspace.ts'
import type { World } from './world.ts'

/** More live connections than this get a `disconnect` at once. */
const maxConnections = 10

/** How the next connections are treated. */
export interface SocketFaults {
  /** HTTP statuses to refuse the next upgrades with. */
  refuse: number[]
  /** How many of the next connections get no `hello`. */
  withoutHello: number
  closing: Closing
}

export interface Link {
  readonly id: number
  readonly socket: WebSocket
  readonly tcp: Socket
  /** Asked to go: gets nothing more while another lives. */
  leaving: boolean
  /** Neither reads nor writes, as after a cable was pulled. */
  silent: boolean
}

/** The socket side: tickets, `hello`, pings, and every way in which a connection can end. */
export function createSockets(world: World, received: (link: Link, text: string) => void) {
  const { journal, later } = world
  const server = new WebSocketServer({ noServer: true })
  const links = new Set<Link>()
  const wires = new Set<Socket>()
  const faults: SocketFaults = { refuse: [], withoutHello: 0, closing: world.settings.closing }
  let count = 0
  let turn = 0

  function upgrade(request: IncomingMessage, tcp: Socket, head: Buffer) {
    const refused = faults.refuse.shift()
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? ''
    const status = refused ?? (world.tickets.useSocket(ticket) ? undefined : 408)
    if (status !== undefined) {
      journal.record('upgrade refused', { status })
      if (refused === undefined) journal.violation('bad_ticket', { ticket })
      tcp.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    server.handleUpgrade(request, tcp, head, (socket) => open(socket, tcp))
  }

  function open(socket: WebSocket, tcp: Socket) {
    count += 1
    const link: Link = { id: count, socket, tcp, leaving: false, silent: false }
    const { closing } = faults
    // `ws` ends TCP after the close handshake; Slack does not.
    if (closing !== 'clean') tcp.end = () => tcp
    if (closing === 'unanswered') socket.close = () => undefined

    socket.on('message', (data) => received(link, String(data)))
    socket.on('error', (error) => journal.record('socket error', { link: link.id, message: error.message }))
    // With TCP left open `ws` tells of the close late, but it stops taking frames at once.
    wires.add(tcp)
    // The other side is gone for good once it ends TCP itself.
    tcp.on('end', () => tcp.destroy())
    tcp.on('close', () => {
      wires.delete(tcp)
      gone(link)
    })
    socket.on('close', () => gone(link))
    journal.record('connected', { link: link.id })

    if (live().length >= maxConnections) {
      send(link, { type: 'disconnect', reason: 'too_many_websockets', debug_info: debugInfo(link) })
      socket.close(1000)
      return
    }
    links.add(link)
    if (faults.withoutHello > 0) {
      faults.withoutHello -= 1
      return
    }
    greet(link)
    keepPinging(link)
  }

  function greet(link: Link) {
    send(link, {
      type: 'hello',
      num_connections: live().length,
      debug_info: debugInfo(link),
      connection_info: { app_id: ids.app },
    })
    journal.record('hello', { link: link.id })
  }

  function keepPinging(link: Link) {
    later(periods.serverPing, () => {
      if (!isLive(link)) return
      if (!link.silent) link.socket.ping(`Ping from applink-${link.id}`)
      keepPinging(link)
    })
  }

  function debugInfo(link: Link) {
    return { host: `applink-${link.id}`, build_number: 1, approximate_connection_time: 3_600 }
  }

  function gone(link: Link) {
    if (!links.delete(link)) return
    journal.record('closed', { link: link.id })
  }

  function isLive(link: Link): boolean {
    return links.has(link) && link.socket.readyState === link.socket.OPEN
  }

  function live(): Link[] {
    return [...links].filter(isLive)
  }

  function send(link: Link, frame: object) {
    if (!link.silent && link.socket.readyState === link.socket.OPEN) link.socket.send(JSON.stringify(frame))
  }

  function close(link: Link) {
    if (link.socket.readyState === link.socket.OPEN) link.socket.close(1000)
  }

  return {
    upgrade,
    faults,
    live,
    isLive,
    send,

    /** The connection that gets the next envelope: each in turn, those asked to leave only when no other lives. */
    pick(): Link | undefined {
      const all = live()
      const staying = all.filter(({ leaving }) => !leaving)
      const candidates = staying.length > 0 ? staying : all
      turn += 1
      return candidates[turn % candidates.length]
    },

    /** Asks all connections to leave and serves them a while longer. `warning` is followed by `refresh_requested`. */
    disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets' = 'refresh_requested') {
      for (const link of live()) {
        link.leaving = true
        send(link, { type: 'disconnect', reason, debug_info: debugInfo(link) })
        journal.record('disconnect', { link: link.id, reason })
        later(periods.grace, () => {
          if (!isLive(link)) return
          if (reason === 'warning') send(link, { type: 'disconnect', reason: 'refresh_requested', debug_info: debugInfo(link) })
          journal.record('grace over', { link: link.id })
          close(link)
        })
      }
    },

    /** Closes all connections with a close frame. */
    closeAll: () => live().forEach(close),

    /** Breaks all connections without a word. */
    resetAll() {
      for (const link of live()) {
        link.tcp.resetAndDestroy()
        gone(link)
      }
    },

    /** All connections stay open and nothing passes any more. */
    silenceAll() {
      for (const link of live()) {
        link.silent = true
        link.tcp.pause()
        journal.record('silenced', { link: link.id })
      }
    },

    end() {
      for (const tcp of wires) tcp.destroy()
      server.close()
    },
  }
}
