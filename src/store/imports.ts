import { type ImportRequest, type Imports, importRests, importWaits } from '#core/imports.ts'
import type { Broadcast, Clock } from '#core/ports.ts'
import type { Seal } from '#core/secrets.ts'
import type { ShowIn } from '#core/shown-work.ts'
import { within } from '#core/within.ts'
import type { Database } from './client.ts'
import { moving, statusOf } from './import-rows.ts'
import { takeBackImport } from './import-undo.ts'
import { toJson } from './json.ts'
import { patience, shownIn } from './shown-in.ts'

/** Of one person at a time, those that wait for them apart. */
const mostOpen = 5

export interface ImportParts {
  readonly broadcast: Broadcast
  readonly seal: Seal
  readonly clock: Clock
}

export function createImports(database: Database, { broadcast, seal, clock }: ImportParts): Imports {
  async function mayBegin(spaceId: string, personId: string): Promise<boolean> {
    return (await database.import.count({ where: { spaceId, personId, state: { in: [...moving] } } })) < mostOpen
  }

  return {
    async begin({ source, url, shownTo, ...request }) {
      const isKnown = (await database.import.count({ where: { id: request.id } })) > 0
      if (!isKnown && !(await mayBegin(request.spaceId, request.personId))) return 'too-many'
      const data = {
        ...request,
        url: url === null ? null : seal.close(url),
        source: source && Uint8Array.from(source),
        heldUntil: new Date(0),
        ...told(shownTo),
      }
      await database.import.createMany({ data: [data], skipDuplicates: true })
      await broadcast.publish(importWaits, null)
      return 'begun'
    },

    async status(spaceId, personId, id) {
      const row = await database.import.findFirst({
        where: { id, spaceId, personId },
        omit: { source: true },
        include: { calendar: { select: { name: true } } },
      })
      return row ? statusOf(row) : undefined
    },

    async confirm(spaceId, personId, id, show) {
      const row = await database.import.findFirst({ where: { id, spaceId, personId }, select: { state: true, preview: true } })
      if (!row || ['cancelled', 'expired', 'failed'].includes(row.state)) return undefined
      if (row.state !== 'previewed') return row.preview && row.state !== 'done' ? 'unread' : 'confirmed-before'
      if (!(await mayBegin(spaceId, personId))) return 'too-many'
      const { count } = await database.import.updateMany({
        where: { id, state: 'previewed' },
        data: {
          ...{ state: 'waiting', preview: false, attempts: 0, heldUntil: new Date(0), queuedAt: new Date() },
          ...{ created: 0, changed: 0, same: 0, sample: [] },
          ...(show ? { ...shownIn(show), reported: false } : {}),
        },
      })
      if (count > 0) await broadcast.publish(importWaits, null)
      return count > 0 ? 'confirmed' : 'confirmed-before'
    },

    async restsSoon(id) {
      const rested = Promise.withResolvers<void>()
      using _ = broadcast.subscribe(importRests, (payload) => payload === id && rested.resolve())
      const where = { id, state: { notIn: [...moving] } }
      const rests = (await database.import.count({ where })) > 0
      if (!rests && !(await within(patience, rested.promise))) return false
      return (await database.import.updateMany({ where, data: { reported: true } })).count > 0
    },

    async stop(spaceId, personId, id, told = false) {
      const [stopped] = await database.$queryRaw<{ state: string }[]>`
        UPDATE import SET state = CASE WHEN preview THEN 'cancelled' WHEN state = 'waiting' THEN 'stopped' ELSE 'stopping' END,
          source = CASE WHEN preview OR state = 'waiting' THEN NULL ELSE source END,
          url = CASE WHEN preview OR state = 'waiting' THEN NULL ELSE url END,
          sample = '[]', reported = ${told} OR origin IS NULL
        WHERE id = ${id}::uuid AND space_id = ${spaceId}::uuid AND person_id = ${personId}::uuid AND state IN ('waiting', 'running', 'previewed')
        RETURNING state`
      if (stopped && stopped.state !== 'stopping') await broadcast.publish(importRests, id)
      return stopped !== undefined
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
  }
}

function told(shownTo: ImportRequest['shownTo']) {
  if (!shownTo) return {}
  return { origin: toJson(shownTo.origin), userId: shownTo.user, reported: false, ...shownIn(shownTo.in satisfies ShowIn) }
}
