import { GatewayDispatchEvents, Routes } from 'discord-api-types/v10'
import type { Logger } from 'pino'
import { z } from 'zod'
import { BotError } from '#core/errors.ts'
import type { Ears, Ended } from '#core/ports.ts'
import type { Packet } from './packet.ts'
import type { DiscordRest } from './rest.ts'

const Deleted = z.object({ id: z.string(), unavailable: z.boolean().optional() })

/** Discord's codes for a channel that is no more, and for one that we may not see, as in a server that we are not in. */
const outOfReach: ReadonlySet<string | undefined> = new Set(['10003', '50001'])

export interface Gone {
  /** A dispatch as the gateway sent it. Never throws. */
  hear(packet: Pick<Packet, 't' | 'd'>): void
  /** Looks for what went while nobody heard of it. Throws `BotError` while Discord cannot be asked. */
  look(): Promise<void>
}

/**
 * Ends listening in channels that are deleted and in servers that we were taken out of: whoever invites us again decides
 * anew.
 */
export function createGone(rest: DiscordRest, ears: Ears, log: Logger): Gone {
  async function end(ended: Ended): Promise<void> {
    if (await ears.end(ended)) log.info({ platform: 'discord', ended: ended.kind, id: ended.id }, 'no longer listening: it is gone')
  }

  return {
    hear({ t, d }) {
      const kind = kindOf(t)
      const deleted = kind && Deleted.safeParse(d).data
      // A server that has an outage comes back by itself.
      if (!deleted || deleted.unavailable || (kind === 'channel' && !ears.hears(deleted.id))) return
      // The next connection looks again.
      end({ kind, id: deleted.id }).catch((err: unknown) => log.warn({ err, platform: 'discord' }, 'listening not ended yet'))
    },

    async look() {
      for (const channel of ears.channels()) {
        try {
          await rest.ask('GET', Routes.channel(channel))
        } catch (error) {
          if (!(error instanceof BotError) || error.code !== 'rejected') throw error
          if (outOfReach.has(error.reason)) await end({ kind: 'channel', id: channel })
        }
      }
    },
  }
}

function kindOf(event: string): Ended['kind'] | undefined {
  switch (event) {
    case GatewayDispatchEvents.ChannelDelete:
    case GatewayDispatchEvents.ThreadDelete:
      return 'channel'
    case GatewayDispatchEvents.GuildDelete:
      return 'server'
    default:
      return undefined
  }
}
