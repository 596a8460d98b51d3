import { GatewayDispatchEvents } from 'discord-api-types/v10'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Bot, BotMeter, Ears, Inbox, Messenger, NamesOf } from '#core/ports.ts'
import type { Ourselves } from './decode.ts'
import { createIntents } from './intents.ts'
import { createReceiver } from './receive.ts'
import { registerCommands } from './register.ts'
import { createRest, type DiscordAccess } from './rest.ts'

export { checkDiscord } from './check.ts'
export { createDiscordMessenger } from './send.ts'

export interface DiscordBotParts extends DiscordAccess {
  readonly inbox: Inbox
  readonly meter: BotMeter
  readonly log: Logger
  readonly messenger: Messenger
  /** In which channels words are read too that do not mention us; without it, and without Discord's leave, in none. */
  readonly ears?: Ears
  /** What is offered to whoever types the name of a list or of a folder; without it nothing is. */
  readonly namesOf?: NamesOf
}

const Ready = z.object({ user: z.object({ id: z.string() }), application: z.object({ id: z.string() }) })

const recoverEveryMs = 30_000
/** A reply waits this long for a rate limit to pass. */
const patienceMs = 30_000
const drainPatienceMs = 1_500

/** DuckTape on Discord. discord.js is loaded when it starts, not before. */
export function createDiscordBot(parts: DiscordBotParts): Bot {
  const { messenger, meter, log, inbox, ears, namesOf = async () => [] } = parts

  return {
    platform: 'discord',
    send: messenger.send,
    find: messenger.find,
    ...(messenger.obstacle && { obstacle: messenger.obstacle }),
    ...(messenger.retract && { retract: messenger.retract }),
    ...(messenger.pauseMs !== undefined && { pauseMs: messenger.pauseMs }),

    async start(deliver) {
      const { connect } = await import('./connect.ts')
      const rest = createRest(parts, { meter, patienceMs })
      const receiver = createReceiver({ rest, inbox, meter, log, messenger, deliver, namesOf, ...(ears && { ears }) })
      let ourselves: Ourselves | undefined
      let application: string | undefined
      let isRegistered = false
      let upkeep: Promise<void> = Promise.resolve()

      async function keepUp(): Promise<void> {
        if (!ourselves || application === undefined) return
        try {
          await receiver.recover(ourselves)
          if (!isRegistered) await registerCommands(rest, application, log)
          isRegistered = true
        } catch (err) {
          log.warn({ err, platform: 'discord' }, 'discord upkeep failed; tried again soon')
        }
      }

      function hear(packet: { readonly t: string; readonly d: unknown }): void {
        if (packet.t === GatewayDispatchEvents.Ready) {
          const { user, application: ours } = Ready.parse(packet.d)
          ourselves = { userId: user.id, listens: (channel) => ears?.hears(channel) ?? false }
          application = ours.id
          upkeep = upkeep.then(keepUp)
        }
        if (ourselves) receiver.hear(packet, ourselves)
      }

      const running = new AsyncDisposableStack()
      running.use(rest)
      running.defer(() => settledWithin(Promise.all([receiver.settled(), upkeep]), drainPatienceMs))
      try {
        running.use(await connect({ ...parts, intents: createIntents(rest, ears, log), hear }))
      } catch (error) {
        await running.disposeAsync()
        throw error
      }
      const timer = setInterval(() => {
        upkeep = upkeep.then(keepUp)
      }, recoverEveryMs)
      running.defer(() => clearInterval(timer))
      return running
    },
  }
}

async function settledWithin(work: Promise<unknown>, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  await Promise.race([work, promise])
  clearTimeout(timer)
}
