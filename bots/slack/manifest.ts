import { writeFileSync } from 'node:fs'

/** What the bot token must be allowed to do, and why. */
export const scopes = [
  // Hear mentions and direct messages, and look up in a conversation whether a post arrived.
  'app_mentions:read',
  'channels:history',
  'groups:history',
  'im:history',
  'mpim:history',
  // Answer, remind, and open direct messages.
  'chat:write',
  'im:write',
  // Slash commands.
  'commands',
  // See before a reminder is made whether its channel can be written to.
  'channels:read',
  'groups:read',
  // Take in calendars that somebody sends as files.
  'files:read',
  // A person's name and time zone.
  'users:read',
] as const

export const events = ['app_mention', 'message.im', 'app_home_opened'] as const

export const commands = [
  { command: '/duck', description: 'Ask DuckTape anything, in plain words', usage_hint: 'remind me to stretch in 20 minutes' },
  { command: '/remind-me', description: 'Set a reminder', usage_hint: 'to call Bob tomorrow at 3pm' },
  { command: '/event', description: 'Put an event into the calendar', usage_hint: 'lunch with Bob on Friday at noon' },
  { command: '/agenda', description: 'See what is coming up', usage_hint: 'tomorrow' },
  { command: '/todo', description: 'Add to your list, or show it', usage_hint: 'buy milk' },
  { command: '/note', description: 'Keep a note, or show your notes', usage_hint: 'the door code is 4711' },
] as const

/** The app as Slack's "Create from manifest" takes it. */
export function manifest() {
  return {
    display_information: {
      name: 'DuckTape',
      description: 'Events, reminders, todos and notes in plain words',
      background_color: '#1f5f5b',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'DuckTape', always_online: true },
      shortcuts: [
        { name: 'New event', type: 'global', callback_id: 'new_event', description: 'Put an event into the calendar with a form' },
        {
          name: 'Remind me about this',
          type: 'message',
          callback_id: 'remind_about',
          description: 'Come back to this message at a time that you say',
        },
      ],
      // Escaped, people and channels arrive with their ids instead of names that two may share.
      slash_commands: commands.map((command) => ({ ...command, should_escape: true })),
    },
    oauth_config: { scopes: { bot: [...scopes] } },
    settings: {
      event_subscriptions: { bot_events: [...events] },
      interactivity: { is_enabled: true },
      org_deploy_enabled: false,
      socket_mode_enabled: true,
      token_rotation_enabled: false,
    },
  }
}

/** Where the generated manifest is kept: `node bots/slack/manifest.ts` writes it. */
export const manifestFile = new URL('manifest.json', import.meta.url)

if (import.meta.main) writeFileSync(manifestFile, `${JSON.stringify(manifest(), null, 2)}\n`)
