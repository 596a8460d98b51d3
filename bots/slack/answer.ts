import { BotError } from '#core/errors.ts'
import type { Incoming } from '#core/message.ts'
import type { Reply } from '#core/reply.ts'
import { type Api, attempt, toBotError } from './api.ts'
import { directWith } from './direct.ts'
import { type Encoded, encode } from './encode.ts'
import { modalOf, openedBy } from './form.ts'
import { homeOf, isGlance, publish } from './home.ts'
import type { Audience } from './mrkdwn.ts'
import { findMark, post } from './send.ts'
import { overHttp } from './transport.ts'
import { isForm, type Payload } from './wire.ts'

/** An answer on its way: to whom, what, and how Slack lets us say it. */
export interface Answer {
  readonly incoming: Incoming
  readonly payload: Payload
  readonly reply: Reply
  /** What the person's home shows now, for what was pressed there. */
  readonly look: () => Promise<Reply>
}

/** Says it. Throws `BotError`; with `again` it looks first whether an earlier try arrived, where Slack can tell. */
export type Say = (answer: Answer, again: boolean) => Promise<void>

/** What an ack, and a `response_url`, say back. */
export type Response = Encoded & {
  readonly response_type: 'ephemeral' | 'in_channel'
  readonly replace_original: boolean
  readonly thread_ts?: string
}

export interface SayOptions {
  readonly api: Api
  readonly timeoutMs: number
}

type Way = (again: boolean) => Promise<void>

export function createSay({ api, timeoutMs }: SayOptions): Say {
  /** A post can be looked up by its mark, so it is never doubled. */
  async function toConversation({ incoming, reply }: Answer, channel: string, thread: string | undefined, again: boolean) {
    const edits = incoming.kind === 'sentence' && reply.replaces ? incoming.edits : undefined
    const mark = edits ?? incoming.id
    if (again || edits !== undefined) {
      const said = await findMark(api, {
        channel,
        thread,
        mark,
        since: edits === undefined ? incoming.at : incoming.at.subtract({ minutes: 15 }),
      })
      // The answer to what a message said before gives way to the one to what it says now, and keeps its mark.
      if (said && edits !== undefined) return inPlaceOf(said.id, { incoming, reply }, channel)
      if (said) return
    }
    await post(api, { channel, thread, mark, message: encode(reply, audienceOf(incoming, reply)) })
  }

  async function toAuthorOnly({ incoming, reply }: Answer) {
    const { channel, thread } = incoming.place
    const where = { channel, user: incoming.author.id, ...(thread === undefined ? {} : { thread_ts: thread }) }
    await attempt(api, `whispering in ${channel}`, (client) =>
      client.chat.postEphemeral({ ...where, ...encode(reply, audienceOf(incoming, reply)) }),
    )
  }

  async function inDirectMessages(answer: Answer, again: boolean) {
    await toConversation(answer, await directWith(api, answer.incoming.author.id), undefined, again)
  }

  async function inPlaceOf(ts: string, { incoming, reply }: Pick<Answer, 'incoming' | 'reply'>, channel = incoming.place.channel) {
    await attempt(api, `changing a message in ${channel}`, (client) =>
      client.chat.update({ channel, ts, ...encode(reply, audienceOf(incoming, reply)) }),
    )
  }

  /** The ways in which this answer may be said, the best first. */
  function waysOf(answer: Answer): readonly Way[] {
    const { incoming, payload, reply } = answer
    // A form needs the press that opens it, fresh; where that is too old, words say what to write.
    const opens = incoming.kind === 'press' && reply.form !== undefined && 'actions' in payload
    return [...(opens ? [() => inForm(answer)] : []), ...inHomeOf(answer), ...(isGlance(incoming) ? [] : wordyWaysOf(answer))]
  }

  /** What is done in the home is answered on top of it, and shows in it. */
  function inHomeOf({ incoming, payload, reply, look }: Answer): readonly Way[] {
    const home = homeOf(payload)
    if (!home) return []
    const { author } = incoming
    return isGlance(incoming)
      ? [() => publish(api, { user: author.id, home, look: async (fresh) => ({ overview: fresh ? await look() : reply }) })]
      : [() => publish(api, { user: author.id, home, look: async () => ({ answer: reply, overview: await look() }) })]
  }

  async function inForm({ incoming, payload, reply: { form } }: Answer) {
    if (!form || incoming.kind !== 'press' || !('trigger_id' in payload)) return
    const view = modalOf(form, incoming, { ts: messageOf(payload), home: homeOf(payload) !== undefined })
    await attempt(api, 'opening a form', ({ views }) => views.open({ trigger_id: payload.trigger_id, view }))
  }

  function wordyWaysOf(answer: Answer): readonly Way[] {
    const { incoming, payload, reply } = answer
    const { channel, thread, kind } = incoming.place
    const url = 'response_url' in payload ? payload.response_url : undefined
    const throughUrl: Way[] = url === undefined ? [] : [() => respond(url, responseOf(incoming, reply), timeoutMs)]
    const pressed = messageOf(payload)
    const inDirect: Way = (again) => inDirectMessages(answer, again)

    if (incoming.private || (reply.visibility === 'author' && kind === 'channel'))
      return [...throughUrl, () => toAuthorOnly(answer), inDirect]
    if (reply.replaces && pressed !== undefined) return [...throughUrl, () => inPlaceOf(pressed, answer), inDirect]
    // For all to see it is posted rather than sent to the response_url: only a post can be looked up.
    const here: Way = (again) => toConversation(answer, channel, thread, again)
    return kind === 'direct' ? [here, ...throughUrl] : [here, ...throughUrl, inDirect]
  }

  return async (answer, again) => {
    const ways = waysOf(answer)
    for (const [index, way] of ways.entries()) {
      try {
        return await way(again)
      } catch (error) {
        // Only a refusal is final for a way: used up, too old, not a member. Anything else may pass.
        const refused = error instanceof BotError && error.code === 'rejected'
        if (!refused || index === ways.length - 1) throw error
      }
    }
  }
}

