import type { Intent, Rsvp, Understanding } from '#core/understanding.ts'
import type { Way } from '../change/change.ts'

export type Reference = NonNullable<Understanding['reference']>

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
  /** What `content` is, when the intent itself says it: the zone of a setting. */
  readonly content?: string | null
}
