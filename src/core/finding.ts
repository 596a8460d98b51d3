/** One thing that `ducktape doctor` looked at. */
export interface Finding {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
  /** What to do about it, when it is not right. */
  readonly fix?: string
}
