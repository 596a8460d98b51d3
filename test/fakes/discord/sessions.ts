import { randomBytes } from 'node:crypto'
import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10'
import type { Settings } from './options.ts'

export interface Frame {
  readonly op: 0
  readonly t: string
  readonly s: number
  readonly d: unknown
}

/** Something that happened, before it is decided who hears of it. */
export interface Happening {
  readonly t: string
  readonly d: unknown
  /** Absent for direct messages, which go to shard 0. */
  readonly guildId?: string
  /** What clients without the Message Content intent get instead. */
  readonly blank?: unknown
}

export interface Session {
  readonly id: string
  readonly intents: number
  readonly shard: readonly [number, number]
  readonly log: Frame[]
  sequence: number
  /** Dispatches below this were thrown away. */
  oldest: number
  valid: boolean
  /** Set while a client is attached. */
  send: ((frame: Frame) => void) | undefined
}

export interface Sessions {
  open(intents: number, shard: readonly [number, number]): Session
  get(id: string): Session | undefined
  all(): readonly Session[]
  /** Adds to one session's stream. */
  push(session: Session, t: string, d: unknown): void
  /** Tells every session that may hear of it. Returns how many did. */
  tell(happening: Happening): number
  /** What a client that has seen `sequence` missed; undefined when some of it is gone. */
  missed(session: Session, sequence: number): readonly Frame[] | undefined
}

export function createSessions({ buffer }: Settings): Sessions {
  const sessions = new Map<string, Session>()

  function push(session: Session, t: string, d: unknown): void {
    const frame: Frame = { op: 0, t, s: ++session.sequence, d }
    session.log.push(frame)
    while (session.log.length > buffer) session.oldest = (session.log.shift()?.s ?? 0) + 1
    session.send?.(frame)
  }

  return {
    open(intents, shard) {
      const session: Session = {
        id: randomBytes(16).toString('hex'),
        intents,
        shard,
        log: [],
        sequence: 0,
        oldest: 1,
        valid: true,
        send: undefined,
      }
      sessions.set(session.id, session)
      return session
    },
    get: (id) => sessions.get(id),
    all: () => [...sessions.values()],
    push,

    tell(happening) {
      const hearers = [...sessions.values()].filter((session) => session.valid && hears(session, happening))
      for (const session of hearers) {
        const readsContent = (session.intents & GatewayIntentBits.MessageContent) !== 0
        push(session, happening.t, readsContent ? happening.d : (happening.blank ?? happening.d))
      }
      return hearers.length
    },

    missed: (session, sequence) => (sequence + 1 < session.oldest ? undefined : session.log.filter(({ s }) => s > sequence)),
  }
}

function hears({ intents, shard: [index, count] }: Session, { t, guildId }: Happening): boolean {
  const owner = guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count))
  if (owner !== index) return false
  const needed = intentOf(t, guildId !== undefined)
  return needed === 0 || (intents & needed) !== 0
}

/** The intent that an event takes; 0 for those that everybody gets. */
function intentOf(event: string, inGuild: boolean): number {
  switch (event) {
    case GatewayDispatchEvents.MessageCreate:
    case GatewayDispatchEvents.MessageUpdate:
    case GatewayDispatchEvents.MessageDelete:
      return inGuild ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages
    case GatewayDispatchEvents.MessageReactionAdd:
    case GatewayDispatchEvents.MessageReactionRemove:
      return inGuild ? GatewayIntentBits.GuildMessageReactions : GatewayIntentBits.DirectMessageReactions
    case GatewayDispatchEvents.GuildCreate:
    case GatewayDispatchEvents.GuildDelete:
    case GatewayDispatchEvents.ChannelCreate:
    case GatewayDispatchEvents.ChannelDelete:
      return GatewayIntentBits.Guilds
    default:
      return 0
  }
}
