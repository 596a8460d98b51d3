/**
 * What a sentence asks for: the answer of `ducktape understand` and of `POST /api/understand`.
 *
 * Wall times carry their offset (`2026-11-24T15:00:00-05:00`); dates are `YYYY-MM-DD`.
 */
export interface Understanding {
  readonly intent: Intent
  /** 0 to 1. */
  readonly confidence: number
  readonly title: string | null
  readonly target: Target | null
  readonly people: readonly PersonReference[]
  readonly channel: string | null
  readonly calendar: string | null
  readonly location: string | null
  readonly meetingLink: 'zoom' | 'meet' | 'teams' | 'jitsi' | 'any' | null
  readonly list: string | null
  /** ISO 8601 durations before the start: `PT15M`. */
  readonly alerts: readonly string[]
  /** The body of a note; the IANA name of the zone in `settings.update`. */
  readonly content: string | null
  readonly when: When | null
  readonly recurrence: Recurrence | null
  /** "that", "it": the thing touched last; "cancel 2": the second of the list last shown (-1 is its last). */
  readonly reference?: 'last' | { readonly ordinal: number } | null
  readonly spans: readonly SlotSpan[]
  readonly alternatives: readonly Partial<Understanding>[]
}

export const intents = [
  'event.create',
  'event.list',
  'event.find',
  'event.update',
  'event.cancel',
  'event.rsvp',
  'availability.find',
  'reminder.create',
  'reminder.list',
  'reminder.update',
  'reminder.cancel',
  'reminder.snooze',
  'reminder.complete',
  'todo.create',
  'todo.list',
  'todo.complete',
  'todo.update',
  'todo.delete',
  'note.create',
  'note.list',
  'note.find',
  'note.update',
  'note.delete',
  'group.create',
  'group.list',
  'group.update',
  'group.delete',
  'digest.create',
  'digest.delete',
  'settings.show',
  'settings.update',
  'time.query',
  'batch.import',
  'batch.export',
  'batch.shift',
  'batch.cancel',
  'undo',
  'help',
  'none',
] as const
export type Intent = (typeof intents)[number]

export type Target = { readonly kind: 'me' } | { readonly kind: 'people' } | { readonly kind: 'channel' }

export type PersonReference =
  | { readonly name: string }
  | { readonly email: string }
  /** `<@U123>`, as the platform writes it. */
  | { readonly mention: string }

export interface When {
  readonly kind: 'instant' | 'date' | 'range'
  readonly start: string | null
  /** Exclusive when it is a date. */
  readonly end: string | null
  readonly grain: Grain
  readonly timeZone: string
  /** Which side of a range has no end. */
  readonly open?: 'after' | 'before'
}

export type Grain = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year'

export interface Recurrence {
  /** RFC 5545 RRULE value, without the `RRULE:` prefix. */
  readonly rrule: string
  /** Wall time `2026-11-24T09:00:00`, or a date when the phrase has no clock time. */
  readonly dtstart: string
  readonly timeZone: string
  readonly exdates: readonly string[]
  /** The first N, with offset, when N were asked for. */
  readonly occurrences?: readonly string[]
}

export interface SlotSpan {
  readonly slot:
    | 'title'
    | 'when'
    | 'recurrence'
    | 'target'
    | 'people'
    | 'channel'
    | 'calendar'
    | 'location'
    | 'meetingLink'
    | 'list'
    | 'alerts'
    | 'content'
  /** UTF-16 offsets into the text, end exclusive. */
  readonly start: number
  readonly end: number
}

/** The request of `understand`, as it arrives over the command line and over HTTP. */
export interface UnderstandRequest {
  readonly id?: string
  readonly text: string
  /** ISO 8601 with offset; the present when absent. */
  readonly now?: string
  /** IANA name or offset (`-02:00`). */
  readonly timeZone?: string
  /** BCP 47; decides the order of day and month. */
  readonly locale?: string
  /** False for words overheard in a channel. */
  readonly addressed?: boolean
  /** How many occurrences of a recurrence to list. */
  readonly occurrences?: number
}
