import type { Place, Platform } from './message.ts'
import type { Reply } from './reply.ts'

/**
 * The things DuckTape keeps, as the rest of the program sees them.
 *
 * Every record belongs to a space and carries a `version` that grows with each change, so that
 * two people who change the same thing cannot overwrite each other unseen.
 */
export interface Space {
  readonly id: string
  /** Its own id, as in every record. */
  readonly spaceId: string
  readonly platform: Platform
  /** Slack team id, Discord guild id, `dm:USER`, `local`. */
  readonly externalId: string
  readonly timeZone: string
  /** What only some people of it may do. */
  readonly rules: SpaceRules
  /** Where calls are of whoever has no address of their own. */
  readonly meetingLinks: MeetingLinks
  readonly version: number
}

/** Who may make reminders for many; absent where everybody may. */
export interface SpaceRules {
  readonly channels?: Permitted
  readonly everyone?: Permitted
}

/** Those who manage the space, who are always permitted, or others beside them. */
export type Permitted = { readonly kind: 'admins' } | Circle

/** Addresses of rooms by service. */
export type MeetingLinks = Readonly<Partial<Record<MeetingService, string>>>
export const meetingServices = ['zoom', 'meet', 'teams', 'jitsi', 'any'] as const
export type MeetingService = (typeof meetingServices)[number]

export interface Person {
  readonly id: string
  readonly spaceId: string
  /** The platform's user id. */
  readonly userId: string
  readonly name: string
  /** IANA zone; null until the person says one. */
  readonly timeZone: string | null
  /** The zone that their profile on the platform says. */
  readonly profileZone: string | null
  readonly locale: string | null
  /** Where new events and todos of theirs go. */
  readonly calendarId: string
  readonly listId: string
  /** Where their calls are. */
  readonly meetingLinks: MeetingLinks
  /** When they work; null until they say. */
  readonly hours: Hours | null
  /** What they want to themselves before and after each event. */
  readonly bufferMinutes: number
  /** Whose reminders they do not want: user ids, `group:` ids, or `*` for everybody's but their own and those of `+` either. */
  readonly mutes: readonly string[]
  /** How long before events of theirs they are alerted when nobody says, in seconds. */
  readonly alertSeconds: readonly number[]
  /** After how many days away they are told what they missed; 0 for never. */
  readonly catchUpDays: number
  readonly version: number
}

/** Wall times in the person's own zone. */
export interface Hours {
  /** Days of the week, Monday 1 to Sunday 7. */
  readonly days: readonly number[]
  /** `09:00` */
  readonly from: string
  /** Before `from` when they work past midnight. */
  readonly to: string
}

/** Where something is told: a person's direct messages, or a channel, with the people to ping there. */
export type Recipient =
  | { readonly kind: 'direct'; readonly user: string }
  | { readonly kind: 'channel'; readonly channel: string; readonly thread?: string; readonly ping: readonly Pinged[] }

/** What a place is called wherever a name for it is needed; the people to ping make no other place of it. */
export function placeKey(to: Recipient): string {
  return to.kind === 'direct' ? `direct:${to.user}` : `channel:${to.channel}:${to.thread ?? ''}`
}

/** Whether somebody has dealt with an occurrence where it was told. */
export function isAnswered(to: Recipient, answers: readonly RingAnswer[]): boolean {
  return answers.some(({ user, channel }) => (to.kind === 'direct' ? channel === undefined && user === to.user : channel === to.channel))
}

export interface Pinged {
  readonly user: string
  readonly name: string
}

/** `missed` fell due while nobody was there to tell it, too long ago to ring; `paused` waits to be resumed. */
export type ReminderState = 'scheduled' | 'paused' | 'delivered' | 'missed' | 'done' | 'cancelled' | 'failed'

