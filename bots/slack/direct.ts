import { BotError } from '#core/errors.ts'
import { type Api, attempt } from './api.ts'

/** The direct messages with somebody, opened where there are none yet. Throws `BotError`. */
export async function directWith(api: Api, user: string): Promise<string> {
  const doing = `opening a conversation with ${user}`
  const { channel } = await attempt(api, doing, (client) => client.conversations.open({ users: user }))
  if (channel?.id === undefined) throw new BotError('unreachable', `${doing}: Slack named none`)
  return channel.id
}
