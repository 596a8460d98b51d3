import type { Benchmark } from '../harness/benchmark.ts'
import type { Launched } from '../harness/launch.ts'
import { openStarts } from './roles.ts'

/** From starting the process until it says that it is ready, on a database that is up to date; the peer only loads the SDKs. */
export const benchmark: Benchmark = {
  what: 'cold start, all roles',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [{ figure: 'median', under: 3_000 }],
  async prepare() {
    const starts = await openStarts('')
    return {
      kind: 'reported',
      ours: () => timed(starts.ours),
      peers: { 'Node and the SDKs': () => timed(() => starts.bare('sdks')), Node: () => timed(() => starts.bare('nothing')) },
      rounds: 7,
      [Symbol.asyncDispose]: () => starts[Symbol.asyncDispose](),
    }
  },
}

async function timed(launch: () => Promise<Launched>): Promise<readonly number[]> {
  await using launched = await launch()
  return [launched.readyAfter]
}
