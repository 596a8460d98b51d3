/** How patient the workers are with each other and with the platforms, in milliseconds. */
export interface Timing {
  /** How long one telling may take before another process may take it over. */
  readonly lease: number
  /**
   * A process that was held up for longer than this since its claim sends nothing any more. What is left of the
   * lease is enough for one call to a platform.
   */
  readonly fresh: number
  /** Between two sweeps. */
  readonly sweep: number
  /** How long a worker may be silent before its job is somebody else's, and how often that is looked for. */
  readonly lock: number
  readonly stalled: number
  /** Before the second try of a job; each later one waits twice as long. */
  readonly retry: number
  /** Before a job is looked at again by a process whose clock is behind the one that brought it. */
  readonly clockPause: number
}

/** A worker that is killed is replaced within lock + stalled: reminders that it held are late by so much at most. */
export const defaultTiming: Timing = {
  lease: 30_000,
  fresh: 20_000,
  sweep: 30_000,
  lock: 30_000,
  stalled: 15_000,
  retry: 1_000,
  clockPause: 250,
}
