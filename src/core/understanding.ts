import type { MeetingService } from './model.ts'

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
  /** All channels that a reminder is for, where it names some; `channel` is the first. */
  readonly channels?: readonly string[]
  readonly calendar: string | null
  readonly location: string | null
  readonly meetingLink: 'zoom' | 'meet' | 'teams' | 'jitsi' | 'any' | null
  readonly list: string | null
  /** ISO 8601 durations before the start: `PT15M`. */
  readonly alerts: readonly string[]
  /**
   * The body of a note; the IANA name of the zone in `settings.update`; what somebody adds to their answer in
   * `event.rsvp`; what is asked for in `event.attendees`, `event.limit`, `event.mark`, `calendar.update` and `reminder.update`
   * (`skip`, `pause`, `resume`, `stop`, `nag`, `once`) and `digest.update` (`skip`, `pause`, `resume`), in one word of ours; `next`, `first`, `last` in `event.find` when one of several is asked for; `count` in `event.list` when it is asked how many.
   */
  readonly content: string | null
  readonly when: When | null
  readonly recurrence: Recurrence | null
  /** "that", "it": the thing touched last; "cancel 2": the second of the list last shown (-1 is its last). */
  readonly reference?: 'last' | { readonly ordinal: number } | null
  /** What an update does to the thing that the other slots name; null for every other intent. */
  readonly changes?: Changes | null
  /** Of something that repeats: this occurrence, this and the later ones, or the whole series; null when nobody says. */
  readonly scope?: Scope | null
  /** The answer to an invitation, in the words of RFC 5545 (PARTSTAT). */
  readonly rsvp?: Rsvp | null
  /** How long what is planned or looked for takes, ISO 8601: "a [45 minute] call", "when are we free [for an hour]". */
  readonly duration?: string | null
  /** Which digest is meant: the day ahead, the week that was, what was missed. */
  readonly digest?: 'agenda' | 'review' | 'catchup' | null
  /** Of a reminder: asked again after so long, until it is done; ISO 8601. */
  readonly nag?: string | null
  /** Until when those who are asked may answer. */
  readonly deadline?: When | null
  /** The zone of the clock time, as it was said, where nobody knows it: "3pm [Atlantis] time". */
  readonly strangeZone?: string
  /** How many may come to an event that is made: "at most 12 people". */
  readonly capacity?: number
  /** All things that the other slots name are meant, and not one of them: "cancel all my reminders". */
  readonly every?: boolean
  /** The day of the week (Monday 1) of such things: surely of every week, or perhaps of the coming one alone. */
  readonly weekly?: { readonly day: number; readonly sure: boolean }
  /** Of `settings.update`, where it is not the time zone. */
  readonly setting?: Setting | null
  /** Of `batch.create`: the requests that the sentence holds, each as a sentence of its own. */
  readonly parts?: readonly string[]
  readonly spans: readonly SlotSpan[]
  readonly alternatives: readonly Partial<Understanding>[]
}

export type Scope = 'this' | 'following' | 'all'

export type Rsvp = 'accepted' | 'declined' | 'tentative'

export type Setting =
  | {
      readonly kind: 'hours'
      /** Days of the week, Monday 1 to Sunday 7; null when only the hours were said. */
      readonly days: readonly number[] | null
      /** `09:00` */
      readonly from: string
      readonly to: string
    }
  /** What is kept free between two events, in minutes. */
  | { readonly kind: 'buffer'; readonly minutes: number }
  /** Where calls are, of the speaker or of everybody here; null takes the address away. */
  | { readonly kind: 'meeting'; readonly service: MeetingService; readonly url: string | null; readonly of: 'person' | 'space' }
  /** Whose reminders are wanted: those of `people`, theirs `only`, or everybody's. */
  | { readonly kind: 'senders'; readonly from: 'named' | 'everybody' | 'only'; readonly allowed: boolean }
  /** How long before events somebody is alerted when nobody says, in seconds. */
  | { readonly kind: 'alerts'; readonly seconds: readonly number[] }
  /** After how many days away somebody is told what they missed; 0 for never. */
  | { readonly kind: 'catchup'; readonly days: number }
  /** Who in the whole space may remind channels, or everyone in one; `named` are `people`. */
  | { readonly kind: 'rule'; readonly about: 'channels' | 'everyone'; readonly who: 'admins' | 'everybody' | 'named' }
  /** Whether words in a channel are read that are said to nobody in particular; without `on` it is asked where they are. */
  | { readonly kind: 'listening'; readonly on?: boolean }

