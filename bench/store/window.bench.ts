import { expand } from '#calendar/expand.ts'
import type { EventScope } from '#core/ports.ts'
import { createEventReads, withinSql } from '#store/events.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { openLibrary, windowAt } from './many.ts'

/** A month of a calendar of 100,000 events, read and expanded; the bare client runs the same SQL and stops there. */
export const benchmark: Benchmark = {
  what: 'a month of 100,000 events among 1,000,000',
  unit: 'ms',
  better: 'less',
  quick: true,
  aims: [
    { figure: 'ratio', atLeast: 0.6 },
    { figure: 'p95', under: 50 },
  ],
  async prepare(size) {
    const library = await openLibrary(size)
    const { within } = createEventReads(library.database).events
    const scope: EventScope = { spaceId: library.many.spaceId, calendarIds: [library.many.teamId] }
    let turn = 0
    let bare = 0
    return {
      kind: 'timed',
      waits: true,
      operations: 20,
      ours: async () => {
        const window = windowAt(turn++, 31)
        const { series } = await within(scope, window)
        return series.flatMap((event) => expand(event, window, 1_000).occurrences)
      },
      peers: {
        'the same SQL over pg': async () => {
          const { text, values } = withinSql(scope, windowAt(bare++, 31))
          return library.bare.query(text, [...values])
        },
      },
      [Symbol.asyncDispose]: () => library[Symbol.asyncDispose](),
    }
  },
}
