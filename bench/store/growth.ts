import type { EventScope } from '#core/ports.ts'
import type { Contest, Size } from '../harness/benchmark.ts'
import { type Library, openLibrary } from './many.ts'

const sizes = { full: [1_000_000, 10_000, 100_000], quick: [20_000, 2_000] } as const

/** The same work in databases of several sizes, on a calendar of 1,000 events in each. The ratio is that of the largest to the smallest. */
export async function openGrowth(size: Size, workOn: (library: Library, scope: EventScope) => () => Promise<unknown>): Promise<Contest> {
  await using stack = new AsyncDisposableStack()
  const works: [string, () => Promise<unknown>][] = []
  for (const events of sizes[size]) {
    const library = stack.use(await openLibrary(size, events))
    const scope = { spaceId: library.many.spaceId, calendarIds: library.many.calendarIds.slice(0, 1) }
    works.push([`among ${events.toLocaleString('en-US')}`, workOn(library, scope)])
  }
  const [ours, ...peers] = works
  const opened = stack.move()
  return {
    kind: 'timed',
    waits: true,
    operations: 30,
    rounds: 20,
    ours: ours?.[1] ?? (() => undefined),
    peers: Object.fromEntries(peers),
    grows: sizes[size],
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
