import { ApplicationFlags, GatewayIntentBits, Routes } from 'discord-api-types/v10'
import type { Logger } from 'pino'
import { z } from 'zod'
import { BotError } from '#core/errors.ts'
import type { Ears } from '#core/ports.ts'
import { type DiscordRest, portal } from './rest.ts'

/** Mentions and direct messages carry their words without a privileged intent. */
export const ordinaryIntents = GatewayIntentBits.GuildMessages | GatewayIntentBits.DirectMessages

/** What is said to nobody in particular, and what becomes of channels and servers. */
const listeningIntents = ordinaryIntents | GatewayIntentBits.MessageContent | GatewayIntentBits.Guilds

const contentFlags = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited

const Application = z.object({ flags: z.number().default(0) })

/** What the operator has to do before Discord gives us what is not said to us. */
export const contentFix = `Switch on "Message Content Intent" at ${portal} (Bot, Privileged Gateway Intents), then restart DuckTape.`

/** Whether Discord gives us the words of messages that do not mention us. Throws `BotError`. */
export async function mayReadContent(rest: DiscordRest): Promise<boolean> {
  try {
    const { flags } = await rest.ask('GET', Routes.currentApplication(), { result: Application })
    return (flags & contentFlags) !== 0
  } catch (error) {
    if (error instanceof BotError && error.code === 'rejected') return false
    throw error
  }
}

/** What we ask the gateway for: no more than Discord has granted, since one intent too many and it takes no connection at all. */
export interface Intents {
  /** Throws `BotError` while Discord cannot be asked. */
  wanted(): Promise<number>
  /** The gateway has refused what we asked for. True when there is less to ask for. */
  refused(): boolean
}

export function createIntents(rest: DiscordRest, ears: Ears | undefined, log: Logger): Intents {
  let isRefused = false

  return {
    async wanted() {
      if (!ears || isRefused) return ordinaryIntents
      const granted = await mayReadContent(rest)
      ears.grant(granted)
      const waiting = ears.channels().length
      if (!granted && waiting > 0)
        log.warn({ platform: 'discord', channels: waiting }, `Discord lets DuckTape read along nowhere. ${contentFix}`)
      return granted ? listeningIntents : ordinaryIntents
    },
    refused() {
      if (!ears?.granted || isRefused) return false
      isRefused = true
      ears.grant(false)
      log.warn({ platform: 'discord' }, `Discord refused to let DuckTape read along in channels: it goes on without. ${contentFix}`)
      return true
    },
  }
}
