import type { FastifyInstance } from 'fastify'
import type { BatchItem, BatchKind, BatchStatus, ItemState } from '#core/batch.ts'
import type { ImportStatus } from '#core/imports.ts'
import type { Reminder } from '#core/model.ts'
import type { DeadLetter, TranscriptEntry } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import type { OccurrenceRead, Part } from './planning.ts'

/** What the web server needs from the rest of the program. */

/** Who a token, a link from a chat, or the lack of both on this machine, stands for. */
export interface Account {
  /** As `core/account.ts` words it. */
  readonly user: string
  readonly name: string
  /** May see queues, and what was given up on. */
  readonly admin?: boolean
}

/** A session for what a link gives out; undefined when that was used already, or never was one. */
export type Login = (link: string) => Promise<{ readonly session: string; readonly seconds: number; readonly admin: boolean } | undefined>

/** Queues as an operator sees them, under `path`. */
export interface Board {
  readonly path: string
  plugin(): Promise<(app: FastifyInstance, options: { readonly prefix: string }, done: () => void) => void>
}

export interface DeadLetterRead extends Omit<DeadLetter, 'to'> {
  /** `direct:U1`, `channel:C1:` */
  readonly place: string
  /** What the reason means, and what mends it. */
  readonly meaning: string
}

/** What was given up on, for operators. */
export interface Admin {
  /** Latest first; `before` is the last id of the page before. */
  deadLetters(page: { readonly limit: number; readonly before?: string }): Promise<readonly DeadLetterRead[]>
  /** How many are on their way again; all of them without `ids`. */
  retry(ids?: readonly string[]): Promise<number>
}

/**
 * Undefined when nobody is let in.
 *
 * `remoteAddress` is the peer's own address, or `forwarded` when the request says that a proxy brings
 * it for somebody else, who is then not on this machine.
 */
export type Authenticate = (token: string | undefined, remoteAddress: string) => Promise<Account | undefined>

export interface Visitor extends Account {
  readonly timeZone?: string
  readonly locale?: string
  readonly session?: string
}

export interface Answer {
  readonly reply: Reply | undefined
  readonly line?: TranscriptEntry
  readonly said?: TranscriptEntry
}

/** The chat platform that the page is (bots/web). */
export interface Chat {
  command(visitor: Visitor, sentence: { readonly id: string; readonly text: string }): Promise<Answer>
  press(
    visitor: Visitor,
    press: { readonly id: string; readonly token: string; readonly line?: string; readonly text?: string },
  ): Promise<Answer>
  ask(visitor: Visitor, sentence: { readonly id: string; readonly text: string }): Promise<Reply | undefined>
  lines(listen: (notice: LineNotice) => void): Disposable
}

export interface LineNotice {
  readonly user: string
  readonly id: string
  readonly about?: string | undefined
  readonly session?: string | undefined
  /** False for a line that only those who watch the transcript are shown. */
  readonly rings?: boolean | undefined
}

export type ReminderRead = Pick<Reminder, 'id' | 'text' | 'dueAt' | 'timeZone' | 'state' | 'rrule'>

/** Events, or calendars as wholes, by their ids. */
export interface ChangedEvents {
  readonly changed: readonly string[]
  /** What somebody answered, which only whoever plans it looks for. */
  readonly answered: readonly string[]
}

/** What one person has, for the lists of the page. */
export interface Reads {
  /** The id of the person that a user is, by which changes name their owner. */
  person(user: string): Promise<string>
  /** Scheduled, and delivered and not done, soonest first. */
  reminders(user: string): Promise<readonly ReminderRead[]>
  /** Those that touch the window, soonest first. */
  events(user: string, from: Temporal.Instant, to: Temporal.Instant, limit: number): Promise<readonly OccurrenceRead[]>
  /** Which of these people see which of what changed in a space. */
  audience(
    spaceId: string,
    changed: ChangedEvents,
    personIds: readonly string[],
  ): Promise<readonly { readonly id: string; readonly personId: string }[]>
}

export type Checks = () => Promise<Readonly<Record<string, { readonly ok: boolean; readonly detail?: string }>>>

