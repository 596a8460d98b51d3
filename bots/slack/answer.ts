import type { WebClient } from '@slack/web-api'
import { BotError } from '#core/errors.ts'
import type { Incoming } from '#core/message.ts'
import type { BotMeter } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import { toBotError } from './api.ts'
import { type Encoded, encode } from './encode.ts'
import { attempt, findMark, post } from './send.ts'
import type { Payload } from './wire.ts'

/** An answer on its way: to whom, what, and how Slack lets us say it. */
export interface Answer {
  readonly incoming: Incoming
  readonly payload: Payload
  readonly reply: Reply
}

/** Says it once. Throws `BotError`; after `unreachable` the same call looks before it says it again. */
export type Say = (answer: Answer, again: boolean) => Promise<void>

/** What an ack, and a `response_url`, say back. */
export type Response = Encoded & {
  readonly response_type: 'ephemeral' | 'in_channel'
  readonly replace_original: boolean
  readonly thread_ts?: string
}

export function createSay({
  client,
  meter,
  timeoutMs,
}: {
  readonly client: WebClient
  readonly meter: BotMeter
  readonly timeoutMs: number
}): Say {
  /** A conversation's message can be looked up by its mark, so it is never said twice. */
  async function inConversation({ incoming, reply }: Answer, again: boolean) {
    const { channel, thread } = incoming.place
    const mark = `answer ${incoming.id}`
    if (again && (await findMark(client, meter, { channel, thread, mark, since: incoming.at }))) return
    await post(client, meter, { channel, thread, mark, message: encode(reply) })
  }

  async function toAuthorOnly({ incoming, reply }: Answer) {
    const { channel, thread } = incoming.place
    await attempt(meter, `whispering in ${channel}`, () =>
      client.chat.postEphemeral({
        channel,
        user: incoming.author.id,
        ...encode(reply),
        ...(thread === undefined ? {} : { thread_ts: thread }),
      }),
    )
  }

  /** Where we may not speak, the author's direct messages are left. */
  async function toAuthorSomehow(answer: Answer) {
    try {
      await toAuthorOnly(answer)
    } catch (error) {
      if (!isRefusal(error)) throw error
      const { incoming, reply } = answer
      const opened = await attempt(meter, 'opening a conversation', () => client.conversations.open({ users: incoming.author.id }))
      if (opened.channel?.id === undefined) throw error
      await post(client, meter, { channel: opened.channel.id, mark: `answer ${incoming.id}`, message: encode(reply) })
    }
  }

  /** When the response_url is used up, or older than half an hour. */
  async function withoutUrl(answer: Answer, again: boolean) {
    const { incoming, payload, reply } = answer
    if (incoming.private || reply.visibility === 'author') return toAuthorSomehow(answer)
    const pressed = 'actions' in payload && reply.replaces ? payload.message?.ts : undefined
    if (pressed === undefined) return inConversation(answer, again)
    const { channel } = incoming.place
    await attempt(meter, `changing a message in ${channel}`, () => client.chat.update({ channel, ts: pressed, ...encode(reply) }))
  }

  async function throughUrl(answer: Answer, url: string, again: boolean) {
    try {
      await respond(url, responseOf(answer.incoming, answer.reply), timeoutMs)
    } catch (error) {
      if (!isRefusal(error)) throw error
      await withoutUrl(answer, again)
    }
  }

  return async (answer, again) => {
    const { incoming, payload, reply } = answer
    const url = 'response_url' in payload ? payload.response_url : undefined
    const secret = incoming.private || reply.visibility === 'author'
    // A new message for all to see is posted, not sent to the response_url: only a post can be looked up again.
    if (url !== undefined && (secret || reply.replaces)) return throughUrl(answer, url, again)
    if (secret && incoming.place.kind === 'channel') return toAuthorOnly(answer)
    try {
      await inConversation(answer, again)
    } catch (error) {
      if (url === undefined || !isRefusal(error)) throw error
      await respond(url, responseOf(incoming, reply), timeoutMs)
    }
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof BotError && error.code === 'rejected'
}

/** A question that only its author saw is answered to its author alone. */
export function responseOf(incoming: Incoming, reply: Reply): Response {
  const { thread } = incoming.place
  const replaces = incoming.kind === 'press' && reply.replaces === true
  return {
    ...encode(reply),
    response_type: incoming.private || reply.visibility === 'author' ? 'ephemeral' : 'in_channel',
    replace_original: replaces,
    ...(thread === undefined || replaces ? {} : { thread_ts: thread }),
  }
}

async function respond(url: string, response: Response, timeoutMs: number): Promise<void> {
  const doing = 'answering through a response_url'
  let answered: globalThis.Response
  try {
    answered = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(response),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    })
  } catch (cause) {
    throw toBotError(cause, doing)
  }
  if (answered.ok) return void (await answered.body?.cancel())
  const said = (await answered.text().catch(() => '')).slice(0, 200)
  if (answered.status === 429) {
    const seconds = Number(answered.headers.get('retry-after') ?? 30)
    throw new BotError('rate_limited', `${doing}: Slack asks to wait`, { retryAfter: (Number.isFinite(seconds) ? seconds : 30) * 1_000 })
  }
  if (answered.status >= 500) throw new BotError('unreachable', `${doing}: HTTP ${answered.status}`)
  throw new BotError('rejected', `${doing}: HTTP ${answered.status} ${said}`, { reason: said || String(answered.status) })
}
