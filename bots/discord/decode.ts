import { ComponentType, GatewayDispatchEvents, InteractionType, MessageFlags, MessageType } from 'discord-api-types/v10'
import { z } from 'zod'
import { named } from '#core/as-kept.ts'
import { isCalendarFile } from '#core/files.ts'
import { type Author, type Incoming, isCorrection, type Place, type Pointed, type Sentence } from '#core/message.ts'
import { aboutThis, Given, sentenceOf } from './commands.ts'

const Id = z.string().regex(/^\d{1,20}$/)
/** Halves of surrogate pairs and null characters are kept by no database. */
const Words = z.string().transform((text) => text.toWellFormed().replaceAll('\0', ''))
const User = z.object({
  id: Id,
  username: Words,
  global_name: Words.nullish(),
  bot: z.boolean().optional(),
})

/** A message that another one is about, with its words where we may read them. */
const Target = z.object({ id: Id, content: Words, mentions: z.array(User.extend({ username: Words.optional() })).max(100) })

const Message = z.object({
  id: Id,
  channel_id: Id,
  guild_id: Id.optional(),
  author: User,
  member: z.object({ nick: Words.nullish() }).optional(),
  content: Words,
  mentions: z.array(User.extend({ username: Words.optional(), member: z.object({ nick: Words.nullish() }).optional() })).max(100),
  attachments: z
    .array(z.object({ filename: Words, content_type: Words.nullish(), size: z.number().default(0), url: z.url().max(2_000) }))
    .max(20)
    .default([]),
  type: z.number(),
  webhook_id: Id.optional(),
  referenced_message: Target.nullish().catch(undefined),
})

const Asked = z.object({
  id: Id,
  application_id: Id,
  token: z.string().max(500),
  channel_id: Id,
  guild_id: Id.optional(),
  member: z.object({ nick: Words.nullish(), user: User }).optional(),
  user: User.optional(),
  locale: z.string().max(20).optional(),
})

/** The message with the button, as far as an answer needs it. */
const Carrier = z.object({
  id: Id,
  flags: z.number().optional(),
  embeds: z
    .array(z.object({ url: z.string().max(2_048).optional() }))
    .max(10)
    .default([]),
})

/** What was typed into a form: under a label, or in a row as forms had it before. */
const Typed = z.object({ value: Words.default('') })
const Labelled = z.object({ component: Typed }).transform(({ component }) => component.value)
const InRow = z.object({ components: z.array(Typed).max(5) }).transform(({ components }) => components[0]?.value ?? '')

const Interaction = z.discriminatedUnion('type', [
  Asked.extend({
    type: z.literal(InteractionType.ApplicationCommand),
    data: z.object({
      name: z.string(),
      options: z.array(Given).max(25).default([]),
      /** Of a command in the menu of a message: which one. */
      target_id: Id.optional(),
      resolved: z.object({ messages: z.record(Id, Target).default({}), users: z.record(Id, User).default({}) }).optional(),
    }),
  }),
  Asked.extend({
    type: z.literal(InteractionType.ApplicationCommandAutocomplete),
    data: z.object({ name: z.string(), options: z.array(Given).max(25).default([]) }),
  }),
  Asked.extend({
    type: z.literal(InteractionType.MessageComponent),
    data: z.object({
      custom_id: z.string().max(100),
      component_type: z.number(),
      values: z.array(z.string().max(100)).max(25).default([]),
    }),
    message: Carrier,
  }),
  Asked.extend({
    type: z.literal(InteractionType.ModalSubmit),
    data: z.object({ custom_id: z.string().max(100), components: z.array(z.union([Labelled, InRow])).max(5) }),
    message: Carrier.optional(),
  }),
])

/** The dispatches that we act on, with the fields that we use and no others. */
export const Dispatch = z.discriminatedUnion('t', [
  z.object({ t: z.literal(GatewayDispatchEvents.MessageCreate), d: Message }),
  // What Discord adds by itself, such as the preview of a link, is no edit.
  z.object({
    t: z.literal(GatewayDispatchEvents.MessageUpdate),
    d: Message.extend({ edited_timestamp: z.iso.datetime({ offset: true }) }),
  }),
  z.object({ t: z.literal(GatewayDispatchEvents.InteractionCreate), d: Interaction }),
])
export type Dispatch = z.output<typeof Dispatch>
type Interaction = z.output<typeof Interaction>

