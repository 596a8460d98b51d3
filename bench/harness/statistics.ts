export interface Summary {
  readonly median: number
  readonly p95: number
  readonly p99: number
  readonly max: number
  readonly mean: number
  readonly samples: number
  /** The figures at `levels`, for a curve. */
  readonly quantiles: readonly number[]
}

/** Shares of the samples from the smallest to the largest, closer together where it becomes interesting. */
export const levels = [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1] as const

export function summary(figures: readonly number[]): Summary {
  const sorted = Float64Array.from(figures).sort()
  return {
    median: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    max: sorted.at(-1) ?? Number.NaN,
    mean: mean(figures),
    samples: sorted.length,
    quantiles: levels.map((level) => quantile(sorted, level)),
  }
}

export function mean(figures: readonly number[]): number {
  let sum = 0
  for (const figure of figures) sum += figure
  return sum / figures.length
}

/** How many times as good, over all rounds. */
export interface Ratio {
  readonly median: number
  /** Half of the rounds lie this far around the median, as a share of it. */
  readonly spread: number
  readonly rounds: number
}

export function ratioOf(rounds: readonly number[]): Ratio {
  const sorted = Float64Array.from(rounds).sort()
  const median = quantile(sorted, 0.5)
  return { median, spread: (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2 / median, rounds: rounds.length }
}

/** Interpolated between the two nearest figures. */
function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share
  const below = sorted[Math.floor(position)] ?? Number.NaN
  const above = sorted[Math.ceil(position)] ?? Number.NaN
  return below + (above - below) * (position - Math.floor(position))
}
