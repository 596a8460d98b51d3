import { freeSlots } from '#calendar/free.ts'
import { busyOf } from '#commands/availability.ts'
import { createCalendarReads } from '#store/calendars.ts'
import { createEventReads } from '#store/events.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { openLibrary, windowAt } from './many.ts'

const hours = { days: [1, 2, 3, 4, 5], from: Temporal.PlainTime.from('09:00'), to: Temporal.PlainTime.from('17:00') }

/** When ten people are free within two weeks, read from calendars of 1,000 events each; of one of them alone is what the peer reads. */
export const benchmark: Benchmark = {
  what: 'free time of ten people, read from 1,000,000 events',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [{ figure: 'p95', under: 20 }],
  async prepare(size) {
    const { database, many, ...library } = await openLibrary(size)
    const store = { ...createEventReads(database), ...createCalendarReads(database) }
    const people = many.calendarIds.slice(0, 10).map((id) => ({ id, bufferMinutes: 0 }))
    for (const { id } of people) {
      await database.person.create({ data: { id, spaceId: many.spaceId, name: 'Ann', calendarId: id, listId: id } })
      await database.calendar.update({ where: { id }, data: { ownerId: id } })
    }
    const space = { id: many.spaceId }
    let turn = 0
    return {
      kind: 'timed',
      waits: true,
      operations: 20,
      async ours() {
        const window = windowAt(turn++, 14)
        const busy = await busyOf(people, window, { store, space })
        const attending = busy.map((each) => ({ timeZone: 'Europe/Berlin', hours, busy: each }))
        return freeSlots({ ...window, minutes: 60, people: attending, limit: 5 })
      },
      peers: { 'one of them': () => busyOf(people.slice(0, 1), windowAt(turn, 14), { store, space }) },
      [Symbol.asyncDispose]: () => library[Symbol.asyncDispose](),
    }
  },
}