/** How an answer finds its way back. */
export type Origin =
  | { readonly kind: 'message'; readonly id: string; readonly channel: string; readonly inGuild: boolean }
  | {
      readonly kind: 'interaction'
      readonly id: string
      readonly token: string
      readonly application: string
      readonly inGuild: boolean
      /** Set for a press: the message that carried the button, and the url that marks it. */
      readonly source?: { readonly id: string; readonly private: boolean; readonly url?: string }
    }

export type Decoded =
  | { readonly kind: 'incoming'; readonly incoming: Incoming; readonly origin: Origin }
  /** Somebody types into an option that suggests. */
  | {
      readonly kind: 'suggest'
      readonly id: string
      readonly token: string
      readonly option: string
      readonly typed: string
      readonly place: Place
      readonly author: Author
    }

export interface Ourselves {
  readonly userId: string
  /** Whether words overheard in this channel are ours to read. */
  readonly listens: (channelId: string) => boolean
}

/** What a dispatch says to us; undefined when it is none of our business. */
export function decode(dispatch: Dispatch, ourselves: Ourselves): Decoded | undefined {
  switch (dispatch.t) {
    case GatewayDispatchEvents.MessageCreate:
      return decodeMessage(dispatch.d, ourselves)
    case GatewayDispatchEvents.MessageUpdate:
      return decodeEdit(dispatch.d, ourselves)
    case GatewayDispatchEvents.InteractionCreate:
      return decodeInteraction(dispatch.d)
  }
}

/** The same message once more, as it reads now. */
function decodeEdit(
  { edited_timestamp, ...message }: z.output<typeof Message> & { readonly edited_timestamp: string },
  ourselves: Ourselves,
): Decoded | undefined {
  const decoded = decodeMessage(message, ourselves)
  const at = Temporal.Instant.from(edited_timestamp)
  if (decoded?.kind !== 'incoming') return undefined
  const { incoming, origin } = decoded
  if (incoming.kind !== 'sentence' || !isCorrection(incoming.at, at)) return undefined
  return { kind: 'incoming', origin, incoming: { ...incoming, id: `${message.id}:${at.epochMilliseconds}`, at, edits: message.id } }
}

function decodeMessage(message: z.output<typeof Message>, { userId, listens }: Ourselves): Decoded | undefined {
  const { author, webhook_id, type, guild_id, channel_id: channel } = message
  if (author.bot || webhook_id !== undefined || author.id === userId) return undefined
  if (type !== MessageType.Default && type !== MessageType.Reply) return undefined
  const inGuild = guild_id !== undefined
  const isMentioned = message.mentions.some(({ id }) => id === userId)
  const addressed = !inGuild || isMentioned
  if (!addressed && !listens(channel)) return undefined

  return {
    kind: 'incoming',
    origin: { kind: 'message', id: message.id, channel, inGuild },
    incoming: {
      kind: 'sentence',
      id: message.id,
      at: instantOf(message.id),
      place: placeOf(guild_id, author.id, channel),
      author: authorOf(author, message.member?.nick, undefined),
      text: withoutMention(inWords(message.content), userId),
      addressed,
      ...mentionedIn(message, userId),
      ...filesOf(message),
      ...(message.referenced_message && { about: pointedAt(message.referenced_message, guild_id, channel) }),
      private: false,
    },
  }
}

/** The calendars that were sent along. */
function filesOf({ attachments }: z.output<typeof Message>): Pick<Sentence, 'files'> {
  const found = attachments.filter(({ filename, content_type }) => isCalendarFile(filename, content_type ?? ''))
  return found.length > 0 ? { files: found.map(({ filename: name, url, size: bytes }) => ({ name, url, bytes })) } : {}
}

/** Whom a message mentions beside us. */
function mentionedIn({ mentions }: z.output<typeof Message>, userId: string): { readonly mentioned?: readonly Author[] } {
  const others = mentions.filter(({ id }) => id !== userId)
  if (others.length === 0) return {}
  return {
    mentioned: others.map(({ id, username, global_name, member, bot }) => ({
      id,
      name: member?.nick ?? global_name ?? username ?? id,
      ...(bot && { unable: 'bot' as const }),
    })),
  }
}

