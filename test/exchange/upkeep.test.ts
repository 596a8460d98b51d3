import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createUpkeep } from '../../src/upkeep.ts'
import { calendar } from '../calendar/ical/files.ts'
import { openStation, type Station } from './station.ts'

let station: Station
beforeAll(async () => {
  station = await openStation()
})
afterAll(() => station[Symbol.asyncDispose]())
beforeEach(async () => {
  await station.database.event.deleteMany()
  await station.database.reminder.deleteMany()
  station.now = Temporal.Instant.from('2026-11-26T08:00:00Z')
})

const event = (...lines: readonly string[]) => ['BEGIN:VEVENT', ...lines, 'BEGIN:VALARM', 'TRIGGER:-P1D', 'END:VALARM', 'END:VEVENT']
const rings = async () => {
  const rows = await station.database.reminder.findMany({ where: { state: 'scheduled' }, orderBy: { dueAt: 'asc' } })
  return rows.map(({ text, dueAt }) => `${dueAt?.toISOString().slice(0, 16)} ${text}`)
}

describe('alerts that nobody asked for one by one', () => {
  const review = (status: string) =>
    event('UID:review', 'SUMMARY:Review', 'DTSTART:20261130T090000Z', 'DURATION:PT1H', 'SEQUENCE:1', `STATUS:${status}`)

  it('come with a file, once, and go with what it cancels', async () => {
    await station.imports(calendar(...review('CONFIRMED')))
    await station.imports(calendar(...review('CONFIRMED')))
    expect(await rings()).toEqual(['2026-11-29T09:00 Review starts in 1 day'])
    await station.imports(calendar(...review('CANCELLED')))
    expect(await rings()).toEqual([])
  })

  it('go when a newer file has none', async () => {
    const lines = ['BEGIN:VEVENT', 'UID:sprint', 'SUMMARY:Sprint', 'DTSTART:20261201T090000Z', 'DURATION:PT1H']
    await station.imports(calendar(...lines, 'BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT1H', 'END:VALARM', 'END:VEVENT'))
    expect(await rings()).toContain('2026-12-01T08:00 Sprint starts in 1 hour')
    await station.imports(calendar(...lines, 'SEQUENCE:1', 'END:VEVENT'))
    expect(await rings()).not.toContain('2026-12-01T08:00 Sprint starts in 1 hour')
  })

  it('ring before the one occurrence that has them, whatever the series has', async () => {
    const lines = ['UID:oboe', 'SUMMARY:Oboe', 'DURATION:PT1H']
    const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT30M', 'END:VALARM']
    const series = ['BEGIN:VEVENT', ...lines, 'DTSTART:20261207T090000Z', 'RRULE:FREQ=WEEKLY;COUNT=3', 'END:VEVENT']
    const one = ['BEGIN:VEVENT', ...lines, 'RECURRENCE-ID:20261214T090000Z', 'DTSTART:20261214T100000Z', ...alarm, 'END:VEVENT']
    await station.imports(calendar(...series, ...one))
    expect((await rings()).filter((ring) => ring.includes('Oboe'))).toEqual(['2026-12-14T09:30 Oboe starts in 30 minutes'])
  })

  it('are those that its importer is used to, for what a file says nothing of and that is to come', async () => {
    const { ownerId } = await station.calendar()
    await station.database.person.update({ where: { id: ownerId }, data: { alertSeconds: [600] } })
    const of = (uid: string, day: string, ...more: readonly string[]) =>
      ['BEGIN:VEVENT', `UID:${uid}`, `SUMMARY:${uid}`, `DTSTART:${day}T090000Z`, 'DURATION:PT1H', ...more, 'END:VEVENT'] as const
    const file = calendar(...of('past', '20261102'), ...of('plain', '20261202'), ...review('CONFIRMED'))
    await station.imports(file)
    expect(await rings()).toEqual(['2026-11-29T09:00 Review starts in 1 day', '2026-12-02T08:50 plain starts in 10 minutes'])
    expect(await station.imports(file)).toMatchObject({ created: 0, changed: 0, same: 3 })
    await station.imports(calendar(...of('plain', '20261203', 'SEQUENCE:1')))
    expect(await rings()).toContain('2026-12-03T08:50 plain starts in 10 minutes')
    // Whoever wants none of it keeps it so.
    await station.database.alert.deleteMany({ where: { event: { uid: 'plain' } } })
    expect(await station.imports(calendar(...of('plain', '20261203', 'SEQUENCE:1')))).toMatchObject({ changed: 0, same: 1 })
    await station.database.person.update({ where: { id: ownerId }, data: { alertSeconds: [] } })
  })

  it('go on where no rule has them, and stay as their person left them', async () => {
    // The day before each second Tuesday is no second Monday.
    await station.imports(
      calendar(...event('UID:board', 'SUMMARY:Board', 'DTSTART:20261208T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=MONTHLY;BYDAY=2TU')),
    )
    const first = await rings()
    expect(first).toHaveLength(12)
    expect(first.at(-1)).toBe('2027-11-08T09:00 Board starts in 1 day')
    await station.upkeep.step()
    expect(await rings()).toEqual(first)
    await station.database.reminder.updateMany({ where: { dueAt: new Date('2027-11-08T09:00Z') }, data: { state: 'cancelled' } })
    station.now = Temporal.Instant.from('2027-05-26T08:00:00Z')
    await station.upkeep.step()
    const later = await rings()
    expect(later.at(-1)).toBe('2028-05-08T09:00 Board starts in 1 day')
    expect(later).not.toContain('2027-11-08T09:00 Board starts in 1 day')
  })
})

