import {
  type APIApplicationCommandBasicOption,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  type APIInteraction,
  type APIMessageApplicationCommandInteractionData,
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ComponentType,
  GatewayDispatchEvents,
  type GatewayInteractionCreateDispatchData,
  InteractionContextType,
  InteractionType,
  Locale,
} from 'discord-api-types/v10'
import type { Commands } from './commands.ts'
import type { Interaction, Interactions } from './interactions.ts'
import { rewrite, write } from './messages.ts'
import { botPermissions, channelPayload, historyPayload, memberPayload, messagePayload, userPayload } from './payloads.ts'
import type { Channel, Saved, World } from './world.ts'

/** Where somebody acts: a channel id, or their direct messages with the bot. */
export type Where = string | 'dm'

/** What a person can do in their Discord client. */
export interface Person {
  readonly id: string
  /** Writes as is. */
  says(where: Where, text: string, options?: { readonly inReplyTo?: string }): string
  dm(text: string): string
  /** Changes the words of a message of theirs. */
  edits(messageId: string, text: string): void
  /** Discord adds the preview of a link to a message, which nobody has edited. */
  unfurls(messageId: string): void
  /** Drops a file into the direct messages with the bot. */
  sendFile(name: string, content: string): string
  mention(channelId: string, text: string): string
  slash(where: Where, command: string, options?: Readonly<Record<string, string | number | boolean>>): Interaction
  /** Types into one option of a command. */
  autocomplete(where: Where, command: string, option: string, typed: string): Interaction
  /** Chooses a command from the menu of a message. */
  chooses(command: string, message: Saved): Interaction
  press(message: Saved, label: string): Interaction
  choose(message: Saved, values: readonly string[]): Interaction
  submit(
    where: Where,
    modal: APIModalInteractionResponseCallbackData,
    values: Readonly<Record<string, string>>,
    source?: Saved,
  ): Interaction
  /** What this person sees in a channel, oldest first. */
  sees(where: Where): readonly Saved[]
}

interface Parts {
  readonly world: World
  readonly commands: Commands
  readonly interactions: Interactions
  announce(event: string, channel: Channel, saved: Saved): void
  /** Where files are kept. */
  cdn(): string
}

type Part = APIModalInteractionResponseCallbackData['components'][number]

/** A part of a form as it comes back: shaped as it was sent, with what was typed. */
function filledIn(part: Part, values: Readonly<Record<string, string>>) {
  const typed = ({ type, custom_id }: { readonly type: ComponentType; readonly custom_id: string }) => {
    const value = values[custom_id]
    if (value === undefined) throw new RangeError(`nothing was typed into "${custom_id}"`)
    return { type, custom_id, value }
  }
  if (part.type === ComponentType.Label && 'custom_id' in part.component) return { type: part.type, component: typed(part.component) }
  if (part.type === ComponentType.ActionRow) return { type: part.type, components: part.components.map(typed) }
  return { type: part.type }
}

