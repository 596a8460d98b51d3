import { z } from 'zod'
import { type ImportRequest, type Imports, importWaits } from '#core/exchange.ts'
import { newId } from '#core/ids.ts'
import { platforms } from '#core/message.ts'
import type { Broadcast, Clock } from '#core/ports.ts'
import type { Seal } from '#core/secrets.ts'
import type { Database } from './client.ts'
import { takeBackImport } from './import-undo.ts'
import { toDate } from './instants.ts'
import { toJson } from './json.ts'

/** How long a process may be silent before its import is somebody else's, in seconds. */
const hold = 60
/** A file that a process died over three times is given up. */
const mostAttempts = 3
/** Of one person at a time. */
const mostOpen = 5

const Format = z.enum(['ics', 'csv', 'url'])
const State = z.enum(['waiting', 'running', 'stopping', 'done', 'stopped', 'failed'])
const Remarks = z.array(z.object({ line: z.number(), kind: z.enum(['skipped', 'mended']), text: z.string() }))

export function createImports(
  database: Database,
  { broadcast, seal, clock }: { readonly broadcast: Broadcast; readonly seal: Seal; readonly clock: Clock },
): Imports {
  return {
    async begin({ source, url, ...request }) {
      const data = {
        ...request,
        url: url === null ? null : seal.close(url),
        source: source && Uint8Array.from(source),
        heldUntil: new Date(0),
      }
      const { spaceId, personId } = request
      const open = await database.import.count({ where: { spaceId, personId, state: { in: ['waiting', 'running', 'stopping'] } } })
      if (open >= mostOpen) return 'too-many'
      await database.import.createMany({ data: [data], skipDuplicates: true })
      await broadcast.publish(importWaits, null)
      return 'begun'
    },

    async status(spaceId, personId, id) {
      const row = await database.import.findFirst({ where: { id, spaceId, personId }, omit: { source: true } })
      if (!row) return undefined
      const { calendarId, total, done, created, changed, same, skipped, failure } = row
      const counts = { total, done, created, changed, same, skipped }
      return { id, calendarId, ...counts, failure, state: State.parse(row.state), remarks: Remarks.parse(row.remarks) }
    },

    async takeBack(spaceId, personId, id) {
      const row = await database.import.findFirst({
        where: { id, spaceId, personId, state: { in: ['done', 'stopped'] } },
        select: { calendarId: true, auditId: true },
      })
      if (!row || (await database.importEvent.count({ where: { importId: id } })) === 0) return undefined
      const taken = await takeBackImport(database, { spaceId, id, ...row }, clock.now())
      await broadcast.publish('change', { kind: 'event', id: row.calendarId, spaceId, personId })
      return taken
    },

    async ofEntry(spaceId, personId, auditId) {
      const row = await database.import.findFirst({ where: { auditId, spaceId, personId }, select: { id: true } })
      return row?.id
    },

    async take(id) {
      await database.$executeRaw`
        UPDATE import SET state = 'failed', source = NULL, failure = 'It could not be read, although I tried several times.'
        WHERE state IN ('running', 'stopping') AND held_until < now() AND attempts >= ${mostAttempts}`
      const [taken] = await database.$queryRaw<{ id: string }[]>`
        UPDATE import SET state = CASE state WHEN 'waiting' THEN 'running' ELSE state END, attempts = attempts + 1, held_until = now() + make_interval(secs => ${hold}::int)
        WHERE id = (
          SELECT id FROM import WHERE state IN ('waiting', 'running', 'stopping') AND held_until < now() AND (${id ?? null}::uuid IS NULL OR id = ${id ?? null}::uuid) ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
        ) RETURNING id`
      if (!taken) return undefined
      const row = await database.import.findUniqueOrThrow({ where: { id: taken.id } })
      return requestOf({ ...row, url: row.url === null ? null : (seal.open(row.url) ?? '') })
    },

    async progress(id, progress) {
      const heldUntil = new Date(Date.now() + hold * 1_000)
      const where = { id, state: { in: ['running', 'stopping'] } }
      const [row] = await database.import.updateManyAndReturn({ where, data: { ...progress, heldUntil }, select: { state: true } })
      return row?.state !== 'stopping'
    },

    async stop(spaceId, personId, id) {
      const stopped = await database.$executeRaw`
        UPDATE import SET state = CASE state WHEN 'waiting' THEN 'stopped' ELSE 'stopping' END,
          source = CASE state WHEN 'waiting' THEN NULL ELSE source END, url = CASE state WHEN 'waiting' THEN NULL ELSE url END
        WHERE id = ${id}::uuid AND space_id = ${spaceId}::uuid AND person_id = ${personId}::uuid AND state IN ('waiting', 'running')`
      return stopped > 0
    },

    async finish(id, { remarks, failure, stopped = false }) {
      const state = failure !== null ? 'failed' : stopped ? 'stopped' : 'done'
      const now = clock.now()
      await database.$transaction(async (transaction) => {
        const data = { state, remarks: toJson(remarks), failure, source: null, url: null }
        const [row] = await transaction.import.updateManyAndReturn({ where: { id, state: { not: state } }, data })
        if (!row || state === 'failed' || row.created + row.changed === 0) return
        const auditId = newId(now)
        const { spaceId, personId: actorId } = row
        await transaction.import.updateMany({ where: { id }, data: { auditId } })
        await transaction.auditEntry.create({
          data: { id: auditId, spaceId, actorId, at: toDate(now), summary: 'calendar imported', changes: [] },
        })
      })
    },
  }
}

function requestOf(
  row: Omit<ImportRequest, 'format' | 'platform'> & { readonly format: string; readonly platform: string | null },
): ImportRequest {
  const { id, spaceId, calendarId, personId, source, url, timeZone, dayFirst } = row
  const platform = z.enum(platforms).nullable().parse(row.platform)
  return { id, spaceId, calendarId, personId, source, url, platform, timeZone, dayFirst, format: Format.parse(row.format) }
}