export interface WebLimits {
  readonly maxConnections: number
  /** Of one frame and of one HTTP body. */
  readonly maxMessageBytes: number
  /** Operations in one batch. */
  readonly maxBatchSize: number
  /** Frames that one socket may send: `burst` at once, `perSecond` in the long run. */
  readonly rate?: { readonly perSecond: number; readonly burst: number }
}

/** Seconds throughout. */
export interface WebMeter {
  requested(method: string, route: string, status: number, seconds: number): void
  /** From having read a frame to having written its answer. */
  replied(seconds: number): void
  /** What somebody said could not be kept, or our answer to it could not. */
  unanswered(): void
  connections(count: number): void
  message(direction: 'in' | 'out'): void
  dropped(reason: DropReason): void
}

/** `full`: too many connections; `oversized`: a frame too large; `slow`: does not read; `silent`: answers no ping; `stranger`: never said who. */
export type DropReason = 'full' | 'oversized' | 'slow' | 'silent' | 'stranger'

/** A file or an address to take events from. */
export interface ImportSource {
  readonly format: 'ics' | 'csv' | 'url'
  readonly source: Uint8Array | null
  readonly url: string | null
  /** Of times without one; the person's own when it is not given. */
  readonly timeZone?: string
  /** Where the machine is: for whoever has said no zone of their own. */
  readonly machineZone?: string
  /** The name of a calendar of theirs; the usual one when it is not given. */
  readonly calendar?: string
  /** Only look what would come in, until it is confirmed. */
  readonly preview?: boolean
}

export type Begun = { readonly kind: 'begun'; readonly id: string } | { readonly kind: 'too-many' } | { readonly kind: 'no-calendar' }

export interface ExportedFile {
  readonly body: string
  readonly fileName: string
}

export interface FeedFile {
  readonly etag: string
  readonly changedAt: Temporal.Instant
  /** Made only when it is asked for and has changed. */
  body(): Promise<string>
}

/** Calendars as files and feeds, of the person that an account is. */
export interface Exchange {
  begin(user: string, source: ImportSource): Promise<Begun>
  status(user: string, id: string): Promise<ImportStatus | undefined>
  /** Lets come in what was looked at. `confirmed-before`: it does already; `over`: there is nothing to confirm any more. */
  confirm(user: string, id: string): Promise<'confirmed' | 'confirmed-before' | 'unread' | 'too-many' | 'over' | 'not-found'>
  /** False when it is over already, or not theirs. */
  stop(user: string, id: string): Promise<boolean>
  /** Undefined when there is no calendar of that name. */
  export(user: string, format: 'ics' | 'csv', calendar?: string): Promise<ExportedFile | undefined>
  /** What a link of ours gives out, while it counts. */
  file(token: string): Promise<ExportedFile | undefined>
  /** What the secret of a feed opens. */
  feed(secret: string): Promise<FeedFile | undefined>
}

/** One operation of a batch, as a program asks for it. */
export interface BatchAsked {
  readonly op: 'create' | 'update' | 'delete'
  readonly kind: BatchKind
  readonly id?: string
  /** The version that it is meant for. */
  readonly version?: number
  readonly scope?: Part['scope']
  readonly occurrence?: string
  /** Whether those who are invited are told, as they are of what is said in chat. */
  readonly tell?: boolean
  readonly fields?: Readonly<Record<string, unknown>>
}

/** Many operations at once, of the person that an account is. */
export interface Batching {
  /** With a key that was used before: the same batch. `reused`: it was for other operations. */
  begin(
    user: string,
    operations: readonly BatchAsked[],
    key?: string,
  ): Promise<{ readonly kind: 'begun'; readonly id: string } | { readonly kind: 'reused' } | { readonly kind: 'too-many' }>
  status(
    user: string,
    id: string,
    page: { readonly after: number; readonly limit: number; readonly state?: ItemState },
  ): Promise<{ readonly status: BatchStatus; readonly items: readonly BatchItem[] } | undefined>
  /** False when it is over, or none of theirs. */
  stop(user: string, id: string): Promise<boolean>
  undo(
    user: string,
    id: string,
  ): Promise<{ readonly kind: 'begun'; readonly id: string } | { readonly kind: 'running' | 'nothing' | 'too-many' | 'not-found' }>
}
