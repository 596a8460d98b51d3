import { type FreeQuestion, freeSlots } from '#calendar/free.ts'
import type { Benchmark } from '../harness/benchmark.ts'

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Europe/London']
const from = Temporal.Instant.from('2026-11-23T08:00Z')
const hours = { days: [1, 2, 3, 4, 5], from: Temporal.PlainTime.from('09:00'), to: Temporal.PlainTime.from('17:00') }

/** Ten people of several zones, each with six meetings a day. */
const people = Array.from({ length: 10 }, (_, person) => ({
  timeZone: zones[person % zones.length] ?? 'UTC',
  hours,
  busy: Array.from({ length: 84 }, (_, index) => {
    const start = from.add({ minutes: Math.floor(index / 6) * 1_440 + (((index % 6) * 97 + person * 37) % 600) })
    return { start, end: start.add({ minutes: 30 }) }
  }),
}))
const question: FreeQuestion = { from, to: from.add({ hours: 14 * 24 }), minutes: 60, people, limit: 5 }

/** When ten people are free within two weeks; the ceiling sorts their meetings and walks over them once. */
export const benchmark: Benchmark = {
  what: 'free time of ten people over two weeks',
  unit: 'ms',
  better: 'less',
  quick: true,
  aims: [{ figure: 'p95', under: 20 }],
  prepare: () => ({
    kind: 'timed',
    ours: () => freeSlots(question),
    peers: { 'sorted and walked once': walked },
    operations: 40,
  }),
}

function walked(): number {
  const all = people.flatMap(({ busy }) => busy).toSorted((a, b) => a.start.epochMilliseconds - b.start.epochMilliseconds)
  let free = 0
  let at = from.epochMilliseconds
  for (const { start, end } of all) {
    if (start.epochMilliseconds - at >= 3_600_000) free += 1
    at = Math.max(at, end.epochMilliseconds)
  }
  return free
}
