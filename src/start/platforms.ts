import type { Messenger } from '#core/ports.ts'
import { createNamesOf } from '../names-of.ts'
import type { Parts } from './parts.ts'

/** What this process can send with: one for each platform whose token it has. None of them holds a socket. */
export async function openMessengers(
  { config, stores, broadcast, meter, log, circuits }: Parts,
  stack: AsyncDisposableStack,
): Promise<readonly Messenger[]> {
  const { createWebMessenger } = await import('#bots/web/index.ts')
  const messengers: Messenger[] = [createWebMessenger({ transcripts: stores.transcripts, broadcast })]
  const { botToken, apiUrl } = config.slack
  if (botToken) {
    const { createSlackMessenger } = await import('#bots/slack/send.ts')
    messengers.push(createSlackMessenger({ token: botToken, apiUrl, meter, log, circuit: circuits.slack }))
  }
  if (config.discord.token) {
    const { createDiscordMessenger } = await import('#bots/discord/send.ts')
    const { token, apiUrl: discordUrl } = config.discord
    messengers.push(stack.use(createDiscordMessenger({ token, apiUrl: discordUrl, meter, log, circuit: circuits.discord })))
  }
  return messengers
}

export async function startSlack(
  { config, stores, meter, log, deliver, circuits }: Parts,
  messengers: readonly Messenger[],
  stack: AsyncDisposableStack,
) {
  const { botToken, appToken, apiUrl } = config.slack
  const messenger = messengers.find(({ platform }) => platform === 'slack')
  if (!botToken || !appToken || !messenger) return log.info('Slack is left out: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not both set')
  const { createSlackBot } = await import('#bots/slack/index.ts')
  meter.connected('slack', false)
  stack.use(
    await createSlackBot({ botToken, appToken, apiUrl, inbox: stores.inbox, meter, log, messenger, circuit: circuits.slack }).start(
      deliver,
    ),
  )
}

export async function startDiscord(
  { config, stores, meter, log, deliver, circuits, ears }: Parts,
  messengers: readonly Messenger[],
  stack: AsyncDisposableStack,
) {
  const { token, apiUrl } = config.discord
  const messenger = messengers.find(({ platform }) => platform === 'discord')
  if (!token || !messenger) return log.info('Discord is left out: DISCORD_TOKEN is not set')
  const { createDiscordBot } = await import('#bots/discord/index.ts')
  meter.connected('discord', false)
  const namesOf = createNamesOf(stores.store)
  stack.use(
    await createDiscordBot({
      token,
      apiUrl,
      inbox: stores.inbox,
      sessions: stores.gatewaySessions,
      meter,
      log,
      messenger,
      namesOf,
      ears,
      circuit: circuits.discord,
    }).start(deliver),
  )
}
