import type { Intent, PersonReference, Rsvp, Scope, Setting, Understanding } from '#core/understanding.ts'
import type { ChangeReading, Way } from '../change/change.ts'
import type { Amount, Phrase } from '../time/expression.ts'

export type Reference = NonNullable<Understanding['reference']>

export interface Given {
  readonly title?: string
  readonly people?: readonly PersonReference[]
  readonly channel?: string
  readonly calendar?: string
  readonly location?: string
  readonly allDay?: true
  /** The list of todos, or the folder of notes, that is named. */
  readonly list?: string
  readonly duration?: Amount
  readonly setting?: Setting
  readonly change?: ChangeReading
  readonly scope?: Scope
  /** The time in the place of the one that the words say by themselves. */
  readonly phrase?: Phrase
  /** A time that is no time of the thing itself; its words are sealed. */
  readonly deadline?: Phrase
  readonly digest?: Understanding['digest']
  /** The words of its name, which say nothing of time: "daily digest". */
  readonly named?: readonly [from: number, to: number]
}

/** What a reader of intents found. */
export interface IntentReading {
  readonly intent: Intent
  /** 0 to 1; what is merely overheard needs 0.9. */
  readonly confidence: number
  /** Token where the words of the title can begin. */
  readonly titleFrom: number
  /** Tokens that name the command, not the thing: "reminder" of "cancel the reminder to call Bob". */
  readonly drop?: readonly (readonly [from: number, to: number])[]
  readonly reference?: Reference
  readonly rsvp?: Rsvp
  /** Of an update: how its verb takes the words after it, and the token where they begin. */
  readonly change?: { readonly way: Way; readonly from: number }
  /** What the reader has read itself, in the place of what is looked for in the rest of the sentence. */
  readonly given?: Given
  /** All things of that kind are meant, and not one. */
  readonly every?: true
  /** Of many things: the day of the week that they are of. */
  readonly weekly?: Understanding['weekly']
  /** What `content` is, when the intent itself says it: the zone of a setting. */
  readonly content?: string | null
}