export interface Reminder {
  readonly id: string
  readonly spaceId: string
  readonly ownerId: string
  readonly text: string
  readonly recipients: readonly Recipient[]
  /** Where it was asked for: the fallback when a recipient cannot be reached. */
  readonly origin: Place
  readonly state: ReminderState
  /** The next instant it rings; null once nothing more is to come. */
  readonly dueAt: Temporal.Instant | null
  /** Wall time of the first occurrence in `timeZone`: the truth that `dueAt` is derived from. */
  readonly startWall: Temporal.PlainDateTime
  readonly timeZone: string
  /** RFC 5545 RRULE value of a repeating reminder. */
  readonly rrule: string | null
  /** Wall times of the rule that are left out. */
  readonly exdates: readonly Temporal.PlainDateTime[]
  /** The repeating reminder that this one postpones an occurrence of. */
  readonly snoozeOf: string | null
  /** What is told as it is, and is no reminder in anybody's list: an invitation, a seat that became free. */
  readonly notice?: Reply | null
  /** The event that an alert rings before. */
  readonly eventId?: string | null
  /** Rings again after so many seconds, until it is done. */
  readonly nagSeconds?: number | null
  /** How often the occurrence has rung again, or is about to; 0 where nothing was asked again. */
  readonly nagged?: number
  /** What its recipients have said to the occurrence that rang last. */
  readonly answers?: readonly RingAnswer[]
  /** What its words are made of when it rings; `text` is then what it is called. */
  readonly digest?: Digest | null
  readonly version: number
}

/** Whoever has snoozed it has a reminder of their own from then on. */
export interface RingAnswer {
  readonly user: string
  /** The channel that it counts for, of a reminder that is told there. */
  readonly channel?: string
  readonly at: Temporal.Instant
  readonly how: 'done' | 'snoozed'
}

/** The day ahead, the week that was and the next one, or what happened while somebody was away. */
export type Digest =
  | { readonly kind: 'agenda' }
  | { readonly kind: 'review' }
  | { readonly kind: 'catchup' /** Since when. */; readonly since: Temporal.Instant }

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

/** People under one name: those with a role or in a channel, as the platform knows them, or one of our groups. */
export interface Circle {
  readonly kind: 'role' | 'channel' | 'group'
  /** The platform's id, or that of the group. */
  readonly id: string
  /** The platform's id of the team or server that it is of. */
  readonly space: string
  readonly name: string
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

export interface Calendar {
  readonly id: string
  readonly spaceId: string
  /** Null for the calendar of a channel or of the space. */
  readonly ownerId: string | null
  readonly kind: 'personal' | 'channel' | 'space'
  /** The platform's id of the channel that it belongs to. */
  readonly channel: string | null
  readonly name: string
  readonly colour: string | null
  /** SHA-256, hexadecimal, of the secret in the address of its feed. */
  readonly feedSecretHash: string | null
  readonly state: 'kept' | 'deleted'
  readonly shares: readonly CalendarShare[]
  readonly version: number
}

export interface CalendarShare {
  readonly personId: string
  readonly access: 'read' | 'write'
  /** True when they do not want to see it. */
  readonly hidden: boolean
}

export interface Group {
  readonly id: string
  readonly spaceId: string
  readonly ownerId: string
  readonly name: string
  readonly memberIds: readonly string[]
  readonly state: 'kept' | 'deleted'
  readonly version: number
}

export type TodoState = 'open' | 'done' | 'deleted'

export interface Todo {
  readonly id: string
  readonly spaceId: string
  readonly ownerId: string
  readonly listId: string
  readonly text: string
  readonly state: TodoState
  readonly dueAt: Temporal.Instant | null
  readonly version: number
}

export type NoteState = 'kept' | 'deleted'

export interface Note {
  readonly id: string
  readonly spaceId: string
  readonly ownerId: string
  readonly title: string
  readonly body: string
  readonly state: NoteState
  readonly version: number
}

/** The records that commands change, by kind. */
export interface Records {
  readonly reminder: Reminder
  readonly event: CalendarEvent
  readonly attendee: Attendee
  readonly invitation: Invitation
  readonly poll: Poll
  readonly calendar: Calendar
  readonly group: Group
  readonly todo: Todo
  readonly note: Note
  readonly person: Person
  readonly space: Space
}
export type RecordKind = keyof Records

/**
 * One record before and after. `before` null creates it, so undo removes it again; records are never
 * deleted by a change, their state says so.
 */
export type Change = {
  readonly [Kind in RecordKind]: {
    readonly kind: Kind
    readonly before: Records[Kind] | null
    readonly after: Records[Kind]
  }
}[RecordKind]
