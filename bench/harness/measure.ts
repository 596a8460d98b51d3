import { Bench, Task } from 'tinybench'
import type { Benchmark, Contest, Reported, Size, Timed, Turn, Unit } from './benchmark.ts'
import { mean, type Ratio, ratioOf, type Summary, summary } from './statistics.ts'

export interface Result {
  readonly name: string
  readonly what: string
  readonly unit: Unit
  readonly ours: Summary
  /** Amounts of data, of ours and of each peer, where the sides differ by that. */
  readonly grows: readonly number[] | undefined
  readonly peers: readonly {
    readonly name: string
    readonly figures: Summary
    readonly ratio: Ratio
    /** The same of the time that the processes worked, where that is known. */
    readonly effort: Ratio | undefined
  }[]
  readonly aims: readonly { readonly text: string; readonly reached: boolean }[]
}

type Side = () => Promise<Turn>

export interface Sides {
  readonly ours: Side
  readonly peers: readonly (readonly [name: string, side: Side])[]
  readonly warmUps: number
  readonly rounds: number
}

export interface Manner {
  /** How many times as many rounds as usual. */
  readonly patience?: number
  /** Instead of measuring, looks at what ours does. */
  readonly profile?: { readonly kind: 'cpu' | 'heap'; readonly file: string }
}

/**
 * Runs a benchmark. The ratio is taken within each round, so that it holds however busy the machine becomes.
 * Throws the reason of `signal` once that is aborted, with all that it had started ended.
 */
export async function measure(
  name: string,
  benchmark: Benchmark,
  size: Size,
  { patience = 1 }: Manner = {},
  signal?: AbortSignal,
): Promise<Result> {
  const contest = await benchmark.prepare(size)
  try {
    const sides = sidesOf(contest, benchmark.unit, size)
    const { ours, peers } = await alternate({ ...sides, rounds: sides.rounds * patience }, signal)
    const compared = [...peers].map(([peer, rounds]) => ({
      name: peer,
      figures: summary(rounds.flatMap(({ figures }) => figures)),
      ratio: ratioOf(rounds.map(({ figures }, round) => timesAsGood(benchmark, ours[round]?.figures ?? [], figures))),
      effort: effortOf(ours, rounds),
    }))
    const figures = summary(ours.flatMap((turn) => turn.figures))
    const result = { name, what: benchmark.what, unit: benchmark.unit, ours: figures, grows: contest.grows, peers: compared }
    return { ...result, aims: benchmark.aims.map((aim) => judged(aim, result)) }
  } finally {
    await contest[Symbol.asyncDispose]?.()
  }
}

/** Each round lets every side have its turn, in one order and then in the other. */
async function alternate({ ours, peers, warmUps, rounds }: Sides, signal?: AbortSignal) {
  const turns = { ours: [] as Turn[], peers: new Map(peers.map(([name]) => [name, [] as Turn[]])) }
  const all = [{ side: ours, kept: turns.ours }, ...peers.map(([name, side]) => ({ side, kept: turns.peers.get(name) ?? [] }))]
  for (let round = -warmUps; round < rounds; round++)
    for (const { side, kept } of round % 2 === 0 ? all : all.toReversed()) {
      signal?.throwIfAborted()
      globalThis.gc?.() // Nobody pays for another's garbage.
      const turn = await side()
      if (round >= 0) kept.push(turn)
    }
  return turns
}

/** Systems count the time of a thread in ticks of some milliseconds: rounds are taken together until that does not matter. */
const enough = 60_000

/** The ratio of the time that the sides worked, over as many rounds at a time as it takes to know it. */
function effortOf(ours: readonly Turn[], peer: readonly Turn[]): Ratio | undefined {
  const ratios: number[] = []
  let [mine, theirs] = [0, 0]
  for (const [round, { worked = Number.NaN }] of ours.entries()) {
    mine += worked
    theirs += peer[round]?.worked ?? Number.NaN
    if (!(Math.min(mine, theirs) >= enough)) continue
    ratios.push(theirs / mine)
    mine = 0
    theirs = 0
  }
  return ratios.length === 0 ? undefined : ratioOf(ratios)
}

function timesAsGood({ better }: Benchmark, ours: readonly number[], peer: readonly number[]): number {
  return better === 'less' ? mean(peer) / mean(ours) : mean(ours) / mean(peer)
}

export function sidesOf(contest: Contest, unit: Unit, size: Size): Sides {
  return contest.kind === 'timed' ? timedSides(contest, unit, size) : reportedSides(contest)
}

function timedSides({ ours, peers, operations, waits = false, rounds = 40 }: Timed, unit: Unit, size: Size): Sides {
  const bench = new Bench({
    iterations: operations,
    time: 0,
    warmup: false,
    retainSamples: true,
    subtractTimerOverhead: true,
    throws: true,
  })
  const sideOf = (name: string, work: () => unknown): Side => {
    const task = new Task(bench, name, work, { async: waits })
    return async () => {
      task.reset(false)
      const before = process.threadCpuUsage()
      const { result } = waits ? await task.run() : task.runSync()
      const { user, system } = process.threadCpuUsage(before)
      if (result.state !== 'completed') throw new Error(`${name} did not end: ${result.state}`)
      const figures = result.latency.samples?.map((milliseconds) => milliseconds * perMillisecond(unit)) ?? []
      return { figures, worked: user + system }
    }
  }
  return {
    ours: sideOf('ours', ours),
    peers: Object.entries(peers).map(([name, work]) => [name, sideOf(name, work)]),
    // The engine compiles a function in steps while it is used.
    warmUps: 4,
    rounds: size === 'quick' ? Math.ceil(rounds / 2) : rounds,
  }
}

function reportedSides({ ours, peers, rounds }: Reported): Sides {
  const sideOf = (work: Reported['ours']): Side => {
    return async () => {
      const found = await work()
      return 'figures' in found ? found : { figures: found }
    }
  }
  return { ours: sideOf(ours), peers: Object.entries(peers).map(([name, work]) => [name, sideOf(work)]), warmUps: 0, rounds }
}

function perMillisecond(unit: Unit): number {
  switch (unit) {
    case 'µs':
      return 1_000
    case 'ms':
      return 1
    case 's':
      return 0.001
    default:
      throw new Error(`A watch does not measure ${unit}`)
  }
}

function judged(aim: Benchmark['aims'][number], { ours, peers, unit }: Pick<Result, 'ours' | 'peers' | 'unit'>): Result['aims'][number] {
  if (aim.figure === 'ratio') return { text: `ratio ≥ ${aim.atLeast}`, reached: (peers[0]?.ratio.median ?? 0) >= aim.atLeast }
  return { text: `${aim.figure} < ${aim.under} ${unit}`, reached: ours[aim.figure] < aim.under }
}
