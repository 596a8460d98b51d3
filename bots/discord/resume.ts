import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { GatewayDispatchEvents } from 'discord-api-types/v10'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { GatewaySession, GatewaySessions } from '#core/ports.ts'
import { within } from '#core/within.ts'
import type { Packet } from './packet.ts'
import type { DiscordAccess } from './rest.ts'

export interface ResumptionParts extends DiscordAccess {
  /** Absent where a process that ends has nobody after it: then each start opens sessions of its own. */
  readonly sessions?: GatewaySessions
  readonly log: Logger
  /** Who we are, told before the first event of a session. */
  readonly met: (ourselves: { readonly userId: string; readonly applicationId: string }) => void
}

/**
 * The sessions with Discord, kept so that the process after this one goes on where this one ended. What is kept is
 * at most a little behind, never ahead: Discord then tells again what the inbox knows already, and leaves nothing out.
 */
export interface Resumption extends AsyncDisposable {
  /** Whether the sessions outlive this process, so that Discord is to keep them. */
  readonly outlives: boolean
  /** The sessions to go on with, at most one a shard. `onLost`: another process has it now. */
  begin(terms: Terms, onLost: (shard: number) => void): Promise<readonly GatewaySession[]>
  /** An event of a session; `kept` resolves when it need not be told again. */
  heard(packet: Packet, shard: number, kept: Promise<void> | undefined): void
  /** Discord goes on with this session no more. */
  ended(shard: number): void
}

/** What decides what Discord tells. */
interface Terms {
  readonly intents: number
  readonly shards: number
}

const Ready = z.object({
  session_id: z.string().max(200),
  resume_gateway_url: z.url({ protocol: /^wss?$/ }).max(500),
  user: z.object({ id: z.string() }),
  application: z.object({ id: z.string() }),
})

/** How often we say how far we are, in milliseconds. */
const beatMs = 2_000
/** Our clock may go a little faster than the one that holds are counted by. */
const amongClocksMs = 50
/** How long the last word may take when we end. */
const patienceMs = 1_000

interface Stream {
  readonly session: Omit<GatewaySession, 'sequence'>
  last: number
  /** The numbers of events that are not kept yet. */
  readonly open: Set<number>
}

export function createResumption({ sessions, token, apiUrl, log, met }: ResumptionParts): Resumption {
  const streams = new Map<number, Stream>()
  let terms: string | undefined
  let onLost: (shard: number) => void = () => {}
  let writing: Promise<void> | undefined
  const stopping = new AbortController()
  const timer = sessions && setInterval(write, beatMs)

  function write(): Promise<void> {
    writing ??= hold().finally(() => {
      writing = undefined
    })
    return writing
  }

  async function hold(): Promise<void> {
    const ours = [...streams.values()]
    if (!sessions || terms === undefined || ours.length === 0) return
    try {
      const lost = new Set(await sessions.hold(terms, ours.map(standing)))
      for (const [shard, { session }] of [...streams]) {
        if (!lost.has(session.id)) continue
        streams.delete(shard)
        onLost(shard)
      }
    } catch (err) {
      log.debug({ err, platform: 'discord' }, 'discord session not kept yet')
    }
  }

  /** What a process that was killed held is ours once its hold has run out. */
  async function taken(from: GatewaySessions, wanted: string): Promise<readonly GatewaySession[]> {
    const left = await from.take(wanted)
    if (left.length > 0) return left
    const ms = await from.heldFor(wanted)
    if (ms === 0) return []
    await sleep(ms + amongClocksMs, undefined, { signal: stopping.signal })
    return from.take(wanted)
  }

  return {
    outlives: sessions !== undefined,

    async begin(opened, lost) {
      onLost = lost
      if (!sessions) return []
      const wanted = createHash('sha256')
        .update(JSON.stringify([apiUrl, token, opened.intents, opened.shards]))
        .digest('hex')
      if (wanted !== terms) streams.clear()
      terms = wanted
      if (streams.size > 0) return [...streams.values()].map(standing)
      try {
        for (const { sequence, ...session } of await taken(sessions, wanted)) {
          streams.set(session.shard, { session, last: sequence, open: new Set() })
          met(session)
        }
      } catch (err) {
        log.debug({ err, platform: 'discord' }, 'no discord session to go on with')
      }
      return [...streams.values()].map(standing)
    },

    heard({ t, s, d }, shard, kept) {
      if (t === GatewayDispatchEvents.Ready) {
        const { session_id: id, resume_gateway_url: resumeUrl, user, application } = Ready.parse(d)
        const session = { id, shard, resumeUrl, userId: user.id, applicationId: application.id }
        streams.set(shard, { session, last: s, open: new Set() })
        met(session)
        void write()
        return
      }
      const stream = streams.get(shard)
      if (!stream) return
      stream.last = Math.max(stream.last, s)
      if (!kept) return
      stream.open.add(s)
      void kept.then(() => stream.open.delete(s))
    },

    ended(shard) {
      const stream = streams.get(shard)
      streams.delete(shard)
      if (stream) void sessions?.forget(stream.session.id).catch(() => {})
    },

    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      stopping.abort()
      if (!sessions || terms === undefined || streams.size === 0) return
      const leaving = (writing ?? Promise.resolve()).then(() => sessions.leave(terms ?? '', [...streams.values()].map(standing)))
      await within(patienceMs, leaving).catch((err: unknown) => log.debug({ err, platform: 'discord' }, 'discord session not left'))
    },
  }
}

function standing({ session, last, open }: Stream): GatewaySession {
  return { ...session, sequence: Math.min(last, ...[...open].map((number) => number - 1)) }
}
