import type { Machine } from './machine.ts'
import type { Result } from './measure.ts'

/** What a quick benchmark gave, as the ratio to its first peer, and the share of it that runs may differ by. */
export interface Expected {
  readonly ratio: number
  readonly noise: number
}

export interface Baseline {
  /** Where the ratios were measured. */
  readonly machine: string
  readonly expected: Readonly<Record<string, Expected>>
}

/** No budget is smaller than this share of its ratio: below it, other code of others in the same process counts as much. */
const leastNoise = 0.3
/** What needs more room than this would notice nothing: it takes no part. */
export const mostNoise = 0.45
/** How much a machine of another kind may differ: processors are not good at the same things. */
const elsewhere = { more: 0.15, least: 0.5 } as const
/** As often as a ratio that looks worse is measured again, each time for longer, before it counts as worse. */
const attempts = 3

/** What ratios of different machines are comparable by. */
export function kindOf({ cpu, node }: Machine): string {
  return `${cpu}, Node ${node.split('.')[0]}`
}

/** The middle of several runs, and twice as much room as they needed. */
export function kept(ratios: readonly number[]): Expected {
  const sorted = ratios.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const needed = (middle - Math.min(...ratios)) / middle
  return { ratio: rounded(middle), noise: rounded(Math.max(leastNoise, needed * 2)) }
}

/** Of the time that the processes worked where that is known, since what else runs on the machine changes little of it. */
export function comparable({ peers: [first] }: Result): number | undefined {
  return (first?.effort ?? first?.ratio)?.median
}

/** What is expected here: on a machine of another kind with more room. */
export function expectedOn(kind: string, { machine, expected }: Baseline, name: string): Expected | undefined {
  const found = expected[name]
  return found && (kind === machine ? found : { ...found, noise: Math.max(elsewhere.least, found.noise + elsewhere.more) })
}

export interface Verdict {
  readonly worse: boolean
  /** One for each time that it was measured. */
  readonly ratios: readonly number[]
}

/**
 * Measures until a ratio is as good as expected, a few times at most. What is worse once was the machine; what is
 * worse each time, measured longer and longer, is the code.
 */
export async function judge(expected: Expected, measured: (attempt: number) => Promise<number | undefined>): Promise<Verdict> {
  const ratios: number[] = []
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const ratio = (await measured(attempt)) ?? Number.NaN
    ratios.push(ratio)
    if (!isWorse(ratio, expected)) return { worse: false, ratios }
  }
  return { worse: true, ratios }
}

export function isWorse(ratio: number, { ratio: before, noise }: Expected): boolean {
  return !(ratio >= before * (1 - noise))
}

export function describe({ ratio, noise }: Expected): string {
  return `${ratio} with ${Math.round(noise * 100)} % of room`
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(3))
}
