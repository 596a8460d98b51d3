import { occurrencesBetween } from '#calendar/recurrence.ts'
import type { CalendarEvent } from '#core/model.ts'
import type { Store } from '#core/ports.ts'

/** One occurrence of an event: a one-off, or one that a rule gives. */
export interface Occurrence {
  readonly event: CalendarEvent
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
}

/** How many events of a window are read, and how many occurrences one rule may give in it. */
const most = { events: 500, occurrences: 200 } as const

/** What one person has planned in a window, in order of time. */
export async function agendaOf(
  { events }: Pick<Store, 'events'>,
  spaceId: string,
  personId: string,
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<readonly Occurrence[]> {
  const found = await events.within(spaceId, personId, from, to, most.events)
  return found.flatMap((event) => expand(event, from, to)).toSorted((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
}

/** The occurrences of one event that touch a window. */
export function expand(
  event: CalendarEvent,
  from: Temporal.Instant,
  to: Temporal.Instant,
  limit: number = most.occurrences,
): readonly Occurrence[] {
  if (event.rrule === null) {
    const { startsAt, endsAt } = event
    return Temporal.Instant.compare(startsAt, to) < 0 && Temporal.Instant.compare(endsAt, from) > 0 ? [{ event, startsAt, endsAt }] : []
  }
  const { rrule, startWall, timeZone, exdates, durationSeconds } = event
  // One that began before the window may still last into it.
  const reach = from.subtract({ seconds: Math.max(0, durationSeconds - 1) })
  return occurrencesBetween({ rrule, startWall, timeZone, exdates }, reach, to, limit).map((start) => ({
    event,
    startsAt: start.toInstant(),
    endsAt: start.toPlainDateTime().add({ seconds: durationSeconds }).toZonedDateTime(timeZone).toInstant(),
  }))
}
