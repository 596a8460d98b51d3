import type { ItemCode } from '#core/batch.ts'
import type { Outcome } from '#core/command.ts'

/** Why an item of a batch cannot be done. */
export interface Refusal {
  readonly code: ItemCode
  readonly reason: string
}

export type Applied = Outcome | Refusal
