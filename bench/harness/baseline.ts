/** What a quick benchmark gave, as the ratio to its first peer, and the share of it that runs differ by. */
export interface Expected {
  readonly ratio: number
  readonly noise: number
}
export type Baseline = Readonly<Record<string, Expected>>

/** No run is steadier than this share of its ratio. */
const leastNoise = 0.15

/** The middle of several runs, and twice as much room as they needed. */
export function kept(ratios: readonly number[]): Expected {
  const sorted = ratios.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const needed = (middle - Math.min(...ratios)) / middle
  return { ratio: rounded(middle), noise: rounded(Math.max(leastNoise, needed * 2)) }
}

export function isWorse(ratio: number, { ratio: before, noise }: Expected): boolean {
  return !(ratio >= before * (1 - noise))
}

export function describe({ ratio, noise }: Expected): string {
  return `${ratio.toFixed(2)} with ${Math.round(noise * 100)} % of noise`
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(3))
}
