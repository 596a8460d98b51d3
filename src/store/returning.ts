import { LRUCache } from 'lru-cache'
import { idOf } from '#core/ids.ts'
import type { Place } from '#core/message.ts'
import type { Reminder } from '#core/model.ts'
import type { Met } from '#core/ports.ts'
import type { Database } from './client.ts'
import { toDate, toInstant } from './instants.ts'
import { dueEffect, type Effect } from './outbox.ts'
import { reminderRow } from './reminder-records.ts'

/** When somebody was seen is kept to the hour: nothing depends on the minute. */
const hourMs = 3_600_000
/** What they wrote is answered first. */
const pause = { seconds: 5 } as const

/**
 * Notices who comes back: whoever was away for as long as they have set is told once what they missed, by the
 * reminders, so that it is told as surely as they are.
 */
export function createReturning(database: Database) {
  const looked = new LRUCache<string, number>({ maxSize: 10_000, sizeCalculation: () => 1 })

  return async function returned({ space, person }: Met, place: Place, now: Temporal.Instant): Promise<readonly Effect[]> {
    const last = looked.get(person.id)
    if (last !== undefined && now.epochMilliseconds - last < hourMs) return []
    looked.set(person.id, now.epochMilliseconds)
    return database.$transaction(async (transaction) => {
      const [seen] = await transaction.$queryRaw<{ before: Date | null }[]>`
        UPDATE person SET seen_at = ${toDate(now)}
        WHERE id = ${person.id}::uuid AND (seen_at IS NULL OR seen_at < ${new Date(now.epochMilliseconds - hourMs)})
        RETURNING (SELECT earlier.seen_at FROM person AS earlier WHERE earlier.id = person.id) AS before`
      if (!seen?.before || person.catchUpDays === 0) return []
      const since = toInstant(seen.before)
      if (Temporal.Instant.compare(since.add({ hours: 24 * person.catchUpDays }), now) > 0) return []
      const reminder = catchUp({ space, person }, place, since, now.add(pause))
      const { count } = await transaction.reminder.createMany({ data: [reminderRow(reminder)], skipDuplicates: true })
      if (count === 0) return []
      const { id: reminderId, spaceId } = reminder
      const data = dueEffect({ reminderId, spaceId, platform: place.platform, dueAt: now.add(pause) }, now)
      return transaction.outbox.createManyAndReturn({ data })
    })
  }
}

function catchUp({ space, person }: Met, place: Place, since: Temporal.Instant, dueAt: Temporal.Instant): Reminder {
  const timeZone = person.timeZone ?? person.profileZone ?? space.timeZone
  return {
    id: idOf('catchup', person.id, since.toString()),
    spaceId: space.id,
    ownerId: person.id,
    text: 'What you missed',
    recipients: [{ kind: 'direct', user: person.userId }],
    origin: place,
    state: 'scheduled',
    dueAt,
    startWall: dueAt.toZonedDateTimeISO(timeZone).toPlainDateTime().round('second'),
    timeZone,
    rrule: null,
    exdates: [],
    snoozeOf: null,
    digest: { kind: 'catchup', since },
    version: 1,
  }
}
