import type { Benchmark } from '../harness/benchmark.ts'
import { openHouse } from './house.ts'
import { callMany } from './http.ts'

/** An event made over HTTP, with its audit entry for Undo; the peer writes the same rows and checks nothing. */
export const benchmark: Benchmark = {
  what: 'POST /api/calendar/events',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [{ figure: 'p95', under: 150 }],
  async prepare() {
    const house = await openHouse()
    const headers = { 'content-type': 'application/json' }
    let made = 0
    const call = (more: object) => () => {
      const start = Temporal.PlainDateTime.from('2031-01-01T09:00').add({ minutes: made++ })
      const body = JSON.stringify({
        title: `planning ${made}`,
        start: start.toString({ smallestUnit: 'second' }),
        timeZone: 'UTC',
        ...more,
      })
      return { method: 'POST' as const, path: '/api/calendar/events', headers, body }
    }
    return {
      kind: 'reported',
      ours: () => callMany(house.ours, { amount: 300 }, call({})),
      peers: { 'the same rows over pg, bare Fastify': () => callMany(house.bare, { amount: 300 }, call(house.ids)) },
      rounds: 10,
      [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
    }
  },
}
