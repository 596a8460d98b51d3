import { App } from '@slack/bolt'
import type { Logger } from 'pino'
import { direct } from '#core/circuit.ts'
import type { Bot, BotMeter, Circuit, Deliver, Inbox, Messenger } from '#core/ports.ts'
import { createSay } from './answer.ts'
import { callTimeoutMs, clientOptions, createClient } from './api.ts'
import { defaultTiming, type Timing } from './connection.ts'
import { createDirectory } from './directory.ts'
import { createDispatcher } from './dispatch.ts'
import type { Opening } from './event-form.ts'
import { type Identity, identify, socketUrl } from './identity.ts'
import { createFormOpener } from './open-form.ts'
import { type Arrival, createReceiver } from './receive.ts'

export interface SlackBotOptions {
  readonly botToken: string
  readonly appToken: string
  readonly apiUrl?: string | undefined
  readonly inbox: Inbox
  readonly meter: BotMeter
  readonly log: Logger
  readonly circuit?: Circuit
  /** Sends what nobody asked for (`createSlackMessenger`). */
  readonly messenger: Messenger
  readonly timing?: Partial<Timing>
  /** How long one call to Slack may take, in milliseconds. */
  readonly callTimeoutMs?: number
}

/**
 * Slack in Socket Mode.
 *
 * `start` resolves once connected, or after a first try that failed for a reason that may pass; it
 * throws `BotError` `misconfigured` when Slack does not take a token.
 */
export function createSlackBot({
  botToken,
  appToken,
  apiUrl,
  inbox,
  meter,
  log,
  circuit = direct,
  messenger,
  ...more
}: SlackBotOptions): Bot {
  const timing = { ...defaultTiming, ...more.timing }
  const timeoutMs = more.callTimeoutMs ?? callTimeoutMs

  async function start(deliver: Deliver): Promise<AsyncDisposable> {
    const client = createClient({ token: botToken, apiUrl, log, timeoutMs })
    const api = { client, meter, circuit }
    const appClient = createClient({ token: appToken, apiUrl, log, timeoutMs })
    const stopping = new AbortController()
    let identity: Identity | undefined

    async function self(): Promise<Identity> {
      identity ??= await identify(client, botToken)
      return identity
    }

    const receiver = createReceiver({ self, socketUrl: () => socketUrl(appClient, appToken), inbox, timing, meter, log })
    const app = new App({
      receiver,
      authorize: async () => {
        const { teamId, userId, botId } = await self()
        return { botToken, teamId, botUserId: userId, ...(botId === undefined ? {} : { botId }) }
      },
      deferInitialization: true,
      convoStore: false,
      ...sdkSettings({ apiUrl, log, timeoutMs }),
    })
    const directory = createDirectory(api)
    const openForm = createFormOpener({ api, directory, log })
    const dispatch = createDispatcher({
      deliver,
      say: createSay({ api, timeoutMs }),
      directory,
      inbox,
      timing,
      meter,
      log,
      signal: stopping.signal,
    })
    // One dispatcher for everything: the cost of Bolt grows with the number of listeners.
    app.use(async (args) => {
      const { arrival, opening } = args.context as { arrival?: Arrival; opening?: Opening }
      const ack = 'ack' in args ? (args.ack as (response?: unknown) => Promise<void>) : async () => {}
      if (opening) await openForm(opening, ack)
      if (arrival) await dispatch(arrival, ack)
    })
    app.error(async (error) => log.error({ platform: 'slack', err: error }, 'slack event not handled'))

    await app.init()
    await app.start()

    return {
      async [Symbol.asyncDispose]() {
        stopping.abort()
        await app.stop()
      },
    }
  }

  return { ...messenger, start }
}

function sdkSettings(options: { readonly apiUrl: string | undefined; readonly log: Logger; readonly timeoutMs: number }) {
  const { logger, ...rest } = clientOptions(options)
  return { logger, clientOptions: rest }
}
