import type { Place, Platform } from './message.ts'

/**
 * The things DuckTape keeps, as the rest of the program sees them.
 *
 * Every record belongs to a space and carries a `version` that grows with each change, so that
 * two people who change the same thing cannot overwrite each other unseen.
 */
export interface Space {
  readonly id: string
  readonly platform: Platform
  /** Slack team id, Discord guild id, `dm:USER`, `local`. */
  readonly externalId: string
  readonly timeZone: string
}

export interface Person {
  readonly id: string
  readonly spaceId: string
  /** The platform's user id. */
  readonly userId: string
  readonly name: string
  /** IANA zone; null until the person or the platform says one. */
  readonly timeZone: string | null
  readonly locale: string | null
  /** Where new events and todos of theirs go. */
  readonly calendarId: string
  readonly listId: string
  readonly version: number
}

/** Where something is told: a person's direct messages, or a channel, with the people to ping there. */
export type Recipient =
  | { readonly kind: 'direct'; readonly user: string }
  | { readonly kind: 'channel'; readonly channel: string; readonly thread?: string; readonly ping: readonly Pinged[] }

export interface Pinged {
  readonly user: string
  readonly name: string
}

export type ReminderState = 'scheduled' | 'delivered' | 'done' | 'cancelled' | 'failed'

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
  readonly version: number
}

export type EventStatus = 'confirmed' | 'tentative' | 'cancelled'

/** RFC 5545 VEVENT, as far as this release speaks it. */
export interface CalendarEvent {
  readonly id: string
  readonly spaceId: string
  readonly calendarId: string
  readonly organiserId: string
  readonly uid: string
  readonly title: string
  readonly description: string
  readonly location: string
  readonly status: EventStatus
  readonly allDay: boolean
  /** Wall time of the first occurrence in `timeZone`; midnight when `allDay`. */
  readonly startWall: Temporal.PlainDateTime
  readonly durationSeconds: number
  readonly timeZone: string
  readonly rrule: string | null
  readonly exdates: readonly Temporal.PlainDateTime[]
  /** Derived from the wall time with this process's time-zone data. */
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
  /** End of the last occurrence; 9999-12-31T23:59:59Z for a rule without end. */
  readonly coversUntil: Temporal.Instant
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
  readonly todo: Todo
  readonly note: Note
  readonly person: Person
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
