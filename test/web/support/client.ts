import { once } from 'node:events'
import WebSocket, { type ClientOptions } from 'ws'
import type { ServerFrame } from '#web/frames.ts'

export interface Client extends AsyncDisposable {
  readonly socket: WebSocket
  /** Every frame so far, batches taken apart. */
  readonly frames: readonly ServerFrame[]
  send(frame: unknown): void
  /** Sends bytes as they are. */
  raw(data: string | Buffer, binary?: boolean): void
  /** The next frame that no earlier call has returned, and that fits. */
  take<Wanted extends ServerFrame>(fits: (frame: ServerFrame) => frame is Wanted): Promise<Wanted>
  next<Type extends ServerFrame['type']>(
    type: Type,
    fits?: (frame: Extract<ServerFrame, { type: Type }>) => boolean,
  ): Promise<Extract<ServerFrame, { type: Type }>>
  /** Resolves when the server has answered everything sent so far. */
  settled(): Promise<void>
  /** The code that the connection was closed with. */
  readonly closed: Promise<number>
}

export interface ClientSettings extends ClientOptions {
  readonly path?: string
}

/** A socket client that waits for frames. */
export async function connect(url: string, { path = '/ws', ...options }: ClientSettings = {}): Promise<Client> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`, options)
  const frames: ServerFrame[] = []
  const taken = new Set<ServerFrame>()
  let waiting: (() => void)[] = []
  let pings = 0

  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as ServerFrame
    frames.push(...(frame.type === 'batch' ? frame.items : [frame]))
    const woken = waiting
    waiting = []
    for (const wake of woken) wake()
  })
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')

  async function take<Wanted extends ServerFrame>(fits: (frame: ServerFrame) => frame is Wanted): Promise<Wanted> {
    for (;;) {
      const found = frames.find((frame): frame is Wanted => !taken.has(frame) && fits(frame))
      if (found) {
        taken.add(found)
        return found
      }
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push(resolve)
      await promise
    }
  }

  const client: Client = {
    socket,
    frames,
    closed,
    send: (frame) => socket.send(JSON.stringify(frame)),
    raw: (data, binary = false) => socket.send(data, { binary }),

    take,
    next: (type, fits = () => true) => {
      type Wanted = Extract<ServerFrame, { type: typeof type }>
      return take((frame): frame is Wanted => frame.type === type && fits(frame as Wanted))
    },

    async settled() {
      pings += 1
      const id = `settled ${pings}`
      // Subscriptions wait their turn behind commands; a ping would overtake them.
      client.send({ type: 'subscribe', id, topic: 'transcript' })
      await client.next('change', (frame) => frame.id === id)
    },

    async [Symbol.asyncDispose]() {
      if (socket.readyState === WebSocket.CLOSED) return
      socket.terminate()
      await closed
    },
  }
  return client
}
