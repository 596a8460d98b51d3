import {
  InteractionResponseType as Answered,
  type APIModalInteractionResponseCallbackData,
  ApplicationIntegrationType,
  GatewayDispatchEvents,
  InteractionType,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10'
import { z } from 'zod'
import { checkPublished, checkWords, type Words } from './checks.ts'
import { type Interaction, type Interactions, isLoading, takes } from './interactions.ts'
import { rewrite, write } from './messages.ts'
import { userPayload } from './payloads.ts'
import { type Answer, invalidForm, Refusal, staleToken, unknownInteraction, unknownMessage, unknownWebhook } from './refusal.ts'
import type { Request, Route } from './rest.ts'
import { type Channel, isEphemeral, type Saved, type World } from './world.ts'

const Callback = z.object({ type: z.number(), data: z.looseObject({ flags: z.number().nullish() }).nullish() })
const Choices = z.object({ choices: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })).max(25) })
const Modal = z.looseObject({
  custom_id: z.string().min(1).max(100),
  title: z.string().min(1).max(45),
  components: z.array(z.unknown()).min(1).max(5),
})

/** Answers to interactions, and what may be said after the first. */
export function interactionRoutes(parts: {
  world: World
  interactions: Interactions
  announce(event: string, channel: Channel, saved: Saved): void
}): readonly Route[] {
  const { world, interactions, announce } = parts

  function respond({ ids, query, body, echo }: Request): Answer {
    const interaction = interactions.byId(ids[0] ?? '')
    if (interaction?.token !== ids[1]) throw unknownInteraction()
    if (!interaction) throw unknownInteraction()
    if (interaction.answered !== undefined) throw new Refusal(400, 40060, 'Interaction has already been acknowledged.')
    if (interactions.isLate(interaction)) throw unknownInteraction()
    const parsed = Callback.safeParse(body)
    if (!parsed.success || !takes(interaction, parsed.data.type))
      throw invalidForm('type', 'BASE_TYPE_CHOICES', `An interaction of type ${interaction.type} does not take this answer.`)

    const { type, data } = parsed.data
    act(interaction, type, data ?? {}, body, echo)
    interaction.answered = type
    if (query.get('with_response') !== 'true') return { status: 204 }
    const message = interaction.original
    return {
      status: 200,
      body: {
        interaction: { id: interaction.id, type: interaction.type, ...(message && { response_message_id: message.data.id }) },
        resource: { type, ...(message && { message: message.data }) },
      },
    }
  }

  function act(interaction: Interaction, type: Answered, data: object, body: unknown, echo: Request['echo']) {
    const { source } = interaction
    switch (type) {
      case Answered.ChannelMessageWithSource:
        checkPublished('answer with a message', body)
        interaction.original = put(interaction, checkWords(data, { whole: true }), echo)
        return interaction.settle({ kind: 'message' })
      case Answered.DeferredChannelMessageWithSource: {
        checkPublished('answer with a message', body)
        const { flags } = checkWords(data, { whole: false })
        interaction.original = put(interaction, { flags: (flags ?? 0) | MessageFlags.Loading }, echo)
        return interaction.settle({ kind: 'thinking' })
      }
      case Answered.DeferredMessageUpdate:
        interaction.original = source
        return interaction.settle({ kind: 'nothing' })
      case Answered.UpdateMessage:
        checkPublished('answer with an update', body)
        interaction.original = source
        if (source) change(source, interaction.channel, checkWords(data, { whole: false }), echo)
        return interaction.settle({ kind: 'updated' })
      case Answered.ApplicationCommandAutocompleteResult: {
        checkPublished('answer with choices', body)
        const choices = Choices.safeParse(data)
        if (!choices.success) throw invalidForm('data.choices', 'BASE_TYPE_BAD_LENGTH', 'Must be between 0 and 25 in length.')
        for (const { name, value } of choices.data.choices)
          if (name.length < 1 || name.length > 100 || String(value).length > 100)
            throw invalidForm('data.choices', 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.')
        return interaction.settle({ kind: 'choices', choices: choices.data.choices })
      }
      case Answered.Modal: {
        checkPublished('answer with a modal', body)
        if (!Modal.safeParse(data).success) throw invalidForm('data', 'BASE_TYPE_BAD_LENGTH', 'Not a modal.')
        return interaction.settle({ kind: 'modal', modal: data as APIModalInteractionResponseCallbackData })
      }
    }
  }

  function put(interaction: Interaction, words: Words, echo: Request['echo']): Saved {
    const flags = words.flags ?? 0
    const owner = interaction.channel.guildId ?? interaction.userId
    const saved = write(world, interaction.channel, {
      authorId: world.bot.id,
      words,
      flags,
      type: interaction.type === InteractionType.ApplicationCommand ? MessageType.ChatInputCommand : MessageType.Default,
      ...((flags & MessageFlags.Ephemeral) !== 0 && { onlyFor: interaction.userId }),
      metadata: {
        id: interaction.id,
        type: InteractionType.ApplicationCommand,
        user: userPayload(world, interaction.userId),
        authorizing_integration_owners: { [ApplicationIntegrationType.GuildInstall]: owner },
      },
    })
    echo(() => announce(GatewayDispatchEvents.MessageCreate, interaction.channel, saved))
    return saved
  }

  function change(saved: Saved, channel: Channel, words: Words, echo: Request['echo']): void {
    rewrite(saved, words)
    echo(() => announce(GatewayDispatchEvents.MessageUpdate, channel, saved))
  }

  function answeredOf({ ids }: Request): Interaction {
    const interaction = interactions.byToken(ids[1] ?? '')
    if (!interaction || ids[0] !== world.application.id) throw unknownWebhook()
    if (interactions.isStale(interaction)) throw staleToken()
    if (interaction.answered === undefined) throw unknownWebhook()
    return interaction
  }

  function messageOf(request: Request): { readonly interaction: Interaction; readonly saved: Saved } {
    const interaction = answeredOf(request)
    const id = request.ids[2]
    const saved = id === '@original' ? interaction.original : world.find(interaction.channel.id, id ?? '')
    if (!saved || !world.messages.includes(saved)) throw unknownMessage()
    return { interaction, saved }
  }

  function followUp(request: Request): Answer {
    const interaction = answeredOf(request)
    checkPublished('follow up', request.body)
    const words = checkWords(request.body, { whole: true })
    const original = interaction.original
    // The first thing said after "thinking" takes its place, and is seen by those who saw it.
    if (original && isLoading(original)) {
      change(original, interaction.channel, words, request.echo)
      return { status: 200, body: original.data }
    }
    return { status: 200, body: put(interaction, words, request.echo).data }
  }

  return [
    { method: 'POST', path: '/interactions/:id/:token/callback', open: true, run: respond },
    { method: 'POST', path: '/webhooks/:id/:token', open: true, run: followUp },
    {
      method: 'GET',
      path: '/webhooks/:id/:token/messages/:message',
      open: true,
      run: (request) => ({ status: 200, body: messageOf(request).saved.data }),
    },
    {
      method: 'PATCH',
      path: '/webhooks/:id/:token/messages/:message',
      open: true,
      run(request) {
        const { interaction, saved } = messageOf(request)
        checkPublished('edit answer', request.body)
        change(saved, interaction.channel, checkWords(request.body, { whole: isLoading(saved) }), request.echo)
        return { status: 200, body: saved.data }
      },
    },
    {
      method: 'DELETE',
      path: '/webhooks/:id/:token/messages/:message',
      open: true,
      run(request) {
        const { interaction, saved } = messageOf(request)
        world.messages.splice(world.messages.indexOf(saved), 1)
        if (!isEphemeral(saved)) request.echo(() => announce(GatewayDispatchEvents.MessageDelete, interaction.channel, saved))
        return { status: 204 }
      },
    },
  ]
}
