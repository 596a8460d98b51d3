import { withinSql } from '#store/events.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { each } from '../harness/each.ts'
import { openHouse } from './house.ts'

const questions = ['what is on today', 'agenda for tomorrow', 'what do I have on Friday', 'show my calendar for next Monday']

/** A question about a day to its answer; the peer runs the window's SQL and stops there. */
export const benchmark: Benchmark = {
  what: 'a day’s agenda, from sentence to reply',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [{ figure: 'p95', under: 50 }],
  async prepare() {
    const house = await openHouse()
    for (const hour of [9, 10, 11, 13, 14, 15, 16]) await house.says(`schedule meeting every day at ${hour}:00 for 30 minutes`)
    const { space, person, calendar } = house.ids
    const from = Temporal.Instant.from('2026-11-24T05:00Z')
    const { text, values } = withinSql(
      { spaceId: space, calendarIds: [calendar], invited: person },
      { from, to: from.add({ hours: 24 }), limit: 500 },
    )
    return {
      kind: 'timed',
      waits: true,
      operations: 40,
      rounds: 20,
      ours: each(questions, (question) => house.says(question)),
      peers: { 'the window’s SQL over pg': () => house.bare.query(text, [...values]) },
      [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
    }
  },
}
