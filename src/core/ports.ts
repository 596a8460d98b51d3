import type { Imports, Subscriptions } from './exchange.ts'
import type { Author, Incoming, Place, Platform } from './message.ts'
import type {
  Attendee,
  Calendar,
  CalendarEvent,
  Change,
  Group,
  Invitation,
  Note,
  Person,
  Poll,
  Recipient,
  Reminder,
  Series,
  Space,
  Todo,
} from './model.ts'
import type { Reply } from './reply.ts'
import type { Understanding } from './understanding.ts'

/** Everything the inside of the program needs from outside, as interfaces. */

export interface Clock {
  now(): Temporal.Instant
}

/** Gives a message to the engine and brings back what to say, or nothing when there is nothing to say. */
export type Deliver = (message: Incoming) => Promise<Reply | undefined>

/** Reads a sentence. Never throws. */
export interface Language {
  understand(request: {
    readonly text: string
    readonly now: Temporal.Instant
    readonly timeZone: string
    readonly locale: string
    readonly addressed: boolean
  }): Understanding
}

/** A message that a platform has accepted, in its own ids. */
export interface SentMessage {
  readonly channel: string
  readonly id: string
}

/** Sends what nobody asked for at this moment: reminders, digests. Holds no socket. */
export interface Messenger {
  readonly platform: Platform
  /** How long a place has to rest between two messages of ours, in milliseconds; absent where nothing limits them. */
  readonly pauseMs?: number
  /**
   * Sends once. `mark` is put where the platform itself can show it again, so that `find` can tell
   * after a crash whether an earlier try arrived.
   *
   * Throws `BotError`.
   */
  send(space: string, to: Recipient, reply: Reply, mark: string): Promise<SentMessage>
  /** The message that carries `mark`, sent at or after `since`, if there is one. Throws `BotError`. */
  find(space: string, to: Recipient, mark: string, since: Temporal.Instant): Promise<SentMessage | undefined>
  /**
   * Takes a message of ours back; one that is gone already is taken back. Absent where a mark is never kept
   * twice. Throws `BotError`.
   */
  retract?(message: SentMessage): Promise<void>
  /**
   * Whether a message would arrive there, as far as that can be seen without sending one: undefined when nothing
   * speaks against it, else the platform's own code. Absent where everybody is always reached. Throws `BotError`.
   */
  obstacle?(to: Recipient): Promise<string | undefined>
}

/** A platform: what it can send, and a way to listen to it until disposed. */
export interface Bot extends Messenger {
  start(deliver: Deliver): Promise<AsyncDisposable>
}

/** Something a platform sent, kept before it is acknowledged. */
export interface Kept {
  readonly platform: Platform
  readonly id: string
  /** What `decode` takes; at most MAX_MESSAGE_BYTES of JSON. */
  readonly raw: unknown
}

/** The events that platforms have sent, so that each is answered once and none is lost in a crash. */
export interface Inbox {
  /** Keeps an event before it is acknowledged. `seen`: it was kept before, so run nothing. */
  keep(entry: Kept): Promise<'new' | 'seen'>
  /** Says that the event was handled and its answer sent. */
  finish(platform: Platform, id: string): Promise<void>
  /** Takes over events of processes that died before they finished them; nobody else gets the same ones. */
  abandoned(platform: Platform): Promise<readonly Kept[]>
}

/** What a platform part reports while it works. Seconds throughout. */
export interface BotMeter {
  /** From the platform's own timestamp to us. */
  arrived(platform: Platform, seconds: number): void
  /** From us having read the frame to the platform having our ack. */
  acked(platform: Platform, seconds: number): void
  /** From us having read the frame to the platform having accepted our answer; `at` is the platform's own timestamp. */
  replied(platform: Platform, seconds: number, at?: Temporal.Instant): void
  connected(platform: Platform, up: boolean): void
  reconnected(platform: Platform): void
  rateLimited(platform: Platform): void
}

/** Carries small JSON messages to all processes of this installation, best effort. */
export interface Broadcast {
  publish(topic: string, payload: unknown): Promise<void>
  subscribe(topic: string, listen: (payload: unknown) => void): Disposable
}

/** One line of the web page's chat. */
export interface TranscriptEntry {
  /** Grows with time: UUIDv7. */
  readonly id: string
  readonly at: Temporal.Instant
  readonly from: 'person' | 'ducktape'
  readonly text?: string
  readonly reply?: Reply
}

