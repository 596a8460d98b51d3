import { expand, recurs } from '#calendar/expand.ts'
import { nextOccurrence } from '#calendar/recurrence.ts'
import { shifted } from '#calendar/shift.ts'
import { idOf } from '#core/ids.ts'
import type { Place } from '#core/message.ts'
import type { Alert, CalendarEvent, Change, EventOverride, Reminder } from '#core/model.ts'
import type { Store } from '#core/ports.ts'
import { lengthInWords } from './details.ts'

/** An alert as it rings: by the reminders, so that it is told as surely as they are. */
type Ring = Pick<Reminder, 'id' | 'text' | 'startWall' | 'timeZone' | 'rrule' | 'exdates'>

interface Asked {
  readonly store: { readonly reminders: Pick<Store['reminders'], 'get'>; readonly people: Pick<Store['people'], 'get'> }
  readonly now: Temporal.Instant
  /** Where the event was changed: the fallback when somebody cannot be told. */
  readonly origin: Place
}

/**
 * What becomes of the alerts of an event that is made, changed or cancelled: each rings before what there is now.
 * The changes belong in the same commit, so that Undo takes them back with the event.
 */
export async function alertChanges(before: CalendarEvent | null, after: CalendarEvent, asked: Asked): Promise<readonly Change[]> {
  const people = new Set([...(before?.alerts ?? []), ...after.alerts].map(({ personId }) => personId))
  const changes = await Promise.all([...people].map((personId) => ofPerson(before, after, personId, asked)))
  return changes.flat()
}

async function ofPerson(
  before: CalendarEvent | null,
  after: CalendarEvent,
  personId: string,
  { store, now, origin }: Asked,
): Promise<readonly Change[]> {
  const person = await store.people.get(after.spaceId, personId)
  if (!person) return []
  const wanted = new Map(ringsOf(after, personId, now).map((ring) => [ring.id, ring]))
  const known = new Set([...(before ? ringsOf(before, personId, now).map(({ id }) => id) : []), ...wanted.keys()])
  const changes: Change[] = []
  for (const id of known) {
    const old = await store.reminders.get(after.spaceId, id)
    const ring = wanted.get(id)
    const dueAt = ring && nextRing(ring, now)
    if (ring && dueAt) {
      const next: Reminder = {
        spaceId: after.spaceId,
        ownerId: personId,
        recipients: [{ kind: 'direct', user: person.userId }],
        origin: old?.origin ?? origin,
        snoozeOf: null,
        eventId: after.id,
        ...ring,
        state: 'scheduled',
        dueAt,
        version: (old?.version ?? 0) + 1,
      }
      if (!old || !isSame(old, next)) changes.push({ kind: 'reminder', before: old ?? null, after: next })
    } else if (old?.state === 'scheduled') {
      changes.push({ kind: 'reminder', before: old, after: { ...old, state: 'cancelled', dueAt: null, version: old.version + 1 } })
    }
  }
  return changes
}

function ringsOf(event: CalendarEvent, personId: string, now: Temporal.Instant): readonly Ring[] {
  if (event.status === 'cancelled') return []
  return event.alerts
    .filter((alert) => alert.personId === personId)
    .flatMap((alert) => [...regular(event, alert, now), ...irregular(event, alert)])
}

/** The series as a reminder that is so much earlier, without what its overrides change. */
function regular(event: CalendarEvent, alert: Alert, now: Temporal.Instant): readonly Ring[] {
  const earlier = shifted(
    { ...event, overrides: [], exdates: [...event.exdates, ...event.overrides.map(({ recurrenceId }) => recurrenceId)] },
    -alert.secondsBefore,
  )
  if (!earlier) return oneByOne(event, alert, now)
  const { startWall, timeZone, rrule, exdates } = earlier
  const rest = { timeZone, text: textOf(event.title, alert) }
  const first = { id: idOf('alert', event.id, alert.personId, String(alert.secondsBefore)), startWall, rrule, exdates, ...rest }
  const added = earlier.rdates.map((wall) => ({ ...first, id: idOf(first.id, wall.toString()), startWall: wall, rrule: null, exdates: [] }))
  return recurs(event) && rrule === null ? added : [first, ...added]
}

/** As far as alerts that follow no rule are planned: the day before each second Tuesday is not the second Monday. */
const planned = { hours: 366 * 24, occurrences: 24 } as const

function oneByOne(event: CalendarEvent, alert: Alert, now: Temporal.Instant): readonly Ring[] {
  const { occurrences } = expand({ ...event, overrides: [] }, { from: now, to: now.add({ hours: planned.hours }) }, planned.occurrences)
  const moved = new Set(event.overrides.map(({ recurrenceId }) => String(recurrenceId)))
  return occurrences
    .filter(({ recurrenceId }) => !moved.has(String(recurrenceId)))
    .map(({ startWall }) => ({
      id: idOf('alert', event.id, alert.personId, String(alert.secondsBefore), startWall.toString()),
      text: textOf(event.title, alert),
      startWall: startWall.subtract({ seconds: alert.secondsBefore }),
      timeZone: event.timeZone,
      rrule: null,
      exdates: [],
    }))
}

function irregular(event: CalendarEvent, alert: Alert): readonly Ring[] {
  const left = new Set(event.exdates.map(String))
  const happens = ({ recurrenceId, status }: EventOverride) => status !== 'cancelled' && !left.has(String(recurrenceId))
  // A file may give one occurrence alarms of its own: those are of whoever took it in.
  const rings = ({ alarms }: EventOverride) => !alarms || alert.personId !== event.organiserId || alarms.includes(alert.secondsBefore)
  return event.overrides
    .filter((one) => happens(one) && rings(one))
    .map((one) => ({
      id: idOf('alert', event.id, alert.personId, String(alert.secondsBefore), one.recurrenceId.toString()),
      text: textOf(one.title ?? event.title, alert),
      startWall: (one.startWall ?? one.recurrenceId).subtract({ seconds: alert.secondsBefore }),
      timeZone: one.timeZone ?? event.timeZone,
      rrule: null,
      exdates: [],
    }))
}

function textOf(title: string, { secondsBefore }: Alert): string {
  return secondsBefore === 0 ? `${title} starts now` : `${title} starts in ${lengthInWords(secondsBefore)}`
}

function nextRing({ rrule, startWall, timeZone, exdates }: Ring, now: Temporal.Instant): Temporal.Instant | undefined {
  if (rrule !== null) return nextOccurrence({ rrule, startWall, timeZone, exdates }, now)?.toInstant()
  const at = startWall.toZonedDateTime(timeZone).toInstant()
  return Temporal.Instant.compare(at, now) > 0 ? at : undefined
}

function isSame(old: Reminder, next: Reminder): boolean {
  const plan = ({ text, state, startWall, timeZone, rrule, exdates }: Reminder) =>
    JSON.stringify([text, state, startWall, timeZone, rrule, exdates])
  return plan(old) === plan(next)
}

/** The alerts that an event has, by the ids under which they ring. */
export function ringIds(event: CalendarEvent, now: Temporal.Instant): ReadonlySet<string> {
  const people = new Set(event.alerts.map(({ personId }) => personId))
  return new Set([...people].flatMap((personId) => ringsOf(event, personId, now).map(({ id }) => id)))
}
