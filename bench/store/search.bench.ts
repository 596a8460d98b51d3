import type { EventScope, EventSearch } from '#core/ports.ts'
import { createEventReads } from '#store/events.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { openLibrary } from './many.ts'

const now = Temporal.Instant.from('2026-06-01T00:00Z')
/** A rare word, a common one, two, and one that is nearly right. */
const asked = (index: number) =>
  [
    `word${1_000 + ((index * 61) % 4_000)}`,
    `word${1 + (index % 9)}`,
    `word${20 + (index % 60)} word${3 + (index % 5)}`,
    `wrod${1_000 + ((index * 61) % 4_000)}`,
  ][index % 4] ?? ''

/** Words of all kinds in a calendar of 100,000 events; beside them the word that is found at once. */
export const benchmark: Benchmark = {
  what: 'search 100,000 events among 1,000,000',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [{ figure: 'p95', under: 20 }],
  async prepare(size) {
    const library = await openLibrary(size)
    const { search } = createEventReads(library.database).events
    const scope: EventScope = { spaceId: library.many.spaceId, calendarIds: [library.many.teamId] }
    const request = (words: string): EventSearch => ({ words, now, limit: 20 })
    let turn = 0
    return {
      kind: 'timed',
      waits: true,
      operations: 40,
      ours: () => search(scope, request(asked(turn++))),
      peers: { 'one rare word': () => search(scope, request('word4711')) },
      [Symbol.asyncDispose]: () => library[Symbol.asyncDispose](),
    }
  },
}