/** The chat of the page. Slack and Discord keep theirs themselves; this one is ours to keep. */
export interface Transcripts {
  /** Adds a line. With a `mark` that is already there, the earlier line is returned and nothing added. */
  append(user: string, entry: Omit<TranscriptEntry, 'id' | 'at'>, mark?: string): Promise<TranscriptEntry>
  /** The line whose mark this is. */
  find(user: string, mark: string): Promise<TranscriptEntry | undefined>
  get(user: string, id: string): Promise<TranscriptEntry | undefined>
  /** Puts another reply in the place of an earlier one. */
  replace(user: string, id: string, reply: Reply): Promise<void>
  /** The last lines, oldest first; `before` pages back. */
  recent(user: string, limit: number, before?: string): Promise<readonly TranscriptEntry[]>
}

export interface Met {
  readonly space: Space
  readonly person: Person
}

/** Whose events are looked at: those of some calendars, and those that a person is invited to. */
export interface EventScope {
  readonly spaceId: string
  readonly calendarIds: readonly string[]
  readonly invited?: string
}

export interface EventWindow {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  /** As many single events, the earliest; series count apart. */
  readonly limit: number
}

export interface EventSearch {
  /** As typed: accents, case and endings do not matter, and neither do small mistakes. */
  readonly words: string
  readonly from?: Temporal.Instant
  readonly to?: Temporal.Instant
  readonly now: Temporal.Instant
  readonly limit: number
}

export interface FoundSeries {
  readonly series: readonly Series[]
  /** False when there are more than the limit. */
  readonly complete: boolean
}

/** Everything a command may read. Each call is scoped to one space. */
export interface Store {
  readonly reminders: {
    get(spaceId: string, id: string): Promise<Reminder | undefined>
    /** Of one person, soonest first: what is scheduled, and what was delivered and not done. */
    open(spaceId: string, ownerId: string, limit: number): Promise<readonly Reminder[]>
    /** The reminder of theirs that was told last, and when. */
    lastRung(spaceId: string, ownerId: string): Promise<{ readonly id: string; readonly at: Temporal.Instant } | undefined>
    /** Of one person: all that are open, those of them that repeat, or those that are done (latest first). */
    ofKind(
      spaceId: string,
      ownerId: string,
      kind: 'open' | 'repeating' | 'done',
      page: { readonly offset: number; readonly limit: number },
    ): Promise<readonly Reminder[]>
    /** How its last occurrence went, for each recipient that was tried. */
    tellings(spaceId: string, id: string): Promise<readonly ReminderTelling[]>
    /** Those that one message told, by the mark that it carries, oldest first. */
    toldWith(spaceId: string, mark: string): Promise<readonly Reminder[]>
    /** How many of one person's reminders are scheduled. */
    countScheduled(spaceId: string, ownerId: string): Promise<number>
    /** How many for others this person, by both their ids, has made since then and not taken back. */
    countForOthers(spaceId: string, owner: Pick<Person, 'id' | 'userId'>, since: Temporal.Instant): Promise<number>
  }
  readonly events: {
    get(spaceId: string, id: string): Promise<CalendarEvent | undefined>
    several(spaceId: string, ids: readonly string[]): Promise<readonly CalendarEvent[]>
    /** Single events and series that touch the window, as far as it needs them; the caller expands them. */
    within(scope: EventScope, window: EventWindow): Promise<FoundSeries>
    /** Events by their words, people and places, best first; without overrides. */
    search(scope: EventScope, search: EventSearch): Promise<readonly Series[]>
  }
  readonly attendees: {
    /** Of several events, those who were taken off again included. */
    of(spaceId: string, eventIds: readonly string[]): Promise<readonly Attendee[]>
    /** What one person has answered, of several events. */
    answers(spaceId: string, personId: string, eventIds: readonly string[]): Promise<readonly Attendee[]>
    /** The events that a person is invited to and that are not over, soonest first. */
    invitedTo(spaceId: string, personId: string, from: Temporal.Instant, limit: number): Promise<readonly string[]>
  }
  readonly invitations: {
    get(spaceId: string, eventId: string): Promise<Invitation | undefined>
  }
  readonly polls: {
    get(spaceId: string, id: string): Promise<Poll | undefined>
  }
  readonly calendars: {
    get(spaceId: string, id: string): Promise<Calendar | undefined>
    /** A person's own, those shared with them, and those of the whole space; hidden ones included. */
    of(spaceId: string, personId: string): Promise<readonly Calendar[]>
    ofChannel(spaceId: string, channel: string): Promise<Calendar | undefined>
  }
  readonly groups: {
    get(spaceId: string, id: string): Promise<Group | undefined>
    named(spaceId: string, name: string): Promise<readonly Group[]>
    /** All of a space, by name. */
    all(spaceId: string, limit: number): Promise<readonly Group[]>
  }
  readonly todos: {
    get(spaceId: string, id: string): Promise<Todo | undefined>
    open(spaceId: string, ownerId: string, limit: number): Promise<readonly Todo[]>
  }
  readonly notes: {
    get(spaceId: string, id: string): Promise<Note | undefined>
    recent(spaceId: string, ownerId: string, limit: number): Promise<readonly Note[]>
  }
  readonly people: {
    /** The space and person of a message, made on first sight. */
    meet(place: Place, author: Author): Promise<Met>
    /**
     * The person that an author is in another space than the one they write in, made on first sight: whoever
     * was shown a button of a space may press it there. Undefined when there is no such space.
     */
    meetIn(spaceId: string, author: Author): Promise<Met | undefined>
    get(spaceId: string, id: string): Promise<Person | undefined>
    /** Those of these users who want no reminders from `sender`. */
    refusing(spaceId: string, sender: string, users: readonly string[]): Promise<readonly string[]>
    /** In the order of the ids. */
    several(spaceId: string, ids: readonly string[]): Promise<readonly Person[]>
    /**
     * The known people of a space whom a name may mean: those called exactly so; without them, those of whom
     * each word begins one of their names. Case and accents do not count.
     */
    named(spaceId: string, name: string): Promise<readonly Person[]>
  }
  readonly questions: Questions
  /** Begun here, and worked on by the jobs. */
  readonly imports: Pick<Imports, 'begin' | 'status'>
  readonly subscriptions: Pick<Subscriptions, 'begin'>
  readonly audit: {
    get(spaceId: string, id: string): Promise<AuditEntry | undefined>
    /** What this person changed last and has not taken back. */
    latest(spaceId: string, personId: string): Promise<AuditEntry | undefined>
    /** The same and what came before it, latest first. */
    recent(spaceId: string, personId: string, limit: number): Promise<readonly AuditEntry[]>
  }
  /** The reply that an earlier try of this message committed, when it got that far. */
  committedReply(platform: Platform, messageId: string): Promise<Reply | undefined>
  /**
   * Writes changes, their audit entry, their outbox rows and the reply to the message in one
   * transaction.
   *
   * Throws `BotError` `conflict` when a record's version is no longer that of `before`, when the question was
   * answered or the entry taken back already, or when this very message was committed by another process.
   */
  commit(work: Commit): Promise<void>
}

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
  readonly message: { readonly platform: Platform; readonly id: string; readonly reply: Reply }
}

