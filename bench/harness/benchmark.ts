/**
 * One thing that people wait for, measured against its ceiling or against what they would use instead.
 *
 * A file `bench/AREA/NAME.bench.ts` exports one as `benchmark`; that is all it takes to join.
 */
export interface Benchmark {
  /** What is measured, in a line for the table. */
  readonly what: string
  readonly unit: Unit
  /** Whether small figures are good (times, bytes) or large ones (deliveries a second). */
  readonly better: 'less' | 'more'
  /** Takes part in `--quick` runs and so in the gate: a few seconds at most. */
  readonly quick: boolean
  readonly aims: readonly Aim[]
  prepare(size: Size): Contest | Promise<Contest>
}

export type Unit = 'µs' | 'ms' | 's' | 'KB' | 'MB' | '/s'

/** Quick runs may leave out slow peers and large data. */
export type Size = 'quick' | 'full'

export type Aim =
  /** How many times as good as the first peer. */
  { readonly figure: 'ratio'; readonly atLeast: number } | { readonly figure: 'median' | 'p95' | 'p99' | 'max'; readonly under: number }

/**
 * Ours and its peers, ready to run. The first peer is the one that the ratio of aims and of the gate speaks of.
 *
 * Sides take turns, one after the other, round after round in the same process: what slows the machine slows all.
 */
export type Contest = (Timed | Reported) & {
  /** How much data each side works on, ours first: the sides are then points of a curve. */
  readonly grows?: readonly number[]
} & Partial<AsyncDisposable>

/** Sides that do one operation a call; the harness holds the watch. */
export interface Timed {
  readonly kind: 'timed'
  readonly ours: () => unknown
  readonly peers: Readonly<Record<string, () => unknown>>
  /** Operations of one side's turn: whole passes over the data, so that every turn does the same work. */
  readonly operations: number
  /** True when the operations are promises. */
  readonly waits?: boolean
  readonly rounds?: number
}

/** Sides that measure themselves and report figures in the benchmark's unit: memory, drivers of other processes. */
export interface Reported {
  readonly kind: 'reported'
  readonly ours: () => Promise<readonly number[] | Turn>
  readonly peers: Readonly<Record<string, () => Promise<readonly number[] | Turn>>>
  readonly rounds: number
}

/** What one side's turn gave. */
export interface Turn {
  readonly figures: readonly number[]
  /** How long the measured process had to work for it, in microseconds: whoever else keeps the machine busy changes little of that. */
  readonly worked?: number
}