function decodeInteraction(interaction: Interaction): Decoded | undefined {
  const { id, token, guild_id, channel_id: channel, member, locale } = interaction
  const user = member?.user ?? interaction.user
  if (!user) return undefined
  const inGuild = guild_id !== undefined
  const origin = { kind: 'interaction' as const, id, token, application: interaction.application_id, inGuild }
  const received = {
    id,
    at: instantOf(id),
    place: placeOf(guild_id, user.id, channel),
    author: authorOf(user, member?.nick, locale),
  }

  switch (interaction.type) {
    case InteractionType.ApplicationCommandAutocomplete: {
      const focused = interaction.data.options.find((option) => option.focused)
      if (!focused) return undefined
      const { place, author } = received
      return { kind: 'suggest', id, token, option: focused.name, typed: String(focused.value ?? ''), place, author }
    }
    case InteractionType.ApplicationCommand: {
      const { data } = interaction
      const target = data.target_id === undefined ? undefined : data.resolved?.messages[data.target_id]
      if (data.name === aboutThis && !target) return undefined
      const text = target ? 'remind me about this' : inWords(sentenceOf(data.name, data.options))
      const about = target && pointedAt(target, guild_id, channel)
      const mentioned = Object.values(data.resolved?.users ?? {}).map((each) => ({
        ...authorOf(each, undefined, undefined),
        ...(each.bot && { unable: 'bot' as const }),
      }))
      const more = { ...(about && { about }), ...(mentioned.length > 0 && { mentioned }) }
      return { kind: 'incoming', origin, incoming: { kind: 'sentence', ...received, text, ...more, addressed: true, private: inGuild } }
    }
    case InteractionType.MessageComponent: {
      const { data, message } = interaction
      const pressed = data.component_type === ComponentType.Button ? data.custom_id : data.values[0]
      if (pressed === undefined) return undefined
      const source = sourceOf(message)
      const carrier = { channel, id: message.id }
      return {
        kind: 'incoming',
        origin: { ...origin, source },
        incoming: { kind: 'press', ...received, token: pressed, carrier, private: source.private },
      }
    }
    case InteractionType.ModalSubmit: {
      const { data, message } = interaction
      const source = message && sourceOf(message)
      const text = data.components[0] ?? ''
      return {
        kind: 'incoming',
        origin: { ...origin, ...(source && { source }) },
        incoming: {
          kind: 'press',
          ...received,
          token: data.custom_id,
          text,
          ...(message && { carrier: { channel, id: message.id } }),
          private: source?.private ?? inGuild,
        },
      }
    }
  }
}

function sourceOf({ id, flags = 0, embeds }: z.output<typeof Carrier>): NonNullable<Extract<Origin, { kind: 'interaction' }>['source']> {
  const url = embeds[0]?.url
  return { id, private: (flags & MessageFlags.Ephemeral) !== 0, ...(url !== undefined && { url }) }
}

/** A message and the way back to it, with people by their names: a mention in somebody's reminder is of nobody. */
function pointedAt({ id, content, mentions }: z.output<typeof Target>, guild: string | undefined, channel: string): Pointed {
  const mentioned = mentions.map(({ id: user, username, global_name }) => ({ id: user, name: `@${global_name ?? username ?? 'somebody'}` }))
  return { words: inWords(named(content, { mentioned })), link: `https://discord.com/channels/${guild ?? '@me'}/${channel}/${id}` }
}

/** An emoji of a server's own shows nowhere else, so it is kept by its name. */
function inWords(content: string): string {
  return content.replace(/<a?(?<emoji>:\w+:)\d+>/g, '$<emoji>')
}

function placeOf(guild: string | undefined, user: string, channel: string): Place {
  return guild === undefined
    ? { platform: 'discord', space: `dm:${user}`, channel, kind: 'direct' }
    : { platform: 'discord', space: guild, channel, kind: 'channel' }
}

function authorOf(user: z.output<typeof User>, nick: string | null | undefined, locale: string | undefined): Author {
  return { id: user.id, name: nick ?? user.global_name ?? user.username, ...(locale !== undefined && { locale }) }
}

/** The first second of 2015, which Discord counts its ids from, in milliseconds. */
const epoch = 1_420_070_400_000n

/** When Discord made an id. */
export function instantOf(id: string): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Number((BigInt(id) >> 22n) + epoch))
}

/** The smallest id of an instant. */
export function idAt(instant: Temporal.Instant): string {
  const since = BigInt(instant.epochMilliseconds) - epoch
  return String(since > 0n ? since << 22n : 0n)
}

// "<@123>, remind me"      "what is on <@!123>"
//   ↑ us  ↑ goes with it             ↑ us
function withoutMention(content: string, userId: string): string {
  return content
    .replace(new RegExp(`^\\s*<@!?${userId}>[\\s,:;]*`), '')
    .replaceAll(new RegExp(`\\s*<@!?${userId}>`, 'g'), '')
    .trim()
}
