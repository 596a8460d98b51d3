/** How an emulated workspace is set up. */
export interface FakeSlackOptions {
  /** Every deadline and pause of Slack is multiplied by this; 1 is the real clock. */
  readonly scale?: number
  readonly port?: number
  readonly botToken?: string
  readonly appToken?: string
  /** What the bot token may do. */
  readonly scopes?: readonly string[]
  /** Events API subscriptions of the app. */
  readonly events?: readonly string[]
  readonly commands?: readonly string[]
  /** Whether the app has a home tab. */
  readonly homeTab?: boolean
  /** What the server does when the client closes. */
  readonly closing?: Closing
  /** A seed: some events then come twice, and some after the one that follows them. 0: none. */
  readonly unruly?: number
  /** Asks for a new connection every so many milliseconds of real time; never when absent. */
  readonly refreshEvery?: number
}

/**
 * `linger`: the close frame is answered and TCP left open, which is what Slack does;
 * `clean`: TCP is closed too; `unanswered`: the close frame is ignored.
 */
export type Closing = 'linger' | 'clean' | 'unanswered'

export const defaults = {
  scale: 1,
  port: 0,
  botToken: 'xoxb-1000-2000-emulated',
  appToken: 'xapp-1-A0DUCKTAPE-3000-emulated',
  scopes: [
    'app_mentions:read',
    'channels:history',
    'channels:read',
    'chat:write',
    'commands',
    'groups:history',
    'groups:read',
    'im:history',
    'im:read',
    'im:write',
    'mpim:history',
    'files:read',
    'users:read',
  ],
  events: ['app_mention', 'message.im', 'message.channels', 'app_home_opened'],
  commands: ['/duck', '/remind-me', '/event', '/agenda', '/todo', '/note'],
  homeTab: true,
  closing: 'linger',
  unruly: 0,
} as const

export type Settings = Required<Omit<FakeSlackOptions, 'refreshEvery'>>

/** Slack's own periods, in milliseconds before scaling. */
export const periods = {
  ack: 3_000,
  secondRetry: 60_000,
  thirdRetry: 300_000,
  trigger: 3_000,
  responseUrl: 30 * 60_000,
  ticket: 30_000,
  serverPing: 5_000,
  /** How long a connection is served on after a warning. */
  grace: 10_000,
} as const
