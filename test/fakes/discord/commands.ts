import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  ApplicationCommandType,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10'
import type { Journal } from '../journal.ts'
import { checkPublished } from './checks.ts'
import type { Settings } from './options.ts'
import { invalidForm, missingAccess, Refusal, unknownCommand } from './refusal.ts'
import type { Request, Route } from './rest.ts'
import type { World } from './world.ts'

type Definition = RESTPutAPIApplicationCommandsJSONBody[number]
const name = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u
const createsPerDay = 200

export interface Commands {
  readonly routes: readonly Route[]
  /** As people of a guild see it: the guild's own before the global ones. */
  named(name: string, type: ApplicationCommandType, guildId: string | undefined): APIApplicationCommand | undefined
}

/** Slash commands and those in the menu of messages, global and of a guild. */
export function createCommands(world: World, journal: Journal, { flags }: Pick<Settings, 'flags'>): Commands {
  const sets = new Map<string, Map<string, APIApplicationCommand>>()
  const created = new Map<string, number>()
  const setOf = (guildId: string) =>
    sets.get(guildId) ?? sets.set(guildId, new Map()).get(guildId) ?? new Map<string, APIApplicationCommand>()

  function store(guildId: string, definition: Definition): APIApplicationCommand {
    const set = setOf(guildId)
    const type = definition.type ?? ApplicationCommandType.ChatInput
    const known = [...set.values()].find((command) => command.name === definition.name && command.type === type)
    if (!known) {
      const count = (created.get(guildId) ?? 0) + 1
      created.set(guildId, count)
      if (count > createsPerDay) throw new Refusal(400, 30034, 'Max number of daily application command creates has been reached (200)')
    }
    const made = {
      ...definition,
      id: known?.id ?? world.nextId(),
      application_id: world.application.id,
      version: world.nextId(),
      default_member_permissions: definition.default_member_permissions ?? null,
      type,
      name: definition.name,
      name_localizations: null,
      description: 'description' in definition ? (definition.description ?? '') : '',
      description_localizations: null,
      nsfw: false,
      dm_permission: true,
      contexts: definition.contexts ?? null,
      integration_types: definition.integration_types ?? [0],
      ...(guildId !== '' && { guild_id: guildId }),
    } as APIApplicationCommand
    set.set(made.id, made)
    return made
  }

  function overwrite(guildId: string, body: unknown) {
    const definitions = asDefinitions(body)
    const kept = definitions.map((definition) => store(guildId, definition))
    sets.set(guildId, new Map(kept.map((command) => [command.id, command])))
    journal.record('commands', { names: kept.map(({ name }) => name) })
    return { status: 200, body: kept }
  }

  function asDefinitions(body: unknown): readonly Definition[] {
    if (!Array.isArray(body)) throw invalidForm('body', 'BASE_TYPE_BAD_TYPE', 'Only lists are taken here.')
    if (body.length > 100) throw new Refusal(400, 30032, 'Maximum number of application commands reached (100).')
    const definitions = body.map(checkDefinition)
    const names = new Set(definitions.map(({ name, type }) => `${type ?? 1} ${name}`))
    if (names.size < definitions.length)
      throw invalidForm('name', 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique')
    return definitions
  }

  function own(id: string | undefined): void {
    if (id !== world.application.id) throw missingAccess()
  }

  function routesFor(prefix: string, guildOf: (request: Request) => string, from: number): readonly Route[] {
    return [
      {
        method: 'GET',
        path: prefix,
        run(request) {
          own(request.ids[0])
          return { status: 200, body: [...setOf(guildOf(request)).values()] }
        },
      },
      {
        method: 'PUT',
        path: prefix,
        run(request) {
          own(request.ids[0])
          return overwrite(guildOf(request), request.body)
        },
      },
      {
        method: 'POST',
        path: prefix,
        run(request) {
          own(request.ids[0])
          return { status: 201, body: store(guildOf(request), checkDefinition(request.body)) }
        },
      },
      {
        method: 'DELETE',
        path: `${prefix}/:command`,
        run(request) {
          own(request.ids[0])
          if (!setOf(guildOf(request)).delete(request.ids[from] ?? '')) throw unknownCommand()
          return { status: 204 }
        },
      },
    ]
  }

  return {
    routes: [
      ...routesFor('/applications/:id/commands', () => '', 1),
      ...routesFor('/applications/:id/guilds/:guild/commands', ({ ids }) => ids[1] ?? '', 2),
      ...['/applications/@me', '/oauth2/applications/@me'].map(
        (path): Route => ({
          method: 'GET',
          path,
          run: () => ({
            status: 200,
            body: {
              ...world.application,
              icon: null,
              description: '',
              bot_public: true,
              bot_require_code_grant: false,
              verify_key: '0'.repeat(64),
              flags,
              bot: world.bot,
            },
          }),
        }),
      ),
    ],
    named: (wanted, type, guildId) =>
      [...(guildId === undefined ? [] : setOf(guildId).values()), ...setOf('').values()].find(
        (command) => command.name === wanted && command.type === type,
      ),
  }
}

function checkDefinition(body: unknown): Definition {
  checkPublished('command', body)
  const definition = body as Definition
  const isChatInput = (definition.type ?? ApplicationCommandType.ChatInput) === ApplicationCommandType.ChatInput
  if (isChatInput) checkName('name', definition.name)
  const description = 'description' in definition ? (definition.description ?? '') : ''
  if (isChatInput) checkLength('description', description)
  else if (description !== '' || 'options' in definition)
    throw invalidForm('description', 'APPLICATION_COMMAND_INVALID_MENU', 'Context menu commands have neither a description nor options')
  else if (definition.name.length < 1 || definition.name.length > 32)
    throw invalidForm('name', 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 32 in length.')
  checkOptions('options' in definition ? (definition.options ?? []) : [])
  return definition
}

function checkOptions(options: readonly object[]): void {
  if (options.length > 25) throw invalidForm('options', 'BASE_TYPE_MAX_LENGTH', 'Must be 25 or fewer in length.')
  let hasOptional = false
  const names = new Set<string>()
  for (const option of options as readonly (APIApplicationCommandBasicOption & {
    options?: readonly object[]
    choices?: readonly object[]
  })[]) {
    checkName('options.name', option.name)
    checkLength('options.description', option.description)
    if (names.has(option.name)) throw invalidForm('options', 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Option names must be unique')
    names.add(option.name)
    if (option.required && hasOptional)
      throw invalidForm(
        'options',
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      )
    hasOptional ||= !option.required
    if ((option.choices?.length ?? 0) > 25) throw invalidForm('options.choices', 'BASE_TYPE_MAX_LENGTH', 'Must be 25 or fewer in length.')
    if (option.options) checkOptions(option.options)
  }
}

function checkName(path: string, text: string): void {
  if (!name.test(text) || text !== text.toLowerCase())
    throw invalidForm(path, 'APPLICATION_COMMAND_INVALID_NAME', `Command name "${text}" is invalid`)
}

function checkLength(path: string, text: string): void {
  if (text.length < 1 || text.length > 100) throw invalidForm(path, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.')
}
