import { type AgendaScope, pageIn } from '#commands/agenda.ts'
import { createEventReads, withinSql } from '#store/events.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { openLibrary, windowAt } from './many.ts'

/** As many occurrences as a page of `GET /api/calendar/query` has when nobody says, and as many single events as are read for it. */
const page = { limit: 500, events: 550 } as const

/**
 * The first page of a month of a calendar of 100,000 events, as the API and the page of the web read it: expanded, with
 * what the reader has answered, in order. The bare client runs the SQL of the window and stops there.
 */
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
    const { database, bare: pool, many, ...library } = await openLibrary(size)
    const store = createEventReads(database)
    const scope: AgendaScope = { spaceId: many.spaceId, calendarIds: [many.teamId], reader: many.personId, foreign: new Set([many.teamId]) }
    let turn = 0
    let bare = 0
    return {
      kind: 'timed',
      waits: true,
      operations: 20,
      ours: () => pageIn(store, scope, windowAt(turn++, 31), page),
      peers: {
        'the same SQL over pg': async () => {
          const { text, values } = withinSql(scope, { ...windowAt(bare++, 31), limit: page.events })
          return pool.query(text, [...values])
        },
      },
      [Symbol.asyncDispose]: () => library[Symbol.asyncDispose](),
    }
  },
}
