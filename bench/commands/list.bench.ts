import type { Benchmark } from '../harness/benchmark.ts'
import { locale, now, timeZone } from '../language/present.ts'
import { openHouse } from './house.ts'

const question = 'list my todos'

/** A list to its reply: one table is read, so that what is left is what the engine itself costs. */
export const benchmark: Benchmark = {
  what: 'a list, from sentence to reply',
  unit: 'ms',
  better: 'less',
  quick: true,
  aims: [{ figure: 'p95', under: 50 }],
  async prepare() {
    const house = await openHouse()
    for (const thing of ['milk', 'bread', 'eggs']) await house.says(`todo buy ${thing}`)
    return {
      kind: 'timed',
      waits: true,
      operations: 200,
      rounds: 20,
      ours: () => house.says(question),
      peers: {
        'the same rows over pg, and the reading': async () => {
          house.language.understand({ text: question, now, timeZone, locale, addressed: true })
          const open = await house.bare.query('SELECT * FROM question WHERE person_id = $1 AND channel = $2 LIMIT 1', [
            house.ids.person,
            'D1',
          ])
          const todos = await house.bare.query(
            'SELECT * FROM todo WHERE space_id = $1 AND owner_id = $2 AND state = $3 ORDER BY created_at LIMIT 200',
            [house.ids.space, house.ids.person, 'open'],
          )
          return [open, todos]
        },
      },
      [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
    }
  },
}