/** The message that carried what was pressed, where Slack names it. */
function messageOf(payload: Payload): string | undefined {
  if ('actions' in payload) return payload.message?.ts
  return isForm(payload) ? openedBy(payload.view.private_metadata)?.ts : undefined
}

/** True when only the author reads the answer. */
function isSecret(incoming: Incoming, reply: Reply): boolean {
  return incoming.private || reply.visibility === 'author'
}

function audienceOf(incoming: Incoming, reply: Reply): Audience {
  return { pings: 'anyone', alone: incoming.place.kind === 'direct' || isSecret(incoming, reply) }
}

/** A question that only its author saw is answered to its author alone. */
export function responseOf(incoming: Incoming, reply: Reply): Response {
  const { thread } = incoming.place
  const replaces = incoming.kind === 'press' && reply.replaces === true
  return {
    ...encode(reply, audienceOf(incoming, reply)),
    response_type: isSecret(incoming, reply) ? 'ephemeral' : 'in_channel',
    replace_original: replaces,
    ...(thread === undefined || replaces ? {} : { thread_ts: thread }),
  }
}

async function respond(url: string, response: Response, timeoutMs: number): Promise<void> {
  const doing = 'answering through a response_url'
  let answered: Awaited<ReturnType<typeof overHttp>>
  try {
    answered = await overHttp(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(response),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    })
  } catch (cause) {
    throw toBotError(cause, doing)
  }
  if (answered.ok) return
  const said = (await answered.text()).slice(0, 200)
  if (answered.status === 429) {
    const seconds = Number(answered.headers.get('retry-after') ?? 30)
    throw new BotError('rate_limited', `${doing}: Slack asks to wait`, { retryAfter: (Number.isFinite(seconds) ? seconds : 30) * 1_000 })
  }
  if (answered.status >= 500) throw new BotError('unreachable', `${doing}: HTTP ${answered.status}`)
  throw new BotError('rejected', `${doing}: HTTP ${answered.status} ${said}`, { reason: said || String(answered.status) })
}
