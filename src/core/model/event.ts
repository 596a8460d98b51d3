import type { Place } from '../message.ts'
import type { Circle } from './people.ts'

export type EventStatus = 'confirmed' | 'tentative' | 'cancelled'
/** Who may read an event of a calendar that they can see: everything, only that the time is taken, or nothing at all. */
export type Visibility = 'public' | 'busy' | 'private'

/** RFC 5545 VEVENT: a single event, or a series with its exceptions. */
export interface CalendarEvent extends Series {
  /** Who is told before it starts. Those of whoever does not plan it are theirs: they change without a new version. */
  readonly alerts: readonly Alert[]
}

/** An event as far as a window of time needs it: `overrides` may hold only those that matter there, so it is not for changing. */
export interface Series {
  readonly id: string
  readonly spaceId: string
  readonly calendarId: string
  readonly organiserId: string
  readonly uid: string
  /** The original start of an occurrence that came to us without its series. */
  readonly recurrenceId: Temporal.PlainDateTime | null
  /** RFC 5545 SEQUENCE: grows when those who come have to know. */
  readonly sequence: number
  readonly title: string
  readonly description: string
  readonly location: string
  /** An address, or empty. */
  readonly meetingLink: string
  readonly colour: string | null
  readonly status: EventStatus
  readonly visibility: Visibility
  /** RFC 5545 TRANSP: `transparent` takes no time. */
  readonly transparency: 'opaque' | 'transparent'
  /** RFC 5545 ORGANIZER, of an event that came with a file. */
  readonly organizer?: Mailbox
  /** RFC 5545 CATEGORIES, of such an event. */
  readonly categories?: readonly string[]
  readonly allDay: boolean
  /** Wall time of the first occurrence in `timeZone`; midnight when `allDay`. */
  readonly startWall: Temporal.PlainDateTime
  readonly durationSeconds: number
  readonly timeZone: string
  readonly rrule: string | null
  /** Wall times that come on top of the rule. */
  readonly rdates: readonly Temporal.PlainDateTime[]
  /** Wall times of the rule that are left out, whatever an override says of them. */
  readonly exdates: readonly Temporal.PlainDateTime[]
  readonly overrides: readonly EventOverride[]
  /** Derived from the wall times with this process's time-zone data: when the earliest occurrence starts. */
  readonly startsAt: Temporal.Instant
  /** When the first occurrence ends. */
  readonly endsAt: Temporal.Instant
  /** When the latest occurrence ends; 9999-12-31T23:59:59Z for a rule without end. */
  readonly coversUntil: Temporal.Instant
  readonly version: number
}

export interface Mailbox {
  readonly name: string
  readonly email: string
}

/** One occurrence of a series that differs from it. What is null is as in the series. */
export interface EventOverride {
  /** RFC 5545 RECURRENCE-ID: the wall time at which the series has this occurrence. */
  readonly recurrenceId: Temporal.PlainDateTime
  readonly startWall: Temporal.PlainDateTime | null
  readonly durationSeconds: number | null
  readonly timeZone: string | null
  readonly title: string | null
  readonly description: string | null
  readonly location: string | null
  readonly meetingLink: string | null
  readonly colour: string | null
  readonly status: EventStatus | null
  /** When the alarms of a file ring for this one, in seconds before it. */
  readonly alarms?: readonly number[]
  /** Derived, like those of the series. */
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
}

/** RFC 5545 VALARM of one person. */
export interface Alert {
  readonly personId: string
  readonly secondsBefore: number
}

/** RFC 5545 PARTSTAT. */
export type Participation = 'needs-action' | 'accepted' | 'declined' | 'tentative'

/** Somebody who is asked to come: a person of the space, somebody by e-mail, or no more than a name. */
export interface Attendee {
  readonly id: string
  readonly spaceId: string
  readonly eventId: string
  readonly personId: string | null
  readonly email: string | null
  readonly name: string
  /** The occurrence that this answer is for; null for all of them. */
  readonly recurrenceId: Temporal.PlainDateTime | null
  /** True when it is for that occurrence and all later ones (RFC 5545 RANGE=THISANDFUTURE). */
  readonly following?: boolean
  readonly response: Participation
  readonly comment: string
  /** Place on the waiting list, counted from 1; null for whoever has a seat. */
  readonly waiting: number | null
  /** Whether they were there; null until somebody says. */
  readonly attended?: boolean | null
  readonly state: 'invited' | 'removed'
  readonly version: number
}

/** How people are asked to an event, where there is more to say than who. Its id is that of the event. */
export interface Invitation {
  readonly id: string
  readonly spaceId: string
  /** How many may come; null for as many as like. */
  readonly capacity: number | null
  /** Until when answers are taken. */
  readonly answerBy: Temporal.Instant | null
  /** Who alone may come; null for everybody. */
  readonly only?: Circle | null
  readonly version: number
}

/** Several times, of which the one that suits most people is booked. */
export interface Poll {
  readonly id: string
  readonly spaceId: string
  readonly ownerId: string
  readonly title: string
  readonly slots: readonly Temporal.Instant[]
  readonly durationSeconds: number
  readonly timeZone: string
  /** Who is asked, its owner among them. */
  readonly personIds: readonly string[]
  /** By person: the slots that suit them, counted from 0. Whoever is not here has not answered. */
  readonly votes: Readonly<Record<string, readonly number[]>>
  /** When it is decided by itself; null once it was. */
  readonly closesAt: Temporal.Instant | null
  /** Where it was asked, and what comes of it is told. */
  readonly origin: Place | null
  readonly state: 'open' | 'booked' | 'closed'
  readonly version: number
}
