export interface Summary {
  readonly median: number
  readonly p95: number
  readonly p99: number
  readonly max: number
  readonly mean: number
  readonly samples: number
}

export function summary(figures: readonly number[]): Summary {
  const sorted = Float64Array.from(figures).sort()
  return {
    median: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    max: sorted.at(-1) ?? Number.NaN,
    mean: mean(figures),
    samples: sorted.length,
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
