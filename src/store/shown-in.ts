import type { ShowIn, ShownWork } from '#core/shown-work.ts'
import { toInstant } from './instants.ts'

/** How long whoever asked for work waits for its end, in milliseconds: what is short is answered once. */
export const patience = 1_500

/** Where some work is shown from now on, not before its answer is there. */
export function shownIn({ message, answer }: ShowIn) {
  return {
    ...{ shownChannel: message?.channel ?? null, shownMessage: message?.id ?? null },
    ...(answer === undefined ? (message ? {} : { mark: null }) : { mark: answer, markedAt: new Date() }),
    shownAt: new Date(Date.now() + patience),
  }
}

interface Row {
  readonly shownChannel: string | null
  readonly shownMessage: string | null
  readonly mark: string | null
  readonly markedAt: Date | null
}

export function whereShown({ shownChannel, shownMessage, mark, markedAt }: Row): Pick<ShownWork, 'shown' | 'answer'> {
  return {
    shown: shownChannel !== null && shownMessage !== null ? { channel: shownChannel, id: shownMessage } : undefined,
    answer: mark !== null && markedAt ? { mark, at: toInstant(markedAt) } : undefined,
  }
}
