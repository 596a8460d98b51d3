import { Routes } from 'discord-api-types/v10'
import { z } from 'zod'
import { BotError } from '#core/errors.ts'
import type { Finding } from '#core/finding.ts'
import { contentFix, mayReadContent } from './intents.ts'
import { areRegistered } from './register.ts'
import { createRest, type DiscordAccess, type DiscordRest, portal } from './rest.ts'

// View channels, send messages, embed links, read message history, send messages in threads.
const permissions = (1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 16n) | (1n << 38n)

/** The link that puts the bot into a server, with the scopes and permissions it needs. */
function inviteLink(application: string): string {
  const query = new URLSearchParams({ client_id: application, scope: 'bot applications.commands', permissions: String(permissions) })
  return `https://discord.com/oauth2/authorize?${query}`
}

const User = z.object({ username: z.string() })
const Application = z.object({ id: z.string(), name: z.string() })
const Gateway = z.object({ session_start_limit: z.object({ remaining: z.number(), reset_after: z.number() }) })
const Guilds = z.array(z.object({ name: z.string() }))

/** Looks at everything that the Discord part needs. Never throws. */
export async function checkDiscord(access: DiscordAccess): Promise<readonly Finding[]> {
  using rest = createRest(access, { meter: { rateLimited: () => {} }, patienceMs: 5_000 })
  try {
    const { username } = await rest.ask('GET', Routes.user(), { result: User })
    const application = await rest.ask('GET', Routes.currentApplication(), { result: Application })
    return [
      { name: 'Discord token', ok: true, detail: `signed in as ${username} (application ${application.name})` },
      await checkGateway(rest),
      await checkCommands(rest, application.id),
      await checkListening(rest),
      await checkGuilds(rest, inviteLink(application.id)),
    ]
  } catch (error) {
    return [failed('Discord token', error)]
  }
}

async function checkGateway(rest: DiscordRest): Promise<Finding> {
  const name = 'Discord gateway'
  try {
    const { remaining, reset_after } = (await rest.ask('GET', Routes.gatewayBot(), { result: Gateway })).session_start_limit
    if (remaining > 0) return { name, ok: true, detail: `${remaining} connections left today` }
    const minutes = Math.ceil(reset_after / 60_000)
    return { name, ok: false, detail: 'no connections left today', fix: `Wait ${minutes} minutes; something restarts DuckTape too often.` }
  } catch (error) {
    return failed(name, error)
  }
}

async function checkCommands(rest: DiscordRest, application: string): Promise<Finding> {
  const name = 'Discord slash commands'
  try {
    const isCurrent = await areRegistered(rest, application)
    return { name, ok: true, detail: isCurrent ? 'registered' : 'not registered yet: done at the next start' }
  } catch (error) {
    return failed(name, error)
  }
}

/** It is up to the operator: without it all else works. */
async function checkListening(rest: DiscordRest): Promise<Finding> {
  const name = 'Discord reading along'
  try {
    const granted = await mayReadContent(rest)
    const detail = granted
      ? 'granted: channels can be listened to'
      : `not granted: only mentions are read. To listen in channels: ${contentFix}`
    return { name, ok: true, detail }
  } catch (error) {
    return failed(name, error)
  }
}

async function checkGuilds(rest: DiscordRest, link: string): Promise<Finding> {
  const name = 'Discord servers'
  try {
    const guilds = await rest.ask('GET', Routes.userGuilds(), { result: Guilds })
    if (guilds.length === 0) return { name, ok: false, detail: 'in no server yet', fix: `Invite the bot: ${link}` }
    return { name, ok: true, detail: `in ${guilds.length === 1 ? '1 server' : `${guilds.length} servers`}; invite it to more: ${link}` }
  } catch (error) {
    return failed(name, error)
  }
}

function failed(name: string, error: unknown): Finding {
  const detail = error instanceof Error ? error.message : String(error)
  if (error instanceof BotError && error.code === 'unauthorized')
    return {
      name,
      ok: false,
      detail: 'Discord refused DISCORD_TOKEN',
      fix: `Copy the bot's token from ${portal} (Bot, Reset Token) and set it again.`,
    }
  return { name, ok: false, detail, fix: 'Check that this machine reaches discord.com, and try again.' }
}
