import type { Author, Place } from './message.ts'
import type { Change, RecordKind } from './model.ts'
import type { ShowIn, ShownWork, ShownWorks } from './shown-work.ts'
import type { Changes, Scope, When } from './understanding.ts'

/** Many operations that are confirmed, shown and taken back as one: what is kept of them, as ports. */

/** Told to all processes when there is something to work on. */
export const batchWaits = 'batch.waits'

/** Told to all processes when a batch has ended, with its id. */
export const batchEnded = 'batch.ended'

/** The kinds of things that batches are about. */
export type BatchKind = Extract<RecordKind, 'event' | 'reminder' | 'todo' | 'note'>

export type Operation =
  /** What a sentence of its own would do. */
  | { readonly do: 'say'; readonly text: string }
  /** What "cancel it" and "change it" do to one thing, or to one occurrence of it. */
  | (Aimed & { readonly do: 'cancel' })
  | (Aimed & { readonly do: 'change'; readonly changes: Changes })
  /** What else a sentence does to a reminder. */
  | (Aimed & { readonly do: 'act'; readonly act: 'pause' | 'resume' | 'skip' | 'snooze' | 'complete'; readonly until?: When })
  /** What a program asks for, field by field. */
  | {
      readonly do: 'create' | 'update' | 'delete'
      readonly kind: BatchKind
      readonly id?: string
      readonly input: Readonly<Record<string, unknown>>
      readonly scope?: Scope
      readonly occurrence?: string
      /** Whether those who are invited are told of it. */
      readonly tell?: boolean
    }
  /** Takes back what the item at that position of another batch did. `quiet`: nobody was told of it, and nobody is now. */
  | { readonly do: 'back'; readonly position: number; readonly quiet?: boolean }

interface Aimed {
  readonly kind: BatchKind
  readonly id: string
  readonly occurrence?: string
  readonly scope?: Scope
  /** What the occurrence was when it was decided upon: the rest of its series may change meanwhile. */
  readonly was?: string
}

export interface NewItem {
  readonly operation: Operation
  /** What it is about, for the report. */
  readonly title: string
  /** The record, and the version at which it was decided upon: when it is at another one, it is left as it is. */
  readonly subjectId?: string
  readonly version?: number
}

export interface NewBatch {
  readonly id: string
  readonly spaceId: string
  readonly personId: string
  readonly origin: Place
  readonly author: Author
  /** "Cancel 12 events" */
  readonly title: string
  /** Of what a program sent: the same id with another body is a mistake. */
  readonly fingerprint?: string
  readonly undoes?: string
  /** Nobody is told how it goes: a program asks. */
  readonly quiet?: boolean
}

/** `stopping`: what is not begun is not done any more. */
export type BatchState = 'draft' | 'running' | 'stopping' | 'done' | 'stopped'
export type ItemState = 'pending' | 'done' | 'failed' | 'skipped'
/** Why an item was not done: `changed` meanwhile, refused by the rules, or `stopped` before its turn. */
export type ItemCode = 'changed' | 'refused' | 'not_found' | 'not_yours' | 'invalid' | 'broken' | 'stopped'

export interface BatchCounts {
  readonly total: number
  readonly done: number
  readonly failed: number
  readonly skipped: number
}

export interface BatchStatus extends BatchCounts, ShownWork {
  readonly spaceId: string
  readonly personId: string
  readonly state: BatchState
  readonly title: string
  readonly author: Author
  readonly undoes: string | null
  readonly undone: boolean
  readonly fingerprint: string | null
}

export interface BatchItem {
  readonly position: number
  readonly title: string
  readonly state: ItemState
  readonly resultId: string | null
  readonly code: ItemCode | null
  readonly reason: string | null
}

/** An item as the one who does it needs it. */
export interface ItemAtWork {
  readonly batchId: string
  readonly position: number
  readonly operation: Operation
  readonly title: string
  readonly subjectId: string | null
  /** The version that its record has to be at: the one decided upon, or the one that this batch itself left it at. */
  readonly version: number | null
}

/** The item of a batch that a commit is: settled with it, so that it is done once. */
export interface BatchStep {
  readonly batchId: string
  readonly position: number
  readonly subjectId: string | null
}

/** What was done. `quiet`: and nobody was told. */
export interface DoneItem extends Pick<NewItem, 'title' | 'subjectId'> {
  readonly position: number
  readonly quiet: boolean
}

/** What commands and programs do with batches. */
export interface Batches {
  /**
   * Keeps operations until their person confirms them; the same ones again, by the id, change nothing. A batch that
   * takes back another one may be there already: then nothing is kept.
   */
  draft(batch: NewBatch, items: readonly NewItem[]): Promise<void>
  /** Lets it run; one that takes back another and was stopped goes on. Undefined when it is not this person's, or gone. */
  begin(
    spaceId: string,
    personId: string,
    id: string,
    at: Temporal.Instant,
    show?: ShowIn,
  ): Promise<'begun' | 'begun-before' | 'too-many' | undefined>
  /** The batch that an audit entry stands for. */
  ofEntry(spaceId: string, personId: string, auditId: string): Promise<string | undefined>
  status(spaceId: string, personId: string, id: string): Promise<BatchStatus | undefined>
  /**
   * Waits a moment for one that has begun: true when it has ended by then, and whoever asked tells how. Longer ones
   * are shown by those who work on them.
   */
  endsSoon(id: string): Promise<boolean>
  items(
    spaceId: string,
    id: string,
    page: { readonly after: number; readonly limit: number; readonly state?: ItemState },
  ): Promise<readonly BatchItem[]>
  /** Lets nothing more begin; false when it is over already. */
  stop(spaceId: string, personId: string, id: string): Promise<boolean>
  /** A preview that nobody wants any more. */
  drop(spaceId: string, personId: string, id: string): Promise<boolean>
  /** The positions that were done and can be taken back, last first, with what they are about. */
  doneItems(spaceId: string, id: string): Promise<readonly DoneItem[]>
  /** The batch that this one takes back. */
  undoneBy(spaceId: string, id: string): Promise<string | undefined>
  /** What one item did. */
  changesOf(spaceId: string, id: string, position: number): Promise<readonly Change[]>
}

/** What those who work on batches do with them. */
export interface BatchWork extends ShownWorks<BatchStatus> {
  /** What is left of a part, in order. */
  pending(id: string, part: number, limit: number): Promise<readonly ItemAtWork[]>
  /** The version that this batch has left a record at, if it has touched it. */
  leftAt(id: string, subjectId: string): Promise<number | undefined>
  /** Says that an item was not done, and why; false when it is settled already. */
  fail(id: string, position: number, why: { readonly code: ItemCode; readonly reason: string }): Promise<boolean>
  /** False once it is to stop. */
  isRunning(id: string): Promise<boolean>
  /** Holds it for longer, for whoever works on it. */
  hold(id: string): Promise<void>
  /** Ends it once nothing is left to do; true for the one who ends it. */
  end(id: string): Promise<boolean>
  /** Batches that wait for somebody: those that nobody holds, with a number that was never given before. */
  abandoned(): Promise<readonly { readonly id: string; readonly parts: number; readonly attempt: number }[]>
}