export function personOf(parts: Parts, userId: string): Person {
  const { world, commands, interactions, announce } = parts

  function channelOf(where: Where): Channel {
    if (where === 'dm') return world.directChannel(userId)
    const channel = world.channels.get(where)
    if (!channel) throw new RangeError(`there is no channel ${where}`)
    return channel
  }

  /** What every interaction carries, whatever it is about. */
  function surroundings(channel: Channel, id: string, token: string) {
    const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId)
    const user = userPayload(world, userId)
    const locale = (world.users.get(userId)?.locale ?? 'en-US') as Locale
    return {
      id,
      token,
      application_id: world.application.id,
      version: 1 as const,
      channel: channelPayload(world, channel),
      channel_id: channel.id,
      app_permissions: botPermissions,
      locale,
      entitlements: [],
      attachment_size_limit: 10_485_760,
      ...(guild
        ? {
            guild: { id: guild.id, locale: Locale.EnglishUS, features: [] },
            guild_id: guild.id,
            guild_locale: Locale.EnglishUS,
            member: { ...memberPayload(guild, userId), permissions: '2251804225', user },
            context: InteractionContextType.Guild,
            authorizing_integration_owners: { [ApplicationIntegrationType.GuildInstall]: guild.id },
          }
        : {
            user,
            context: InteractionContextType.BotDM,
            authorizing_integration_owners: { [ApplicationIntegrationType.GuildInstall]: '0' },
          }),
    }
  }

  function commandOf(channel: Channel, name: string, type = ApplicationCommandType.ChatInput) {
    const command = commands.named(name, type, channel.guildId)
    if (!command) throw new RangeError(`there is no command /${name} here`)
    const isDm = channel.guildId === undefined
    if (command.contexts && !command.contexts.includes(isDm ? InteractionContextType.BotDM : InteractionContextType.Guild))
      throw new RangeError(`/${name} is not offered here`)
    return command
  }

  function says(where: Where, text: string, { inReplyTo }: { readonly inReplyTo?: string } = {}): string {
    const channel = channelOf(where)
    const saved = write(world, channel, {
      authorId: userId,
      words: { content: text, ...(inReplyTo !== undefined && { message_reference: { message_id: inReplyTo } }) },
    })
    announce(GatewayDispatchEvents.MessageCreate, channel, saved)
    return saved.data.id
  }

  function ask(channel: Channel, type: InteractionType, data: unknown, source?: Saved): Interaction {
    return interactions.ask({
      type,
      channel,
      userId,
      ...(source && { source }),
      payload: (id, token) =>
        ({
          ...surroundings(channel, id, token),
          type,
          data,
          ...(source && { message: messagePayload(world, channel, source) }),
        }) as unknown as APIInteraction satisfies GatewayInteractionCreateDispatchData,
    })
  }

  function componentsOf({ data }: Saved): readonly APIComponentInMessageActionRow[] {
    return (data.components ?? []).flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
  }

  function written(messageId: string): Saved {
    const saved = world.messages.find(({ data }) => data.id === messageId && data.author.id === userId)
    if (!saved) throw new RangeError('only its author edits a message')
    return saved
  }

  function mentionsIn(text: string) {
    const ids = [...text.matchAll(/<@!?(?<id>\d+)>/g)].flatMap(({ groups }) => groups?.id ?? [])
    return [...new Set(ids)].filter((id) => world.users.has(id)).map((id) => userPayload(world, id))
  }

  function see(message: Saved): void {
    if (message.onlyFor !== undefined && message.onlyFor !== userId) throw new RangeError('that message is for somebody else')
    if (!world.messages.includes(message)) throw new RangeError('that message is gone')
  }

  return {
    id: userId,
    says,
    dm: (text) => says('dm', text),
    edits(messageId, text) {
      const saved = written(messageId)
      rewrite(saved, { content: text })
      saved.data.mentions = mentionsIn(text)
      announce(GatewayDispatchEvents.MessageUpdate, channelOf(saved.data.channel_id), saved)
    },
    unfurls(messageId) {
      const saved = written(messageId)
      announce(GatewayDispatchEvents.MessageUpdate, channelOf(saved.data.channel_id), saved)
    },
    sendFile(name, content) {
      const channel = channelOf('dm')
      const saved = write(world, channel, { authorId: userId, words: { content: '' } })
      const id = world.nextId()
      const path = `/attachments/${channel.id}/${id}/${name}`
      const type = name.endsWith('.csv') ? 'text/csv' : 'text/calendar'
      world.files.set(path, { type, content })
      const url = `${parts.cdn()}${path}`
      saved.data.attachments = [{ id, filename: name, size: Buffer.byteLength(content), url, proxy_url: url, content_type: type }]
      announce(GatewayDispatchEvents.MessageCreate, channel, saved)
      return saved.data.id
    },
    mention: (channelId, text) => says(channelId, `<@${world.bot.id}> ${text}`),

    slash(where, name, given = {}) {
      const channel = channelOf(where)
      const command = commandOf(channel, name)
      const defined = (command.options ?? []) as readonly APIApplicationCommandBasicOption[]
      for (const option of defined)
        if (option.required && given[option.name] === undefined) throw new RangeError(`/${name} needs "${option.name}"`)
      const options = Object.entries(given).map(([key, value]) => {
        const option = defined.find((each) => each.name === key)
        if (!option) throw new RangeError(`/${name} has no option "${key}"`)
        if ('max_length' in option && String(value).length > (option.max_length ?? 6_000))
          throw new RangeError(`"${key}" is too long for /${name}`)
        return { name: key, type: option.type, value }
      })
      const users = options.filter(({ type }) => type === ApplicationCommandOptionType.User).map(({ value }) => String(value))
      const channels = options.filter(({ type }) => type === ApplicationCommandOptionType.Channel).map(({ value }) => String(value))
      const resolved = {
        ...(users.length > 0 && { users: Object.fromEntries(users.map((id) => [id, userPayload(world, id)])) }),
        ...(channels.length > 0 && {
          channels: Object.fromEntries(channels.map((id) => [id, { ...channelPayload(world, channelOf(id)), permissions: '2251804225' }])),
        }),
      }
      return ask(channel, InteractionType.ApplicationCommand, {
        id: command.id,
        name,
        type: ApplicationCommandType.ChatInput,
        options,
        ...(Object.keys(resolved).length > 0 && { resolved }),
      })
    },

    autocomplete(where, name, option, typed) {
      const channel = channelOf(where)
      const command = commandOf(channel, name)
      const defined = ((command.options ?? []) as readonly APIApplicationCommandBasicOption[]).find((each) => each.name === option)
      if (!defined || !('autocomplete' in defined) || !defined.autocomplete)
        throw new RangeError(`"${option}" of /${name} suggests nothing`)
      return ask(channel, InteractionType.ApplicationCommandAutocomplete, {
        id: command.id,
        name,
        type: ApplicationCommandType.ChatInput,
        options: [{ name: option, type: defined.type, value: typed, focused: true }],
      })
    },

    chooses(name, message) {
      see(message)
      const channel = channelOf(message.data.channel_id)
      const command = commandOf(channel, name, ApplicationCommandType.Message)
      // Whatever the bot may read otherwise: the message that it is asked about comes with its words.
      return ask(channel, InteractionType.ApplicationCommand, {
        id: command.id,
        name,
        type: ApplicationCommandType.Message,
        target_id: message.data.id,
        resolved: { messages: { [message.data.id]: historyPayload(message) } },
      } satisfies APIMessageApplicationCommandInteractionData)
    },

    press(message, label) {
      see(message)
      const button = componentsOf(message).find(
        (part): part is APIButtonComponentWithCustomId =>
          part.type === ComponentType.Button && 'custom_id' in part && (part.label === label || part.custom_id === label),
      )
      if (!button || button.disabled) throw new RangeError(`there is no button "${label}" to press`)
      const data = { custom_id: button.custom_id, component_type: ComponentType.Button, id: button.id }
      return ask(channelOf(message.data.channel_id), InteractionType.MessageComponent, data, message)
    },

    choose(message, values) {
      see(message)
      const menu = componentsOf(message).find((part) => part.type === ComponentType.StringSelect)
      if (!menu || menu.type !== ComponentType.StringSelect) throw new RangeError('there is no menu to choose from')
      const chosen = values.map((value) => {
        const option = menu.options.find((each) => each.label === value || each.value === value)
        if (!option) throw new RangeError(`the menu does not offer "${value}"`)
        return option.value
      })
      const data = { custom_id: menu.custom_id, component_type: ComponentType.StringSelect, values: chosen, id: menu.id }
      return ask(channelOf(message.data.channel_id), InteractionType.MessageComponent, data, message)
    },

    submit(where, modal, values, source) {
      return ask(
        channelOf(where),
        InteractionType.ModalSubmit,
        {
          custom_id: modal.custom_id,
          components: modal.components.map((part) => filledIn(part, values)),
        },
        source,
      )
    },

    sees: (where) => {
      const { id } = channelOf(where)
      return world.messages.filter(({ data, onlyFor }) => data.channel_id === id && (onlyFor === undefined || onlyFor === userId))
    },
  }
}
