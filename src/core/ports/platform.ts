import type { Author, Incoming, Place, Platform, Sentence, SentMessage } from '../message.ts'
import type { Circle, Recipient } from '../model.ts'
import type { Reply } from '../reply.ts'

export type { SentMessage }

/** What the inside needs of the platforms, and they of it. */

/** Gives a message to the engine and brings back what to say, or nothing when there is nothing to say. */
export type Deliver = (message: Incoming) => Promise<Reply | undefined>

/** The names of the lists or folders that somebody has, to be offered while they type. */
export type NamesOf = (kind: 'list' | 'folder', place: Place, author: Author) => Promise<readonly string[]>

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
  /**
   * The message that carries `mark`, sent at or after `since`, if there is one. What answers a message carries the id of
   * that. Throws `BotError`.
   */
  find(space: string, to: Recipient, mark: string, since: Temporal.Instant): Promise<SentMessage | undefined>
  /**
   * Takes a message of ours back; one that is gone already is taken back. Absent where a mark is never kept
   * twice. Throws `BotError`.
   */
  retract?(message: SentMessage): Promise<void>
  /** Puts another reply in the place of a message of ours. Throws `BotError`, `rejected` when that is gone. */
  edit?(message: SentMessage, reply: Reply, mark: string): Promise<void>
  /**
   * Whether a message would arrive there, as far as that can be seen without sending one: undefined when nothing
   * speaks against it, else the platform's own code. Absent where everybody is always reached. Throws `BotError`.
   */
  obstacle?(to: Recipient): Promise<string | undefined>
  /**
   * What is in a file that somebody sent, at most `mostBytes` of it; only from the platform's own servers. Absent where
   * nobody sends files. Throws `BotError`, `rejected` when we may not have it.
   */
  download?(url: string, mostBytes: number): Promise<Uint8Array>
  /** Whether somebody has a role, or is in a channel. Absent where there are none. Throws `BotError`. */
  belongs?(user: string, to: Circle): Promise<boolean>
  /** Whether somebody manages a space. Absent where everybody does. Throws `BotError`. */
  manages?(space: string, user: string): Promise<boolean>
  /** The role of that name. Throws `BotError`. */
  roleNamed?(space: string, name: string): Promise<Circle | undefined>
}

/** A platform: what it can send, and a way to listen to it until disposed. */
export interface Bot extends Messenger {
  start(deliver: Deliver): Promise<AsyncDisposable>
}

/** The channels in which words are read that are said to nobody in particular. */
export interface Listening {
  hears(channel: string): boolean
  channels(): readonly string[]
  /** There is nothing to listen to any more. False when nobody listened there. */
  end(ended: Ended): Promise<boolean>
}

/** What the platform has no more, or has us in no more. */
export interface Ended {
  readonly kind: 'channel' | 'server'
  readonly id: string
}

/** What a platform part needs to read along without leaving a trace of what is not for us. */
export interface Ears extends Listening {
  /** Whether the words are a clear request. Nothing is kept of them. */
  asks(sentence: Sentence): boolean
  /** The platform says whether it gives us such words at all. */
  grant(granted: boolean): void
  /** Undefined until the platform was asked. */
  readonly granted: boolean | undefined
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

/** A session of a platform's gateway as it stands: whoever resumes it is told all that came since. */
export interface GatewaySession {
  readonly id: string
  readonly shard: number
  readonly resumeUrl: string
  /** Everything up to this number has been kept, and need not be told again. */
  readonly sequence: number
  /** Who we are in it. */
  readonly userId: string
  readonly applicationId: string
}

/** The gateway's sessions of all our processes. `terms` is what they were opened with: those of others are none of ours. */
export interface GatewaySessions {
  /** Takes over what nobody has any more and somebody had lately, what was left last at the end; nobody else gets the same. */
  take(terms: string): Promise<readonly GatewaySession[]>
  /** How many milliseconds it is until all are free that somebody has now, unless they go on having them. */
  heldFor(terms: string): Promise<number>
  /** Says how far ours are, and that we have them for some seconds more. Answers with the ids of those that are another's now. */
  hold(terms: string, sessions: readonly GatewaySession[]): Promise<readonly string[]>
  /** Leaves ours to whoever comes next. */
  leave(terms: string, sessions: readonly GatewaySession[]): Promise<void>
  /** The platform has ended one of ours. */
  forget(id: string): Promise<void>
}

/** What a platform part reports while it works. Seconds throughout. */
export interface BotMeter {
  /** From the platform's own timestamp to us. */
  arrived(platform: Platform, seconds: number): void
  /** From us having read the frame to the platform having our ack. */
  acked(platform: Platform, seconds: number): void
  /** From us having read the frame to the platform having accepted our answer; `at` is the platform's own timestamp. */
  replied(platform: Platform, seconds: number, at?: Temporal.Instant): void
  /** What somebody said could not be kept and was not run, or the platform did not take our answer to it. */
  unanswered(platform: Platform): void
  connected(platform: Platform, up: boolean): void
  reconnected(platform: Platform): void
  rateLimited(platform: Platform): void
}

export type CircuitStanding = 'closed' | 'half-open' | 'open'

/** What all calls to one outside thing go through, so that one that is down is left alone. */
export interface Circuit {
  /** Throws what the call throws, or `BotError` `resting` without calling. */
  run<Result>(call: () => Promise<Result>): Promise<Result>
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
  /** Adds a line. With a `mark` that is already there, the earlier line is returned as such and nothing added. */
  append(user: string, entry: Omit<TranscriptEntry, 'id' | 'at'>, mark?: string): Promise<TranscriptEntry & { readonly earlier?: true }>
  /** The line whose mark this is. */
  find(user: string, mark: string): Promise<TranscriptEntry | undefined>
  get(user: string, id: string): Promise<TranscriptEntry | undefined>
  /** Puts another reply in the place of an earlier one. */
  replace(user: string, id: string, reply: Reply): Promise<void>
  /** The last lines, oldest first; `before` pages back. */
  recent(user: string, limit: number, before?: string): Promise<readonly TranscriptEntry[]>
}
