import type { Alert, Attendee, Calendar, CalendarEvent } from './model.ts'

/** How calendars go in and out as files and feeds: what is kept of it, as ports. */

/** What files are read and written as. */
export type ImportFormat = 'ics' | 'csv'

/** An event with who comes. */
export interface WholeEvent {
  readonly event: CalendarEvent
  readonly attendees: readonly Attendee[]
}

export interface Counts {
  readonly created: number
  readonly changed: number
  /** Were there already, just like this or newer. */
  readonly same: number
}

/** A calendar as the place where events go. */
export interface Into {
  readonly spaceId: string
  readonly calendarId: string
}

export interface HowPut {
  /** What is there is replaced even when it has a higher SEQUENCE. */
  readonly force?: boolean
  /** The step of an import that it is: counted there, and kept so that it can be taken back. */
  readonly step?: ImportStep
  /** The alerts of a new event that comes without any; what is there already keeps those that it has. */
  alertsFor?(event: CalendarEvent): readonly Alert[]
}

export interface ImportStep {
  readonly importId: string
  /** How many of its events were in before. */
  readonly done: number
}

/** What would come into a calendar. */
export interface Weighed {
  readonly created: readonly WholeEvent[]
  readonly changed: readonly WholeEvent[]
  readonly same: number
}

export interface CalendarContents {
  /**
   * Puts events into a calendar, by their UID and RECURRENCE-ID there: a second time changes nothing.
   *
   * Throws `BotError` `conflict` when the step of the import was done by somebody else, and puts nothing then.
   */
  put(into: Into, events: readonly WholeEvent[], how?: HowPut): Promise<Counts>
  /** What `put` would do at this moment. Writes nothing. */
  weigh(into: Into, events: readonly WholeEvent[], how?: Pick<HowPut, 'force' | 'alertsFor'>): Promise<Weighed>
  /** Takes out what is not named by `keep` (see `identityOf`), and says how much that was. */
  keepOnly(into: Into, keep: ReadonlySet<string>): Promise<number>
  /** All of a calendar, a page at a time, in the order in which they were made; cancelled ones included. */
  pages(from: Into): AsyncIterable<readonly WholeEvent[]>
  /** What the calendar looks like, in a short text that is another one after every change. */
  mark(of: Into): Promise<string>
}

/** What makes an event the same one in its calendar. */
export function identityOf({ uid, recurrenceId }: Pick<CalendarEvent, 'uid' | 'recurrenceId'>): string {
  return `${uid} ${recurrenceId?.toString({ smallestUnit: 'second' }) ?? ''}`
}

export interface Subscription extends Into {
  readonly personId: string
  /** Undefined when the key that it was kept with is lost. */
  readonly url: string | undefined
  /** What its calendar is called. */
  readonly name: string
  /** Whether it was ever read. */
  readonly fetched: boolean
  readonly timeZone: string
  readonly etag: string | null
  readonly lastModified: string | null
  readonly failures: number
}

/** What somebody follows, as they see it. */
export interface Followed {
  readonly calendarId: string
  readonly name: string
  readonly url: string | undefined
  /** When it was read last. */
  readonly fetchedAt: Temporal.Instant | undefined
  /** Why it could not be read last time. */
  readonly failure: string | undefined
}

export interface Subscriptions {
  /** Fills a new calendar of that name from an address; one that this person has already is told instead. */
  begin(subscription: Pick<Subscription, 'spaceId' | 'personId' | 'timeZone' | 'name'> & { readonly url: string }): Promise<'new' | 'known'>
  /** What a person follows, the oldest first. */
  of(spaceId: string, personId: string): Promise<readonly Followed[]>
  /** One that is due; nobody else gets it while it is held. */
  take(): Promise<Subscription | undefined>
  /** Says what came of it, and when to ask again. */
  settle(
    subscription: Subscription,
    end: {
      readonly nextAt: Temporal.Instant
      readonly failure: string | null
      readonly etag: string | null
      readonly lastModified: string | null
    },
  ): Promise<void>
}

export interface Feeds {
  /** The calendar that a secret opens. */
  calendar(secretHash: string): Promise<Calendar | undefined>
  /** Since when the calendar looks like `mark`: now, if it looked otherwise before. */
  changedAt(calendarId: string, mark: string, now: Temporal.Instant): Promise<Temporal.Instant>
}

/** The verb of a token that gives a calendar out as a file; its subject is the calendar. */
export const exportVerb = 'export'

/** The verb of a token that gives one event out as a file, for those who are invited by e-mail; its subject is the event. */
export const eventFileVerb = 'event-file'

/** What such a token says besides: in which format, and until when it counts. */
export function exportArgument(format: ImportFormat, until: Temporal.Instant): string {
  return `${format}-${Math.floor(until.epochMilliseconds / 60_000).toString(36)}`
}

export function readExportArgument(argument: string): { readonly format: ImportFormat; readonly until: Temporal.Instant } | undefined {
  const found = /^(?<format>ics|csv)-(?<minutes>[0-9a-z]{1,8})$/.exec(argument)?.groups
  if (!found?.minutes) return undefined
  const until = Temporal.Instant.fromEpochMilliseconds(Number.parseInt(found.minutes, 36) * 60_000)
  return { format: found.format === 'csv' ? 'csv' : 'ics', until }
}
