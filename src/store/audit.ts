import type { AuditEntry, Store } from '#core/ports.ts'
import type { Database } from './client.ts'
import type { AuditEntry as AuditRow } from './generated/client.ts'
import { toDate, toInstant } from './instants.ts'
import { changesOf } from './records.ts'

/** As many things done by batches are told of. */
const mostItems = 2_000

/** Who changed what: what "undo" takes back, and what people are told of afterwards. */
export function createAudit(database: Database): Store['audit'] {
  async function recent(spaceId: string, actorId: string, limit: number): Promise<AuditEntry[]> {
    const rows = await database.auditEntry.findMany({
      where: { spaceId, actorId, undoneAt: null, undoes: null },
      orderBy: { id: 'desc' },
      take: limit,
    })
    return rows.map((row) => entryOf(row))
  }

  /** The entries with what batches did: that is kept with its items. */
  async function whole(spaceId: string, rows: readonly AuditRow[]): Promise<AuditEntry[]> {
    const empty = rows.filter(({ changes }) => Array.isArray(changes) && changes.length === 0).map(({ id }) => id)
    if (empty.length === 0) return rows.map((row) => entryOf(row))
    const items = await database.$queryRaw<{ entry: string; changes: unknown }[]>`
      SELECT batch.audit_id AS entry, batch_item.changes FROM batch JOIN batch_item ON batch_item.batch_id = batch.id
      WHERE batch.audit_id = ANY(${empty}::uuid[]) AND batch.space_id = ${spaceId}::uuid AND batch_item.state = 'done' AND batch_item.changes IS NOT NULL
      ORDER BY batch_item.batch_id, batch_item.position LIMIT ${mostItems}`
    const done = Map.groupBy(items, ({ entry }) => entry)
    return rows.map((row) =>
      entryOf(
        row,
        done.get(row.id)?.flatMap(({ changes }) => changesOf(changes)),
      ),
    )
  }

  return {
    async get(spaceId, id) {
      const row = await database.auditEntry.findFirst({ where: { id, spaceId } })
      return row ? entryOf(row) : undefined
    },
    async latest(spaceId, personId) {
      const [entry] = await recent(spaceId, personId, 1)
      return entry
    },
    recent,
    async since(spaceId, actorId, since, limit) {
      const rows = await database.auditEntry.findMany({
        where: { spaceId, actorId, undoneAt: null, undoes: null, at: { gte: toDate(since) } },
        orderBy: { id: 'asc' },
        take: limit,
      })
      return whole(spaceId, rows)
    },
    async ofOthers(spaceId, actorId, since, limit) {
      const rows = await database.auditEntry.findMany({
        where: { spaceId, actorId: { not: actorId }, undoneAt: null, undoes: null, at: { gte: toDate(since) } },
        orderBy: { id: 'desc' },
        take: limit,
      })
      return whole(spaceId, rows.toReversed())
    },
  }
}

function entryOf(row: AuditRow, changes = changesOf(row.changes)): AuditEntry {
  const { id, actorId, summary } = row
  return { id, actorId, summary, at: toInstant(row.at), changes, undone: row.undoneAt !== null }
}
