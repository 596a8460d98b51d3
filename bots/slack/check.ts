import { BotError } from '#core/errors.ts'
import type { Finding } from '#core/finding.ts'
import { createClient, toBotError } from './api.ts'
import { identify, socketUrl } from './identity.ts'
import { scopes } from './manifest.ts'

export interface CheckOptions {
  readonly botToken: string
  readonly appToken: string
  readonly apiUrl?: string | undefined
}

/** What Slack says about the tokens. Never throws. */
export async function checkSlack({ botToken, appToken, apiUrl }: CheckOptions): Promise<readonly Finding[]> {
  return [...(await checkBotToken(botToken, apiUrl)), await checkAppToken(appToken, apiUrl)]
}

async function checkBotToken(token: string, apiUrl: string | undefined): Promise<Finding[]> {
  const name = 'Slack bot token'
  try {
    const { user, userId, team, teamId, scopes: granted } = await identify(createClient({ token, apiUrl }), token)
    return [{ name, ok: true, detail: `${user} (${userId}) in ${team} (${teamId})` }, checkScopes(granted)]
  } catch (error) {
    return [failed(name, error)]
  }
}

function checkScopes(granted: readonly string[]): Finding {
  const name = 'Slack scopes'
  const missing = scopes.filter((scope) => !granted.includes(scope))
  if (missing.length === 0) return { name, ok: true, detail: `all ${scopes.length} granted` }
  return {
    name,
    ok: false,
    detail: `missing: ${missing.join(', ')}`,
    fix: 'Put bots/slack/manifest.json into "App Manifest" of your Slack app, then reinstall the app',
  }
}

async function checkAppToken(token: string, apiUrl: string | undefined): Promise<Finding> {
  const name = 'Slack app token'
  try {
    await socketUrl(createClient({ token, apiUrl }), token)
    return { name, ok: true, detail: 'Socket Mode is open to us' }
  } catch (error) {
    return failed(name, error)
  }
}

function failed(name: string, cause: unknown): Finding {
  const error = toBotError(cause, name)
  if (error instanceof BotError && error.code === 'misconfigured') {
    const [detail = '', ...fix] = error.message.split(': ')
    return { name, ok: false, detail, fix: fix.join(': ') }
  }
  return { name, ok: false, detail: error.message, fix: 'Check the network, and SLACK_API_URL if it is set.' }
}
