import type { CalendarContents } from '#core/exchange.ts'
import type { Change } from '#core/model.ts'
import type { Store } from '#core/ports.ts'
import type { Operation } from './declarations.ts'
import type { Metrics } from './metrics.ts'

type Read = (...which: never[]) => Promise<unknown>

interface Parts {
  readonly metrics: Pick<Metrics, 'calendar'>
}

/** The store as commands and the API use it, with every operation on calendars timed and counted. */
export function observedCalendar(store: Store, { metrics }: Parts): Store {
  const timed = createTimed(metrics)

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

/** Calendars as files and feeds go in and out, timed and counted a piece at a time. */
export function observedContents(contents: CalendarContents, { metrics }: Parts): CalendarContents {
  const timed = createTimed(metrics)
  return {
    ...contents,
    put: (...what) =>
      timed(
        'import',
        () => contents.put(...what),
        ({ created, changed, same }) => created + changed + same,
      ),
    keepOnly: (...what) =>
      timed(
        'cancel',
        () => contents.keepOnly(...what),
        (gone) => gone,
      ),
    async *pages(from) {
      const pages = contents.pages(from)[Symbol.asyncIterator]()
      for (;;) {
        const { done, value } = await timed(
          'export',
          () => pages.next(),
          (page) => (page.done ? 0 : page.value.length),
        )
        if (done) return
        yield value
      }
    },
  }
}

/** What fails is timed as well: a look that ends in a timeout is the slowest of all. */
function createTimed(metrics: Parts['metrics']) {
  return async <Result>(operation: Operation, run: () => Promise<Result>, events: (result: Result) => number): Promise<Result> => {
    const began = performance.now()
    let processed = 0
    try {
      const result = await run()
      processed = events(result)
      return result
    } finally {
      metrics.calendar(operation, (performance.now() - began) / 1_000, processed)
    }
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
