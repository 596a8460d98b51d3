import { randomUUID } from 'node:crypto'
import type { GatewaySession, GatewaySessions } from '#core/ports.ts'
import type { Database } from './client.ts'
import { Prisma } from './generated/client.ts'
import { jsonText } from './json.ts'
import { runOn } from './run.ts'

/** How long a session is its holder's from each time that it says so, in seconds by the database's clock. */
const holdSeconds = 6

/** A session that was left longer ago is not tried any more, in minutes; nobody says how long Discord keeps one. */
const freshMinutes = 10

interface Taken extends GatewaySession {
  readonly leftAt: number
}

export function createGatewaySessions(database: Database): GatewaySessions {
  const run = runOn(database)
  const holder = randomUUID()

  async function write(terms: string, sessions: readonly GatewaySession[], seconds: number): Promise<readonly string[]> {
    // To the millisecond, as the column has it: rounded up, what is left at once would be held a moment longer.
    const { rows } = await run<{ readonly id: string }>(
      Prisma.sql`
        INSERT INTO gateway_session (id, terms, shard, resume_url, sequence, user_id, application_id, holder, held_until)
        SELECT id, ${terms}, shard, "resumeUrl", sequence, "userId", "applicationId", ${holder}::uuid,
          date_trunc('milliseconds', now()) + make_interval(secs => ${seconds}::int)
        FROM jsonb_to_recordset(${jsonText(sessions)}::jsonb)
          AS session(id text, shard int, "resumeUrl" text, sequence int, "userId" text, "applicationId" text)
        ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, held_until = excluded.held_until
        WHERE gateway_session.holder = excluded.holder
        RETURNING id`,
      'hold gateway sessions',
    )
    const ours = new Set(rows.map(({ id }) => id))
    return sessions.filter(({ id }) => !ours.has(id)).map(({ id }) => id)
  }

  return {
    async take(terms) {
      // Who waits for another's lock looks again at the row, and finds it held.
      const { rows } = await run<Taken>(Prisma.sql`
        WITH free AS (
          SELECT id, held_until FROM gateway_session
          WHERE terms = ${terms} AND held_until <= now() AND held_until > now() - make_interval(mins => ${freshMinutes}::int)
          ORDER BY id FOR UPDATE)
        UPDATE gateway_session AS session
        SET holder = ${holder}::uuid, held_until = now() + make_interval(secs => ${holdSeconds}::int)
        FROM free WHERE session.id = free.id
        RETURNING session.id, session.shard, session.resume_url AS "resumeUrl", session.sequence, session.user_id AS "userId",
          session.application_id AS "applicationId", extract(epoch FROM free.held_until)::float8 AS "leftAt"`)
      return rows.toSorted((a, b) => a.leftAt - b.leftAt).map(({ leftAt: _, ...session }) => session)
    },

    async heldFor(terms) {
      const { rows } = await run<{ readonly ms: number | null }>(Prisma.sql`
        SELECT (extract(epoch FROM max(held_until) - now()) * 1000)::float8 AS ms FROM gateway_session
        WHERE terms = ${terms} AND held_until > now()`)
      return Math.max(0, rows[0]?.ms ?? 0)
    },

    hold: (terms, sessions) => write(terms, sessions, holdSeconds),

    async leave(terms, sessions) {
      await write(terms, sessions, 0)
    },

    async forget(id) {
      await run(Prisma.sql`DELETE FROM gateway_session WHERE id = ${id} AND holder = ${holder}::uuid`)
    },
  }
}
