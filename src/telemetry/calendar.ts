import type { Change } from '#core/model.ts'
import type { Store } from '#core/ports.ts'
import type { Operation } from './declarations.ts'
import type { Metrics } from './metrics.ts'

type Read = (...which: never[]) => Promise<unknown>

interface Parts {
  readonly metrics: Pick<Metrics, 'calendar'>
  readonly seconds?: () => number
}

/** The store as commands and the API use it, with every operation on calendars timed and counted. */
export function observedCalendar(store: Store, { metrics, seconds = () => performance.now() / 1_000 }: Parts): Store {
  async function timed<Result>(operation: Operation, run: () => Promise<Result>, events: (result: Result) => number): Promise<Result> {
    const began = seconds()
    const result = await run()
    metrics.calendar(operation, seconds() - began, events(result))
    return result
  }

  function reads<Reads extends Readonly<Record<string, Read>>>(methods: Reads): Reads {
    const watched = Object.entries(methods).map(([name, read]) => [
      name,
      (...which: never[]) => timed('query', () => read(...which), countOf),
    ])
    return Object.fromEntries(watched)
  }

  return {
    ...store,
    events: reads(store.events),
    commit(work) {
      const changed = work.changes.filter(({ kind }) => kind === 'event')
      const [first] = changed
      return first
        ? timed(
            operationOf(first),
            () => store.commit(work),
            () => changed.length,
          )
        : store.commit(work)
    },
  }
}

/** How many events came of a look: one, a list, or a list with something said about it. */
function countOf(found: unknown): number {
  if (Array.isArray(found)) return found.length
  if (typeof found !== 'object' || found === null) return 0
  const lists = Object.values(found).filter((value) => Array.isArray(value))
  return 'id' in found || lists[0] === undefined ? 1 : lists[0].length
}

function operationOf({ before, after }: Change): Operation {
  if (before === null) return 'create'
  return 'status' in after && after.status === 'cancelled' ? 'cancel' : 'update'
}
