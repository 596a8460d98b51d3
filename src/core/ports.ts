import type { Understanding } from './understanding.ts'

/** Everything the inside of the program needs from outside, as interfaces. */

export type * from './ports/commit.ts'
export type * from './ports/delivery.ts'
export type * from './ports/lists.ts'
export type * from './ports/platform.ts'
export type * from './ports/questions.ts'
export type * from './ports/store.ts'

export interface Clock {
  now(): Temporal.Instant
}

/** Reads a sentence. Never throws. */
export interface Language {
  understand(request: {
    readonly text: string
    readonly now: Temporal.Instant
    readonly timeZone: string
    readonly locale: string
    readonly addressed: boolean
  }): Understanding
}
