import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10'
import { z } from 'zod'

/** An option as a person filled it in. */
export const Given = z.object({
  name: z.string().max(32),
  value: z.union([z.string().transform((text) => text.toWellFormed().replaceAll('\0', '')), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
})
export type Given = z.output<typeof Given>

const text = ApplicationCommandOptionType.String

/** What every command of ours has in common: it works in servers and in direct messages. */
const everywhere = {
  type: ApplicationCommandType.ChatInput,
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
}

/** In the menu of every message. */
export const aboutThis = 'Remind me about this'

const when = {
  type: text,
  name: 'when',
  description: 'Such as "in 10 minutes", "tomorrow at 3pm", "every Monday at 9"',
  autocomplete: true,
  max_length: 200,
} as const

/** The slash commands: doors to the same grammar that plain sentences go through. */
export const commandDefinitions = [
  {
    ...everywhere,
    name: 'duck',
    description: 'Say it in your own words: reminders, events, todos, notes',
    options: [
      { type: text, name: 'sentence', description: 'Such as "remind me to call Bob tomorrow at 3pm"', required: true, max_length: 4_000 },
    ],
  },
  {
    ...everywhere,
    name: 'remind',
    description: 'Set a reminder',
    options: [
      { type: text, name: 'what', description: 'What to be reminded of', required: true, max_length: 2_000 },
      { ...when, required: true },
      { type: ApplicationCommandOptionType.User, name: 'who', description: 'Whom to remind, if not you' },
      {
        type: ApplicationCommandOptionType.Channel,
        name: 'where',
        description: 'The channel to remind, if not a person',
        channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.PublicThread, ChannelType.PrivateThread],
      },
    ],
  },
  {
    ...everywhere,
    name: 'event',
    description: 'Put an event into the calendar',
    options: [
      { type: text, name: 'what', description: 'What it is called', required: true, max_length: 500 },
      { ...when, required: true },
      { type: text, name: 'length', description: 'How long it takes, such as "45 minutes"', max_length: 100 },
      { type: text, name: 'location', description: 'Where it takes place', max_length: 500 },
    ],
  },
  {
    ...everywhere,
    name: 'agenda',
    description: 'See what is on',
    options: [{ ...when, description: 'Such as "today", "tomorrow", "next week"' }],
  },
  {
    ...everywhere,
    name: 'todo',
    description: 'Add a todo, or see your list',
    options: [
      { type: text, name: 'what', description: 'What is to be done; leave it out to see your list', max_length: 2_000 },
      { type: text, name: 'list', description: 'The list it goes on, or the one to see', max_length: 60, autocomplete: true },
      { ...when, description: 'When it is due, such as "tomorrow", "Friday at noon"' },
    ],
  },
  {
    ...everywhere,
    name: 'note',
    description: 'Keep a note, or see your notes',
    options: [
      { type: text, name: 'text', description: 'What to keep; leave it out to see your notes', max_length: 4_000 },
      { type: text, name: 'folder', description: 'The folder it goes into, or the one to see', max_length: 60, autocomplete: true },
      { type: text, name: 'find', description: 'Words of the notes that you look for', max_length: 200 },
    ],
  },
  {
    ...everywhere,
    name: 'settings',
    description: 'See or change your settings',
    options: [
      { type: text, name: 'time-zone', description: 'Your time zone, such as "Europe/Berlin"', max_length: 100, autocomplete: true },
    ],
  },
  {
    type: ApplicationCommandType.Message,
    contexts: everywhere.contexts,
    integration_types: everywhere.integration_types,
    name: aboutThis,
  },
] as const satisfies RESTPutAPIApplicationCommandsJSONBody

/** The sentence that a slash command stands for. */
export function sentenceOf(command: string, given: readonly Given[]): string {
  const values = new Map(given.map(({ name, value }) => [name, String(value ?? '').trim()]))
  const of = (name: string) => values.get(name) ?? ''
  const joined = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' ')

  switch (command) {
    case 'duck':
      return of('sentence')
    case 'remind':
      return joined('remind', recipientOf(of('who'), of('where')), 'to', quoted(of('what').replace(/^to\s+/i, '')), of('when'))
    case 'event':
      return joined(
        'create event called',
        quoted(of('what')),
        of('when'),
        of('length') && `for ${of('length')}`,
        of('location') && `at ${of('location')}`,
      )
    case 'agenda':
      return joined('what is on', of('when') || 'today')
    case 'todo':
      if (!of('what')) return of('list') ? `show my ${of('list')} list` : 'list my todos'
      return joined(`add ${of('what')} to my ${of('list') || 'todo'} list`, of('when'))
    case 'note':
      if (of('text')) return of('folder') ? `note in my ${of('folder')} folder: ${of('text')}` : `note: ${of('text')}`
      if (of('find')) return `search my notes for ${of('find')}`
      return of('folder') ? `show my ${of('folder')} folder` : 'list my notes'
    case 'settings':
      return of('time-zone') ? `set my time zone to ${of('time-zone')}` : 'show my settings'
    default:
      return joined(command, ...values.values())
  }
}

/** Words inside quotes are a title and trigger nothing: "call about the Friday meeting" is not on Friday. */
function quoted(words: string): string {
  return `"${words.replaceAll('"', "'")}"`
}

function recipientOf(user: string, channel: string): string {
  const named = [...(user === '' ? [] : [`<@${user}>`]), ...(channel === '' ? [] : [`<#${channel}>`])]
  return named.join(' and ') || 'me'
}
