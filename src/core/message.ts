/** The platforms that people talk to DuckTape on. `memory` lives in an array: tests, benchmarks, embedding. */
export const platforms = ['slack', 'discord', 'web', 'memory'] as const
export type Platform = (typeof platforms)[number]

/** A conversation on a platform, in the platform's own ids. */
export interface Place {
  readonly platform: Platform
  /** Whose data this is: a Slack team id, a Discord guild id, `dm:USER` for a Discord direct message, `local` on the web. */
  readonly space: string
  readonly channel: string
  /** Slack `thread_ts`; a Discord thread is a channel of its own. */
  readonly thread?: string
  /** `direct`: only the person and DuckTape are here. */
  readonly kind: 'direct' | 'channel'
}

/** Who wrote or pressed, as the platform tells it with the message itself. */
export interface Author {
  /** The platform's user id. */
  readonly id: string
  /** What people of the place call them. */
  readonly name: string
  /** IANA zone and BCP 47 locale, where the platform says them. */
  readonly timeZone?: string
  readonly locale?: string
  /** Whether they manage the space, where what they signed in with says so. */
  readonly manages?: boolean
  /** Why nothing can be told to them, where the platform says so. */
  readonly unable?: 'bot' | 'left'
}

interface Received {
  /** The platform's id of this event: the same for every redelivery of it. */
  readonly id: string
  /** The platform's own timestamp of the event. */
  readonly at: Temporal.Instant
  readonly place: Place
  readonly author: Author
  /** True when this event was kept by an earlier process that did not finish it. */
  readonly again?: boolean
}

/** A file that somebody sent with their words, where the platform keeps it. */
export interface Attached {
  readonly name: string
  readonly url: string
  readonly bytes: number
}

/** A message that somebody points at, with the way back to it; its words are empty where nobody tells them. */
export interface Pointed {
  readonly words: string
  readonly link: string
}

/** An event as a form has it: a day and a clock time of whoever filled it in. */
export interface Filled {
  readonly title: string
  /** `2026-11-24` */
  readonly day: string
  /** `15:00` */
  readonly start: string
  /** All day when it is null. */
  readonly minutes: number | null
  readonly place: string
  /** The platform's ids of those who are invited. */
  readonly people: readonly string[]
}

/** What is asked for without words: by opening our page on the platform, or by filling in a form. */
export type Asked = { readonly kind: 'overview' } | { readonly kind: 'event'; readonly event: Filled }

/** Words somebody wrote. */
export interface Sentence extends Received {
  /** Stands for the words, which are empty then. */
  readonly asks?: Asked
  /** What was sent with them, as far as we may read it. */
  readonly files?: readonly Attached[]
  readonly kind: 'sentence'
  /** The id of the message whose words these are now: its author has changed them. */
  readonly edits?: string
  /** As written, without the leading mention of us; other mentions stay as `<@ID>` and channels as `<#ID>`. */
  readonly text: string
  /** False for words overheard in a channel that DuckTape listens to. */
  readonly addressed: boolean
  /** Who the mentions are, as far as the platform tells. */
  readonly mentioned?: readonly Author[]
  /** What the channels that are mentioned are called, as far as the platform tells. */
  readonly channels?: readonly { readonly id: string; readonly name: string }[]
  /** What "this" points at: the message that is answered, or the beginning of the thread. */
  readonly about?: Pointed
  /** True when only the author sees the question, so only they may see the answer (a slash command). */
  readonly private: boolean
}

/** A button or a menu entry somebody chose. */
export interface Press extends Received {
  readonly kind: 'press'
  /** The signed token of the action (actions.ts). */
  readonly token: string
  /** What was typed into a form. */
  readonly text?: string
  /** The message with the button, as far as the platform tells. */
  readonly carrier?: SentMessage
  /** True when only the author sees the message with the button. */
  readonly private: boolean
}

/** A message that a platform has accepted, in its own ids. */
export interface SentMessage {
  readonly channel: string
  readonly id: string
}

export type Incoming = Sentence | Press

/** How long after it was written a sentence may be changed by editing it. */
const editable = Temporal.Duration.from({ minutes: 15 })

/** Whether an edit comes so soon that it means what the sentence asked for. */
export function isCorrection(written: Temporal.Instant, edited: Temporal.Instant): boolean {
  return Temporal.Instant.compare(edited, written.add(editable)) <= 0
}
