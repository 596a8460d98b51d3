import { setTimeout as pause } from 'node:timers/promises'
import { openDiscord, openSlack } from '../bots/town.ts'
import type { Contest, Size } from '../harness/benchmark.ts'
import { type Launched, launchDuckTape, launchPeer } from '../harness/launch.ts'
import { openPostgres } from '../harness/postgres.ts'

/** How long a process is left alone before it is weighed, in milliseconds: what starting needed is given back by then. */
const rest = 3_000

/** The program with everything that its roles connect to, each time anew, and a bare process beside it. */
export async function openStarts(
  roles: string,
): Promise<{ ours(): Promise<Launched>; bare(name: string): Promise<Launched> } & AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  const { url } = stack.use(await openPostgres())
  const environment = { DATABASE_URL: url, ...(roles === '' ? {} : { ROLES: roles }) }
  const opened = stack.move()
  return {
    async ours() {
      // A process that was there a moment ago may not identify again at once: each finds a Discord of its own.
      await using towns = new AsyncDisposableStack()
      const [slack, discord] = [towns.use(await openSlack(1)), towns.use(await openDiscord(1))]
      const launched = await launchDuckTape({ ...environment, ...slack.environment, ...discord.environment })
      const held = towns.move()
      return {
        ...launched,
        async [Symbol.asyncDispose]() {
          await launched[Symbol.asyncDispose]()
          await held.disposeAsync()
        },
      }
    },
    bare: (name) => launchPeer(name),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** Resident memory and heap of a process that has nothing to do. */
export async function weigh(launch: () => Promise<Launched>, kind: 'rss' | 'heap'): Promise<readonly number[]> {
  await using launched = await launch()
  await pause(rest)
  return [(await launched.usage(true))[kind] / 2 ** 20]
}

export async function openWeighing(roles: string, kind: 'rss' | 'heap', size: Size): Promise<Contest> {
  const starts = await openStarts(roles)
  return {
    kind: 'reported',
    ours: () => weigh(starts.ours, kind),
    peers: { 'Node and the SDKs': () => weigh(() => starts.bare('sdks'), kind), Node: () => weigh(() => starts.bare('nothing'), kind) },
    rounds: size === 'quick' ? 1 : 3,
    [Symbol.asyncDispose]: () => starts[Symbol.asyncDispose](),
  }
}
