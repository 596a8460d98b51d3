import { type Batches, batchEnded, batchWaits, type NewItem, type Operation } from '#core/batch.ts'
import { newId } from '#core/ids.ts'
import type { Broadcast } from '#core/ports.ts'
import { within } from '#core/within.ts'
import { Code, ItemStates, partsOf, statusOf } from './batch-rows.ts'
import { type Database, isDuplicate, type Transaction } from './client.ts'
import { toDate } from './instants.ts'
import { jsonText, toJson } from './json.ts'
import { changesOf } from './records.ts'
import { patience, shownIn } from './shown-in.ts'

/** Of one person at a time. */
const mostRunning = 5

export interface BatchParts {
  readonly broadcast: Broadcast
  /** The most operations of one part. */
  readonly mostItems: number
}

export function createBatches(database: Database, { broadcast, mostItems }: BatchParts): Batches {
  async function insertItems(transaction: Transaction, batchId: string, spaceId: string, items: readonly NewItem[], of: readonly number[]) {
    const rows = items.map(({ operation, title, subjectId = null, version = null }, position) => ({
      ...{ batch_id: batchId, position, space_id: spaceId, part: of[position], operation, title, version },
      subject_id: subjectId,
      state: 'pending',
    }))
    await transaction.$executeRaw`
      INSERT INTO batch_item SELECT * FROM jsonb_populate_recordset(NULL::batch_item, ${jsonText(rows)}::jsonb)`
  }

  return {
    async draft({ origin, author, fingerprint, undoes, quiet = false, ...batch }, items) {
      const { parts, of } = partsOf(items, mostItems)
      const data = {
        ...batch,
        ...{ origin: toJson(origin), author: toJson(author), parts, total: items.length },
        ...{ fingerprint: fingerprint ?? null, undoes: undoes ?? null, state: 'draft', heldUntil: new Date(0), reported: quiet },
      }
      try {
        await database.$transaction(async (transaction) => {
          await transaction.batch.create({ data })
          await insertItems(transaction, batch.id, batch.spaceId, items, of)
        })
      } catch (cause) {
        if (!isDuplicate(cause)) throw cause
      }
    },

    async begin(spaceId, personId, id, at, show = {}) {
      const begun = await database.$transaction(async (transaction) => {
        const row = await transaction.batch.findFirst({ where: { id, spaceId, personId } })
        if (!row) return undefined
        const goesOn = row.state === 'stopped' && row.undoes !== null
        if (row.state !== 'draft' && !goesOn) return 'begun-before'
        const open = await transaction.batch.count({ where: { personId, state: { in: ['running', 'stopping'] } } })
        if (open >= mostRunning) return 'too-many'
        // Ordered by time, as the batch itself is not: what was done last is undone first.
        const auditId = row.undoes === null ? newId(at) : null
        const { count } = await transaction.batch.updateMany({
          where: { id, state: row.state },
          data: { state: 'running', auditId, ...shownIn(show), ...(goesOn ? { endedAt: null, heldUntil: new Date(0) } : {}) },
        })
        if (count === 0) return 'begun-before'
        if (goesOn)
          await transaction.batchItem.updateMany({
            where: { batchId: id, state: 'skipped' },
            data: { state: 'pending', code: null, reason: null },
          })
        // What "undo" finds; what it did is with its items.
        if (auditId !== null)
          await transaction.auditEntry.create({
            data: { id: auditId, spaceId, actorId: personId, at: toDate(at), summary: row.title, changes: [] },
          })
        if (row.undoes !== null) await entryUndone(transaction, row.undoes, at)
        return 'begun'
      })
      if (begun === 'begun') await broadcast.publish(batchWaits, null)
      return begun
    },

    async ofEntry(spaceId, personId, auditId) {
      const row = await database.batch.findFirst({ where: { auditId, spaceId, personId }, select: { id: true } })
      return row?.id
    },

    async status(spaceId, personId, id) {
      const row = await database.batch.findFirst({ where: { id, spaceId, personId } })
      if (!row) return undefined
      const undone = await database.batch.count({ where: { undoes: id, state: { not: 'draft' } } })
      return statusOf(row, await countsOf(database, id), undone > 0)
    },

    async endsSoon(id) {
      const ended = Promise.withResolvers<void>()
      using _ = broadcast.subscribe(batchEnded, (payload) => payload === id && ended.resolve())
      const { endedAt } = (await database.batch.findFirst({ where: { id }, select: { endedAt: true } })) ?? {}
      if (!endedAt && !(await within(patience, ended.promise))) return false
      await database.batch.updateMany({ where: { id }, data: { reported: true } })
      return true
    },

    async items(spaceId, batchId, { after, limit, state }) {
      const rows = await database.batchItem.findMany({
        where: { batchId, spaceId, position: { gt: after }, ...(state === undefined ? {} : { state }) },
        select: { position: true, title: true, state: true, resultId: true, code: true, reason: true },
        orderBy: { position: 'asc' },
        take: limit,
      })
      return rows.map((row) => ({ ...row, state: ItemStates.parse(row.state), code: Code.parse(row.code) }))
    },

    async stop(spaceId, personId, id) {
      const { count } = await database.batch.updateMany({ where: { id, spaceId, personId, state: 'running' }, data: { state: 'stopping' } })
      if (count > 0) await broadcast.publish(batchWaits, null)
      return count > 0
    },

    async drop(spaceId, personId, id) {
      const { count } = await database.batch.deleteMany({ where: { id, spaceId, personId, state: 'draft' } })
      return count > 0
    },

    async doneItems(spaceId, batchId) {
      const rows = await database.batchItem.findMany({
        where: { batchId, spaceId, state: 'done' },
        select: { position: true, title: true, subjectId: true, resultId: true, operation: true },
        orderBy: { position: 'desc' },
      })
      return rows.map(({ position, title, subjectId, resultId, operation }) => {
        const about = subjectId ?? resultId
        return { position, title, quiet: isQuiet(operation as unknown as Operation), ...(about === null ? {} : { subjectId: about }) }
      })
    },

    async undoneBy(spaceId, id) {
      const row = await database.batch.findFirst({ where: { id, spaceId }, select: { undoes: true } })
      return row?.undoes ?? undefined
    },

    async changesOf(spaceId, batchId, position) {
      const row = await database.batchItem.findFirst({ where: { batchId, spaceId, position, state: 'done' }, select: { changes: true } })
      return row?.changes ? changesOf(row.changes) : []
    },
  }
}

/** What chat does is told; a program says whether. */
function isQuiet(operation: Operation): boolean {
  return 'input' in operation && operation.tell !== true
}

async function entryUndone(transaction: Transaction, id: string, at: Temporal.Instant): Promise<void> {
  const { auditId } = (await transaction.batch.findFirst({ where: { id }, select: { auditId: true } })) ?? {}
  if (auditId) await transaction.auditEntry.updateMany({ where: { id: auditId }, data: { undoneAt: toDate(at) } })
}

export async function countsOf(database: Database, batchId: string) {
  const rows = await database.batchItem.groupBy({ by: ['state'], where: { batchId }, _count: true })
  const of = (state: string) => rows.find((row) => row.state === state)?._count ?? 0
  return { done: of('done'), failed: of('failed'), skipped: of('skipped') }
}
