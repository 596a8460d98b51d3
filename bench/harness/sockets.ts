import { once } from 'node:events'
import { WebSocket } from 'ws'

/** A WebSocket client that is asked one thing at a time. */
export interface Client {
  readonly socket: WebSocket
  /** Sends a frame and waits for the next one that is an answer. */
  ask(frame: string): Promise<string>
}

export interface Dialling {
  readonly token?: string
  /** Addresses of the loopback other than the first add ports where one has too few. */
  readonly localAddress?: string
}

/** Connects to `/ws` of a server. */
export async function connect(
  url: string,
  isAnswer: (text: string) => boolean = () => true,
  { token, localAddress = '127.0.0.1' }: Dialling = {},
): Promise<Client> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const socket = new WebSocket(new URL('/ws', url.replace(/^http/, 'ws')), { perMessageDeflate: false, localAddress, headers })
  let waiting: ((text: string) => void) | undefined
  socket.on('message', (data) => {
    const text = String(data)
    if (isAnswer(text)) waiting?.(text)
  })
  await once(socket, 'open')
  return {
    socket,
    ask(frame) {
      const { promise, resolve } = Promise.withResolvers<string>()
      waiting = resolve
      socket.send(frame)
      return promise
    },
  }
}

/** Opens many connections, a few at a time. */
export async function connectMany(count: number, open: (index: number) => Promise<Client>, together = 50): Promise<readonly Client[]> {
  const clients: Client[] = []
  for (let at = 0; at < count; at += together)
    clients.push(...(await Promise.all(Array.from({ length: Math.min(together, count - at) }, (_, index) => open(at + index)))))
  return clients
}
