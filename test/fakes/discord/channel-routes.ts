import { ChannelType, GatewayDispatchEvents, type GatewayMessageReactionAddDispatchData } from 'discord-api-types/v10'
import { checkPublished, checkWords } from './checks.ts'
import { rewrite, write } from './messages.ts'
import type { Settings } from './options.ts'
import { channelPayload, guildPayload, historyPayload, memberPayload, userPayload, withoutContent } from './payloads.ts'
import {
  type Answer,
  closedDirectMessages,
  invalidForm,
  missingAccess,
  missingPermissions,
  notAuthor,
  unknownChannel,
  unknownGuild,
  unknownMember,
  unknownMessage,
  unknownUser,
} from './refusal.ts'
import type { Request, Route } from './rest.ts'
import type { Happening } from './sessions.ts'
import { isSnowflake } from './snowflake.ts'
import { type Channel, isEphemeral, type Saved, type World } from './world.ts'

const messageContent = 1 << 15

/** Users, channels, messages and reactions. */
export function channelRoutes(parts: {
  world: World
  settings: Settings
  announce(event: string, channel: Channel, saved: Saved): void
  tell(happening: Happening): void
}): readonly Route[] {
  const { world, settings, announce, tell } = parts

  function channelOf(id: string | undefined): Channel {
    if (id === undefined || !isSnowflake(id)) throw invalidForm('channel_id', 'NUMBER_TYPE_COERCE', `Value "${id}" is not snowflake.`)
    const channel = world.channels.get(id)
    if (!channel) throw unknownChannel()
    if (channel.denied === 'view') throw missingAccess()
    return channel
  }

  function messageOf(channel: Channel, id: string | undefined): Saved {
    const saved = world.find(channel.id, id ?? '')
    if (!saved || isEphemeral(saved)) throw unknownMessage()
    return saved
  }

  /** What the bot may read of it. */
  function readable(channel: Channel, saved: Saved) {
    const shown = historyPayload(saved)
    const isMeant =
      channel.type === ChannelType.DM || saved.data.author.id === world.bot.id || saved.data.mentions.some(({ id }) => id === world.bot.id)
    return isMeant || (settings.privileged & messageContent) !== 0 ? shown : withoutContent(shown)
  }

  function post({ ids, body, echo }: Request): Answer {
    const channel = channelOf(ids[0])
    checkPublished('create message', body)
    const words = checkWords(body, { whole: true })
    if (channel.denied === 'send') throw missingPermissions()
    if (channel.recipientId !== undefined && world.closed.has(channel.recipientId)) throw closedDirectMessages()

    const earlier =
      words.enforce_nonce && words.nonce != null
        ? world.messages.find(({ data }) => data.nonce === words.nonce && data.author.id === world.bot.id && data.channel_id === channel.id)
        : undefined
    if (earlier) return { status: 200, body: earlier.data }

    const saved = write(world, channel, { authorId: world.bot.id, words, flags: words.flags ?? 0 })
    echo(() => announce(GatewayDispatchEvents.MessageCreate, channel, saved))
    return { status: 200, body: saved.data }
  }

  function history({ ids, query }: Request): Answer {
    const channel = channelOf(ids[0])
    const limit = Number(query.get('limit') ?? 50)
    if (!(limit >= 1 && limit <= 100)) throw invalidForm('limit', 'NUMBER_TYPE_MAX', 'int value should be between 1 and 100.')
    const after = query.get('after')
    const before = query.get('before')
    const fitting = world.messages.filter(
      (saved) =>
        saved.data.channel_id === channel.id &&
        !isEphemeral(saved) &&
        (after === null || BigInt(saved.data.id) > BigInt(after)) &&
        (before === null || BigInt(saved.data.id) < BigInt(before)),
    )
    // Newest first either way; `after` takes those nearest to it.
    const page = (after === null ? fitting.slice(-limit) : fitting.slice(0, limit)).toReversed()
    return { status: 200, body: page.map((saved) => readable(channel, saved)) }
  }

  function edit({ ids, body, echo }: Request): Answer {
    const channel = channelOf(ids[0])
    const saved = messageOf(channel, ids[1])
    if (saved.data.author.id !== world.bot.id) throw notAuthor()
    checkPublished('edit message', body)
    rewrite(saved, checkWords(body, { whole: false }))
    echo(() => announce(GatewayDispatchEvents.MessageUpdate, channel, saved))
    return { status: 200, body: historyPayload(saved) }
  }

  function remove({ ids, echo }: Request): Answer {
    const channel = channelOf(ids[0])
    const saved = messageOf(channel, ids[1])
    if (saved.data.author.id !== world.bot.id) throw missingPermissions()
    world.messages.splice(world.messages.indexOf(saved), 1)
    echo(() => announce(GatewayDispatchEvents.MessageDelete, channel, saved))
    return { status: 204 }
  }

  function react({ method, ids, echo }: Request): Answer {
    const channel = channelOf(ids[0])
    const saved = messageOf(channel, ids[1])
    const [name = '', id = null] = (ids[2] ?? '').split(':')
    const guildId = channel.guildId
    const d = {
      user_id: world.bot.id,
      channel_id: channel.id,
      message_id: saved.data.id,
      emoji: { id, name },
      burst: false,
      type: 0,
      message_author_id: saved.data.author.id,
      ...(guildId !== undefined && { guild_id: guildId }),
    } satisfies Omit<GatewayMessageReactionAddDispatchData, 'burst_colors' | 'member'>
    const t = method === 'PUT' ? GatewayDispatchEvents.MessageReactionAdd : GatewayDispatchEvents.MessageReactionRemove
    echo(() => tell({ t, d, ...(guildId !== undefined && { guildId }) }))
    return { status: 204 }
  }

  return [
    {
      method: 'GET',
      path: '/users/@me',
      run: () => ({ status: 200, body: { ...world.bot, mfa_enabled: false, verified: true, flags: 0 } }),
    },
    {
      method: 'GET',
      path: '/users/@me/guilds',
      run: () => ({
        status: 200,
        body: [...world.guilds.values()].map(({ id, name }) => ({ id, name, icon: null, owner: false, permissions: '0', features: [] })),
      }),
    },
    {
      method: 'POST',
      path: '/users/@me/channels',
      run({ body }) {
        checkPublished('open direct messages', body)
        const recipient = (body as { recipient_id?: string }).recipient_id ?? ''
        if (recipient === world.bot.id || world.users.get(recipient)?.bot) throw closedDirectMessages()
        if (!world.users.has(recipient)) throw invalidForm('recipient_id', 'INVALID_RECIPIENT', 'Unknown recipient')
        return { status: 200, body: channelPayload(world, world.directChannel(recipient)) }
      },
    },
    {
      method: 'GET',
      path: '/users/:id',
      run({ ids: [id] }) {
        if (!world.users.has(id ?? '')) throw unknownUser()
        return { status: 200, body: userPayload(world, id ?? '') }
      },
    },
    {
      method: 'GET',
      path: '/guilds/:id',
      run({ ids: [id] }) {
        const guild = world.guilds.get(id ?? '')
        if (!guild) throw unknownGuild()
        return { status: 200, body: guildPayload(world, guild) }
      },
    },
    {
      method: 'GET',
      path: '/guilds/:id/members/:user',
      run({ ids: [id, user = ''] }) {
        const guild = world.guilds.get(id ?? '')
        if (!guild) throw unknownGuild()
        if (!guild.members.has(user)) throw unknownMember()
        return { status: 200, body: { ...memberPayload(guild, user), user: userPayload(world, user) } }
      },
    },
    { method: 'GET', path: '/channels/:id', run: ({ ids }) => ({ status: 200, body: channelPayload(world, channelOf(ids[0])) }) },
    { method: 'GET', path: '/channels/:id/messages', run: history },
    { method: 'POST', path: '/channels/:id/messages', run: post },
    {
      method: 'GET',
      path: '/channels/:id/messages/:message',
      run({ ids }) {
        const channel = channelOf(ids[0])
        return { status: 200, body: readable(channel, messageOf(channel, ids[1])) }
      },
    },
    { method: 'PATCH', path: '/channels/:id/messages/:message', run: edit },
    { method: 'DELETE', path: '/channels/:id/messages/:message', run: remove },
    {
      method: 'POST',
      path: '/channels/:id/typing',
      run({ ids }) {
        channelOf(ids[0])
        return { status: 204 }
      },
    },
    { method: 'PUT', path: '/channels/:id/messages/:message/reactions/:emoji/@me', run: react },
    { method: 'DELETE', path: '/channels/:id/messages/:message/reactions/:emoji/@me', run: react },
  ]
}
