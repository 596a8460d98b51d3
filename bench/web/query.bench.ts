import type { Benchmark } from '../harness/benchmark.ts'
import { day, openHouse } from './house.ts'
import { callMany } from './http.ts'

/** A day of somebody's calendar over HTTP; the peer runs the same SQL and gives the rows. */
export const benchmark: Benchmark = {
  what: 'GET /api/calendar/query of a day',
  unit: 'ms',
  better: 'less',
  quick: true,
  aims: [
    { figure: 'ratio', atLeast: 0.6 },
    { figure: 'p95', under: 100 },
  ],
  async prepare(size) {
    const house = await openHouse()
    const load = { amount: size === 'quick' ? 300 : 1_000 }
    let turn = 0
    const call = () => ({ path: `/api/calendar/query?${day(turn++)}` })
    return {
      kind: 'reported',
      ours: () => callMany(house.ours, load, call),
      peers: { 'the same SQL over pg, bare Fastify': () => callMany(house.bare, load, call) },
      rounds: size === 'quick' ? 8 : 12,
      [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
    }
  },
}
