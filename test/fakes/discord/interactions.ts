import { randomBytes } from 'node:crypto'
import {
  InteractionResponseType as Answered,
  type APIModalInteractionResponseCallbackData,
  GatewayDispatchEvents,
  InteractionType,
  MessageFlags,
} from 'discord-api-types/v10'
import type { Journal } from '../journal.ts'
import type { Settings } from './options.ts'
import type { Happening } from './sessions.ts'
import type { Channel, Saved, World } from './world.ts'

/** What the person saw become of it. */
export type Outcome =
  | { readonly kind: 'message' | 'thinking' | 'updated' | 'nothing' }
  | { readonly kind: 'modal'; readonly modal: APIModalInteractionResponseCallbackData }
  | { readonly kind: 'choices'; readonly choices: readonly { readonly name: string; readonly value: string | number }[] }
  /** "The application did not respond." */
  | { readonly kind: 'failed' }

export interface Interaction {
  readonly id: string
  readonly token: string
  readonly type: InteractionType
  readonly channel: Channel
  readonly userId: string
  /** The message that carried the component. */
  readonly source: Saved | undefined
  /** Milliseconds on the monotonic clock. */
  readonly at: number
  answered: Answered | undefined
  /** What `@original` is. */
  original: Saved | undefined
  readonly outcome: Promise<Outcome>
  settle(outcome: Outcome): void
}

export interface Asked {
  readonly type: InteractionType
  readonly channel: Channel
  readonly userId: string
  readonly source?: Saved
  readonly commandName?: string
  payload(id: string, token: string): unknown
}

export interface Interactions {
  /** Sends it to the bot, and starts the three seconds. */
  ask(asked: Asked): Interaction
  byId(id: string): Interaction | undefined
  byToken(token: string): Interaction | undefined
  /** True once the three seconds are over. */
  isLate(interaction: Interaction): boolean
  /** True once the fifteen minutes are over. */
  isStale(interaction: Interaction): boolean
  clear(): void
}

const patienceMs = 3_000

export function createInteractions(parts: {
  world: World
  settings: Settings
  journal: Journal
  tell(happening: Happening): void
  isHeard(): boolean
}): Interactions {
  const { world, settings, journal } = parts
  const known = new Map<string, Interaction>()
  const timers = new Set<NodeJS.Timeout>()
  const age = (interaction: Interaction) => performance.now() - interaction.at

  return {
    ask({ type, channel, userId, source, payload }) {
      const { promise, resolve } = Promise.withResolvers<Outcome>()
      const interaction: Interaction = {
        id: world.nextId(),
        token: `aW50ZXJhY3Rpb246${randomBytes(48).toString('base64url')}`,
        type,
        channel,
        userId,
        source,
        at: performance.now(),
        answered: undefined,
        original: undefined,
        outcome: promise,
        settle: resolve,
      }
      known.set(interaction.id, interaction)
      if (!parts.isHeard()) {
        journal.record('interaction failed', { id: interaction.id, why: 'nobody is connected' })
        resolve({ kind: 'failed' })
        return interaction
      }
      const timer = setTimeout(() => {
        timers.delete(timer)
        if (interaction.answered !== undefined) return
        journal.record('interaction failed', { id: interaction.id, why: 'no answer in time' })
        journal.violation('unanswered', { id: interaction.id })
        resolve({ kind: 'failed' })
      }, patienceMs * settings.scale)
      timers.add(timer)
      parts.tell({
        t: GatewayDispatchEvents.InteractionCreate,
        d: payload(interaction.id, interaction.token),
        ...(channel.guildId !== undefined && { guildId: channel.guildId }),
      })
      return interaction
    },
    byId: (id) => known.get(id),
    byToken: (token) => [...known.values()].find((interaction) => interaction.token === token),
    isLate: (interaction) => age(interaction) > patienceMs * settings.scale,
    isStale: (interaction) => age(interaction) > settings.tokenLife * settings.scale,
    clear() {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

/** Which answers an interaction of a kind takes. */
export function takes({ type, source }: Interaction, answer: Answered): boolean {
  switch (type) {
    case InteractionType.ApplicationCommandAutocomplete:
      return answer === Answered.ApplicationCommandAutocompleteResult
    case InteractionType.ApplicationCommand:
      return [Answered.ChannelMessageWithSource, Answered.DeferredChannelMessageWithSource, Answered.Modal].includes(answer)
    case InteractionType.MessageComponent:
      return [
        Answered.ChannelMessageWithSource,
        Answered.DeferredChannelMessageWithSource,
        Answered.DeferredMessageUpdate,
        Answered.UpdateMessage,
        Answered.Modal,
      ].includes(answer)
    case InteractionType.ModalSubmit:
      return [
        Answered.ChannelMessageWithSource,
        Answered.DeferredChannelMessageWithSource,
        ...(source ? [Answered.DeferredMessageUpdate, Answered.UpdateMessage] : []),
      ].includes(answer)
    default:
      return false
  }
}

export function isLoading({ data }: Saved): boolean {
  return ((data.flags ?? 0) & MessageFlags.Loading) !== 0
}
