import { z } from 'zod'
import type { WholeEvent } from '#core/exchange.ts'
import type { TakenBack } from '#core/imports.ts'
import type { Database } from './client.ts'
import { replaceParts } from './contents.ts'
import { AttendeeJson, EventJson, eventRow } from './event-records.ts'
import { toDate } from './instants.ts'

const Before = z.object({ event: EventJson, attendees: z.array(AttendeeJson) })

/** Takes an import back in one transaction: what somebody has changed since stays as it is. */
export function takeBackImport(
  database: Database,
  { spaceId, id, calendarId, auditId }: { spaceId: string; id: string; calendarId: string; auditId: string | null },
  now: Temporal.Instant,
): Promise<TakenBack> {
  return database.$transaction(
    async (transaction) => {
      // Whoever edits one of them at this moment is waited for: it is theirs then, and stays.
      await transaction.$executeRaw`
        SELECT event.id FROM import_event JOIN event ON event.id = event_id WHERE import_id = ${id}::uuid ORDER BY event.id FOR UPDATE OF event`
      const [moved] = await transaction.$queryRaw<{ count: bigint }[]>`
        SELECT count(*) FROM import_event JOIN event ON event.id = event_id WHERE import_id = ${id}::uuid AND event.version <> import_event.version`
      await transaction.$executeRaw`
        DELETE FROM reminder USING import_event, event
        WHERE import_id = ${id}::uuid AND event.id = import_event.event_id AND event.version = import_event.version AND before IS NULL
          AND reminder.event_id = event.id AND reminder.space_id = ${spaceId}::uuid AND reminder.state = 'scheduled'`
      const rows = await transaction.$queryRaw<{ before: unknown }[]>`
        SELECT before FROM import_event JOIN event ON event.id = event_id
        WHERE import_id = ${id}::uuid AND event.version = import_event.version AND before IS NOT NULL`
      const restored = rows.map(({ before }) => Before.parse(before) as WholeEvent)
      for (const { event } of restored) {
        const { version, ...row } = eventRow(event)
        await transaction.event.updateMany({ where: { id: event.id, spaceId }, data: { ...row, version: { increment: 1 } } })
      }
      await replaceParts(
        transaction,
        restored.map((after) => ({ after })),
      )
      const removed = await transaction.$executeRaw`
        DELETE FROM event USING import_event
        WHERE import_id = ${id}::uuid AND event.id = event_id AND event.version = import_event.version AND before IS NULL
          AND event.space_id = ${spaceId}::uuid`
      if (auditId !== null) await transaction.auditEntry.updateMany({ where: { id: auditId }, data: { undoneAt: toDate(now) } })
      await transaction.importEvent.deleteMany({ where: { importId: id } })
      return { calendarId, removed, restored: restored.length, kept: Number(moved?.count ?? 0) }
    },
    { timeout: 60_000 },
  )
}
