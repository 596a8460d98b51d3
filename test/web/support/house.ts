import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import { createMemoryTranscripts } from '#bots/memory/transcripts.ts'
import { createWebBot } from '#bots/web/index.ts'
import type { Incoming } from '#core/message.ts'
import type { Clock, Deliver, Transcripts } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import { createLog } from '#telemetry/log.ts'
import { createMetrics } from '#telemetry/metrics.ts'
import type { OccurrenceRead } from '#web/planning.ts'
import type { Chat, ReminderRead } from '#web/ports.ts'
import { startWeb, type WebOptions } from '#web/server.ts'

export const clock: Clock = { now: () => Temporal.Now.instant() }

export function tell(...text: string[]): Reply {
  return { tone: 'tell', visibility: 'place', blocks: [{ kind: 'text', text }] }
}

const local = { user: 'me', name: 'Me', space: 'local', admin: true } as const
const ann = { user: 'ann', name: 'Ann', space: 'local' } as const

function soonestFirst(one: ReminderRead, other: ReminderRead): number {
  return (one.dueAt?.epochMilliseconds ?? 0) - (other.dueAt?.epochMilliseconds ?? 0)
}

const emptyShelf = {
  list: async () => ({ items: [] }),
  get: async () => undefined,
  create: async () => ({ kind: 'not-found' }) as const,
  change: async () => ({ kind: 'not-found' }) as const,
  remove: async () => ({ kind: 'not-found' }) as const,
}

export interface House extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly heard: Incoming[]
  readonly logged: string[]
  readonly parts: Pick<WebOptions, 'transcripts' | 'broadcast' | 'metrics'> & { readonly bot: ReturnType<typeof createWebBot> }
  /** What the lists show. */
  readonly reminders: ReminderRead[]
  readonly events: OccurrenceRead[]
  answer: Deliver
  /** What the chat makes of a sentence, for those who want it to fail. */
  command: Chat['command']
  /** Forgets all that was said, heard and kept, as a house that has just been opened. */
  clear(): void
}

/** Transcripts that can be begun anew under those who hold them. */
function createForgetful(): { readonly transcripts: Transcripts; clear(): void } {
  let kept = createMemoryTranscripts({ clock })
  return {
    transcripts: {
      find: (...which) => kept.find(...which),
      append: (...entry) => kept.append(...entry),
      get: (...which) => kept.get(...which),
      replace: (...entry) => kept.replace(...entry),
      recent: (...page) => kept.recent(...page),
    },
    clear() {
      kept = createMemoryTranscripts({ clock })
    },
  }
}

/** The web server on ports in memory. `ann` is let in by her token, anybody on this machine as `me`. */
export async function openHouse(options: Partial<WebOptions> = {}): Promise<House> {
  const { transcripts, clear: forget } = createForgetful()
  const broadcast = createMemoryBroadcast()
  const bot = createWebBot({ transcripts, broadcast, clock })
  const metrics = createMetrics()
  const heard: Incoming[] = []
  const logged: string[] = []
  const reminders: ReminderRead[] = []
  const events: OccurrenceRead[] = []
  const running = await bot.start((message) => {
    heard.push(message)
    return house.answer(message)
  })

  const web = await startWeb({
    host: '127.0.0.1',
    port: 0,
    chat: { ...bot.chat, command: (visitor, sentence) => house.command(visitor, sentence) },
    understand: ({ id, text, timeZone }) => {
      if (timeZone === 'Mars/Base') throw new RangeError('"Mars/Base" is not a time zone.')
      return { id, intent: 'none', title: text }
    },
    reads: {
      person: async (user) => `person of ${user}`,
      reminders: async (user) => (user === 'me' ? reminders.toSorted(soonestFirst) : []),
      audience: async () => [],
      events: async (_user, from, to) =>
        events.filter(
          ({ startsAt, endsAt }) => startsAt.epochMilliseconds < to.epochMilliseconds && endsAt.epochMilliseconds > from.epochMilliseconds,
        ),
    },
    keeper: {
      settings: { get: async () => Promise.reject(new Error('nobody has settings here')), change: async () => ({ kind: 'not-found' }) },
      reminders: emptyShelf,
      todos: emptyShelf,
      notes: emptyShelf,
      lists: async () => [],
      folders: async () => [],
      groups: emptyShelf,
    },
    exchange: {
      begin: async () => ({ kind: 'no-calendar' }),
      status: async () => undefined,
      confirm: async () => 'not-found',
      stop: async () => false,
      export: async () => undefined,
      feed: async () => undefined,
      file: async () => undefined,
    },
    planner: {
      query: async () => ({ occurrences: [], more: false }),
      get: async () => undefined,
      card: async () => undefined,
      createOnce: async () => ({ kind: 'not-found' }),
      create: async () => ({ kind: 'not-found' }),
      change: async () => ({ kind: 'not-found' }),
      remove: async () => ({ kind: 'not-found' }),
    },
    batching: {
      begin: async () => ({ kind: 'too-many' }),
      status: async () => undefined,
      stop: async () => false,
      undo: async () => ({ kind: 'not-found' }),
    },
    transcripts,
    broadcast,
    authenticate: async (token, remoteAddress) => {
      if (token === 'anns-token') return ann
      return token === undefined && remoteAddress === '127.0.0.1' ? local : undefined
    },
    login: async () => undefined,
    admin: { deadLetters: async () => [], retry: async () => 0 },
    checks: async () => ({ postgres: { ok: true } }),
    metrics,
    limits: { maxConnections: 100, maxMessageBytes: 65_536, maxBatchSize: 1_000 },
    clock,
    log: createLog({ level: 'debug', pretty: false, to: { write: (line) => logged.push(line) } }),
    ...options,
  })

  const house: House = {
    url: web.url,
    port: web.port,
    heard,
    logged,
    reminders,
    events,
    parts: { transcripts, broadcast, metrics, bot },
    answer: async (message) => tell(`heard ${message.kind === 'sentence' ? message.text : message.token}`),
    command: bot.chat.command,
    clear() {
      forget()
      house.command = bot.chat.command
      for (const kept of [heard, logged, reminders, events]) kept.length = 0
    },
    async [Symbol.asyncDispose]() {
      await web[Symbol.asyncDispose]()
      await running[Symbol.asyncDispose]()
    },
  }
  return house
}
