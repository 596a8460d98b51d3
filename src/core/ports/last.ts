/** The last thing of a page. Those that follow it are found by what it was then, whatever became of it since. */
export interface Last {
  readonly id: string
  /** When it was due. */
  readonly at: Temporal.Instant | null
}
