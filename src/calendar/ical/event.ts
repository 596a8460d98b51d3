import type { Mailbox } from '#core/model.ts'

/** Events as files and feeds carry them: RFC 5545 VEVENT, with every time on a zone that exists. */

export interface FileAttendee {
  /** Without `mailto:`, in lower case. */
  readonly email: string
  readonly name: string
  readonly response: 'needs-action' | 'accepted' | 'declined' | 'tentative'
}

/** What each occurrence of a series may have of its own. */
export interface FileDetails {
  readonly title: string
  readonly description: string
  readonly location: string
  /** An http address, or empty. */
  readonly meetingLink: string
  readonly status: 'confirmed' | 'tentative' | 'cancelled'
  readonly startWall: Temporal.PlainDateTime
  readonly durationSeconds: number
}

export interface FileEvent extends FileDetails {
  readonly uid: string
  /** The original start of an occurrence that comes without its series. */
  readonly recurrenceId: Temporal.PlainDateTime | null
  readonly sequence: number
  readonly colour: string | null
  /** `busy` shows others the time and nothing else (CONFIDENTIAL). */
  readonly visibility: 'public' | 'busy' | 'private'
  readonly transparency: 'opaque' | 'transparent'
  /** Every wall time is midnight then. */
  readonly allDay: boolean
  /** The zone of every wall time of the event and its overrides. */
  readonly timeZone: string
  /** Without the `RRULE:` prefix. */
  readonly rrule: string | null
  readonly rdates: readonly Temporal.PlainDateTime[]
  readonly exdates: readonly Temporal.PlainDateTime[]
  readonly overrides: readonly FileOverride[]
  readonly attendees: readonly FileAttendee[]
  /** Seconds before the start, soonest last. */
  readonly alarms: readonly number[]
  readonly organizer?: Mailbox
  readonly categories?: readonly string[]
}

/** One occurrence that is not as its rule says. */
export interface FileOverride extends FileDetails {
  /** Where the rule has it: RECURRENCE-ID on the clock of the series. */
  readonly recurrenceId: Temporal.PlainDateTime
  /** Who comes to this one, when that are others than those of the series, or they answer otherwise. */
  readonly attendees?: readonly FileAttendee[]
  /** When they ring for this one, when that is not as in the series. */
  readonly alarms?: readonly number[]
}

/** Something of a file that was left out, or not taken as it stood. */
export interface Remark {
  /** Where it begins in the file; the first line is 1. */
  readonly line: number
  readonly kind: 'skipped' | 'mended'
  /** A sentence for the person whose file it is. */
  readonly text: string
}

export interface CalendarFile {
  /** X-WR-CALNAME, when there is one. */
  readonly name: string
  readonly events: readonly FileEvent[]
  /** In the order of lines, the first thousand of them. */
  readonly remarks: readonly Remark[]
  /** How many events, to-dos and lines were left out altogether. */
  readonly skipped: number
}
