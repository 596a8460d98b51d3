import type { Platform } from '../message.ts'
import type { Person, Recipient, Reminder, Space } from '../model.ts'
import type { Notice, Shown } from './commit.ts'
import type { SentMessage } from './platform.ts'

/** What it takes to tell on time what is due, and to see how that goes. */

export interface DueReminder {
  readonly reminderId: string
  readonly spaceId: string
  readonly platform: Platform
  readonly dueAt: Temporal.Instant
}

/** Makes sure that due reminders are worked on. Postgres is the truth; this is a cache of the near future. */
export interface Scheduler {
  /** Idempotent: the same reminder at the same instant is one job. */
  schedule(due: readonly DueReminder[]): Promise<void>
}

/** The tellings of reminders, so that each happens once whatever dies in between. */
export interface Deliveries {
  /** What is due, with whom it concerns; undefined when the reminder is gone. */
  load(spaceId: string, reminderId: string): Promise<Loaded | undefined>
  /**
   * Takes the right to tell one occurrence in one place, for `leaseSeconds`. A first try takes whatever else is
   * due there with it; a later one takes what the earlier one had.
   */
  claim(reminder: Reminder, recipient: Recipient, limits: ClaimLimits): Promise<Claim>
  /** Says that the platform has it, and gives back the message that counts: the one that was recorded first. */
  sent(mark: string, message: SentMessage): Promise<SentMessage>
  /** Gives up on it for good. */
  failed(mark: string, reason: string): Promise<void>
  /**
   * Gives the claim back, so that anybody may try at once. `untried`: surely nothing was sent;
   * `uncertain`: the next try has to look first.
   */
  release(mark: string, state: 'untried' | 'uncertain'): Promise<void>
  /** Gives back all but the reminder `keep`: the others are told on their own. Only when surely nothing was sent. */
  part(mark: string, keep: string): Promise<void>
  /**
   * Moves reminders on once everybody was told: their state, when they ring next, and who has answered. Those that somebody changed meanwhile stay as they are, and
   * nobody gets a notice about them.
   */
  advance(moves: readonly Move[]): Promise<void>
  /** What rings before `until`, soonest first. */
  dueBefore(until: Temporal.Instant, limit: number): Promise<readonly DueReminder[]>
}

export interface ClaimLimits {
  readonly leaseSeconds: number
  /** What has been due for longer is not taken along. */
  readonly notBefore: Temporal.Instant
  /** How much one message holds: reminders, and characters of them. */
  readonly reminders: number
  readonly characters: number
}

/** A reminder that goes on, and what somebody is told about how it went. */
export interface Move {
  readonly before: Reminder
  readonly after: Reminder
  readonly notice?: Notice
}

/** A reminder that is due, with whose it is. */
export interface Owned {
  readonly reminder: Reminder
  readonly owner: Person
}

export interface Loaded extends Owned {
  readonly space: Space
  /** The recipients, by user id, who want no reminders from its owner. */
  readonly refusing: readonly string[]
}

export type Claim =
  | {
      readonly kind: 'ours'
      /** What the message carries, so that it can be found again. */
      readonly mark: string
      /** What is told in the same message, oldest first. */
      readonly together: readonly Owned[]
      /** 1 for the first try; more when an earlier one may or may not have arrived. */
      readonly attempt: number
      readonly firstTriedAt: Temporal.Instant
    }
  /** Told, or given up on. */
  | { readonly kind: 'settled' /** Why it was given up on. */; readonly failure: string | undefined }
  /** Somebody else is at it. */
  | { readonly kind: 'taken'; readonly until: Temporal.Instant }

/**
 * `found` was sent by an earlier try that died before it could say so; `deferred` was not tried, since the platform
 * asked to wait or is left alone; `retried` was tried, and nobody knows whether it arrived.
 */
export type DeliveryOutcome = 'sent' | 'found' | 'deferred' | 'retried' | 'failed' | 'skipped'

/** What the workers report. Seconds throughout. */
export interface JobMeter {
  worked(queue: string, outcome: 'done' | 'retried' | 'failed', seconds: number): void
  delivered(platform: Platform, outcome: DeliveryOutcome, latenessSeconds?: number): void
}

/** What the queues report when they are looked at. */
export interface QueueMeter {
  queue(queue: string, jobs: Readonly<Record<string, number>>, oldestSeconds: number): void
}

/** What should have been told by now on one platform. */
export interface Overdue {
  readonly platform: Platform
  readonly reminders: number
  /** How long the first of them has been due. */
  readonly seconds: number
}

/** How much waits already where new work would go. */
export interface Pressure {
  /** Whether the queue of a platform's reminders, or that of batches, is over its bound. */
  isFull(what: Platform | 'batch'): Promise<boolean>
}

/** Runs a piece of work in at most one process at a time; false when another process is at it. */
export type Exclusive = (name: string, work: () => Promise<void>) => Promise<boolean>

/** A message of ours that shows an event or a poll as it is no more. */
export interface StaleCard {
  readonly id: string
  readonly shows: Shown
  readonly changes: number
  readonly space: Space
  /** Whoever it was said to. */
  readonly reader: Person
  /** True in a channel, where others read it as well. */
  readonly isPublic: boolean
  /** Its own id is unknown until it was looked for. */
  readonly message: Omit<SentMessage, 'id'> & { readonly id?: string; readonly thread?: string }
  /** What the message carries. */
  readonly mark: string
  readonly sentAt: Temporal.Instant
}

/** The messages that show how things stand with events and polls. */
export interface Cards {
  /** Some that are told and not right any more; nobody else gets the same ones for a while. */
  take(platforms: readonly Platform[], limit: number): Promise<readonly StaleCard[]>
  /** Says that it is right again as of `changes`, or, with `until`, that it waits until then. */
  settle(card: Pick<StaleCard, 'id' | 'changes'>, until?: Temporal.Instant): Promise<void>
  /** Says which message it is; without one it is gone, and nothing to be shown any more. */
  found(card: Pick<StaleCard, 'id'>, message: SentMessage | undefined): Promise<void>
}

/** A telling that was given up on. */
export interface DeadLetter {
  readonly id: string
  readonly reminderId: string
  readonly spaceId: string
  readonly platform: Platform
  readonly to: Recipient
  readonly dueAt: Temporal.Instant
  readonly firstTriedAt: Temporal.Instant
  readonly attempts: number
  /** The platform's own code, or what went wrong in words. */
  readonly reason: string
}

export interface DeadLetters {
  /** Latest first; `before` is the last id of the page before. */
  list(page: { readonly limit: number; readonly before?: string }): Promise<readonly DeadLetter[]>
  /** Tells it again, once however often it is asked: false when it is on its way already, or gone. */
  retry(id: string): Promise<boolean>
  count(): Promise<ReadonlyMap<Platform, number>>
}
