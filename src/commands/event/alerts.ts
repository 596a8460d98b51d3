import { expand, recurs } from '#calendar/expand.ts'
import { nextOccurrence } from '#calendar/recurrence.ts'
import { shifted } from '#calendar/shift.ts'
import { type Coming, comesTo, comingOf } from '#calendar/turnout.ts'
import { idOf } from '#core/ids.ts'
import type { Place } from '#core/message.ts'
import type { Alert, Attendee, CalendarEvent, Change, EventOverride, Reminder } from '#core/model.ts'
import type { Store } from '#core/ports.ts'
import { lengthInWords } from './details.ts'

/** An alert as it rings: by the reminders, so that it is told as surely as they are. */
type Ring = Pick<Reminder, 'id' | 'text' | 'startWall' | 'timeZone' | 'rrule' | 'exdates'>

interface Asked {
  readonly store: {
    readonly reminders: Pick<Store['reminders'], 'get'>
    readonly people: Pick<Store['people'], 'get'>
    readonly attendees: Pick<Store['attendees'], 'of'>
  }
  readonly now: Temporal.Instant
  /** Where the event was changed: the fallback when somebody cannot be told. */
  readonly origin: Place
  /** Who comes afterwards, where that changes as well. */
  readonly attendees?: readonly Attendee[] | undefined
  /** Whose alerts may have changed, where it is not everybody. */
  readonly only?: ReadonlySet<string>
}

/**
 * What becomes of the alerts of an event that is made, changed or cancelled: each rings before what there is now.
 * The changes belong in the same commit, so that Undo takes them back with the event.
 */
export async function alertChanges(before: CalendarEvent | null, after: CalendarEvent, asked: Asked): Promise<readonly Change[]> {
  const { only, store } = asked
  const all = new Set([...(before ? peopleOf(before) : []), ...peopleOf(after)])
  const people = [...all].filter((personId) => only?.has(personId) ?? true)
  const guests = people.some((personId) => personId !== after.organiserId)
  const attendees = guests ? (asked.attendees ?? (await store.attendees.of(after.spaceId, [after.id]))) : []
  const changes = await Promise.all(people.map((personId) => ofPerson(before, after, personId, { ...asked, attendees })))
  return changes.flat()
}

/** Who is told before an event, or before some occurrence of it. */
function peopleOf({ alerts, overrides, organiserId }: CalendarEvent): ReadonlySet<string> {
  const own = overrides.some(({ alarms = [] }) => alarms.length > 0)
  return new Set([...alerts.map(({ personId }) => personId), ...(own ? [organiserId] : [])])
}

