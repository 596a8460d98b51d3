import {
  type APIEmbed,
  type APIMessage,
  type APIMessageInteractionMetadata,
  type APIMessageTopLevelComponent,
  EmbedType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from 'discord-api-types/v10'
import type { Words } from './checks.ts'
import { userPayload } from './payloads.ts'
import { invalidForm } from './refusal.ts'
import type { Channel, Saved, World } from './world.ts'

export interface Written {
  readonly authorId: string
  readonly words: Words
  readonly flags?: number
  readonly onlyFor?: string
  /** The interaction that the message answers. */
  readonly metadata?: APIMessageInteractionMetadata
  readonly type?: MessageType
}

/** Puts a message into a channel. The body must have been checked. */
export function write(world: World, channel: Channel, { authorId, words, flags = 0, onlyFor, metadata, type }: Written): Saved {
  const reference = words.message_reference
  const original = reference ? world.find(channel.id, reference.message_id) : undefined
  if (reference && !original && reference.fail_if_not_exists !== false)
    throw invalidForm('message_reference', 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message')

  const isEphemeral = (flags & MessageFlags.Ephemeral) !== 0
  const pinged = isEphemeral ? [] : pings(words, original?.data.author.id)
  const data: APIMessage = {
    id: world.nextId(),
    channel_id: channel.id,
    author: userPayload(world, authorId),
    content: (words.content ?? '').trim(),
    timestamp: new Date().toISOString().replace('Z', '000+00:00'),
    edited_timestamp: null,
    tts: false,
    mention_everyone: pinged.includes('everyone'),
    mention_roles: [],
    mentions: pinged.filter((id) => world.users.has(id)).map((id) => userPayload(world, id)),
    attachments: [],
    embeds: embedsOf(words),
    components: componentsOf(words),
    pinned: false,
    type: type ?? (original ? MessageType.Reply : MessageType.Default),
    flags,
    ...(words.nonce !== undefined && words.nonce !== null && { nonce: words.nonce }),
    ...(metadata && { interaction_metadata: metadata, webhook_id: world.application.id, application_id: world.application.id }),
    ...(original && {
      message_reference: { type: MessageReferenceType.Default, message_id: original.data.id, channel_id: channel.id },
      referenced_message: original.data,
    }),
  }
  const saved: Saved = { data, pinged, ...(onlyFor !== undefined && { onlyFor }) }
  world.messages.push(saved)
  return saved
}

/** Changes what the body names, and leaves the rest. */
export function rewrite(saved: Saved, words: Words): void {
  saved.data = {
    ...saved.data,
    ...(words.content !== undefined && { content: (words.content ?? '').trim() }),
    ...(words.embeds !== undefined && { embeds: embedsOf(words) }),
    ...(words.components !== undefined && { components: componentsOf(words) }),
    flags: (saved.data.flags ?? 0) & ~MessageFlags.Loading,
    edited_timestamp: new Date().toISOString(),
  }
}

function embedsOf({ embeds }: Words): APIEmbed[] {
  return (embeds ?? []).map((embed) => ({ ...(embed as APIEmbed), type: EmbedType.Rich }))
}

function componentsOf({ components }: Words): APIMessageTopLevelComponent[] {
  // Their shape was checked at the door; Discord numbers them.
  let id = 0
  return (components ?? []).map((row) => ({
    ...row,
    id: ++id,
    components: (row.components ?? []).map((part) => ({ ...part, id: ++id })),
  })) as unknown as APIMessageTopLevelComponent[]
}

/** Whom a message notifies: only words in `content` do, and only as `allowed_mentions` lets them. */
function pings(words: Words, repliedTo: string | undefined): string[] {
  const content = words.content ?? ''
  const allowed = words.allowed_mentions
  const users = [...content.matchAll(/<@!?(?<id>\d+)>/g)].map(({ groups }) => groups?.id ?? '')
  const roles = [...content.matchAll(/<@&(?<id>\d+)>/g)].map(({ groups }) => groups?.id ?? '')
  const everyone = /@(?:everyone|here)\b/.test(content) ? ['everyone'] : []
  const reply = repliedTo !== undefined && (allowed ? allowed.replied_user === true : true) ? [repliedTo] : []
  if (!allowed) return [...new Set([...users, ...roles, ...everyone, ...reply])]

  const parse = allowed.parse ?? []
  return [
    ...new Set([
      ...users.filter((id) => parse.includes('users') || allowed.users?.includes(id)),
      ...roles.filter((id) => parse.includes('roles') || allowed.roles?.includes(id)),
      ...everyone.filter(() => parse.includes('everyone')),
      ...reply,
    ]),
  ]
}
