import type { Place } from '../message.ts'
import type { Reply } from '../reply.ts'

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
