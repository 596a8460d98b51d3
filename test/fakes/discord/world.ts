import { type APIMessage, type APIUser, ChannelType, MessageFlags } from 'discord-api-types/v10'
import { createSnowflakes } from './snowflake.ts'

/** No user has a badge; the type of the bit field leaves that out. */
const none: number = 0

export interface Guild {
  readonly id: string
  readonly name: string
  readonly ownerId: string
  /** By user id. */
  readonly members: Map<string, { readonly nick: string | null }>
  /** Besides @everyone, by id. */
  readonly roles: Map<string, { readonly name: string; readonly members: ReadonlySet<string>; readonly permissions: string }>
}

export interface Channel {
  readonly id: string
  readonly type: ChannelType.GuildText | ChannelType.DM
  readonly name: string
  readonly guildId?: string
  /** Whom the direct messages are with. */
  readonly recipientId?: string
  /** What the bot may not do here. */
  denied: 'nothing' | 'view' | 'send'
  /** The only role that sees it. */
  onlyFor?: string
}

/** A message and who may see it. */
export interface Saved {
  data: APIMessage
  /** An ephemeral message: this user alone sees it, and history does not have it. */
  readonly onlyFor?: string
  /** Whom it notified: user ids, role ids, `everyone`. */
  readonly pinged: readonly string[]
}

export interface World {
  readonly application: { readonly id: string; readonly name: string }
  readonly bot: APIUser
  readonly users: Map<string, APIUser & { readonly locale: string }>
  /** Users who take no direct messages. */
  readonly closed: Set<string>
  readonly guilds: Map<string, Guild>
  readonly channels: Map<string, Channel>
  /** What people have sent, by the path of its address. */
  readonly files: Map<string, { readonly type: string; readonly content: string }>
  /** All messages, ephemeral ones too, oldest first. */
  readonly messages: Saved[]
  nextId(): string
  addUser(name: string, options?: { readonly bot?: boolean; readonly locale?: string }): string
  addGuild(name: string, options: { readonly ownerId: string; readonly members: readonly string[] }): string
  addChannel(guildId: string, name: string, onlyFor?: string): string
  /** `permissions` on top of what everybody may. */
  addRole(guildId: string, name: string, members: readonly string[], permissions?: bigint): string
  directChannel(userId: string): Channel
  find(channelId: string, messageId: string): Saved | undefined
}

export function createWorld(): World {
  const snowflakes = createSnowflakes()
  const nextId = () => snowflakes.next()
  const applicationId = nextId()
  const users: World['users'] = new Map()
  const guilds: World['guilds'] = new Map()
  const channels: World['channels'] = new Map()
  const messages: Saved[] = []

  // A bot user made long ago has another id than its application; people mix the two up.
  const bot: APIUser & { locale: string } = {
    id: nextId(),
    username: 'ducktape',
    discriminator: '4242',
    global_name: null,
    avatar: null,
    bot: true,
    public_flags: none,
    locale: 'en-US',
  }
  users.set(bot.id, bot)

  return {
    application: { id: applicationId, name: 'DuckTape' },
    bot,
    users,
    closed: new Set(),
    guilds,
    channels,
    files: new Map(),
    messages,
    nextId,

    addUser(name, { bot: isBot = false, locale = 'en-US' } = {}) {
      const id = nextId()
      const username = name.toLowerCase().replaceAll(/[^a-z0-9_.]/g, '')
      users.set(id, {
        id,
        username,
        discriminator: '0',
        global_name: name,
        avatar: null,
        public_flags: none,
        locale,
        ...(isBot && { bot: true }),
      })
      return id
    },

    addGuild(name, { ownerId, members }) {
      const id = nextId()
      const known = new Map([bot.id, ...members].map((user) => [user, { nick: null }]))
      guilds.set(id, { id, name, ownerId, members: known, roles: new Map() })
      return id
    },

    addChannel(guildId, name, onlyFor) {
      const id = nextId()
      channels.set(id, { id, type: ChannelType.GuildText, name, guildId, denied: 'nothing', ...(onlyFor && { onlyFor }) })
      return id
    },

    addRole(guildId, name, members, permissions = 0n) {
      const id = nextId()
      guilds.get(guildId)?.roles.set(id, { name, members: new Set(members), permissions: String(permissions) })
      return id
    },

    directChannel(userId) {
      const known = [...channels.values()].find(({ recipientId }) => recipientId === userId)
      if (known) return known
      const channel: Channel = { id: nextId(), type: ChannelType.DM, name: '', recipientId: userId, denied: 'nothing' }
      channels.set(channel.id, channel)
      return channel
    },

    find: (channelId, messageId) => messages.find(({ data }) => data.channel_id === channelId && data.id === messageId),
  }
}

export function isEphemeral({ data }: Saved): boolean {
  return ((data.flags ?? 0) & MessageFlags.Ephemeral) !== 0
}
