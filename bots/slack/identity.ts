import type { WebClient } from '@slack/web-api'
import { BotError } from '#core/errors.ts'
import { toBotError } from './api.ts'

/** Who the bot token makes us. */
export interface Identity {
  readonly teamId: string
  readonly team: string
  readonly userId: string
  readonly user: string
  readonly botId: string | undefined
  /** Where the workspace is in a browser. */
  readonly address: string | undefined
  /** What the token may do. */
  readonly scopes: readonly string[]
}

/** Throws `BotError`: `misconfigured` with the fix when Slack does not take the token, else `unreachable`. */
export async function identify(client: WebClient, token: string): Promise<Identity> {
  if (token.startsWith('xapp-')) throw badBotToken('it is an app-level token')
  try {
    const test = await client.auth.test()
    if (test.team_id === undefined || test.user_id === undefined) throw new BotError('unreachable', 'auth.test: Slack named no team')
    return {
      teamId: test.team_id,
      team: test.team ?? test.team_id,
      userId: test.user_id,
      user: test.user ?? test.user_id,
      botId: test.bot_id,
      address: test.url !== undefined && URL.canParse(test.url) ? test.url : undefined,
      scopes: test.response_metadata?.scopes ?? [],
    }
  } catch (cause) {
    const error = toBotError(cause, 'auth.test')
    throw error.code === 'unauthorized' ? badBotToken(`Slack says ${error.reason}`, error) : error
  }
}

/** The address of a new socket, good for one connection. Throws `BotError` as `identify` does. */
export async function socketUrl(client: WebClient, token: string): Promise<string> {
  if (token.startsWith('xoxb-')) throw badAppToken('it is a bot token')
  try {
    const { url } = await client.apps.connections.open({})
    if (url === undefined) throw new BotError('unreachable', 'apps.connections.open: Slack named no address')
    return url
  } catch (cause) {
    const error = toBotError(cause, 'apps.connections.open')
    throw error.code === 'unauthorized' ? badAppToken(`Slack says ${error.reason}`, error) : error
  }
}

function badBotToken(why: string, cause?: unknown): BotError {
  return new BotError(
    'misconfigured',
    `SLACK_BOT_TOKEN does not work (${why}): copy the Bot User OAuth Token (xoxb-...) from "OAuth & Permissions" of your Slack app`,
    { cause },
  )
}

function badAppToken(why: string, cause?: unknown): BotError {
  return new BotError(
    'misconfigured',
    `SLACK_APP_TOKEN does not work (${why}): make an App-Level Token (xapp-...) with the scope connections:write under "Basic Information" of your Slack app`,
    { cause },
  )
}
