import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { FakeDiscord } from '../fakes/discord/index.ts'

export interface Payload {
  readonly op: number
  readonly t: string | null
  readonly s: number | null
  readonly d: unknown
}

/** A gateway client that does what it is told, right or wrong. */
export interface RawClient extends AsyncDisposable {
  send(op: number, d: unknown): void
  sendText(text: string): void
  identify(more?: object): void
  /** The next payload that fits, among those that no earlier call returned. */
  next(fits: (payload: Payload) => boolean): Promise<Payload>
  /** Identifies and waits for READY. */
  ready(more?: object): Promise<{ readonly session_id: string; readonly resume_gateway_url: string; readonly guilds: readonly unknown[] }>
  readonly closed: Promise<number>
  close(code: number): void
}

export async function gatewayUrl({ apiUrl, token }: FakeDiscord): Promise<string> {
  const response = await fetch(`${apiUrl}/v10/gateway/bot`, { headers: { authorization: `Bot ${token}` } })
  return ((await response.json()) as { url: string }).url
}

export async function openRaw(
  fake: FakeDiscord,
  { url, query = '?v=10&encoding=json' }: { url?: string; query?: string } = {},
): Promise<RawClient> {
  const socket = new WebSocket(`${url ?? (await gatewayUrl(fake))}/${query}`)
  const payloads: Payload[] = []
  const waiting = new Set<() => void>()
  socket.on('message', (data) => {
    payloads.push(JSON.parse(String(data)))
    for (const look of [...waiting]) look()
  })
  socket.on('error', () => {})
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')
  const send = (op: number, d: unknown) => socket.send(JSON.stringify({ op, d }))

  function next(fits: (payload: Payload) => boolean): Promise<Payload> {
    return new Promise((resolve) => {
      function look() {
        const index = payloads.findIndex(fits)
        const [found] = index === -1 ? [] : payloads.splice(0, index + 1).slice(-1)
        if (!found) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
    })
  }

  function identify(more: object = {}): void {
    send(2, { token: fake.token, intents: 513, properties: { os: 'linux', browser: 'raw', device: 'raw' }, ...more })
  }

  return {
    send,
    sendText: (text) => socket.send(text),
    identify,
    next,
    async ready(more) {
      identify(more)
      const { d } = await next(({ t }) => t === 'READY')
      return d as Awaited<ReturnType<RawClient['ready']>>
    },
    closed,
    close: (code) => socket.close(code),
    async [Symbol.asyncDispose]() {
      socket.terminate()
      await closed
    },
  }
}
