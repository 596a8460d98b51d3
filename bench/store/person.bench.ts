import { type AgendaScope, agendaIn } from '#commands/agenda.ts'
import { createEventReads, withinSql } from '#store/events.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { openLibrary, windowAt } from './many.ts'

/** A day, a week and a month, in turn. */
const lengths = [1, 7, 31] as const
const windowOf = (index: number) => ({ ...windowAt(index, lengths[index % lengths.length] ?? 1), limit: 500 })

/** What somebody has planned who has 1,000 events and is invited to 300 more; the bare client runs the SQL of the window and stops there. */
export const benchmark: Benchmark = {
  what: 'a day, week or month of a person with 1,000 events among 1,000,000',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [{ figure: 'p95', under: 10 }],
  async prepare(size) {
    const { database, bare: pool, many, ...library } = await openLibrary(size)
    const store = createEventReads(database)
    const calendarIds = many.calendarIds.slice(0, 1)
    const scope: AgendaScope = { spaceId: many.spaceId, calendarIds, invited: many.personId, reader: many.personId, foreign: new Set() }
    let turn = 0
    let bare = 0
    return {
      kind: 'timed',
      waits: true,
      operations: 30,
      ours: () => agendaIn(store, scope, windowOf(turn++)),
      peers: {
        'the same SQL over pg': async () => {
          const { text, values } = withinSql(scope, windowOf(bare++))
          return pool.query(text, [...values])
        },
      },
      [Symbol.asyncDispose]: () => library[Symbol.asyncDispose](),
    }
  },
}