/** Something that one person is told because of what another one did, exactly once. */
export interface Notice {
  /** The same for the same thing: one that is not told yet is told in its newest words. */
  readonly id: string
  /** Who caused it. */
  readonly ownerId: string
  /** The platform's user id of the person who is told, in their direct messages. */
  readonly user: string
  readonly origin: Place
  readonly at: Temporal.Instant
  readonly reply: Reply
}

export interface AuditEntry {
  readonly id: string
  readonly actorId: string
  readonly at: Temporal.Instant
  readonly summary: string
  readonly changes: readonly Change[]
  readonly undone: boolean
}

/** What is understood so far. */
export interface Draft extends Understanding {
  /** What the buttons of the question stand for, by number, when they are things that were found. */
  readonly choices?: readonly string[]
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

/** Makes sure that due reminders are worked on. Postgres is the truth; this is a cache of the near future. */
export interface Scheduler {
  /** Idempotent: the same reminder at the same instant is one job. */
  schedule(due: readonly DueReminder[]): Promise<void>
}

/** The tellings of reminders, so that each happens once whatever dies in between. */
export interface Deliveries {
  /** What is due, with whom it concerns; undefined when the reminder is gone. */
  load(
    spaceId: string,
    reminderId: string,
  ): Promise<
    | {
        readonly reminder: Reminder
        readonly owner: Person
        readonly space: Space
        /** The recipients, by user id, who want no reminders from its owner. */
        readonly refusing: readonly string[]
      }
    | undefined
  >
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
   * Moves reminders on once everybody was told; those that somebody changed meanwhile stay as they are, and
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

/** What became of one occurrence for one recipient. */
export interface ReminderTelling {
  /** As `placeKey` names it. */
  readonly place: string
  /** When it arrived. */
  readonly at: Temporal.Instant | undefined
  /** The platform's own code, once it was given up on. */
  readonly failure: string | undefined
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

/** What the workers report. Seconds throughout. */
export interface JobMeter {
  worked(queue: string, outcome: 'done' | 'retried' | 'failed', seconds: number): void
  /** `found` was sent by an earlier try that died before it could say so. */
  delivered(platform: Platform, outcome: 'sent' | 'found' | 'retried' | 'failed' | 'skipped', latenessSeconds?: number): void
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

/** Runs a piece of work in at most one process at a time; false when another process is at it. */
export type Exclusive = (name: string, work: () => Promise<void>) => Promise<boolean>

export interface DueReminder {
  readonly reminderId: string
  readonly spaceId: string
  readonly platform: Platform
  readonly dueAt: Temporal.Instant
}
