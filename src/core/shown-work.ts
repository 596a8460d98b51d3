import type { Author, Place, SentMessage } from './message.ts'

/** Work that goes on without whoever asked for it, and the message that shows them how far it is. */
export interface ShownWork {
  readonly id: string
  /** Where it was asked for. */
  readonly origin: Place
  readonly author: Pick<Author, 'id'>
  /** The message that shows it, once that is known. */
  readonly shown: SentMessage | undefined
  /** The answer that shows it, where it can be changed: what it carries, and since when it may be there. */
  readonly answer: ShownAnswer | undefined
  /** It is no news: shown in the message that is there, and told in no other. */
  readonly quiet?: boolean
}

export interface ShownAnswer {
  readonly mark: string
  readonly at: Temporal.Instant
}

/** Where work is to be shown from now on: in the message with the button, or in the answer that is about to be given. */
export interface ShowIn {
  readonly message?: SentMessage
  readonly answer?: string
}

/** What those who show such work do with it. */
export interface ShownWorks<Work extends ShownWork> {
  load(id: string): Promise<Work | undefined>
  /** The right to show how far it is, about once a second whoever asks. */
  mayShow(id: string): Promise<boolean>
  /** Where it is shown, once somebody knows. */
  shownAt(id: string, message: SentMessage): Promise<void>
  /** Its message says that it stands so. */
  reported(work: Work): Promise<void>
  /** Those that came to a rest, and whose message may not say so. */
  unreported(): Promise<readonly string[]>
}
