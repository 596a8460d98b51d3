import type { BatchStep } from '../batch.ts'
import type { Place, Platform, SentMessage } from '../message.ts'
import type { Attendee, Change, Recipient } from '../model.ts'
import type { Reply } from '../reply.ts'

/** What commands write, all of it or nothing. */

export interface Commit {
  readonly spaceId: string
  readonly actorId: string
  readonly at: Temporal.Instant
  /** The id that the audit entry gets, known beforehand so that an Undo button can carry it. */
  readonly auditId: string
  /** What was done, in a few words: "reminder created". */
  readonly summary: string
  readonly changes: readonly Change[]
  /** Who is told of it. */
  readonly notices?: readonly Notice[]
  /** Set when this work takes back an earlier entry. */
  readonly undoes?: string
  /** The question that this work answers: it is closed with it, so that it is answered once. */
  readonly answers?: string
  /** The item of a batch that this work is: the item keeps what was done, in the place of the message and of an audit entry. */
  readonly item?: BatchStep
  readonly message: { readonly platform: Platform; readonly id: string; readonly reply: Reply; readonly edits?: string }
  /** The mark of an answer that does not show any more what it did. */
  readonly unshows?: string
  /** What the reply shows, to be shown anew when it changes; with the message it takes the place of, where that is known. */
  readonly card?: { readonly shows: Shown; readonly readerId: string; readonly place: Place; readonly message?: SentMessage }
}

/** The audit entry of what a message changed. */
export interface Earlier {
  readonly id: string
  readonly spaceId: string
  readonly undone: boolean
}

/** Something that one person is told because of what another one did, exactly once. */
export interface Notice {
  /** The same for the same thing: one that is not told yet is told in its newest words. */
  readonly id: string
  /** Who caused it. */
  readonly ownerId: string
  /** The platform's user id of the person who is told, in their direct messages. */
  readonly user: string
  /** Where they are told instead. */
  readonly to?: Recipient
  readonly origin: Place
  readonly at: Temporal.Instant
  readonly reply: Reply
  /** Set when it shows how things stand: it is shown anew when they change. */
  readonly card?: Shown & { readonly personId: string }
}

/** What a message shows: an event, one or more occurrences of it, or a poll. */
export type Shown =
  | ({ readonly kind: 'event' } & Pick<Attendee, 'eventId' | 'recurrenceId' | 'following'>)
  | { readonly kind: 'poll'; readonly pollId: string }

export interface AuditEntry {
  readonly id: string
  readonly actorId: string
  readonly at: Temporal.Instant
  readonly summary: string
  readonly changes: readonly Change[]
  readonly undone: boolean
}
