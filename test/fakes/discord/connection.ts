import { GatewayIntentBits } from 'discord-api-types/v10'
import type { RawData, WebSocket } from 'ws'
import { z } from 'zod'
import type { Journal } from '../journal.ts'
import { privilegedIntents, type Settings } from './options.ts'
import type { Session, Sessions } from './sessions.ts'

/** One client's socket. */
export interface Connection {
  send(payload: { readonly op: number; readonly d: unknown }): void
  close(code: number): void
  reset(): void
  freeze(): void
  muteHeartbeats(): void
  /** Op 9: the session is detached, and over unless it is resumable. */
  invalidate(resumable: boolean): void
  /** Resolves once the client has answered a heartbeat request, so has read everything before it. */
  caughtUp(): Promise<void>
}

interface Parts {
  readonly settings: Settings
  readonly sessions: Sessions
  readonly journal: Journal
  readonly isResumeHost: boolean
  readonly query: URLSearchParams
  takesHello(): boolean
  /** The code that IDENTIFY is to be answered with, if any. */
  takeCode(): number | undefined
  begin(intents: number, shard: readonly [number, number]): Session | 'too soon' | 'none left'
  welcome(session: Session): void
  resumed(session: Session, sequence: number): boolean
  ended(): void
}

const Payload = z.object({ op: z.number(), d: z.unknown() })
const Identify = z.object({
  token: z.string(),
  intents: z.number(),
  properties: z.object({ os: z.string(), browser: z.string(), device: z.string() }),
  shard: z.tuple([z.number(), z.number()]).default([0, 1]),
})
const Resume = z.object({ token: z.string(), session_id: z.string(), seq: z.number() })

const knownIntents = Object.values(GatewayIntentBits).reduce<number>((all, bit) => (typeof bit === 'number' ? all | bit : all), 0)

