import { WebSocket } from 'ws'
import type { FakeSlack } from '../fakes/slack/index.ts'

type Args = Readonly<Record<string, unknown>>

/** One call as a form, with nested values as JSON in their fields. */
export async function call(
  fake: FakeSlack,
  method: string,
  args: Args = {},
  token: string = fake.botToken,
): Promise<Record<string, unknown>> {
  const fields = Object.entries(args).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)])
  const response = await fetch(`${fake.apiUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams(fields),
  })
  return (await response.json()) as Record<string, unknown>
}

export interface Envelope {
  readonly envelope_id: string
  readonly type: string
  readonly payload: { readonly trigger_id: string; readonly response_url: string; readonly event_id?: string }
}

export type Act = (envelope: Envelope, socket: WebSocket) => void

/** A bot that does with an envelope whatever a test wants, right or wrong. */
export async function wayward(fake: FakeSlack, act: Act): Promise<WebSocket> {
  const { url } = await call(fake, 'apps.connections.open', {}, fake.appToken)
  const socket = new WebSocket(String(url))
  const at = fake.journal.entries().length
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Envelope
    if (frame.envelope_id !== undefined) act(frame, socket)
  })
  await fake.journal.wait(({ kind }) => kind === 'hello', { from: at })
  return socket
}

export function ack({ envelope_id }: Pick<Envelope, 'envelope_id'>, socket: WebSocket, payload?: unknown) {
  socket.send(JSON.stringify({ envelope_id, payload }))
}

/** Ann uses a slash command. */
export function slash(fake: FakeSlack) {
  return fake.people.slash(fake.workspace.ann.id, fake.workspace.general.id, '/duck', 'list')
}

export function modal(more: object = {}) {
  return { type: 'modal', title: { type: 'plain_text', text: 'Event' }, blocks: [], ...more }
}
