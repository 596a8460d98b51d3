import type { Attendee, CalendarEvent } from '#core/model.ts'
import type { Reply } from '#core/reply.ts'

/** The calendar as programs read and write it. */

/** One occurrence of an event: a one-off, or one of a rule's, expanded. */
export interface OccurrenceRead {
  readonly id: string
  readonly title: string
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
  readonly allDay: boolean
  readonly timeZone: string
  readonly location: string
  readonly status: string
}

/** One of a query's occurrences, with what it takes to change it. */
export interface QueriedOccurrence extends OccurrenceRead {
  readonly calendarId: string
  readonly meetingLink: string
  /** RFC 5545 RECURRENCE-ID, as a wall time, of an occurrence of a series. */
  readonly occurrence: string | null
  /** Its name in CSS, where it has one of its own. */
  readonly colour: string | null
  /** What they answered, of an event that somebody else plans. */
  readonly response: Attendee['response'] | null
}

export interface EventQuery {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  /** Id or name of a calendar that the person sees; all of them when absent. */
  readonly calendar?: string
  /** Only events found by these words. */
  readonly q?: string
  /** With what they are invited to and have declined. */
  readonly declined?: boolean
  readonly limit: number
  /** What the page before ended with. */
  readonly after?: { readonly startsAt: Temporal.Instant; readonly id: string }
}

/** An event as a program writes it. What is absent is usual when it is made, and stays when it is changed. */
export interface EventInput {
  readonly title?: string | undefined
  readonly description?: string | undefined
  readonly location?: string | undefined
  readonly meetingLink?: string | undefined
  readonly colour?: string | null | undefined
  readonly visibility?: CalendarEvent['visibility'] | undefined
  readonly transparency?: CalendarEvent['transparency'] | undefined
  readonly calendar?: string | undefined
  readonly start?: string | undefined
  readonly end?: string | undefined
  readonly timeZone?: string | undefined
  readonly rrule?: string | null | undefined
  readonly rdates?: readonly string[] | undefined
  readonly exdates?: readonly string[] | undefined
  readonly alerts?: readonly string[] | undefined
  readonly attendees?: readonly { readonly name?: string | undefined; readonly email?: string | undefined }[] | undefined
  /** The version that the change is meant for. */
  readonly version?: number | undefined
}

export interface EventRead {
  readonly event: CalendarEvent
  readonly attendees: readonly Attendee[]
}

export interface EventCard {
  /** With what may be done about it in chat. */
  readonly reply: Reply
  /** Whether they may change it. */
  readonly mayChange: boolean
}

export interface Part {
  readonly scope: 'this' | 'following' | 'all'
  /** Wall time of the occurrence, as the query gives it. */
  readonly occurrence?: string
  /** Whether those who are invited are told, as they are of what is said in chat. */
  readonly tell?: boolean
}

export type Planned =
  | ({
      readonly kind: 'done'
      /** The later half, when the series had to be split. */
      readonly split?: CalendarEvent
      /** The token of a button that takes it back; of what was made by an earlier request there is none. */
      readonly undo?: string
    } & EventRead)
  | { readonly kind: 'not-found' }
  | { readonly kind: 'forbidden' }
  /** Somebody else changed it first. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'invalid'; readonly field: keyof EventInput | 'scope' | 'occurrence'; readonly hint: string }

/** The events of the person that an account is: read and written by programs. */
export interface Planner {
  /** Undefined when there is no calendar of that name. */
  query(
    user: string,
    query: EventQuery,
  ): Promise<{ readonly occurrences: readonly QueriedOccurrence[]; readonly more: boolean } | undefined>
  get(user: string, id: string): Promise<EventRead | undefined>
  /** What chat shows of an event, or of an occurrence of it; undefined when they may not see it. */
  card(user: string, id: string, occurrence?: string): Promise<EventCard | Extract<Planned, { kind: 'invalid' }> | undefined>
  create(user: string, input: EventInput): Promise<Planned>
  /** Asking for the same again with the same key gives what was made the first time. */
  createOnce(user: string, key: string, input: EventInput): Promise<Planned | { readonly kind: 'key-reused' }>
  change(user: string, id: string, input: EventInput, part: Partial<Part>): Promise<Planned>
  /** With a version only when it is at that one. */
  remove(user: string, id: string, part: Partial<Part>, version?: number): Promise<Planned>
}