describe('after new time-zone data', () => {
  it('gives what is to come its right instants again, and leaves what is over, and what is newer', async () => {
    const series = ['DTSTART;TZID=Europe/Berlin:20261201T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3']
    const moved = ['RECURRENCE-ID;TZID=Europe/Berlin:20261202T090000', 'DTSTART;TZID=Europe/Berlin:20261202T150000', 'DURATION:PT1H']
    await station.imports(
      calendar(
        ...event('UID:daily', 'SUMMARY:Daily', ...series),
        ...event('UID:daily', 'SUMMARY:Daily', ...moved),
        ...event('UID:over', 'SUMMARY:Over', 'DTSTART;TZID=Europe/Berlin:20201201T090000', 'DURATION:PT1H'),
        ...event('UID:newer', 'SUMMARY:Newer', 'DTSTART;TZID=Europe/Berlin:20261205T090000', 'DURATION:PT1H'),
      ),
    )
    const wrong = { startsAt: new Date('2026-12-01T07:00Z'), endsAt: new Date('2026-12-01T08:00Z'), tzdata: '2020a' }
    const { event: events, eventOverride: overrides } = station.database
    await events.updateMany({ data: { tzdata: '2020a' } })
    await events.updateMany({ where: { uid: { not: 'over' } }, data: wrong })
    await events.updateMany({ where: { uid: 'newer' }, data: { tzdata: '2199z' } })
    await overrides.updateMany({ data: { startsAt: wrong.startsAt } })
    // New data comes with a program that starts anew.
    await createUpkeep({ ...station.stores, clock: { now: () => station.now } }).step()
    const rows = await events.findMany({ orderBy: { uid: 'asc' } })
    expect(rows.map(({ uid, startsAt, coversUntil, tzdata, version }) => [uid, startsAt, coversUntil, tzdata, version])).toEqual([
      ['daily', new Date('2026-12-01T08:00Z'), new Date('2026-12-03T09:00Z'), process.versions.tz, 1],
      ['newer', wrong.startsAt, new Date('2026-12-05T09:00Z'), '2199z', 1],
      ['over', new Date('2020-12-01T08:00Z'), new Date('2020-12-01T09:00Z'), '2020a', 1],
    ])
    expect(await overrides.findMany()).toMatchObject([{ startsAt: new Date('2026-12-02T14:00Z') }])
  })
})

describe('reminders after new time-zone data', () => {
  it('ring at their wall time again, once, and those that were put off stay', async () => {
    const { spaceId, ownerId } = await station.calendar()
    const row = (text: string, dueAt: string, more: object = {}) => ({
      id: randomUUID(),
      spaceId,
      ownerId,
      platform: 'web',
      text,
      recipients: [{ kind: 'direct', user: 'me' }],
      origin: { platform: 'web', space: 'local', channel: 'me', kind: 'direct' },
      state: 'scheduled',
      dueAt: new Date(dueAt),
      startWall: new Date('2028-01-10T09:00Z'),
      timeZone: 'Europe/Berlin',
      tzdata: '2020a',
      ...more,
    })
    await station.database.reminder.createMany({
      data: [
        row('once', '2028-01-10T07:00Z'),
        row('weekly', '2028-01-17T07:00Z', { rrule: 'FREQ=WEEKLY' }),
        row('right', '2028-01-10T08:00Z'),
        row('put off', '2028-01-12T20:00Z'),
        row('asks again', '2028-01-10T08:30Z', { nagSeconds: 1_800, nagged: 1 }),
      ],
    })
    await createUpkeep({ ...station.stores, clock: { now: () => station.now } }).step()
    const rows = await station.database.reminder.findMany({ where: { startWall: new Date('2028-01-10T09:00Z') }, orderBy: { text: 'asc' } })
    expect(rows.map(({ text, dueAt, tzdata }) => [text, dueAt?.toISOString().slice(0, 16), tzdata === process.versions.tz])).toEqual([
      ['asks again', '2028-01-10T08:30', true],
      ['once', '2028-01-10T08:00', true],
      ['put off', '2028-01-12T20:00', true],
      ['right', '2028-01-10T08:00', true],
      ['weekly', '2028-01-17T08:00', true],
    ])
  })
})