async function ofPerson(
  before: CalendarEvent | null,
  after: CalendarEvent,
  personId: string,
  { store, now, origin, attendees }: Asked & { readonly attendees: readonly Attendee[] },
): Promise<readonly Change[]> {
  const person = await store.people.get(after.spaceId, personId)
  if (!person) return []
  const coming = comingAs(personId, after, attendees)
  const wanted = new Map(ringsOf(after, personId, coming, now).map((ring) => [ring.id, ring]))
  const guest = personId !== after.organiserId
  const known = new Set([...[before, after].flatMap((event) => (event ? everyRing(event, personId, guest, now) : [])), ...wanted.keys()])
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

/** Whoever plans it is there in any case. */
function comingAs(personId: string, { organiserId }: CalendarEvent, attendees: readonly Attendee[]): Coming {
  return comingOf(personId === organiserId ? [] : attendees.filter((one) => one.personId === personId))
}

const toAll: Coming = { kind: 'all', but: [] }

function ringsOf(event: CalendarEvent, personId: string, coming: Coming, now: Temporal.Instant): readonly Ring[] {
  if (event.status === 'cancelled') return []
  const common = alertsOf(event, personId)
  const ofSeries = common.flatMap((alert) => [...regular(event, alert, coming, now), ...irregular(event, alert, coming)])
  return [...ofSeries, ...ofOccurrences(event, personId, common).flatMap((alert) => irregular(event, alert, coming, true))]
}

/** Alarms that a file gives single occurrences, and the series does not have. */
function ofOccurrences({ overrides, organiserId }: CalendarEvent, personId: string, common: readonly Alert[]): readonly Alert[] {
  if (personId !== organiserId) return []
  const all = new Set(overrides.flatMap(({ alarms = [] }) => alarms))
  return [...all]
    .filter((seconds) => !common.some(({ secondsBefore }) => secondsBefore === seconds))
    .map((secondsBefore) => ({ personId, secondsBefore }))
}

/** The ids of all that may have been planned, whatever was answered. */
function everyRing(event: CalendarEvent, personId: string, guest: boolean, now: Temporal.Instant): readonly string[] {
  const single = guest && recurs(event) ? alertsOf(event, personId).flatMap((alert) => oneByOne(event, alert, toAll, now)) : []
  return [...ringsOf(event, personId, toAll, now), ...single].map(({ id }) => id)
}

function alertsOf(event: CalendarEvent, personId: string): readonly Alert[] {
  return event.alerts.filter((alert) => alert.personId === personId)
}

/** The series as a reminder that is so much earlier, without what its overrides change. */
function regular(event: CalendarEvent, alert: Alert, coming: Coming, now: Temporal.Instant): readonly Ring[] {
  if (coming.kind === 'some') return oneByOne(event, alert, coming, now)
  const exdates = [...event.exdates, ...event.overrides.map(({ recurrenceId }) => recurrenceId), ...coming.but]
  const earlier = shifted({ ...event, overrides: [], exdates }, -alert.secondsBefore)
  if (!earlier) return oneByOne(event, alert, coming, now)
  const { startWall, timeZone, rrule } = earlier
  const rest = { timeZone, text: textOf(event.title, alert) }
  const id = idOf('alert', event.id, alert.personId, String(alert.secondsBefore))
  const first = { id, startWall, rrule, exdates: earlier.exdates, ...rest }
  const added = earlier.rdates.map((wall) => ({ ...first, id: idOf(first.id, wall.toString()), startWall: wall, rrule: null, exdates: [] }))
  return recurs(event) && rrule === null ? added : [first, ...added]
}

/** As far as alerts that follow no rule are planned: the day before each second Tuesday is not the second Monday. */
const planned = { hours: 366 * 24, occurrences: 24 } as const

function oneByOne(event: CalendarEvent, alert: Alert, coming: Coming, now: Temporal.Instant): readonly Ring[] {
  const { occurrences } = expand({ ...event, overrides: [] }, { from: now, to: now.add({ hours: planned.hours }) }, planned.occurrences)
  const moved = new Set(event.overrides.map(({ recurrenceId }) => String(recurrenceId)))
  return occurrences
    .filter(({ recurrenceId }) => !moved.has(String(recurrenceId)) && comesTo(coming, recurrenceId))
    .map(({ startWall }) => ({
      id: idOf('alert', event.id, alert.personId, String(alert.secondsBefore), startWall.toString()),
      text: textOf(event.title, alert),
      startWall: startWall.subtract({ seconds: alert.secondsBefore }),
      timeZone: event.timeZone,
      rrule: null,
      exdates: [],
    }))
}

/** `own`: only those that have this alarm themselves. */
function irregular(event: CalendarEvent, alert: Alert, coming: Coming, own = false): readonly Ring[] {
  const left = new Set(event.exdates.map(String))
  const happens = ({ recurrenceId, status }: EventOverride) => status !== 'cancelled' && !left.has(String(recurrenceId))
  // A file may give one occurrence alarms of its own: those are of whoever took it in.
  const rings = ({ alarms }: EventOverride) =>
    (own ? false : !alarms || alert.personId !== event.organiserId) || alarms?.includes(alert.secondsBefore) === true
  return event.overrides
    .filter((one) => happens(one) && rings(one) && comesTo(coming, one.recurrenceId))
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
export function ringIds(event: CalendarEvent, attendees: readonly Attendee[], now: Temporal.Instant): ReadonlySet<string> {
  const people = [...peopleOf(event)]
  const rings = people.flatMap((personId) => ringsOf(event, personId, comingAs(personId, event, attendees), now))
  return new Set(rings.map(({ id }) => id))
}
