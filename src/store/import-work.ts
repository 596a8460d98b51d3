import { newId } from '#core/ids.ts'
import { type ImportWork, importRests } from '#core/imports.ts'
import type { Place } from '#core/message.ts'
import type { Database } from './client.ts'
import { atWork, statusOf } from './import-rows.ts'
import type { ImportParts } from './imports.ts'
import { toDate } from './instants.ts'
import { toJson } from './json.ts'
import { whereShown } from './shown-in.ts'

/** How long a process may be silent before its import is somebody else's, in seconds. */
const hold = 20
/** A file that a process died over three times is given up. */
const mostAttempts = 3
/** How long an import waits for its person, in days. */
const waitsFor = 1
/** Of one person: with more of them the oldest is let go. */
const mostPreviewed = 5
/** Between two looks that are shown, in seconds: platforms take about one edit a second. */
const showEvery = 1

const triedOften = 'I tried several times and could not go on.'

export function createImportWork(database: Database, { broadcast, seal, clock }: ImportParts): ImportWork {
  async function finish(id: string, { failure, stopped = false }: Parameters<ImportWork['finish']>[1]): Promise<void> {
    const state = stopped ? 'stopped' : failure === null ? 'done' : 'failed'
    const now = clock.now()
    await database.$transaction(async (transaction) => {
      const [row] = await transaction.import.updateManyAndReturn({
        where: { id, state: { in: ['running', 'stopping'] } },
        data: { state, failure, source: null, url: null },
      })
      if (!row) return
      if (row.origin !== null) await transaction.import.updateMany({ where: { id }, data: { reported: false } })
      if (state === 'failed' || row.created + row.changed === 0) return
      const auditId = newId(now)
      const { spaceId, personId: actorId } = row
      await transaction.import.updateMany({ where: { id }, data: { auditId } })
      await transaction.auditEntry.create({
        data: { id: auditId, spaceId, actorId, at: toDate(now), summary: 'calendar imported', changes: [] },
      })
    })
    await broadcast.publish(importRests, id)
  }

  /** What no process comes to an end with, and what nobody has confirmed in time. */
  async function letGo(): Promise<void> {
    const left = await database.$queryRaw<{ id: string; begun: boolean }[]>`
      SELECT id, created + changed > 0 OR state = 'stopping' AS begun FROM import
      WHERE state IN ('running', 'stopping') AND held_until < now() AND attempts >= ${mostAttempts}`
    for (const { id, begun } of left) await finish(id, { failure: triedOften, stopped: begun })
    await database.$executeRaw`
      UPDATE import SET state = 'expired', source = NULL, url = NULL, sample = '[]', reported = origin IS NULL
      WHERE state = 'previewed' AND held_until < now()`
  }

  return {
    finish,

    async take(id) {
      await letGo()
      const [taken] = await database.$queryRaw<{ id: string }[]>`
        UPDATE import SET state = CASE state WHEN 'waiting' THEN 'running' ELSE state END, attempts = attempts + 1, held_until = now() + make_interval(secs => ${hold}::int)
        WHERE id = (
          SELECT id FROM import WHERE state IN ('waiting', 'running', 'stopping') AND held_until < now() AND (${id ?? null}::uuid IS NULL OR id = ${id ?? null}::uuid) ORDER BY queued_at LIMIT 1 FOR UPDATE SKIP LOCKED
        ) RETURNING id`
      if (!taken) return undefined
      const row = await database.import.findFirstOrThrow({ where: { id: taken.id } })
      return atWork(row, row.url === null ? null : (seal.open(row.url) ?? ''))
    },

    async hold(id) {
      const [row] = await database.$queryRaw<{ state: string }[]>`
        UPDATE import SET held_until = now() + make_interval(secs => ${hold}::int)
        WHERE id = ${id}::uuid AND state IN ('running', 'stopping') RETURNING state`
      return row?.state === 'running'
    },

    async fetched(id, source, format) {
      await database.import.updateMany({
        where: { id, state: { in: ['running', 'stopping'] } },
        data: { source: Uint8Array.from(source), format, url: null, platform: null },
      })
    },

    async read(id, { total, skipped, remarks }) {
      await database.import.updateMany({ where: { id }, data: { total, skipped, remarks: toJson(remarks) } })
    },

    async previewed(id, { created, changed, same, days, sample }) {
      const isNothing = created + changed === 0
      const [row] = await database.import.updateManyAndReturn({
        where: { id, state: 'running', preview: true },
        data: {
          ...{ created, changed, same, firstDay: days?.first ?? null, lastDay: days?.last ?? null, sample: toJson(sample) },
          ...(isNothing ? { state: 'done', done: same, source: null } : { state: 'previewed' }),
          heldUntil: new Date(Date.now() + waitsFor * 86_400_000),
        },
        select: { spaceId: true, personId: true },
      })
      if (!row) return
      await database.$executeRaw`
        UPDATE import SET state = 'expired', source = NULL, sample = '[]', reported = origin IS NULL WHERE id IN (
          SELECT id FROM import WHERE person_id = ${row.personId}::uuid AND state = 'previewed' ORDER BY held_until DESC OFFSET ${mostPreviewed}
        )`
      await broadcast.publish(importRests, id)
    },

    async load(id) {
      const row = await database.import.findFirst({
        where: { id },
        omit: { source: true },
        include: { calendar: { select: { name: true } } },
      })
      if (!row || row.origin === null || row.userId === null) return undefined
      const status = statusOf(row)
      const quiet = status.state === 'cancelled' || status.state === 'expired'
      const origin = row.origin as unknown as Place
      return { id, spaceId: row.spaceId, status, origin, author: { id: row.userId }, quiet, ...whereShown(row) }
    },

    async mayShow(id) {
      const ours = await database.$executeRaw`
        UPDATE import SET shown_at = now() WHERE id = ${id}::uuid AND NOT reported
          AND (shown_at IS NULL OR shown_at < now() - make_interval(secs => ${showEvery}::float))`
      return ours > 0
    },

    async shownAt(id, { channel, id: message }) {
      await database.import.updateMany({ where: { id }, data: { shownChannel: channel, shownMessage: message } })
    },

    async reported({ id, status: { state } }) {
      await database.import.updateMany({ where: { id, state }, data: { reported: true } })
    },

    async unreported() {
      const rows = await database.$queryRaw<{ id: string }[]>`
        SELECT id FROM import WHERE NOT reported AND queued_at > now() - interval '2 days'
          AND state IN ('previewed', 'done', 'stopped', 'cancelled', 'expired', 'failed') LIMIT 100`
      return rows.map(({ id }) => id)
    },
  }
}
