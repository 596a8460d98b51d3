import type { Logger } from 'pino'
import type { Bot, BotMeter, Ears, GatewaySessions, Inbox, Messenger, NamesOf } from '#core/ports.ts'
import { within } from '#core/within.ts'
import type { Ourselves } from './decode.ts'
import { createGone } from './gone.ts'
import { createIntents } from './intents.ts'
import type { Packet } from './packet.ts'
import { createReceiver } from './receive.ts'
import { registerCommands } from './register.ts'
import { createRest, type DiscordAccess } from './rest.ts'
import { createResumption } from './resume.ts'

export interface DiscordBotParts extends DiscordAccess {
  readonly inbox: Inbox
  /** Where sessions are kept for the process after this one; without it each start opens new ones. */
  readonly sessions?: GatewaySessions
  readonly meter: BotMeter
  readonly log: Logger
  readonly messenger: Messenger
  /** In which channels words are read too that do not mention us; without it, and without Discord's leave, in none. */
  readonly ears?: Ears
  /** What is offered to whoever types the name of a list or of a folder; without it nothing is. */
  readonly namesOf?: NamesOf
}

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
      const gone = ears && createGone(rest, ears, log)
      let isRegistered = false
      let hasLooked = false
      let upkeep: Promise<void> = Promise.resolve()

      async function keepUp(): Promise<void> {
        if (!ourselves || application === undefined) return
        try {
          await receiver.recover(ourselves)
          if (!isRegistered) await registerCommands(rest, application, log)
          isRegistered = true
          if (!hasLooked) await gone?.look()
          hasLooked = true
        } catch (err) {
          log.warn({ err, platform: 'discord' }, 'discord upkeep failed; tried again soon')
        }
      }

      const resumption = createResumption({
        ...parts,
        met({ userId, applicationId }) {
          ourselves = { userId, listens: (channel) => ears?.hears(channel) ?? false }
          application = applicationId
          hasLooked = false
          upkeep = upkeep.then(keepUp)
        },
      })
      function hear(packet: Packet, isReplayed: boolean): Promise<void> | undefined {
        gone?.hear(packet)
        return ourselves && receiver.hear(packet, ourselves, isReplayed)
      }

      const running = new AsyncDisposableStack()
      running.use(rest)
      running.use(resumption)
      running.defer(async () => {
        await within(drainPatienceMs, Promise.all([receiver.settled(), upkeep]))
      })
      try {
        running.use(await connect({ ...parts, intents: createIntents(rest, ears, log), resumption, hear }))
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
