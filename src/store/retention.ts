import type { Database } from './client.ts'

/** How long what is kept only for safety is kept, in days. */
const days = { inbound: 2, audit: 30, deliveries: 90, imports: 30, batches: 30, drafts: 1, tickets: 1, links: 2 } as const

/** Between two rounds, in milliseconds. */
const every = 3_600_000

/** Forgets what has served its purpose, at most once an hour however often it is called. */
export function createRetention(database: Database): () => Promise<void> {
  let last = Number.NEGATIVE_INFINITY
  return async () => {
    if (performance.now() - last < every) return
    last = performance.now()
    await forgetOld(database)
  }
}

async function forgetOld(database: Database): Promise<void> {
  await database.$executeRaw`DELETE FROM inbound_message WHERE received_at < now() - make_interval(days => ${days.inbound}::int)`
  await database.$executeRaw`DELETE FROM question WHERE expires_at < now()`
  await database.$executeRaw`DELETE FROM audit_entry WHERE at < now() - make_interval(days => ${days.audit}::int)`
  // What was told for its own sake is in nobody's list, and where it is shown only its delivery knows: it goes with that.
  await database.$executeRaw`
    WITH forgotten AS (
      DELETE FROM delivery WHERE occurrence < now() - make_interval(days => ${days.deliveries}::int) RETURNING subject_id
    ), card AS (
      DELETE FROM card WHERE id = ANY(ARRAY(SELECT subject_id FROM forgotten)) AND mark IS NULL
    )
    DELETE FROM reminder
    WHERE id = ANY(ARRAY(SELECT subject_id FROM forgotten)) AND state <> 'scheduled' AND (notice IS NOT NULL OR digest->>'kind' = 'catchup')`
  await database.$executeRaw`DELETE FROM import WHERE created_at < now() - make_interval(days => ${days.imports}::int)`
  await database.$executeRaw`DELETE FROM batch WHERE created_at < now() - make_interval(days => ${days.batches}::int)`
  await database.$executeRaw`DELETE FROM batch WHERE state = 'draft' AND created_at < now() - make_interval(days => ${days.drafts}::int)`
  await database.$executeRaw`DELETE FROM spent_ticket WHERE spent_at < now() - make_interval(days => ${days.tickets}::int)`
  await database.$executeRaw`DELETE FROM gateway_session WHERE held_until < now() - interval '1 hour'`
  await database.$executeRaw`DELETE FROM page_link WHERE made_at < now() - make_interval(days => ${days.links}::int)`
}