/**
 * What becomes different, and nothing of what stays: an empty object when the sentence does not say.
 *
 *     move my 3pm to 4 tomorrow           from: today 15:00   when: tomorrow 16:00
 *     push the review back by half an hour                    shift: PT30M
 *     make it 45 minutes                                      duration: PT45M
 *
 * Durations are ISO 8601; `-PT1H` is an hour earlier, or shorter.
 */
export interface Changes {
  /** When the thing is until now, where the sentence tells it by that: "my 3pm", "Friday's lunch". */
  readonly from?: When
  readonly when?: NewTime
  /** By how much it moves. */
  readonly shift?: string
  /** How long it is from now on. */
  readonly duration?: string
  /** By how much it grows. */
  readonly lengthen?: string
  readonly recurrence?: Recurrence
  /** The event stays as it is, and another one like it is made: "copy the retro to Friday". */
  readonly copy?: true
  readonly title?: string
  readonly location?: string
  /** It takes whole days from now on. */
  readonly allDay?: true
  readonly meetingLink?: NonNullable<Understanding['meetingLink']>
  /** The same as `location` when it may be either: "move lunch to Side project". Whether there is such a calendar decides. */
  readonly calendar?: string
  readonly list?: string
  readonly content?: string
  /** ISO 8601 durations before the start. */
  readonly alerts?: readonly string[]
  readonly addPeople?: readonly PersonReference[]
  readonly removePeople?: readonly PersonReference[]
  /** By its name in CSS. */
  readonly colour?: string
  /** An occurrence that was left out is to take place after all. */
  readonly status?: 'confirmed'
  /** Who may read what an event is. */
  readonly visibility?: 'public' | 'busy' | 'private'
}

/** A new time. What the words leave out is a guess here, and the thing keeps its own. */
export interface NewTime extends When {
  /** `day` when only a clock time was said ("to 4pm"), `time` when only a day was ("to Friday"). */
  readonly keeps: 'day' | 'time' | 'nothing'
  /** Nobody said which half of the day: "make it 10" is the evening of what was at nine in the evening. */
  readonly half?: 'unsaid'
}

export const intents = [
  'event.create',
  'event.list',
  'event.find',
  'event.update',
  'event.cancel',
  'event.rsvp',
  'availability.find',
  'event.attendees',
  'event.nudge',
  'event.limit',
  'event.mark',
  'availability.poll',
  'calendar.create',
  'calendar.list',
  'calendar.update',
  'calendar.delete',
  'calendar.subscribe',
  'calendar.unsubscribe',
  'calendar.link',
  'page.open',
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
  'digest.update',
  'digest.show',
  // Never in words: opening our page on a platform asks for it.
  'overview.show',
  'digest.delete',
  'settings.show',
  'settings.update',
  'time.query',
  'batch.import',
  'batch.export',
  'batch.shift',
  'batch.cancel',
  'batch.create',
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
  /** Of what is looked for: a clock time and no day was said, so it may be that of another day than the next one. */
  readonly anyDay?: true
  /** Of days that are looked through for free time: only these hours of each, as wall times "14:00:00", `to` being exclusive. */
  readonly hours?: { readonly from: string; readonly to: string }
}

export type Grain = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year'

export interface Recurrence {
  /** RFC 5545 RRULE value, without the `RRULE:` prefix. */
  readonly rrule: string
  /** Wall time `2026-11-24T09:00:00`, or a date when the phrase has no clock time. */
  readonly dtstart: string
  readonly timeZone: string
  readonly exdates: readonly string[]
  /**
   * The first N, with offset, when N were asked for. What has a day and no clock time happens at 9:00, as a reminder
   * rings; only an event that takes its whole days has dates here.
   */
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
