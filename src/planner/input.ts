import type { Edit } from '#calendar/edit.ts'
import { newRoom } from '#commands/meeting.ts'
import { newId } from '#core/ids.ts'
import type { Attendee, CalendarEvent, Change } from '#core/model.ts'
import type { Clock } from '#core/ports.ts'
import { isTimeZone } from '#core/zone.ts'
import type { EventInput, Planned } from '#web/planning.ts'

export type Invalid = Extract<Planned, { kind: 'invalid' }>

export function invalid(field: Invalid['field'], hint: string): Invalid {
  return { kind: 'invalid', field, hint }
}

/**
 * "2026-11-24T15:00"  "2026-11-24T15:00:00-05:00"  "2026-11-24": undefined when it is none of them. Nor is what names a zone of
 * its own, "2026-11-24T15:00+01:00[Europe/Berlin]": it would lose it.
 */
export function wallOf(text: string, timeZone = 'UTC'): { readonly wall: Temporal.PlainDateTime; readonly isDay: boolean } | undefined {
  if (text.includes('[')) return undefined
  try {
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return { wall: Temporal.PlainDate.from(text).toPlainDateTime(), isDay: true }
    const exact = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text.slice(10))
    const wall = exact ? Temporal.Instant.from(text).toZonedDateTimeISO(timeZone).toPlainDateTime() : Temporal.PlainDateTime.from(text)
    return { wall: wall.round({ smallestUnit: 'second', roundingMode: 'floor' }), isDay: false }
  } catch {
    return undefined
  }
}

type Span = Pick<CalendarEvent, 'startWall' | 'durationSeconds' | 'allDay' | 'timeZone'>

export function spanOf({ start, end }: EventInput, timeZone: string): Span | Invalid {
  if (!isTimeZone(timeZone)) return invalid('timeZone', `"${timeZone}" is no time zone: give an IANA name such as Europe/Berlin.`)
  if (start === undefined) return invalid('start', 'An event has a start.')
  const from = wallOf(start, timeZone)
  if (!from) return invalid('start', `"${start}" is neither a wall time, nor a moment, nor a date.`)
  const usual = from.isDay ? { days: 1 } : { hours: 1 }
  const to = end === undefined ? { wall: from.wall.add(usual), isDay: from.isDay } : wallOf(end, timeZone)
  if (!to || to.isDay !== from.isDay) return invalid('end', '`end` is of the same kind as `start`: both are dates, or both have a time.')
  return { startWall: from.wall, durationSeconds: secondsBetween(from.wall, to.wall), allDay: from.isDay, timeZone }
}

function secondsBetween(from: Temporal.PlainDateTime, to: Temporal.PlainDateTime): number {
  return Math.round(to.since(from).total('seconds'))
}

interface Lists {
  readonly rdates?: readonly Temporal.PlainDateTime[]
  readonly exdates?: readonly Temporal.PlainDateTime[]
  readonly alerts?: readonly number[]
}

export function listsOf({ rdates, exdates, alerts }: EventInput, timeZone: string): Lists | Invalid {
  const walls = (texts: readonly string[]) => texts.map((text) => wallOf(text, timeZone)?.wall)
  const [added, left] = [rdates && walls(rdates), exdates && walls(exdates)]
  if (added?.includes(undefined)) return invalid('rdates', '`rdates` are wall times or dates.')
  if (left?.includes(undefined)) return invalid('exdates', '`exdates` are wall times or dates.')
  const seconds = alerts?.map(secondsOf)
  if (seconds?.includes(undefined)) return invalid('alerts', '`alerts` are ISO 8601 durations of at most four weeks, such as PT15M.')
  const all = <Item>(items: readonly (Item | undefined)[]) => items.filter((item) => item !== undefined)
  return {
    ...(added ? { rdates: all(added) } : {}),
    ...(left ? { exdates: all(left) } : {}),
    ...(seconds ? { alerts: [...new Set(all(seconds))] } : {}),
  }
}

function secondsOf(text: string): number | undefined {
  try {
    const seconds = Temporal.Duration.from(text).total({ unit: 'seconds', relativeTo: Temporal.PlainDate.from('2026-01-01') })
    return seconds >= 0 && seconds <= 28 * 86_400 ? Math.round(seconds) : undefined
  } catch {
    return undefined
  }
}

