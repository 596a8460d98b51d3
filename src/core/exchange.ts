import type { Platform } from './message.ts'
import type { Alert, Attendee, Calendar, CalendarEvent } from './model.ts'

/** How calendars go in and out as files and feeds: what is kept of it, as ports. */

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
  /** The import that it can be taken back with. */
  readonly importId?: string
  /** The alerts of a new event that comes without any; what is there already keeps those that it has. */
  alertsFor?(event: CalendarEvent): readonly Alert[]
}

export interface CalendarContents {
  /**
   * Puts events into a calendar, by their UID and RECURRENCE-ID there: a second time changes nothing.
   */
  put(into: Into, events: readonly WholeEvent[], how?: HowPut): Promise<Counts>
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

/** Told to all processes when there is something to import. */
export const importWaits = 'import.waits'

export type ImportFormat = 'ics' | 'csv'

export interface ImportRequest extends Into {
  readonly id: string
  readonly personId: string
  /** Of an address it is found out. */
  readonly format: ImportFormat | 'url'
  readonly source: Uint8Array | null
  readonly url: string | null
  /** The platform that keeps the file at `url`; null for an address of anybody's. */
  readonly platform?: Platform | null
  /** Of times without a zone. */
  readonly timeZone: string
  /** Whether 3/4 is the third of April. */
  readonly dayFirst: boolean
}

export interface ImportRemark {
  readonly line: number
  readonly kind: 'skipped' | 'mended'
  readonly text: string
}

export interface ImportProgress extends Counts {
  readonly total: number | null
  /** Of the total, how many events are in by now. */
  readonly done: number
  readonly skipped: number
}

export interface ImportStatus extends ImportProgress {
  readonly id: string
  readonly calendarId: string
  /** `stopping`: what is not in yet does not come in any more. */
  readonly state: 'waiting' | 'running' | 'stopping' | 'done' | 'stopped' | 'failed'
  readonly remarks: readonly ImportRemark[]
  readonly failure: string | null
}

export interface TakenBack {
  readonly calendarId: string
  readonly removed: number
  readonly restored: number
  /** Changed since by somebody, and left as they are. */
  readonly kept: number
}

export interface ImportEnd {
  readonly remarks: readonly ImportRemark[]
  readonly failure: string | null
  /** Before all of it was in. */
  readonly stopped?: boolean
}

/** Imports under way. Postgres is the truth: whoever works on one holds it for a while, and says how far it is. */
export interface Imports {
  /** Asking for the same import again, by its id, changes nothing. `too-many`: several of this person wait already. */
  begin(request: ImportRequest): Promise<'begun' | 'too-many'>
  status(spaceId: string, personId: string, id: string): Promise<ImportStatus | undefined>
  /** Takes out what it brought, and puts back what it changed; undefined when that was done already. */
  takeBack(spaceId: string, personId: string, id: string): Promise<TakenBack | undefined>
  /** The import that an audit entry stands for. */
  ofEntry(spaceId: string, personId: string, auditId: string): Promise<string | undefined>
  /** The next one that waits, or that somebody dropped, or that very one; nobody else gets it while it is held. */
  take(id?: string): Promise<ImportRequest | undefined>
  /** Says how far it is, and holds it for longer; false when its person wants it to stop. */
  progress(id: string, progress: ImportProgress): Promise<boolean>
  /** Lets nothing more come in; false when it is over already. */
  stop(spaceId: string, personId: string, id: string): Promise<boolean>
  /** What it brought can be taken back from then on, by its entry as well. */
  finish(id: string, end: ImportEnd): Promise<void>
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
