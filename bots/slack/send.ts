import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import { direct } from '#core/circuit.ts'
import { BotError } from '#core/errors.ts'
import { downloaded } from '#core/files.ts'
import type { Recipient } from '#core/model.ts'
import type { BotMeter, Circuit, Messenger, SentMessage } from '#core/ports.ts'
import type { Reply, Text } from '#core/reply.ts'
import { type Api, attempt, createClient } from './api.ts'
import { directWith } from './direct.ts'
import { type Encoded, encode } from './encode.ts'

export interface SlackMessengerOptions {
  readonly token: string
  readonly apiUrl?: string | undefined
  readonly meter: BotMeter
  readonly log: Logger
  readonly circuit?: Circuit
  readonly timeoutMs?: number
}

/** Slack takes about one message a second in a channel, in milliseconds. */
const pauseMs = 1_000

/** The type of the message metadata that carries a mark. */
const markType = 'ducktape_delivery'

/** Direct conversations whose ids are remembered: each is a call saved. */
const rememberedConversations = 10_000

/** Slack's clock and ours may differ; marks are unique, so looking a little further back is harmless. */
const clockSkew = { minutes: 1 } as const

/** A busy channel between a first try and the look whether it arrived, in pages of 100. */
const maxPages = 20

/** Posts through the Web API alone: no socket, and Bolt is not loaded. */
export function createSlackMessenger({ token, apiUrl, meter, log, circuit = direct, timeoutMs }: SlackMessengerOptions): Messenger {
  const api: Api = { client: createClient({ token, apiUrl, log, ...(timeoutMs === undefined ? {} : { timeoutMs }) }), meter, circuit }
  const conversations = new LRUCache<string, string>({ maxSize: rememberedConversations, sizeCalculation: () => 1 })
  const membersOf = new LRUCache<string, ReadonlySet<string>>({ max: 200, ttl: 30_000 })

  async function channelOf(to: Recipient): Promise<string> {
    if (to.kind === 'channel') return to.channel
    const known = conversations.get(to.user)
    if (known !== undefined) return known
    const channel = await directWith(api, to.user)
    conversations.set(to.user, channel)
    return channel
  }

  return {
    platform: 'slack',
    pauseMs,

    async send(_space, to, reply, mark) {
      const channel = await channelOf(to)
      const thread = to.kind === 'channel' ? to.thread : undefined
      try {
        return await post(api, { channel, thread, mark, message: dressed(reply, to) })
      } catch (error) {
        if (to.kind === 'direct') conversations.delete(to.user)
        throw error
      }
    },

    async find(_space, to, mark, since) {
      const channel = await channelOf(to)
      return findMark(api, { channel, thread: to.kind === 'channel' ? to.thread : undefined, mark, since })
    },

    async obstacle(to) {
      try {
        if (to.kind === 'direct') {
          // What was opened before stays open, also with somebody who has left since.
          const { user } = await attempt(api, `looking at ${to.user}`, (client) => client.users.info({ user: to.user }))
          if (user?.deleted) return 'user_disabled'
          if (user?.is_bot) return 'cannot_dm_bot'
        }
        const channel = await channelOf(to)
        if (to.kind === 'direct') return undefined
        const { channel: seen } = await attempt(api, `looking at ${channel}`, (client) => client.conversations.info({ channel }))
        if (seen?.is_archived) return 'is_archived'
        return seen?.is_member === false ? 'not_in_channel' : undefined
      } catch (error) {
        if (error instanceof BotError && error.code === 'rejected') return error.reason
        throw error
      }
    },

    async edit({ channel, id }, reply) {
      const message = encode(reply, { pings: new Set(), alone: channel.startsWith('D') })
      await attempt(api, `changing a message in ${channel}`, (client) => client.chat.update({ channel, ts: id, ...message }))
    },

    download: (url, mostBytes) => downloaded(url, { hosts: isSlack(apiUrl), headers: { authorization: `Bearer ${token}` }, mostBytes }),

    async belongs(user, { kind, id }) {
      if (kind !== 'channel') return false
      const members = membersOf.get(id) ?? (await readMembers(api, id))
      membersOf.set(id, members)
      return members.has(user)
    },

    async manages(_space, user) {
      const { user: known } = await attempt(api, `looking at ${user}`, (client) => client.users.info({ user }))
      return known?.is_admin === true || known?.is_owner === true
    },

    async retract({ channel, id }) {
      await attempt(api, `taking back a message in ${channel}`, (client) => client.chat.delete({ channel, ts: id })).catch(
        (error: unknown) => {
          if (!(error instanceof BotError && error.reason === 'message_not_found')) throw error
        },
      )
    },
  }
}

