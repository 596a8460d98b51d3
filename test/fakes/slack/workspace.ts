import { randomBytes } from 'node:crypto'

export interface User {
  readonly id: string
  readonly name: string
  readonly realName: string
  readonly timeZone: string
  readonly locale: string
  readonly bot: boolean
  readonly admin?: boolean
  /** Has left the workspace. */
  readonly deleted?: boolean
}

export interface Message {
  readonly ts: string
  readonly user: string
  readonly text: string
  readonly blocks: readonly unknown[]
  readonly botId?: string
  readonly metadata?: unknown
  readonly thread?: string
  readonly edited?: string
}

/** What only one person sees; never part of a channel's history. */
export interface Ephemeral extends Message {
  readonly channel: string
  readonly seenBy: string
}

export interface Channel {
  readonly id: string
  readonly name: string
  readonly kind: 'im' | 'channel'
  readonly members: Set<string>
  archived: boolean
  readonly messages: Map<string, Message>
}

export const ids = { team: 'T0DUCKPOND', app: 'A0DUCKTAPE', bot: 'U0DUCKTAPE', botId: 'B0DUCKTAPE' } as const

export type Workspace = ReturnType<typeof createWorkspace>

/** One team with Ann, Bob and the bot, a channel for all and one without the bot. Nothing is shared between two of them. */
export function createWorkspace() {
  const users = new Map<string, User>()
  const channels = new Map<string, Channel>()
  const ephemerals: Ephemeral[] = []
  const files = new Map<string, { readonly type: string; readonly content: string }>()
  const lastTs = new Map<string, number>()

  function addUser(name: string, more: Partial<User> = {}): User {
    const id = more.id ?? `U0${name.toUpperCase()}`
    const user = { id, name, realName: name, timeZone: 'America/New_York', locale: 'en-US', bot: false, ...more }
    users.set(id, user)
    return user
  }

  function addChannel(name: string, members: readonly string[], kind: Channel['kind'] = 'channel'): Channel {
    const id = kind === 'im' ? `D0${randomBytes(4).toString('hex').toUpperCase()}` : `C0${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`
    const channel: Channel = { id, name, kind, members: new Set(members), archived: false, messages: new Map() }
    channels.set(id, channel)
    return channel
  }

  addUser('ducktape', { id: ids.bot, realName: 'DuckTape', bot: true })
  const ann = addUser('ann', { realName: 'Ann Example' })
  const bob = addUser('bob', { realName: 'Bob Example', timeZone: 'Europe/Berlin', locale: 'de-DE' })
  const general = addChannel('general', [ann.id, bob.id, ids.bot])
  addChannel('random', [ann.id, bob.id])

  return {
    users,
    channels,
    files,
    ephemerals,
    addUser,
    addChannel,
    ann,
    bob,
    general,

    /** Microseconds since the epoch, strictly rising in a channel. */
    nextTs(channelId: string): string {
      const micros = Math.max(Date.now() * 1_000, (lastTs.get(channelId) ?? 0) + 1)
      lastTs.set(channelId, micros)
      return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`
    },

    directWith(userId: string): Channel {
      const known = [...channels.values()].find(({ kind, members }) => kind === 'im' && members.has(userId) && members.has(ids.bot))
      return known ?? addChannel('directmessage', [userId, ids.bot], 'im')
    },
  }
}
