import { z } from 'zod'
import { gather } from '#core/gather.ts'
import type { Clock, Move } from '#core/ports.ts'
import type { Database } from './client.ts'
import { Prisma } from './generated/client.ts'
import { jsonText } from './json.ts'
import { dueNotices, noticesSql } from './notices.ts'
import { type Effect, effectsOf, type KeptEffect, keepEffects, readEffect } from './outbox.ts'
import { inTransaction, type Run, runOn } from './run.ts'

/** What was moved, as its effect names it. */
const Changed = z.object({ id: z.string() })

/** Moves reminders on, many in one transaction: what becomes of each that nobody has changed meanwhile, and what follows from it. */
export function createMoves(
  database: Database,
  { clock, carryOut }: { readonly clock: Clock; carryOut(effects: readonly Effect[]): Promise<void> },
) {
  const run = runOn(database)

  const move = gather(async (asked: readonly (readonly Move[])[]): Promise<readonly undefined[]> => {
    const moves = distinct(asked.flat())
    const now = clock.now()
    const effects = moves.some(({ notice }) => notice)
      ? await inTransaction(database, async (inOne) => {
          const moved = await write(inOne, moves, now)
          return [...moved, ...(await tell(inOne, moves, moved, now))]
        })
      : await write(run, moves, now)
    await carryOut(effects)
    return asked.map(() => undefined)
  })

  return async (moves: readonly Move[]): Promise<void> => {
    if (moves.length > 0) await move(moves)
  }
}

/** Two who told the same thing say the same of it; whoever has more to say counts. */
function distinct(moves: readonly Move[]): readonly Move[] {
  const byWeight = moves.toSorted((one, other) => Number(one.notice !== undefined) - Number(other.notice !== undefined))
  return [...new Map(byWeight.map((one) => [one.before.id, one])).values()]
}

/**
 * Gives back what follows from those that were moved. Rows are locked in the order of their ids, so that two processes
 * never wait for each other in a circle.
 */
async function write(run: Run, moves: readonly Move[], now: Temporal.Instant): Promise<readonly Effect[]> {
  const changes = moves.map(({ before, after }) => ({
    reminder: before.id,
    space: before.spaceId,
    seen: before.version,
    state: after.state,
    due_at: after.dueAt,
    nagged: after.nagged ?? 0,
    answers: after.answers ?? [],
    effects: effectsOf([{ kind: 'reminder', before, after }], now),
  }))
  const statement = Prisma.sql`
    WITH locked AS (
      SELECT change.* FROM jsonb_to_recordset(${jsonText(changes)}::jsonb)
        AS change(reminder uuid, space uuid, seen int, state text, due_at timestamptz, nagged int, answers jsonb, effects jsonb)
      JOIN reminder ON reminder.id = change.reminder AND reminder.space_id = change.space AND reminder.version = change.seen
      ORDER BY reminder.id FOR UPDATE OF reminder
    ), moved AS (
      UPDATE reminder SET state = locked.state, due_at = locked.due_at, nagged = locked.nagged, answers = locked.answers, version = seen + 1,
        tzdata = ${process.versions.tz ?? 'unknown'}
      FROM locked WHERE reminder.id = locked.reminder AND reminder.version = seen
      RETURNING effects
    )
    INSERT INTO outbox (topic, payload)
    SELECT effect->>'topic', effect->'payload' FROM moved, jsonb_array_elements(effects) AS effect
    RETURNING id, topic, payload`
  const { rows } = await run<KeptEffect>(statement, 'move on')
  return rows.map(readEffect)
}

/** The notices of those that were moved. */
async function tell(run: Run, moves: readonly Move[], moved: readonly Effect[], now: Temporal.Instant): Promise<readonly Effect[]> {
  const ids = new Set(moved.map(({ payload }) => Changed.safeParse(payload).data?.id))
  const effects: ReturnType<typeof dueNotices> = []
  for (const { before, notice } of moves) {
    if (!notice || !ids.has(before.id)) continue
    const told = { spaceId: before.spaceId, notices: [notice], at: now }
    for (const statement of noticesSql(told)) await run(statement)
    effects.push(...dueNotices(told))
  }
  return keepEffects(run, effects)
}
