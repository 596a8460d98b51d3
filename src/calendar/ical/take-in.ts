import type { Into, WholeEvent } from '#core/exchange.ts'
import { idOf } from '#core/ids.ts'
import type { Attendee, EventOverride } from '#core/model.ts'
import { derived } from '../derive.ts'
import type { FileAttendee, FileDetails, FileEvent, FileOverride } from './event.ts'

export interface TakenBy extends Into {
  /** Who imports it: the organiser of what comes, and the one whose alarms they are. */
  readonly personId: string
  newId(): string
}

/** An event of a file as one of ours, in a calendar. */
export function takenIn(event: FileEvent, { spaceId, calendarId, personId, newId }: TakenBy): WholeEvent {
  const id = newId()
  const { attendees, alarms, overrides, ...details } = event
  return {
    event: derived({
      ...details,
      id,
      spaceId,
      calendarId,
      organiserId: personId,
      overrides: overrides.map((each) => overrideOf(each, event)),
      alerts: alarms.map((secondsBefore) => ({ personId, secondsBefore })),
      version: 1,
    }),
    attendees: [
      ...attendees.map((each) => attendeeOf(each, spaceId, id)),
      ...overrides.flatMap((one) => ownGuests(one, attendees).map((each) => attendeeOf(each, spaceId, id, one.recurrenceId))),
    ],
  }
}

/** Only what is not as in the series, so that a later change of the series reaches it. */
function overrideOf(override: FileOverride, event: FileEvent): EventOverride {
  const own = <Name extends keyof FileDetails>(name: Name) => (override[name] === event[name] ? null : override[name])
  const [title, description, location, meetingLink, status, durationSeconds] = [
    own('title'),
    own('description'),
    own('location'),
    own('meetingLink'),
    own('status'),
    own('durationSeconds'),
  ]
  const startWall = override.startWall.equals(override.recurrenceId) ? null : override.startWall
  return {
    recurrenceId: override.recurrenceId,
    startWall,
    durationSeconds,
    timeZone: null,
    title,
    description,
    location,
    meetingLink,
    colour: null,
    status,
    ...(override.alarms ? { alarms: override.alarms } : {}),
    startsAt: epoch,
    endsAt: epoch,
  }
}

/** Those of an occurrence who are not among the guests of the series, or who answer otherwise for it. */
function ownGuests({ attendees = [] }: FileOverride, ofSeries: readonly FileAttendee[]): readonly FileAttendee[] {
  return attendees.filter(({ email, response }) => !ofSeries.some((one) => one.email === email && one.response === response))
}

/** Until the instants are derived. */
const epoch = Temporal.Instant.fromEpochMilliseconds(0)

/** The same guest of the same event is the same row. */
function attendeeOf(
  { email, name, response }: FileAttendee,
  spaceId: string,
  eventId: string,
  recurrenceId: Temporal.PlainDateTime | null = null,
): Attendee {
  return {
    id: idOf('guest', eventId, email, ...(recurrenceId ? [recurrenceId.toString()] : [])),
    spaceId,
    eventId,
    personId: null,
    email,
    name,
    recurrenceId,
    response,
    comment: '',
    waiting: null,
    state: 'invited',
    version: 1,
  }
}
