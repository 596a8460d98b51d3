import { isDeepStrictEqual } from 'node:util'
import { Routes } from 'discord-api-types/v10'
import type { Logger } from 'pino'
import { z } from 'zod'
import { commandDefinitions } from './commands.ts'
import type { DiscordRest } from './rest.ts'

/** What makes two definitions the same command; Discord adds ids, versions and defaults of its own. */
const Compared = z.object({
  name: z.string(),
  type: z.number().default(1),
  description: z.string().default(''),
  contexts: z
    .array(z.number())
    .nullish()
    .transform((contexts) => contexts?.toSorted() ?? []),
  options: z
    .array(
      z.object({
        name: z.string(),
        type: z.number(),
        description: z.string(),
        required: z.boolean().default(false),
        autocomplete: z.boolean().default(false),
        max_length: z.number().optional(),
        channel_types: z.array(z.number()).default([]),
      }),
    )
    .default([]),
})
const Comparison = z.array(Compared).transform((commands) => commands.toSorted((a, b) => a.name.localeCompare(b.name)))

/** True when Discord has exactly the commands that we define. Throws `BotError`. */
export async function areRegistered(rest: DiscordRest, application: string): Promise<boolean> {
  const registered = await rest.ask('GET', Routes.applicationCommands(application), { result: Comparison })
  return isDeepStrictEqual(registered, Comparison.parse(commandDefinitions))
}

/** Registers the slash commands, only when they differ from those that Discord has. Throws `BotError`. */
export async function registerCommands(rest: DiscordRest, application: string, log: Logger): Promise<void> {
  if (await areRegistered(rest, application)) return
  await rest.ask('PUT', Routes.applicationCommands(application), { body: commandDefinitions })
  log.info({ commands: commandDefinitions.map(({ name }) => name) }, 'discord commands registered')
}
