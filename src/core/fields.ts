import type { Hours, MeetingService } from './model.ts'

/**
 * What people keep besides events, as programs write it. What is absent is usual when a thing is made, and stays when it
 * is changed. Moments are wall times, or have an offset.
 */
export interface ReminderFields {
  readonly text?: string | undefined
  /** A wall time, or a moment with its offset. */
  readonly at?: string | undefined
  readonly timeZone?: string | undefined
  readonly rrule?: string | undefined
  /** Names of people and of groups; `me` is the one who asks. */
  readonly to?: readonly string[] | undefined
  readonly state?: 'scheduled' | 'paused' | 'done' | undefined
  /** Of one that repeats, what a new time is for. */
  readonly scope?: 'this' | 'all' | undefined
}

export interface TodoFields {
  readonly text?: string | undefined
  readonly at?: string | null | undefined
  readonly timeZone?: string | undefined
  readonly state?: 'open' | 'done' | undefined
  /** The name of the list it stands on, which is made when there is none such. */
  readonly list?: string | undefined
}

export interface NoteFields {
  readonly title?: string | undefined
  readonly body?: string | undefined
  /** The name of the folder it lies in, which is made when there is none such; null for none. */
  readonly folder?: string | null | undefined
}

/** A group as a program writes it; members are names of people and of groups, whose members they then are. */
export interface GroupFields {
  readonly name?: string | undefined
  readonly members?: readonly string[] | undefined
}

/** Somebody's settings as a program writes them; what is absent stays. */
export interface SettingsFields {
  readonly timeZone?: string | undefined
  readonly locale?: string | null | undefined
  readonly workingHours?: Hours | undefined
  readonly bufferMinutes?: number | undefined
  /** ISO 8601 durations before events. */
  readonly alerts?: readonly string[] | undefined
  readonly catchUpDays?: number | undefined
  /** Null takes an address away. */
  readonly meetingLinks?: Readonly<Partial<Record<MeetingService, string | null | undefined>>> | undefined
  readonly senders?: SendersFields | undefined
  /** Null stops one. */
  readonly digests?: { readonly agenda?: DigestFields | null | undefined; readonly review?: DigestFields | null | undefined } | undefined
}

/** Whose reminders they take; the exceptions are names of people and of groups. */
export interface SendersFields {
  readonly from: 'everybody' | 'nobody'
  readonly except?: readonly string[] | undefined
}

/** When a digest comes, by the clock of a zone; what is absent is usual, or stays. */
export interface DigestFields {
  readonly at?: string | undefined
  readonly rrule?: string | undefined
  readonly timeZone?: string | undefined
}
