import type { PersonReference, Understanding } from '#core/understanding.ts'
import type { Repeat } from '../repeat/repeat.ts'
import type { Kept } from '../slots/protect.ts'
import type { Sentence } from '../text/tokens.ts'
import type { Amount, Phrase } from '../time/expression.ts'

/** What a sentence changes, before anybody asks what day it is. */
export interface ChangeReading {
  /** When the thing is until now: "my [3pm]". */
  readonly from?: Phrase
  /** The new time: "to [4pm]". */
  readonly to?: Phrase | undefined
  /** The new end alone: "until [5]". */
  readonly until?: Phrase
  readonly shift?: Amount
  readonly duration?: Amount
  readonly lengthen?: Amount
  readonly repeat?: Repeat
  /** The thing stays as it is, and there is another one like it. */
  readonly copy?: true
  readonly title?: string
  readonly location?: string
  readonly allDay?: true
  readonly meetingLink?: NonNullable<Understanding['meetingLink']>
  readonly calendar?: string
  readonly list?: string
  readonly content?: string
  readonly alerts?: readonly string[]
  readonly addPeople?: readonly PersonReference[]
  readonly removePeople?: readonly PersonReference[]
  readonly colour?: string
  /** What was cancelled is to take place after all. */
  readonly status?: 'confirmed'
  readonly visibility?: 'public' | 'busy' | 'private'
}

/** How the verb of an update takes the words after it. */
export type Way =
  /** "move lunch to 1", "reschedule": times after "to" are new. */
  | 'move'
  /** "push", "postpone", "delay": a bare length is how much later. */
  | 'later'
  /** "bring forward": how much earlier. */
  | 'earlier'
  /** "extend", "lengthen". */
  | 'longer'
  /** "shorten", "cut". */
  | 'shorter'
  /** "make it 4pm", "it's in room 5 now": what follows is new, with no word between. */
  | 'make'
  /** "copy", "duplicate": as "move", and the old one stays. */
  | 'copy'
  | 'add'
  | 'remove'

/** A sentence that changes something, as the readers of changes look at it. */
export interface Turn {
  readonly s: Sentence
  readonly kept: Kept
  readonly way: Way
  /** The first token after the verb. */
  readonly from: number
  readonly end: number
}

/** One change that begins at `i`, with the word that leads to it, and where it ends. */
export type ChangeReader = (turn: Turn, i: number) => { readonly value: ChangeReading; readonly end: number } | undefined
