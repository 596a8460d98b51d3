/** How an emulated Discord differs from an ordinary one. */
export interface FakeDiscordOptions {
  readonly token?: string
  /** Deadlines are multiplied by this: 3 s to answer an interaction, 15 min of its token, a minute of sends. */
  readonly scale?: number
  /** How long the token of an interaction lives, in milliseconds before scaling. */
  readonly tokenLife?: number
  /** Milliseconds between heartbeats, as HELLO says. Not scaled. */
  readonly heartbeatInterval?: number
  /** Privileged intents that are switched on in the developer portal, as a bit field. */
  readonly privileged?: number
  /** What the application says of itself, as a bit field; by default what goes with its privileged intents. */
  readonly flags?: number
  /** What `GET /gateway/bot` recommends. */
  readonly shards?: number
  readonly maxConcurrency?: number
  /** Sessions that may still be started today. */
  readonly sessions?: number
  /** True when a single shard is refused with 4011. */
  readonly shardingRequired?: boolean
  /** How many dispatches a session keeps for a client that went away. */
  readonly buffer?: number
  /** Whether the gateway tells of a message before or after REST answers; `seeded` mixes both. */
  readonly echo?: 'before' | 'after' | 'seeded'
  readonly seed?: number
  /** How a guild shows up after READY: after this many milliseconds, never, or as unavailable. */
  readonly guilds?: { readonly after: number } | 'never' | 'unavailable'
  /** Messages a channel takes in five (scaled) seconds. */
  readonly messagesPerWindow?: number
}

export interface Settings extends Required<FakeDiscordOptions> {}

/** `GATEWAY_MESSAGE_CONTENT_LIMITED`: the application of a bot in few servers. Each privileged intent has its own two. */
const limitedFlags = [
  [1 << 1, 1 << 15],
  [1 << 8, 1 << 13],
  [1 << 15, 1 << 19],
] as const

export const privilegedIntents = (1 << 1) | (1 << 8) | (1 << 15)

/** A token has the shape that Discord's have, so that whatever inspects it is content. */
const exampleToken = `${Buffer.from('900000000000000001').toString('base64url')}.fake.token`

export function settingsOf(options: FakeDiscordOptions): Settings {
  const { privileged = 0 } = options
  return {
    token: exampleToken,
    scale: 1,
    tokenLife: 15 * 60_000,
    heartbeatInterval: 41_250,
    privileged,
    flags: limitedFlags.reduce((all, [intent, flag]) => ((privileged & intent) === 0 ? all : all | flag), 1 << 23),
    shards: 1,
    maxConcurrency: 1,
    sessions: 1_000,
    shardingRequired: false,
    buffer: 1_000,
    echo: 'seeded',
    seed: 1,
    guilds: { after: 0 },
    messagesPerWindow: 5,
    ...options,
  }
}

/** A small reproducible sequence of numbers from 0 to 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
