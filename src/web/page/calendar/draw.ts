import type { Span } from './days.ts'
import type { Happening } from './plan.ts'

/** Which days are looked at: those of a span about a day. */
export interface Meant {
  readonly span: Span
  readonly day: number
}

/** What there is to draw. */
export interface Scene extends Meant {
  readonly days: readonly number[]
  readonly happenings: readonly Happening[]
  readonly today: number
  readonly narrow: boolean
  /** Room for what is drawn, in pixels. */
  readonly height: number
}

export interface Drawn {
  readonly element: HTMLElement
  /** The cells as the arrow keys go through them. */
  readonly cells: readonly (readonly HTMLElement[])[]
}
