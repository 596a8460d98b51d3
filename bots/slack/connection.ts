import { WebSocket } from 'ws'
import { pause } from './pause.ts'
import { createReceipts } from './receipts.ts'
import { SocketFrame } from './wire.ts'

/** How long things may take, in milliseconds. */
export interface Timing {
  /** From dialling to Slack's `hello`. */
  readonly hello: number
  readonly ping: number
  /** Without a sign of life for so long the connection counts as lost. */
  readonly silence: number
  /** How long a replaced connection is read on, for what is on its way. */
  readonly drain: number
  /** How long Slack may take to end TCP after the close handshake; it often never does. */
  readonly close: number
  /** The first pause before another try, doubled up to `maxRetry`. */
  readonly retry: number
  readonly maxRetry: number
  /** How long an event may take to be kept before Slack gets its ack without; Slack waits 3 s. */
  readonly keep: number
  /** A slash command that is answered this soon is answered with the ack itself; Slack waits 3 s. */
  readonly answerWithAck: number
  /** How often events of processes that died are looked for. */
  readonly recovery: number
  /** How long an answer is tried again while Slack cannot be reached. */
  readonly giveUp: number
  /** How long work may go on once we are to stop. */
  readonly finish: number
}

export const defaultTiming: Timing = {
  hello: 10_000,
  ping: 5_000,
  silence: 12_000,
  drain: 500,
  close: 500,
  retry: 500,
  maxRetry: 30_000,
  keep: 2_000,
  answerWithAck: 1_500,
  recovery: 30_000,
  giveUp: 15 * 60_000,
  finish: 5_000,
}

/** `asked`: Slack wants us on another connection and serves this one a little longer. */
export interface Ending {
  readonly kind: 'asked' | 'lost'
  readonly reason: string
}

/**
 * Sends the ack of an envelope on the connection that it came on; false when that is gone.
 *
 * With a payload, `true` means that Slack has read it: it answered a ping that was sent behind the ack.
 */
export type SendAck = (payload?: unknown) => Promise<boolean>

export interface Connection {
  readonly ending: Promise<Ending>
  alive(): boolean
  /** Reads on until what is on its way has been read and acknowledged, then closes. */
  retire(): Promise<void>
  /** Closes at once. */
  drop(): void
}

/** How long acks of a retired connection are waited for: longer than Slack waits itself is useless. */
const lastAckMs = 3_000

/** Bytes; Slack's envelopes stay far below. */
const maxPayload = 4 * 1024 * 1024

/** Resolves with Slack's `hello`; rejects when there is none in time. */
export function connect(url: string, onEnvelope: (frame: SocketFrame, ack: SendAck) => void, timing: Timing): Promise<Connection> {
  const socket = new WebSocket(url, { handshakeTimeout: timing.hello, perMessageDeflate: false, maxPayload })
  const unacknowledged = new Set<string>()
  const receipts = createReceipts((data) => socket.ping(data), 2 * timing.silence)
  const ending = Promise.withResolvers<Ending>()
  const opened = Promise.withResolvers<Connection>()
  let quietPings = 0
  let drained = () => {}

  const helloTimer = setTimeout(() => lose('no hello'), timing.hello)
  const liveness = setInterval(() => {
    // Counted in pings, not by the clock: a process that was held up has not listened either.
    quietPings += 1
    if (quietPings * timing.ping > timing.silence) return lose('silent')
    if (socket.readyState === WebSocket.OPEN) socket.ping()
  }, timing.ping)

  function lose(reason: string) {
    clearTimeout(helloTimer)
    clearInterval(liveness)
    ending.resolve({ kind: 'lost', reason })
    opened.reject(new Error(`Slack's socket: ${reason}`))
    unacknowledged.clear()
    receipts.onLoss()
    drained()
    socket.terminate()
  }

  function acknowledge(id: string): SendAck {
    return async (payload) => {
      if (payload === undefined) settle(id)
      if (socket.readyState !== WebSocket.OPEN) return false
      socket.send(JSON.stringify(payload === undefined ? { envelope_id: id } : { envelope_id: id, payload }))
      if (payload === undefined) return true
      const arrived = await receipts.read()
      settle(id)
      return arrived
    }
  }

  function settle(id: string) {
    unacknowledged.delete(id)
    if (unacknowledged.size === 0) drained()
  }

  function read(text: string) {
    const frame = parseFrame(text)
    if (!frame) return
    if (frame.type === 'hello') {
      clearTimeout(helloTimer)
      opened.resolve(connection)
    } else if (frame.type === 'disconnect') {
      ending.resolve({ kind: 'asked', reason: frame.reason ?? 'unnamed' })
    } else if (frame.envelope_id !== undefined) {
      unacknowledged.add(frame.envelope_id)
      onEnvelope(frame, acknowledge(frame.envelope_id))
    }
  }

  const heard = () => {
    quietPings = 0
  }
  socket.on('message', (data) => {
    heard()
    read(String(data))
  })
  socket.on('ping', heard)
  socket.on('pong', (data) => {
    heard()
    receipts.onPong(String(data))
  })
  socket.on('error', (error) => lose(error.message))
  socket.on('close', (code) => lose(`closed with ${code}`))

  const connection: Connection = {
    ending: ending.promise,
    alive: () => socket.readyState === WebSocket.OPEN,
    async retire() {
      await pause(timing.drain)
      if (unacknowledged.size > 0) {
        await Promise.race([
          new Promise<void>((resolve) => {
            drained = resolve
          }),
          pause(lastAckMs),
        ])
      }
      if (socket.readyState === WebSocket.OPEN) socket.close(1000)
      const closed = new Promise((resolve) => socket.once('close', resolve))
      if (socket.readyState !== WebSocket.CLOSED) await Promise.race([closed, pause(timing.close)])
      lose('retired')
    },
    drop: () => lose('dropped'),
  }

  return opened.promise
}

function parseFrame(text: string): SocketFrame | undefined {
  try {
    return SocketFrame.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
