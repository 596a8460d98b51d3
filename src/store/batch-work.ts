import { type BatchStep, type BatchWork, batchEnded, type Operation } from '#core/batch.ts'
import type { Change } from '#core/model.ts'
import type { Broadcast } from '#core/ports.ts'
import { statusOf } from './batch-rows.ts'
import { countsOf } from './batches.ts'
import type { Database } from './client.ts'
import { Prisma } from './generated/client.ts'
import { jsonText } from './json.ts'

/** How long whoever works on a batch may be silent before it is somebody else's, in seconds. */
const hold = 6
/** A batch that was taken up so often without an end is given up: an item of it may be what its workers die of. */
const mostAttempts = 50
/** Between two looks that are shown, in milliseconds: platforms take about one edit a second. */
const showEvery = 1_000

export function createBatchWork(database: Database, { broadcast }: { readonly broadcast: Broadcast }): BatchWork {
  return {
    async load(id) {
      const row = await database.batch.findFirst({ where: { id } })
      if (!row) return undefined
      const undone = await database.batch.count({ where: { undoes: id, state: { not: 'draft' } } })
      return statusOf(row, await countsOf(database, id), undone > 0)
    },

    async pending(batchId, part, limit) {
      const rows = await database.batchItem.findMany({
        where: { batchId, part, state: 'pending', batch: { state: 'running' } },
        omit: { changes: true },
        orderBy: { position: 'asc' },
        take: limit,
      })
      return rows.map(({ position, operation, title, subjectId, version }) => ({
        ...{ batchId, position, title, subjectId, version },
        // What is read back is what was written: by this release, or by the one before.
        operation: operation as unknown as Operation,
      }))
    },

    async leftAt(batchId, subjectId) {
      const last = await database.batchItem.aggregate({ where: { batchId, subjectId, state: 'done' }, _max: { leftAt: true } })
      return last._max.leftAt ?? undefined
    },

    async fail(batchId, position, why) {
      const { count } = await database.batchItem.updateMany({
        where: { batchId, position, state: 'pending' },
        data: { state: 'failed', ...why },
      })
      return count > 0
    },

    async isRunning(id) {
      return (await database.batch.count({ where: { id, state: 'running' } })) > 0
    },

    async hold(id) {
      await database.$executeRaw`
        UPDATE batch SET held_until = now() + make_interval(secs => ${hold}::int) WHERE id = ${id}::uuid`
    },

    async end(id) {
      await database.$executeRaw`
        UPDATE batch_item SET state = 'skipped', code = 'stopped', reason = 'Stopped before its turn.'
        WHERE batch_id = ${id}::uuid AND state = 'pending'
          AND EXISTS (SELECT 1 FROM batch WHERE id = ${id}::uuid AND state = 'stopping')`
      const ended = await database.$executeRaw`
        UPDATE batch SET state = CASE state WHEN 'stopping' THEN 'stopped' ELSE 'done' END, ended_at = now()
        WHERE id = ${id}::uuid AND state IN ('running', 'stopping')
          AND NOT EXISTS (SELECT 1 FROM batch_item WHERE batch_id = ${id}::uuid AND state = 'pending')`
      if (ended > 0) await broadcast.publish(batchEnded, id)
      return ended > 0
    },

    async mayShow(id) {
      const ours = await database.$executeRaw`
        UPDATE batch SET shown_at = now() WHERE id = ${id}::uuid AND NOT reported
          AND shown_at < now() - make_interval(secs => ${showEvery / 1_000}::float)`
      return ours > 0
    },

    async shownAt(id, { channel, id: message }) {
      await database.batch.updateMany({ where: { id }, data: { shownChannel: channel, shownMessage: message } })
    },

    async reported({ id }) {
      await database.batch.updateMany({ where: { id }, data: { reported: true } })
    },

    async abandoned() {
      await database.$executeRaw`
        UPDATE batch_item SET state = 'failed', code = 'broken', reason = 'I tried many times and did not get to it.'
        WHERE state = 'pending' AND batch_id IN (SELECT id FROM batch WHERE state = 'running' AND attempts >= ${mostAttempts})`
      return database.$queryRaw`
        UPDATE batch SET held_until = now() + make_interval(secs => ${hold}::int), attempts = attempts + 1
        WHERE id IN (
          SELECT id FROM batch WHERE state IN ('running', 'stopping') AND held_until < now() ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED)
        RETURNING id, parts, (extract(epoch FROM held_until) * 1000)::float AS attempt`
    },

    async unreported() {
      const rows = await database.$queryRaw<{ id: string }[]>`
        SELECT id FROM batch WHERE state IN ('done', 'stopped') AND NOT reported AND ended_at > now() - interval '1 hour' LIMIT 100`
      return rows.map(({ id }) => id)
    },
  }
}

/** Settles the item that a commit is; writes nothing when that was done before. */
export function settleItemSql({ batchId, position, subjectId }: BatchStep, changes: readonly Change[]): Prisma.Sql {
  const main = changes.find(({ after }) => after.id === subjectId) ?? changes.find(({ kind }) => things.has(kind)) ?? changes[0]
  return Prisma.sql`
    UPDATE batch_item SET state = 'done', result_id = ${main?.after.id ?? null}::uuid, left_at = ${main?.after.version ?? null}::int,
      subject_id = ${subjectId ?? main?.after.id ?? null}::uuid, changes = ${jsonText(changes)}::jsonb
    WHERE batch_id = ${batchId}::uuid AND position = ${position}::int AND state = 'pending'`
}

/** What an item is about, where it changes several things. */
const things: ReadonlySet<string> = new Set(['event', 'reminder', 'todo', 'note'])
