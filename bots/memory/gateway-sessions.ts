import type { GatewaySession, GatewaySessions } from '#core/ports.ts'

/** A session, who has it and until when, in milliseconds of the monotonic clock. */
interface Held {
  readonly terms: string
  readonly session: GatewaySession
  readonly holder: symbol
  readonly until: number
}

const holdMs = 6_000

/** What is shared by processes that share a database elsewhere. */
export type HeldSessions = Map<string, Held>

/** The sessions of one process among those that share `all`. */
export function createMemoryGatewaySessions(all: HeldSessions = new Map()): GatewaySessions {
  const holder = Symbol('holder')
  const heldAt = (terms: string) => [...all.values()].filter((held) => held.terms === terms && held.until > performance.now())

  function write(terms: string, sessions: readonly GatewaySession[], ms: number): readonly string[] {
    const isOurs = ({ id }: GatewaySession) => (all.get(id)?.holder ?? holder) === holder
    for (const session of sessions.filter(isOurs)) all.set(session.id, { terms, session, holder, until: performance.now() + ms })
    return sessions.filter((session) => !isOurs(session)).map(({ id }) => id)
  }

  return {
    async take(terms) {
      const held = new Set(heldAt(terms))
      const free = [...all.values()].filter((each) => each.terms === terms && !held.has(each)).toSorted((a, b) => a.until - b.until)
      for (const { session } of free) all.set(session.id, { terms, session, holder, until: performance.now() + holdMs })
      return free.map(({ session }) => session)
    },
    heldFor: async (terms) => Math.max(0, ...heldAt(terms).map(({ until }) => until - performance.now())),
    hold: async (terms, sessions) => write(terms, sessions, holdMs),
    leave: async (terms, sessions) => void write(terms, sessions, 0),
    async forget(id) {
      if (all.get(id)?.holder === holder) all.delete(id)
    },
  }
}
