import type { WholeEvent } from '#core/exchange.ts'
import type { Attendee, CalendarEvent, EventOverride } from '#core/model.ts'
import { answersFor } from '../turnout.ts'
import type { FileAttendee, FileOverride } from './event.ts'
import { onClockOf } from './moments.ts'
import type { WrittenEvent } from './write.ts'

/** How much of what is not for everybody goes out: all of it to its owner, the time of it to others. */
export type Audience = 'owner' | 'others'

/** An event of ours as files have it; undefined when it was cancelled, or when others may not know of it. */
export function givenOut({ event, attendees }: WholeEvent, audience: Audience): WrittenEvent | undefined {
  if (event.status === 'cancelled' || (audience === 'others' && event.visibility === 'private')) return undefined
  const { uid, recurrenceId, sequence, status, visibility, transparency, allDay, startWall, durationSeconds, timeZone } = event
  const { rrule, rdates, exdates } = event
  const hidden = audience === 'others' && event.visibility === 'busy'
  const times = { recurrenceId, sequence, status, visibility, transparency, allDay, startWall, durationSeconds, timeZone }
  const cancelled = event.overrides.filter((each) => each.status === 'cancelled')
  const guests = attendees.filter(({ state, email }) => state === 'invited' && email !== null)
  const overrides = event.overrides.filter((each) => each.status !== 'cancelled').map((each) => overrideOf(each, event, guests))
  const invited = guests.filter(({ recurrenceId: only }) => only === null)
  const words = hidden
    ? nothing
    : { title: event.title, description: event.description, location: event.location, meetingLink: event.meetingLink }
  return {
    uid,
    ...times,
    ...words,
    colour: hidden ? null : event.colour,
    rrule,
    rdates,
    exdates: [...exdates, ...cancelled.map((each) => each.recurrenceId)],
    overrides: hidden ? overrides.map(({ attendees: _, alarms: __, ...each }) => ({ ...each, ...nothing })) : overrides,
    attendees: hidden ? [] : invited.map(guestOf),
    ...(hidden || !event.organizer ? {} : { organizer: event.organizer }),
    ...(hidden || !event.categories ? {} : { categories: event.categories }),
    alarms: hidden ? [] : [...new Set(event.alerts.map(({ secondsBefore }) => secondsBefore))].toSorted((a, b) => b - a),
    stampedAt: madeAt(event),
  }
}

const nothing = { title: 'Busy', description: '', location: '', meetingLink: '' } as const

function guestOf({ email, name, response }: Attendee): FileAttendee {
  return { email: email ?? '', name, response }
}

function overrideOf(override: EventOverride, event: CalendarEvent, guests: readonly Attendee[]): FileOverride {
  const own = guests.some(({ recurrenceId }) => recurrenceId?.equals(override.recurrenceId))
  const timeZone = override.timeZone ?? event.timeZone
  return {
    recurrenceId: override.recurrenceId,
    title: override.title ?? event.title,
    description: override.description ?? event.description,
    location: override.location ?? event.location,
    meetingLink: override.meetingLink ?? event.meetingLink,
    status: override.status ?? event.status,
    durationSeconds: override.durationSeconds ?? event.durationSeconds,
    startWall: onClockOf(override.startWall ?? override.recurrenceId, timeZone, event.timeZone),
    ...(own ? { attendees: answersFor(guests, override.recurrenceId).map(guestOf) } : {}),
    ...(override.alarms ? { alarms: override.alarms } : {}),
  }
}

/** Ids are UUIDv7, which begin with the time at which they were made. */
function madeAt({ id }: CalendarEvent): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16))
}
