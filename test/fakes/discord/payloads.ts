import {
  type APIGuildMember,
  type APIMessage,
  type APIUser,
  ApplicationFlags,
  ChannelType,
  type GatewayGuildCreateDispatchData,
  type GatewayMessageCreateDispatchData,
  type GatewayReadyDispatchData,
  GuildMemberFlags,
  Locale,
} from 'discord-api-types/v10'
import type { Channel, Guild, Saved, World } from './world.ts'

/** Discord's flags are bit fields whose types leave "none" out. */
const none: number = 0

const joinedAt = '2024-01-02T03:04:05.678000+00:00'

/** What the bot was invited with: view, send, embed, attach, history, reactions, external emoji, slash commands. */
export const botPermissions = '2147863616'

export function userPayload(world: World, userId: string): APIUser {
  const user = world.users.get(userId)
  if (!user) throw new RangeError(`nobody has the id ${userId}`)
  const { locale: _, ...shown } = user
  return shown
}

export function memberPayload(guild: Guild, userId: string) {
  return {
    nick: guild.members.get(userId)?.nick ?? null,
    roles: [...guild.roles].filter(([, { members }]) => members.has(userId)).map(([id]) => id),
    joined_at: joinedAt,
    premium_since: null,
    pending: false,
    communication_disabled_until: null,
    avatar: null,
    banner: null,
    deaf: false,
    mute: false,
    flags: GuildMemberFlags.CompletedOnboarding,
  } satisfies Omit<APIGuildMember, 'user'>
}

export function channelPayload(world: World, channel: Channel) {
  if (channel.type === ChannelType.DM) {
    return {
      id: channel.id,
      type: ChannelType.DM as const,
      name: null,
      last_message_id: null,
      flags: none,
      recipients: channel.recipientId === undefined ? [] : [userPayload(world, channel.recipientId)],
    }
  }
  return {
    id: channel.id,
    type: ChannelType.GuildText as const,
    guild_id: channel.guildId ?? '',
    name: channel.name,
    position: 0,
    permission_overwrites: overwritesOf(channel),
    nsfw: false,
    parent_id: null,
    topic: null,
    last_message_id: null,
    rate_limit_per_user: 0,
    flags: none,
  }
}

export function readyPayload(
  world: World,
  { sessionId, resumeUrl, shard, guildIds }: { sessionId: string; resumeUrl: string; shard: [number, number]; guildIds: readonly string[] },
) {
  return {
    v: 10,
    user: { ...world.bot, mfa_enabled: false, verified: true, email: null, flags: none },
    guilds: guildIds.map((id) => ({ id, unavailable: true })),
    session_id: sessionId,
    resume_gateway_url: resumeUrl,
    shard,
    application: { id: world.application.id, flags: ApplicationFlags.ApplicationCommandBadge, flags_new: '8388608' },
  } satisfies GatewayReadyDispatchData
}

/** View channels, send, and what else a new server allows everybody. */
const everyday = '2251804225'
const view = String(1 << 10)
const send = String(1 << 11)

function rolePayload(id: string, name: string, position: number, permissions = '0') {
  return {
    id,
    name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    position,
    permissions: String(BigInt(everyday) | BigInt(permissions)),
    managed: false,
    mentionable: false,
    flags: none,
  }
}

/** A channel of one role is hidden from everybody else. */
function overwritesOf({ guildId = '', onlyFor, denied }: Channel) {
  if (denied === 'send') return [{ id: guildId, type: 0, allow: '0', deny: send }]
  if (onlyFor === undefined) return []
  return [
    { id: guildId, type: 0, allow: '0', deny: view },
    { id: onlyFor, type: 0, allow: view, deny: '0' },
  ]
}

export function guildPayload(world: World, guild: Guild) {
  const channels = [...world.channels.values()].filter(({ guildId }) => guildId === guild.id)
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    owner_id: guild.ownerId,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    roles: [
      rolePayload(guild.id, '@everyone', 0),
      ...[...guild.roles].map(([id, { name, permissions }], index) => rolePayload(id, name, index + 1, permissions)),
    ],
    emojis: [],
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: none,
    rules_channel_id: null,
    vanity_url_code: null,
    premium_tier: 0,
    preferred_locale: Locale.EnglishUS,
    public_updates_channel_id: null,
    nsfw_level: 0,
    premium_progress_bar_enabled: false,
    hub_type: null,
    safety_alerts_channel_id: null,
    incidents_data: null,
    joined_at: joinedAt,
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: [{ ...memberPayload(guild, world.bot.id), user: userPayload(world, world.bot.id) }],
    channels: channels.map((channel) => ({
      id: channel.id,
      type: ChannelType.GuildText as const,
      guild_id: guild.id,
      name: channel.name,
      position: 0,
      permission_overwrites: overwritesOf(channel),
      nsfw: false,
      flags: none,
    })),
    threads: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  } satisfies GatewayGuildCreateDispatchData
}

/** A message as the gateway tells of it. */
export function messagePayload(world: World, channel: Channel, { data, pinged }: Saved) {
  const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId)
  return {
    ...data,
    channel_type: channel.type,
    mentions: pinged
      .filter((id) => world.users.has(id))
      .map((id) => ({ ...userPayload(world, id), ...(guild && { member: memberPayload(guild, id) }) })),
    ...(guild && { guild_id: guild.id, member: memberPayload(guild, data.author.id) }),
  } satisfies GatewayMessageCreateDispatchData
}

/** A message as REST shows it in history: the nonce is not part of it. */
export function historyPayload({ data }: Saved): APIMessage {
  const { nonce: _, ...shown } = data
  return shown
}

/** Without the Message Content intent, words of others that are not meant for the bot are blank. */
export function withoutContent<Message extends Pick<APIMessage, 'content' | 'embeds' | 'attachments' | 'components' | 'poll'>>(
  message: Message,
): Message {
  const { poll: _, ...rest } = message
  return { ...rest, content: '', embeds: [], attachments: [], components: [] } as unknown as Message
}
