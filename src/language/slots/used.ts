import type { SlotSpan } from '#core/understanding.ts'
import type { Sentence } from '../text/tokens.ts'

/** Which tokens already mean something and so are no title. */
export interface Used {
  take(from: number, to: number): void
  isTaken(index: number): boolean
}

export function trackUse(count: number): Used {
  const taken = new Uint8Array(count)
  return {
    take: (from, to) => {
      for (let i = Math.max(0, from); i < to; i++) taken[i] = 1
    },
    isTaken: (index) => taken[index] === 1,
  }
}

/** A span of the text for a stretch of tokens. */
export function spanOf(s: Sentence, slot: SlotSpan['slot'], from: number, to: number): SlotSpan {
  return { slot, start: s.tokens[from]?.start ?? 0, end: s.tokens[to - 1]?.end ?? 0 }
}
