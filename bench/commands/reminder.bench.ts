import { randomUUID } from 'node:crypto'
import type { Benchmark } from '../harness/benchmark.ts'
import { inTransaction, kept, openHouse } from './house.ts'

/** A sentence to a reminder that is kept, with its answer, its audit entry and its way to the queue. */
export const benchmark: Benchmark = {
  what: 'a reminder, from sentence to commit',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [{ figure: 'p95', under: 200 }],
  async prepare() {
    const house = await openHouse()
    const { space } = house.ids
    let said = 0
    return {
      kind: 'timed',
      waits: true,
      operations: 25,
      rounds: 20,
      ours: () => house.says(`remind me on Friday at 3pm to water plant ${said++}`),
      peers: {
        'the same rows over pg': () =>
          inTransaction(house.bare, [
            ...kept(house, { text: `water plant ${said++}`, start: '2026-11-27T15:00:00', timeZone: 'America/New_York', recipients: [] }),
            [
              `INSERT INTO reminder (id, space_id, platform, owner_id, text, recipients, origin, state, due_at, start_wall, time_zone, exdates)
               VALUES ($1, $2, 'slack', $3, $4, '[]', '{}', 'scheduled', '2026-11-27T20:00Z', '2026-11-27T15:00', 'America/New_York', '{}')`,
              [randomUUID(), space, randomUUID(), `water plant ${said}`],
            ],
          ]),
      },
      [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
    }
  },
}
