import type { Incoming, Press } from './message.ts'
import type { Change, Circle, Person, Recipient, Space } from './model.ts'
import type { Notice, Shown, Store } from './ports.ts'
import type { Reply } from './reply.ts'
import type { ShownList } from './shown.ts'
import type { Intent, Understanding } from './understanding.ts'

/** What the engine hands to a command besides the sentence or the press itself. */
export interface Context<Message extends Incoming = Incoming> {
  readonly message: Message
  readonly space: Space
  readonly person: Person
  /** The zone the person thinks in. */
  readonly timeZone: string
  readonly now: Temporal.Instant
  readonly store: Omit<Store, 'commit'>
  /** A new id, ordered by time. */
  newId(): string
  /** The same id every time this message is handled: for what may be made once only. */
  readonly messageId: string
  /** The list shown last in this conversation, and the place to put the next one. */
  readonly shown: ShownList | undefined
  show(list: ShownList): void
  /** Whether somebody manages this space; undefined when nobody can say now. */
  manages(user: string): Promise<boolean | undefined>
  /** What words mean here and now, to this person. */
  understand(text: string): Understanding
  /** The id of the audit entry that this message's changes get, if it makes any. */
  readonly auditId: string
  /** The platform's own code for why a message would not arrive there, as far as that can be seen now. */
  obstacle(to: Recipient): Promise<string | undefined>
  /** Whether a platform's user has a role or is in a channel; undefined when the platform does not say. */
  belongs(user: string, to: Circle): Promise<boolean | undefined>
  /** The role of that name in the server that the message is from. */
  roleNamed(name: string): Promise<Circle | undefined>
  /** Whether words said to nobody in particular reach us in channels of this platform; undefined when nobody knows. */
  readsAlong(): boolean | undefined
  /** The same moment in the other spaces that this person is known in, where a platform has one for each person. */
  elsewhere(): Promise<readonly Context<Message>[]>
  /** The same moment in the space of the place itself, where that is another one than the person's own. */
  there(): Promise<Context<Message>>
  /** Where a path of ours is found from outside: `https://duck.example.org/calendar/...`. */
  address(path: string): string
  /** A signed token for a button about `subject`. `argument` at most 24 characters. */
  token(verb: string, subject: string, argument?: string): string
}

/** What a command decided. The engine writes the changes in one transaction, then says the reply. */
export interface Outcome {
  readonly reply: Reply
  /** Where the changes are, when that is not the space of the message. */
  readonly in?: Pick<Context, 'space' | 'person'>
  readonly changes?: readonly Change[]
  /** What the reply shows: it is shown anew when that changes, wherever it was changed. */
  readonly shows?: Shown
  /** Who else is told, once the changes are committed. */
  readonly notices?: readonly Notice[]
  /** What was done, for the audit entry: "reminder created". Needed when there are changes. */
  readonly summary?: string
  /** The audit entry that the changes take back. */
  readonly undoes?: string
  /** What was asked for after all, when that is not what the sentence was read as. */
  readonly intent?: Intent
  /** The mark of an answer that does not show any more what it did. */
  readonly unshows?: string
  /** The question that the changes answer. */
  readonly answers?: string
}

/** A family of intents and of the presses on its buttons. */
export interface Command {
  readonly intents: readonly Intent[]
  understood(understanding: Understanding, context: Context): Promise<Outcome>
  /** By verb of the token. */
  readonly presses: Readonly<Record<string, (press: Pressed, context: Context<Press>) => Promise<Outcome>>>
}

/** What a token says, once its signature was found good. */
export interface Pressed {
  readonly verb: string
  readonly subject: string
  readonly argument: string
}

/** What became of a message. */
export interface Handled {
  readonly reply?: Reply
  readonly intent: Intent | 'press'
  /** `done` changed something, `told` only answered, `asked` needs more, `refused` named a fix, `ignored` said nothing. */
  readonly outcome: 'done' | 'told' | 'asked' | 'refused' | 'ignored' | 'failed'
}

/** The engine before it is observed: gives the reply, and says what it did. */
export type Handle = (message: Incoming) => Promise<Handled>