/** Only what a browser opens as a page; a new room when one is asked for. */
export function linkOf(link: string | undefined): string | undefined | Invalid {
  if (link === 'jitsi') return newRoom()
  if (link === undefined || link === '') return link
  const url = URL.parse(link)
  return url && ['https:', 'http:'].includes(url.protocol)
    ? url.href
    : invalid('meetingLink', '`meetingLink` is an address that begins with https://, or "jitsi" for a new room.')
}

export function editOf(
  input: EventInput,
  before: CalendarEvent,
  at: Temporal.PlainDateTime | null,
  personId: string,
  calendarId: string | undefined,
): Edit | Invalid {
  const override = at ? before.overrides.find(({ recurrenceId }) => recurrenceId.equals(at)) : undefined
  const timeZone = input.timeZone ?? override?.timeZone ?? before.timeZone
  const now = override?.startWall ?? at ?? before.startWall
  const length = override?.durationSeconds ?? before.durationSeconds
  const timed = input.start !== undefined || input.end !== undefined
  const text = (wall: Temporal.PlainDateTime) => (before.allDay ? wall.toPlainDate().toString() : wall.toString())
  const start = input.start ?? text(now)
  const moved = wallOf(start, timeZone)
  const end = input.end ?? (moved && !moved.isDay !== before.allDay ? text(moved.wall.add({ seconds: length })) : undefined)
  const span = spanOf({ start, ...(end === undefined ? {} : { end }) }, timeZone)
  if ('kind' in span) return span
  const lists = listsOf(input, timeZone)
  if ('kind' in lists) return lists
  const { title, description, location, colour, visibility, transparency, rrule } = input
  const meetingLink = linkOf(input.meetingLink)
  if (typeof meetingLink === 'object') return meetingLink
  const given = { title, description, location, meetingLink, colour, visibility, transparency, rrule, calendarId, timeZone: input.timeZone }
  const alerts = lists.alerts && [
    ...before.alerts.filter((one) => one.personId !== personId),
    ...lists.alerts.map((secondsBefore) => ({ personId, secondsBefore })),
  ]
  return {
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Edit),
    ...(timed ? { shiftSeconds: secondsBetween(now, span.startWall), durationSeconds: span.durationSeconds } : {}),
    ...(span.allDay === before.allDay ? {} : { allDay: span.allDay }),
    ...(alerts ? { alerts } : {}),
    ...(lists.rdates ? { rdates: lists.rdates } : {}),
    ...(lists.exdates ? { exdates: lists.exdates } : {}),
  }
}

export function attendeeOf(
  { name, email }: { readonly name?: string | undefined; readonly email?: string | undefined },
  event: CalendarEvent,
  clock: Clock,
): Attendee[] {
  const called = name?.trim() || email
  if (!called) return []
  const { spaceId, id: eventId } = event
  const rest = {
    personId: null,
    recurrenceId: null,
    response: 'needs-action',
    comment: '',
    waiting: null,
    state: 'invited',
    version: 1,
  } as const
  return [{ id: newId(clock.now()), spaceId, eventId, email: email?.toLowerCase() ?? null, name: called, ...rest }]
}

/** Those who are to come, in the place of those who were: whoever stays keeps their answer. */
export function replaced(
  known: readonly Attendee[],
  wanted: NonNullable<EventInput['attendees']>,
  event: CalendarEvent,
  clock: Clock,
): Change[] {
  const keyOf = ({ email, name }: Pick<Attendee, 'email' | 'name'>) => email ?? name.toLocaleLowerCase('en')
  const whole = known.filter(({ recurrenceId }) => recurrenceId === null)
  const there = new Set(whole.map(keyOf))
  const asked = new Map(wanted.flatMap((one) => attendeeOf(one, event, clock)).map((one) => [keyOf(one), one]))
  const kept = whole.flatMap((before): Change[] => {
    const state = asked.has(keyOf(before)) ? 'invited' : 'removed'
    return state === before.state ? [] : [{ kind: 'attendee', before, after: { ...before, state, version: before.version + 1 } }]
  })
  const fresh = [...asked].filter(([key]) => !there.has(key)).map(([, after]): Change => ({ kind: 'attendee', before: null, after }))
  return [...kept, ...fresh]
}

export function copied(one: Attendee, eventId: string, clock: Clock): Change {
  return { kind: 'attendee', before: null, after: { ...one, id: newId(clock.now()), eventId, version: 1 } }
}
