import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Attending, type FreeQuestion, freeSlots, freeTimes, type Interval, type WorkingHours } from '#calendar/free.ts'

const time = (text: string) => Temporal.PlainTime.from(text)
const nineToFive: WorkingHours = { days: [1, 2, 3, 4, 5], from: time('09:00'), to: time('17:00') }
const at = (text: string, zone = 'Europe/Berlin') => Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant()
const busy = (...spans: readonly [string, string][]): Interval[] => spans.map(([start, end]) => ({ start: at(start), end: at(end) }))
const berlin = (planned: readonly Interval[] = []): Attending => ({ timeZone: 'Europe/Berlin', hours: nineToFive, busy: planned })
const ask = (people: readonly Attending[], more: Partial<FreeQuestion> = {}): FreeQuestion => ({
  from: at('2026-11-23T00:00'),
  to: at('2026-11-28T00:00'),
  minutes: 60,
  limit: 3,
  people,
  ...more,
})
const wall = (instant: Temporal.Instant) =>
  instant.toZonedDateTimeISO('Europe/Berlin').toPlainDateTime().toString({ smallestUnit: 'minute' })
const slots = (question: FreeQuestion) => freeSlots(question).map(({ start }) => wall(start))

describe('free times', () => {
  it('are what nobody has planned, with what overlaps and touches as one', () => {
    const planned = busy(
      ['2026-11-23T09:00', '2026-11-23T10:00'],
      ['2026-11-23T09:30', '2026-11-23T11:00'],
      ['2026-11-23T11:00', '2026-11-23T12:00'],
    )
    const found = freeTimes(ask([berlin(planned)], { from: at('2026-11-23T08:00'), to: at('2026-11-23T14:00') }))
    expect(found.map(({ start, end }) => `${wall(start)} ${wall(end)}`)).toEqual([
      '2026-11-23T08:00 2026-11-23T09:00',
      '2026-11-23T12:00 2026-11-23T14:00',
    ])
  })

  it('are only those that are long enough, with a buffer around what is planned', () => {
    const question = ask([berlin(busy(['2026-11-23T09:00', '2026-11-23T10:00'], ['2026-11-23T11:30', '2026-11-23T12:00']))], {
      from: at('2026-11-23T09:00'),
      to: at('2026-11-23T13:30'),
    })
    const spelled = (minutes: number, buffer: number) =>
      freeTimes({ ...question, minutes, buffer }).map(({ start, end }) => `${wall(start).slice(11)}-${wall(end).slice(11)}`)
    expect(spelled(60, 0)).toEqual(['10:00-11:30', '12:00-13:30'])
    expect(spelled(60, 15)).toEqual(['10:15-11:15', '12:15-13:30'])
    expect(spelled(75, 15)).toEqual(['12:15-13:30'])
  })

  it('never overlap anything planned, lie in the window, and leave nothing out', () => {
    const minutes = fc.integer({ min: 0, max: 3_000 })
    const span = fc.tuple(minutes, fc.integer({ min: 0, max: 400 })).map(([start, length]) => [start, start + length] as const)
    fc.assert(
      fc.property(
        fc.array(fc.array(span, { maxLength: 8 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 90 }),
        (people, length) => {
          const base = at('2026-11-23T00:00')
          const instant = (minute: number) => base.add({ minutes: minute })
          const attending = people.map((spans) => ({
            timeZone: 'UTC',
            busy: spans.map(([start, end]) => ({ start: instant(start), end: instant(end) })),
          }))
          const found = freeTimes({ from: base, to: instant(2_000), minutes: length, people: attending })
          const isFree = (minute: number) => people.every((spans) => spans.every(([start, end]) => minute < start || minute >= end))
          const told = new Set<number>()
          for (const { start, end } of found)
            for (let minute = start.since(base).total('minutes'); minute < end.since(base).total('minutes'); minute += 1) told.add(minute)
          let run: number[] = []
          for (let minute = 0; minute <= 2_000; minute += 1) {
            if (minute < 2_000 && isFree(minute)) run.push(minute)
            else {
              for (const each of run) expect(told.has(each)).toBe(run.length >= length)
              run = []
            }
            if (minute < 2_000 && !isFree(minute)) expect(told.has(minute)).toBe(false)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('slots to meet', () => {
  it('come soon, within hours, and on different half days', () => {
    expect(slots(ask([berlin()]))).toEqual(['2026-11-23T09:00', '2026-11-23T13:00', '2026-11-24T09:00'])
  })

  it('leave lunch alone, unless there is nothing else', () => {
    const day = { from: at('2026-11-23T11:00'), to: at('2026-11-23T14:00'), limit: 1 }
    expect(slots(ask([berlin()], day))).toEqual(['2026-11-23T11:00'])
    expect(slots(ask([berlin(busy(['2026-11-23T11:00', '2026-11-23T11:30']))], day))).toEqual(['2026-11-23T13:00'])
    expect(slots(ask([berlin(busy(['2026-11-23T11:00', '2026-11-23T12:00'], ['2026-11-23T13:00', '2026-11-23T14:00']))], day))).toEqual([
      '2026-11-23T12:00',
    ])
  })

  it('begin on the quarter, and rather on the half hour', () => {
    const planned = busy(['2026-11-23T08:00', '2026-11-23T09:05'])
    expect(slots(ask([berlin(planned)], { minutes: 30, limit: 1 }))).toEqual(['2026-11-23T09:30'])
    expect(slots(ask([berlin(planned)], { minutes: 30, limit: 1, to: at('2026-11-23T10:00') }))).toEqual(['2026-11-23T09:30'])
    expect(slots(ask([berlin(planned)], { minutes: 30, limit: 1, to: at('2026-11-23T09:50') }))).toEqual(['2026-11-23T09:15'])
  })

  it('fall into everybody’s hours, in the zone of each', () => {
    const newYork: Attending = { timeZone: 'America/New_York', hours: nineToFive, busy: [] }
    const found = freeSlots(ask([berlin(), newYork], { limit: 2 }))
    expect(found.map(({ start, outsideHours }) => `${wall(start)} ${outsideHours}`)).toEqual(['2026-11-23T15:00 0', '2026-11-24T15:00 0'])
  })

  it('say how many meet outside of their hours when there is no time within them', () => {
    const tokyo: Attending = { timeZone: 'Asia/Tokyo', hours: nineToFive, busy: [] }
    const [best] = freeSlots(ask([berlin(), tokyo], { limit: 1 }))
    expect(best?.outsideHours).toBe(1)
  })

  it('keep to the part of the day that was asked for', () => {
    expect(slots(ask([berlin()], { between: { from: time('15:00'), to: time('17:00') }, limit: 2 }))).toEqual([
      '2026-11-23T15:00',
      '2026-11-24T15:00',
    ])
  })

  it('know hours that go past midnight', () => {
    const night: Attending = { timeZone: 'Europe/Berlin', hours: { days: [1], from: time('22:00'), to: time('06:00') }, busy: [] }
    expect(slots(ask([night], { limit: 1, from: at('2026-11-23T12:00') }))).toEqual(['2026-11-23T22:00'])
    expect(
      freeSlots(ask([night], { limit: 1, from: at('2026-11-24T05:00'), to: at('2026-11-24T08:00') })).map(
        ({ start, outsideHours }) => `${wall(start)} ${outsideHours}`,
      ),
    ).toEqual(['2026-11-24T05:00 0'])
  })

  it('keep nine o’clock at nine when the clock changes', () => {
    const question = ask([berlin()], { from: at('2026-03-27T00:00'), to: at('2026-03-31T00:00'), limit: 3 })
    expect(slots(question)).toEqual(['2026-03-27T09:00', '2026-03-27T13:00', '2026-03-30T09:00'])
  })

  it('are none when there is no room, no length or no wish', () => {
    expect(slots(ask([berlin(busy(['2026-11-22T00:00', '2026-11-29T00:00']))]))).toEqual([])
    expect(slots(ask([berlin()], { minutes: 0 }))).toEqual([])
    expect(slots(ask([berlin()], { limit: 0 }))).toEqual([])
    expect(slots(ask([berlin()], { from: at('2026-11-28T00:00'), to: at('2026-11-23T00:00') }))).toEqual([])
  })

  // Eight times the people and plans are no more than eight times the work; the square would be 64.
  it('take time in proportion to people and plans', { timeout: 60_000 }, () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Europe/London', 'America/Los_Angeles']
    const people = (count: number, plans: number): Attending[] =>
      Array.from({ length: count }, (_, person) => ({
        timeZone: zones[person % zones.length] ?? 'UTC',
        hours: nineToFive,
        busy: Array.from({ length: plans }, (_, plan) => {
          const start = at('2026-11-23T00:00').add({ minutes: ((plan * 197 + person * 61) % 1_344) * 15 })
          return { start, end: start.add({ minutes: 30 }) }
        }),
      }))
    const cost = (count: number, plans: number) => {
      const question = ask(people(count, plans), { to: at('2026-12-07T00:00'), minutes: 15, limit: 10 })
      const runs = [0, 1, 2].map(() => {
        const began = process.cpuUsage()
        for (let run = 0; run < 3; run += 1) freeSlots(question)
        return process.cpuUsage(began).user
      })
      return Math.max(500, Math.min(...runs))
    }
    cost(10, 40)
    expect(cost(80, 40) / cost(10, 40)).toBeLessThan(24)
    expect(cost(10, 320) / cost(10, 40)).toBeLessThan(24)
  })
})
