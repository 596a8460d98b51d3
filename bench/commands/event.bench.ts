import { randomUUID } from 'node:crypto'
import type { Benchmark } from '../harness/benchmark.ts'
import { inTransaction, kept, openHouse } from './house.ts'

/** A sentence to an event in a calendar that fills up: clashes are looked for, then it is kept as a reminder is. */
export const benchmark: Benchmark = {
  what: 'an event, from sentence to commit',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [{ figure: 'p95', under: 200 }],
  async prepare() {
    const house = await openHouse()
    const { space, person, calendar } = house.ids
    let said = 0
    /** A new hour each time, one after the other from next year on. */
    const hour = () => Temporal.PlainDateTime.from('2027-01-01T00:00').add({ hours: said++ })
    return {
      kind: 'timed',
      waits: true,
      operations: 25,
      rounds: 20,
      ours: () => house.says(`schedule planning on ${hour().toString({ smallestUnit: 'minute' }).replace('T', ' at ')} for 30 minutes`),
      peers: {
        'the same rows over pg': () =>
          inTransaction(house.bare, [
            ...kept(house, { title: 'planning', start: '2027-01-01T15:00:00', timeZone: 'America/New_York', attendees: [] }),
            [
              `INSERT INTO event (id, space_id, calendar_id, organiser_id, uid, title, start_wall, duration_seconds, time_zone, rdates, exdates,
                 starts_at, ends_at, covers_until, tzdata, folded_title)
               VALUES ($1, $2, $3, $4, $5, 'planning', $6, 1800, 'America/New_York', '{}', '{}', $7, $7, $7, '2026c', 'planning')`,
              [randomUUID(), space, calendar, person, randomUUID(), `${hour()}`, `${hour()}Z`],
            ],
          ]),
      },
      [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
    }
  },
}