export function connect(socket: WebSocket, parts: Parts): Connection {
  const { settings, sessions, journal } = parts
  let session: Session | undefined
  let isFrozen = false
  let acksHeartbeats = true
  let mayResumeHere = parts.isResumeHost
  let lastHeartbeat = performance.now()
  const received: number[] = []
  const waitingForHeartbeat: (() => void)[] = []

  journal.record('open', { host: parts.isResumeHost ? 'resume' : 'first' })
  const watchdog = setInterval(checkHeartbeat, settings.heartbeatInterval / 2)
  watchdog.unref()

  function send(payload: object): void {
    if (isFrozen || socket.readyState !== socket.OPEN) return
    socket.send(JSON.stringify({ s: null, t: null, ...payload }))
  }

  /** Closes because of something that the client did wrong. */
  function refuse(code: number, reason: string) {
    journal.violation(`close ${code}`, { reason })
    close(code, reason)
  }

  function close(code: number, reason = '') {
    if ((code === 1000 || code === 1001) && session) session.valid = false
    journal.record('closing', { code })
    socket.close(code, reason)
  }

  function checkHeartbeat(): void {
    // Discord waits a little longer than the interval that it announced.
    if (performance.now() - lastHeartbeat > settings.heartbeatInterval * 1.5 && !isFrozen) refuse(4009, 'no heartbeat in time')
  }

  function hear(data: RawData) {
    if (isFrozen) return
    const text = String(data)
    if (Buffer.byteLength(text) > 4_096) return refuse(4002, 'a payload above 4096 bytes')
    const now = performance.now()
    while (received[0] !== undefined && now - received[0] > 60_000 * settings.scale) received.shift()
    if (received.push(now) > 120) return refuse(4008, 'more than 120 payloads in a minute')

    const payload = Payload.safeParse(parseJson(text))
    if (!payload.success) return refuse(4002, 'not a payload')
    const { op, d } = payload.data
    journal.record('received', { op, d: op === 2 || op === 6 ? { ...(d as object), token: '…' } : d })
    switch (op) {
      case 1:
        lastHeartbeat = now
        for (const resolve of waitingForHeartbeat.splice(0)) resolve()
        if (acksHeartbeats) send({ op: 11, d: null })
        return
      case 2:
        return identify(d)
      case 6:
        return resume(d)
      case 3:
      case 4:
      case 8:
        return session ? undefined : refuse(4003, `op ${op} before IDENTIFY`)
      default:
        return refuse(4001, `unknown op ${op}`)
    }
  }

  function identify(d: unknown) {
    if (session) return refuse(4005, 'identified twice')
    const parsed = Identify.safeParse(d)
    if (!parsed.success) return refuse(4002, 'IDENTIFY is not complete')
    const code = parts.takeCode()
    if (code !== undefined) return close(code)
    const { token, intents, shard } = parsed.data
    if (token.replace(/^Bot /, '') !== settings.token) return refuse(4004, 'Authentication failed.')
    if (shard[0] < 0 || shard[1] < 1 || shard[0] >= shard[1]) return refuse(4010, 'Invalid shard.')
    if (settings.shardingRequired && shard[1] === 1) return refuse(4011, 'Sharding required.')
    if (intents < 0 || (intents & ~knownIntents) !== 0) return refuse(4013, 'Invalid intent(s).')
    if ((intents & privilegedIntents & ~settings.privileged) !== 0) return refuse(4014, 'Disallowed intent(s).')
    const begun = parts.begin(intents, shard)
    if (typeof begun === 'string') {
      journal.violation(`identify ${begun}`)
      return send({ op: 9, d: false })
    }
    attach(begun)
    parts.welcome(begun)
  }

  function resume(d: unknown) {
    if (session) return refuse(4005, 'resumed on a connection that has a session')
    const parsed = Resume.safeParse(d)
    if (!parsed.success) return refuse(4002, 'RESUME is not complete')
    if (parsed.data.token !== settings.token) return refuse(4004, 'Authentication failed.')
    if (!mayResumeHere) journal.violation('resumed at the first address')
    const known = sessions.get(parsed.data.session_id)
    if (!known?.valid) return send({ op: 9, d: false })
    if (parsed.data.seq > known.sequence) return refuse(4007, 'Invalid seq.')
    attach(known)
    if (parts.resumed(known, parsed.data.seq)) return
    detach()
    known.valid = false
    send({ op: 9, d: false })
  }

  function attach(opened: Session): void {
    session = opened
    opened.send = send
  }

  function detach(): void {
    if (session?.send === send) session.send = undefined
    session = undefined
  }

  socket.on('message', hear)
  socket.on('error', (error) => journal.record('socket error', { message: error.message }))
  socket.on('close', (code) => {
    clearInterval(watchdog)
    journal.record('close', { code })
    const left = session
    if (left && (code === 1000 || code === 1001)) left.valid = false
    detach()
    for (const resolve of waitingForHeartbeat.splice(0)) resolve()
    parts.ended()
    // Nobody waits for a client for ever.
    setTimeout(() => {
      if (left && !left.send) left.valid = false
    }, 180_000 * settings.scale).unref()
  })

  if (parts.query.get('v') !== '10' || parts.query.get('encoding') !== 'json') refuse(4012, 'Invalid API version.')
  else if (parts.takesHello()) send({ op: 10, d: { heartbeat_interval: settings.heartbeatInterval, _trace: ['["gateway-fake"]'] } })

  return {
    send,
    close,
    reset: () => socket.terminate(),
    freeze() {
      isFrozen = true
      socket.pause()
    },
    muteHeartbeats() {
      acksHeartbeats = false
    },
    invalidate(resumable) {
      if (session && !resumable) session.valid = false
      detach()
      mayResumeHere = resumable
      send({ op: 9, d: resumable })
    },
    caughtUp() {
      if (isFrozen || socket.readyState !== socket.OPEN || !session) return Promise.resolve()
      return new Promise((resolve) => {
        waitingForHeartbeat.push(resolve)
        send({ op: 1, d: null })
      })
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
