import { z } from 'zod'
import { type createMessages, eventOf, type Result, readContent, refusal } from './messages.ts'
import type { createViews } from './views.ts'
import { type Channel, ids, type Message, type User } from './workspace.ts'
import type { World } from './world.ts'

/** One method of the Web API. `scopes`: any of them is enough. */
export interface Method {
  readonly token: 'bot' | 'app'
  readonly scopes: readonly string[]
  readonly args: z.ZodType
  readonly run: (args: Readonly<Record<string, unknown>>) => Result
}

const reading = ['channels:history', 'groups:history', 'im:history', 'mpim:history']
const looking = ['channels:read', 'groups:read', 'im:read', 'mpim:read']
const id = z.string().min(1)
const flag = z.union([z.boolean(), z.enum(['true', 'false', '1', '0'])]).optional()
const thread = z
  .string()
  .regex(/^\d+\.\d{6}$/)
  .optional()
const content = {
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
  metadata: z.unknown().optional(),
  parse: z.string().optional(),
  link_names: flag,
  mrkdwn: flag,
}
const page = { limit: z.coerce.number().int().min(1).max(1_000).optional(), cursor: z.string().optional() }

/** The methods that an app like ours needs. A method that is not here answers `unknown_method`. */
export function createMethods(world: World, messages: ReturnType<typeof createMessages>, views: ReturnType<typeof createViews>) {
  const { workspace, tickets } = world
  const method = (scopes: readonly string[], shape: z.core.$ZodLooseShape, run: Method['run'], token: Method['token'] = 'bot'): Method => ({
    token,
    scopes,
    // `team_id` is what Bolt adds to every call.
    args: z.strictObject({ ...shape, team_id: z.string().optional(), token: z.string().optional() }),
    run,
  })

  /** The channel if the bot may write there. */
  function writable(name: unknown): Channel | Result {
    const known = workspace.channels.get(String(name))
    const channel = known ?? (workspace.users.has(String(name)) ? workspace.directWith(String(name)) : undefined)
    if (!channel) return refusal('channel_not_found')
    if (channel.archived) return refusal('is_archived')
    if (!channel.members.has(ids.bot)) return refusal('not_in_channel')
    return channel
  }

  function readable(name: unknown): Channel | Result {
    const channel = workspace.channels.get(String(name))
    if (!channel) return refusal('channel_not_found')
    return channel.members.has(ids.bot) ? channel : refusal('not_in_channel')
  }

  function post(args: Readonly<Record<string, unknown>>): Result {
    const channel = writable(args.channel)
    if ('ok' in channel) return channel
    const read = readContent(args)
    if ('refused' in read) return read.refused
    const message = messages.post(channel, read.content, args.thread_ts as string | undefined)
    const { warning } = read.content
    const warned = warning === undefined ? {} : { warning, response_metadata: { warnings: [warning] } }
    const shown = { ...eventOf(message, channel), ...(message.metadata === undefined ? {} : { metadata: message.metadata }) }
    return { ok: true, channel: channel.id, ts: message.ts, message: shown, ...warned }
  }

  function whisper(args: Readonly<Record<string, unknown>>): Result {
    const channel = writable(args.channel)
    if ('ok' in channel) return channel
    if (!channel.members.has(String(args.user))) return refusal('user_not_in_channel')
    const read = readContent(args)
    if ('refused' in read) return read.refused
    const { ts } = messages.whisper(channel, String(args.user), read.content, args.thread_ts as string | undefined)
    return { ok: true, message_ts: ts }
  }

  /** The bot's own message, or why it may not be touched. */
  function own(channel: Channel, ts: unknown, error: string): Message | Result {
    const message = channel.messages.get(String(ts))
    if (!message) return refusal('message_not_found')
    return message.botId === ids.botId ? message : refusal(error)
  }

  function update(args: Readonly<Record<string, unknown>>): Result {
    const channel = writable(args.channel)
    if ('ok' in channel) return channel
    const message = own(channel, args.ts, 'cant_update_message')
    if ('ok' in message) return message
    const read = readContent(args)
    if ('refused' in read) return read.refused
    messages.change(channel, message.ts, read.content)
    return { ok: true, channel: channel.id, ts: message.ts, text: read.content.text }
  }

  function remove(args: Readonly<Record<string, unknown>>): Result {
    const channel = writable(args.channel)
    if ('ok' in channel) return channel
    const message = own(channel, args.ts, 'cant_delete_message')
    if ('ok' in message) return message
    messages.remove(channel, message.ts)
    return { ok: true, channel: channel.id, ts: message.ts }
  }

  function open(args: Readonly<Record<string, unknown>>): Result {
    const user = workspace.users.get(String(args.users))
    if (!user) return refusal('user_not_found')
    if (user.bot) return refusal('cannot_dm_bot')
    return { ok: true, channel: { id: workspace.directWith(user.id).id } }
  }

  /** Newest first, as `conversations.history` has it. */
  function history(args: Readonly<Record<string, unknown>>, fits: (message: Message) => boolean, order: 'newest' | 'oldest'): Result {
    const channel = readable(args.channel)
    if ('ok' in channel) return channel
    const inclusive = ['true', '1', true].includes(args.inclusive as string)
    const within = ({ ts }: Message) => {
      const after = Number(ts) > Number(args.oldest ?? 0) || (inclusive && ts === args.oldest)
      const before = args.latest === undefined || Number(ts) < Number(args.latest) || (inclusive && ts === args.latest)
      return after && before
    }
    const withMetadata = ['true', '1', true].includes(args.include_all_metadata as string)
    const all = [...channel.messages.values()].filter((message) => within(message) && fits(message))
    if (order === 'newest') all.reverse()
    const from = args.cursor === undefined ? 0 : Number(Buffer.from(String(args.cursor), 'base64').toString())
    if (!Number.isInteger(from)) return refusal('invalid_cursor')
    const to = from + Number(args.limit ?? 100)
    const shown = all.slice(from, to).map((message) => ({
      ...eventOf(message, channel),
      ...(withMetadata && message.metadata !== undefined ? { metadata: message.metadata } : {}),
    }))
    const next = to < all.length ? Buffer.from(String(to)).toString('base64') : ''
    return { ok: true, messages: shown, has_more: next !== '', response_metadata: { next_cursor: next } }
  }

  function channelInfo(channel: Channel) {
    const { id: channelId, name, kind, archived, members } = channel
    return {
      id: channelId,
      name,
      is_channel: kind === 'channel',
      is_im: kind === 'im',
      is_archived: archived,
      is_member: members.has(ids.bot),
    }
  }

  const window = { oldest: z.coerce.string().optional(), latest: z.coerce.string().optional(), inclusive: flag, include_all_metadata: flag }

  const table: Readonly<Record<string, Method>> = {
    'auth.test': method([], {}, () => ({
      ok: true,
      url: 'https://duckpond.slack.com/',
      team: 'Duck Pond',
      user: 'ducktape',
      team_id: ids.team,
      user_id: ids.bot,
      bot_id: ids.botId,
      is_enterprise_install: false,
    })),
    'apps.connections.open': method(
      ['connections:write'],
      {},
      () => ({ ok: true, url: `${world.address().replace('http', 'ws')}/link/?ticket=${tickets.issueSocket()}&app_id=${ids.app}` }),
      'app',
    ),
    'chat.postMessage': method(
      ['chat:write'],
      { channel: id, thread_ts: thread, reply_broadcast: flag, unfurl_links: flag, unfurl_media: flag, ...content },
      post,
    ),
    'chat.postEphemeral': method(['chat:write'], { channel: id, user: id, thread_ts: thread, ...content }, whisper),
    'chat.update': method(['chat:write'], { channel: id, ts: id, ...content }, update),
    'chat.delete': method(['chat:write'], { channel: id, ts: id }, remove),
    'conversations.open': method(['im:write'], { users: id, return_im: flag, prevent_creation: flag }, open),
    'conversations.history': method(reading, { channel: id, ...window, ...page }, (args) =>
      history(args, (message) => message.thread === undefined || message.thread === message.ts, 'newest'),
    ),
    'conversations.replies': method(reading, { channel: id, ts: id, ...window, ...page }, (args) =>
      history(args, (message) => message.ts === args.ts || message.thread === args.ts, 'oldest'),
    ),
    'conversations.info': method(looking, { channel: id, include_locale: flag, include_num_members: flag }, (args) => {
      const channel = workspace.channels.get(String(args.channel))
      return channel ? { ok: true, channel: channelInfo(channel) } : refusal('channel_not_found')
    }),
    'conversations.members': method(looking, { channel: id, ...page }, (args) => {
      const channel = readable(args.channel)
      return 'ok' in channel ? channel : { ok: true, members: [...channel.members], response_metadata: { next_cursor: '' } }
    }),
    'users.info': method(['users:read'], { user: id, include_locale: flag }, (args) => {
      const user = workspace.users.get(String(args.user))
      return user ? { ok: true, user: userInfo(user, args.include_locale !== undefined) } : refusal('user_not_found')
    }),
    ...views.methods(method),
  }
  return table
}

function userInfo(user: User, withLocale: boolean) {
  return {
    id: user.id,
    team_id: ids.team,
    name: user.name,
    real_name: user.realName,
    tz: user.timeZone,
    is_bot: user.bot,
    is_admin: user.admin === true,
    is_owner: false,
    deleted: user.deleted === true,
    profile: { display_name: user.realName, real_name: user.realName },
    ...(withLocale ? { locale: user.locale } : {}),
  }
}