/** Slack keeps files on a host of its own; an emulated or proxied one on the host of its API. */
function isSlack(apiUrl: string | undefined): (url: URL) => boolean {
  const own = apiUrl === undefined ? undefined : new URL(apiUrl).host
  return ({ protocol, hostname, host }) => host === own || (protocol === 'https:' && hostname === 'files.slack.com')
}

/** As many members of a channel as are read, in pages of 1,000. */
const memberPages = 20

async function readMembers(api: Api, channel: string): Promise<ReadonlySet<string>> {
  const members = new Set<string>()
  let cursor: string | undefined
  for (let page = 0; page < memberPages; page += 1) {
    const at = { channel, limit: 1_000, ...(cursor === undefined ? {} : { cursor }) }
    const found = await attempt(api, `reading the members of ${channel}`, (client) => client.conversations.members(at))
    for (const member of found.members ?? []) members.add(member)
    cursor = found.response_metadata?.next_cursor || undefined
    if (cursor === undefined) break
  }
  return members
}

/** In a channel exactly those are notified who are meant to be, named first where the reply does not name them. */
function dressed(reply: Reply, to: Recipient): Encoded {
  if (to.kind === 'direct') return encode(reply, { pings: 'anyone', alone: true })
  const named = someoneIn(reply)
  const unnamed = to.ping.filter(({ user }) => !named.has(user))
  const audience = { pings: new Set(to.ping.map(({ user }) => user)), alone: false }
  if (unnamed.length === 0) return encode(reply, audience)
  const names = unnamed.flatMap(({ user, name }) => [{ kind: 'someone' as const, user, name }, ' '])
  return encode({ ...reply, blocks: [{ kind: 'text', text: names }, ...reply.blocks] }, audience)
}

/** The user ids that the reply means to notify. */
function someoneIn(reply: Reply): ReadonlySet<string> {
  const texts = reply.blocks.flatMap((block): readonly Text[] => {
    switch (block.kind) {
      case 'text':
      case 'aside':
        return [block.text]
      case 'fields':
        return block.fields.map(({ value }) => value)
      case 'list':
        return block.items.flatMap(({ text, detail }) => (detail ? [text, detail] : [text]))
      default:
        return []
    }
  })
  return new Set(texts.flat().flatMap((span) => (typeof span !== 'string' && span.kind === 'someone' && !span.quiet ? [span.user] : [])))
}

export interface Post {
  readonly channel: string
  readonly thread?: string | undefined
  readonly mark: string
  readonly message: Encoded
}

/** Posts once and never again by itself. Throws `BotError`. */
export async function post(api: Api, { channel, thread, mark, message }: Post): Promise<SentMessage> {
  const sent = await attempt(api, `posting to ${channel}`, (client) =>
    client.chat.postMessage({
      channel,
      ...message,
      ...(thread === undefined ? {} : { thread_ts: thread }),
      metadata: { event_type: markType, event_payload: { mark } },
      unfurl_links: false,
      unfurl_media: false,
    }),
  )
  if (sent.channel === undefined || sent.ts === undefined)
    throw new BotError('unreachable', `posting to ${channel}: Slack named no message`)
  return { channel: sent.channel, id: sent.ts }
}

export interface Look {
  readonly channel: string
  readonly thread?: string | undefined
  readonly mark: string
  readonly since: Temporal.Instant
}

/** The message that carries the mark, as Slack itself keeps it. Throws `BotError`. */
export async function findMark(api: Api, { channel, thread, mark, since }: Look): Promise<SentMessage | undefined> {
  const oldest = (since.subtract(clockSkew).epochMilliseconds / 1_000).toFixed(6)
  const window = { channel, oldest, inclusive: true, include_all_metadata: true, limit: 100 }
  let cursor: string | undefined
  for (let page = 0; page < maxPages; page += 1) {
    const at = cursor === undefined ? window : { ...window, cursor }
    const found = await attempt(api, `reading ${channel}`, (client) =>
      thread === undefined ? client.conversations.history(at) : client.conversations.replies({ ...at, ts: thread }),
    )
    const messages: readonly { ts?: string; metadata?: { event_type?: string; event_payload?: object } }[] = found.messages ?? []
    const mine = messages.find(({ metadata }) => metadata?.event_type === markType && markOf(metadata.event_payload) === mark)
    if (mine?.ts !== undefined) return { channel, id: mine.ts }
    cursor = found.response_metadata?.next_cursor || undefined
    if (cursor === undefined) return undefined
  }
  return undefined
}

function markOf(payload: object | undefined): unknown {
  return payload && 'mark' in payload ? payload.mark : undefined
}
