import type { Sentence } from '../text/tokens.ts'
import type { Phrase } from './expression.ts'

export type Opening = NonNullable<Phrase['open']>

/** A phrase under construction. */
export type Draft = { -readonly [Key in keyof Phrase]: Phrase[Key] }

/** Adds what it finds at `i` to the draft and says where it ended, or -1. `lead` is the preposition before `i`. */
export type PhraseReader = (s: Sentence, i: number, draft: Draft, lead: string, piece: PieceReader) => number

/** Reads one more piece of a phrase: handed to readers whose own phrase holds another. */
export type PieceReader = (s: Sentence, i: number, draft: Draft, isFirst: boolean) => number

export function isEmpty(draft: Draft): boolean {
  return (
    draft.days === undefined &&
    draft.clocks.length === 0 &&
    draft.part === undefined &&
    draft.shift === undefined &&
    !draft.now &&
    draft.reach === undefined &&
    draft.length === undefined
  )
}
