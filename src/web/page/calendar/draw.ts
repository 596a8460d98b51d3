import type { Span } from './days.ts'
import type { Happening } from './plan.ts'

/** What there is to draw. */
export interface Scene {
  readonly span: Span
  readonly days: readonly number[]
  readonly happenings: readonly Happening[]
  readonly today: number
  /** The day that is meant. */
  readonly day: number
  readonly narrow: boolean
  /** Room for what is drawn, in pixels. */
  readonly height: number
}

export interface Drawn {
  readonly element: HTMLElement
  /** The cells as the arrow keys go through them. */
  readonly cells: readonly (readonly HTMLElement[])[]
}
