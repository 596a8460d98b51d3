import type { Understanding } from '../understanding.ts'

/** What is understood so far. */
export interface Draft extends Understanding {
  /** What the buttons of the question stand for, by number, when they are things that were found. */
  readonly choices?: readonly string[]
  /** What waits for a yes, by its id: it was shown first, and is done when its person says so. */
  readonly waits?: string
  /** What they said. */
  readonly said?: 'yes' | 'no'
}

/** A question that DuckTape asked and has no answer to yet. */
export interface Question {
  readonly id: string
  readonly spaceId: string
  readonly personId: string
  readonly channel: string
  /** The sentence that it is about. */
  readonly text: string
  /** The understanding so far, to be completed. */
  readonly draft: Draft
  readonly expiresAt: Temporal.Instant
}

export interface Questions {
  /** Asking the same question again, by its id, changes nothing. */
  ask(question: Question): Promise<void>
  /** Undefined once it was answered. */
  get(spaceId: string, id: string): Promise<Question | undefined>
  /** The question that this person was asked last in this channel; undefined when that one was answered. */
  open(spaceId: string, personId: string, channel: string, now: Temporal.Instant): Promise<Question | undefined>
  /** Nobody wants it answered any more. */
  close(spaceId: string, id: string, now: Temporal.Instant): Promise<void>
}
