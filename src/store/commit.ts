import { BotError } from '#core/errors.ts'
import type { Commit } from '#core/ports.ts'
import { settleItemSql } from './batch-work.ts'
import { cardsSql } from './cards.ts'
import { type Write, writesOf } from './change.ts'
import type { Database } from './client.ts'
import { Prisma } from './generated/client.ts'
import { toDate } from './instants.ts'
import { jsonText } from './json.ts'
import { dueNotices, noticesSql } from './notices.ts'
import { type Effect, effectsOf, keepEffects } from './outbox.ts'
import { insertSql } from './rows.ts'
import { inTransaction, type Run } from './run.ts'
import { foldPeople } from './search.ts'

/**
 * Writes what a command decided: records, audit entry, outbox rows, and the reply beside the message,
 * all or nothing. Gives back the effects that are to be carried out now.
 *
 * Throws `BotError` `conflict` when a record has changed since the command read it.
 */
export async function commit(database: Database, work: Commit): Promise<readonly Effect[]> {
  const writes = allWrites(work)
  const effects = [...effectsOf(work.changes, work.at), ...dueNotices(work)]
  const invited = new Set(work.changes.flatMap((change) => (change.kind === 'attendee' ? [change.after.eventId] : [])))
  return inTransaction(database, async (run) => {
    const [written, kept] = await Promise.allSettled([writeAll(run, writes), keepEffects(run, effects)])
    // What fails after something else failed knows no reason of its own.
    if (written.status === 'rejected') throw written.reason
    if (kept.status === 'rejected') throw kept.reason
    for (const eventId of invited) await foldPeople(run, eventId)
    return kept.value
  })
}

/** Sends all of them, and then looks what became of each: the first that wrote nothing, or failed, is why nothing counts. */
async function writeAll(run: Run, writes: readonly Write[]): Promise<void> {
  const ran = await Promise.allSettled(writes.map(({ statement }) => run(statement)))
  for (const [index, one] of ran.entries()) {
    if (one.status === 'rejected') throw one.reason
    const conflict = writes[index]?.conflict
    if (conflict !== undefined && one.value.count === 0) throw new BotError('conflict', conflict)
  }
}

function allWrites(work: Commit): readonly Write[] {
  const foreign = work.changes.find(({ after }) => after.spaceId !== work.spaceId)
  if (foreign) throw new Error(`a ${foreign.kind} of another space was about to be changed`)
  return [
    settled(work),
    ...work.changes.flatMap(writesOf),
    ...editing(work),
    ...answered(work),
    ...audited(work),
    ...cardsSql(work).map((statement) => ({ statement })),
    ...noticesSql(work).map((statement) => ({ statement })),
  ]
}

/**
 * Puts the reply beside its message. Of two processes that handle the same message (one was taken for dead),
 * the second finds the first one's reply there, and commits nothing.
 */
function settled({ item, changes, message: { platform, id, reply }, auditId, at }: Commit): Write {
  if (item) {
    const conflict = `item ${item.position} of batch ${item.batchId} is settled already`
    return { statement: settleItemSql(item, changes), conflict }
  }
  const entry = changes.length > 0 ? auditId : null
  // The web page keeps no events beforehand: its reply alone says that the sentence has run.
  const statement = Prisma.sql`
    INSERT INTO inbound_message (platform, external_id, reply, held_until, finished_at, audit_id)
    VALUES (${platform}, ${id}, ${jsonText(reply)}::jsonb, ${toDate(at)}, ${toDate(at)}, ${entry}::uuid)
    ON CONFLICT (platform, external_id) DO UPDATE SET reply = EXCLUDED.reply, audit_id = EXCLUDED.audit_id
    WHERE inbound_message.reply IS NULL`
  return { statement, conflict: `message ${id} of ${platform} was committed already` }
}

/** What the newest words of a message did is what an edit of it takes back, whichever version of it they were. */
function editing({ changes, message: { platform, edits }, auditId, at }: Commit): readonly Write[] {
  if (edits === undefined || changes.length === 0) return []
  const statement = Prisma.sql`
    INSERT INTO inbound_message (platform, external_id, held_until, finished_at, audit_id)
    VALUES (${platform}, ${edits}, ${toDate(at)}, ${toDate(at)}, ${auditId}::uuid)
    ON CONFLICT (platform, external_id) DO UPDATE SET audit_id = EXCLUDED.audit_id`
  return [{ statement }]
}

function answered({ answers, undoes, spaceId, at }: Commit): readonly Write[] {
  const now = toDate(at)
  const question = Prisma.sql`
    UPDATE question SET answered_at = ${now} WHERE id = ${answers}::uuid AND space_id = ${spaceId}::uuid AND answered_at IS NULL`
  const entry = Prisma.sql`
    UPDATE audit_entry SET undone_at = ${now} WHERE id = ${undoes}::uuid AND space_id = ${spaceId}::uuid AND undone_at IS NULL`
  return [
    ...(answers === undefined ? [] : [{ statement: question, conflict: `question ${answers} was answered already` }]),
    ...(undoes === undefined ? [] : [{ statement: entry, conflict: `audit entry ${undoes} was undone already` }]),
  ]
}

/** Telling people changes nothing that could be taken back; what a batch changes is taken back with its items. */
function audited({ item, auditId: id, spaceId, actorId, at, summary, changes, undoes }: Commit): readonly Write[] {
  if (item || changes.length === 0) return []
  return [{ statement: insertSql('audit_entry', [{ id, spaceId, actorId, at: toDate(at), summary, changes, undoes: undoes ?? null }]) }]
}
