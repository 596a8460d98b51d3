import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#core/ids.ts'
import type { Attendee, Calendar, CalendarEvent, Change, Person } from '#core/model.ts'
import type { EventScope } from '#core/ports.ts'
import { anEvent, moved, wall } from '../support/events.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let ann: Person
let bob: Person

beforeAll(async () => {
  world = await openWorld()
  ann = await meet('U1', 'Ann')
  bob = await meet('U2', 'Bob')
})
afterAll(() => world[Symbol.asyncDispose]())

async function meet(id: string, name: string): Promise<Person> {
  const place = { platform: 'slack', space: 'T1', channel: 'D', kind: 'direct' } as const
  return (await world.stores.store.people.meet(place, { id, name })).person
}

const store = () => world.stores.store
const owner = () => ({ spaceId: ann.spaceId, calendarId: ann.calendarId, organiserId: ann.id })
const scope = (more: Partial<EventScope> = {}): EventScope => ({ spaceId: ann.spaceId, calendarIds: [ann.calendarId], ...more })
const day = (date: string) => ({
  from: wall(`${date}T00:00`).toZonedDateTime('America/New_York').toInstant(),
  to: wall(`${date}T00:00`).add({ days: 1 }).toZonedDateTime('America/New_York').toInstant(),
  limit: 100,
})
const idsIn = async (...[where, window]: Parameters<ReturnType<typeof store>['events']['within']>) =>
  (await store().events.within(where, window)).series.map(({ id }) => id)

async function commit(...changes: readonly Change[]): Promise<void> {
  const { spaceId, id: actorId } = ann
  const message = { platform: 'slack', id: newId(world.now), reply: { tone: 'done', visibility: 'place', blocks: [] } } as const
  await store().commit({ spaceId, actorId, at: world.now, auditId: newId(world.now), summary: 'test', changes, message })
}

async function make(more: Partial<CalendarEvent> = {}): Promise<CalendarEvent> {
  const after = anEvent(owner(), more)
  await commit({ kind: 'event', before: null, after })
  return after
}

const invitation = (event: CalendarEvent, more: Partial<Attendee> = {}): Attendee => ({
  id: newId(world.now),
  spaceId: event.spaceId,
  eventId: event.id,
  personId: bob.id,
  email: null,
  name: 'Bob',
  recurrenceId: null,
  response: 'needs-action',
  comment: '',
  waiting: null,
  attended: null,
  following: false,
  state: 'invited',
  version: 1,
  ...more,
})

describe('an event', () => {
  it('comes back as it was kept, with overrides and alerts, and as it was changed', async () => {
    const kept = await make({
      title: 'Überraschung 🎉',
      location: 'Room 5',
      meetingLink: 'https://meet.example/x',
      colour: 'red',
      visibility: 'busy',
      rrule: 'FREQ=WEEKLY',
      rdates: [wall('2026-12-24T09:00')],
      exdates: [wall('2026-12-01T09:00')],
      overrides: [moved('2026-12-08T09:00', '2026-12-09T14:00', { title: 'Moved' }), moved('2026-12-15T09:00', '2026-12-15T10:00')],
      alerts: [
        { personId: ann.id, secondsBefore: 900 },
        { personId: ann.id, secondsBefore: 60 },
      ],
    })
    expect(await store().events.get(ann.spaceId, kept.id)).toEqual(kept)
    const changed: CalendarEvent = {
      ...kept,
      exdates: [],
      overrides: [moved('2026-12-15T09:00', '2026-12-15T11:00'), moved('2026-12-22T09:00', '2026-12-22T10:00')],
      alerts: [{ personId: ann.id, secondsBefore: 300 }],
      version: 2,
    }
    await commit({ kind: 'event', before: kept, after: changed })
    expect(await store().events.get(ann.spaceId, kept.id)).toEqual(changed)
    await expect(commit({ kind: 'event', before: kept, after: changed })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('keeps its identity in its calendar, and only there', async () => {
    const kept = await make({ uid: 'same' })
    await expect(make({ uid: 'same' })).rejects.toMatchObject({ code: 'conflict' })
    const instance = await make({ uid: 'same', recurrenceId: wall('2026-11-24T09:00') })
    await expect(make({ uid: 'same', recurrenceId: wall('2026-11-24T09:00') })).rejects.toMatchObject({ code: 'conflict' })
    const elsewhere = await make({ uid: 'same', calendarId: bob.calendarId })
    expect(new Set([kept.id, instance.id, elsewhere.id]).size).toBe(3)
  })

  it('is unknown in other spaces', async () => {
    const kept = await make()
    expect(await store().events.get(newId(world.now), kept.id)).toBeUndefined()
    expect(await idsIn(scope({ spaceId: newId(world.now) }), day('2026-11-24'))).toEqual([])
  })
})

describe('a window', () => {
  it('finds a moved occurrence on both its days, and the series on every day that it reaches', async () => {
    const startWall = wall('2030-01-01T09:00')
    const series = await make({ startWall, rrule: 'FREQ=WEEKLY', overrides: [moved('2030-01-08T09:00', '2030-01-10T09:00')] })
    const seen = async (date: string) => {
      const found = (await store().events.within(scope(), day(date))).series.find(({ id }) => id === series.id)
      return found?.overrides.length
    }
    expect(await seen('2030-01-08')).toBe(1)
    expect(await seen('2030-01-10')).toBe(1)
    expect(await seen('2030-02-05')).toBe(0)
    expect(await seen('2029-12-31')).toBeUndefined()
  })

  it('says when there is more than was asked for', async () => {
    const startWall = wall('2031-01-01T09:00')
    const made = [await make({ startWall }), await make({ startWall, title: 'Other' })]
    expect(await store().events.within(scope(), { ...day('2031-01-01'), limit: 2 })).toMatchObject({ complete: true })
    const first = await store().events.within(scope(), { ...day('2031-01-01'), limit: 1 })
    expect(first.complete).toBe(false)
    expect(first.series[0]?.id).toBe(made[0]?.id)
  })

  it('holds what somebody is invited to elsewhere, unless they declined or were taken off', async () => {
    const event = await make({ startWall: wall('2032-01-01T09:00') })
    const bobs = scope({ calendarIds: [bob.calendarId], invited: bob.id })
    expect(await idsIn(bobs, day('2032-01-01'))).toEqual([])
    const invited = invitation(event)
    await commit({ kind: 'attendee', before: null, after: invited })
    expect(await idsIn(bobs, day('2032-01-01'))).toEqual([event.id])
    const declined: Attendee = { ...invited, response: 'declined', version: 2 }
    await commit({ kind: 'attendee', before: invited, after: declined })
    expect(await idsIn(bobs, day('2032-01-01'))).toEqual([])
    expect(await store().attendees.of(ann.spaceId, [event.id])).toEqual([declined])
  })
})

describe('a search', () => {
  const found = async (words: string, more: Partial<EventScope> = {}) =>
    (await store().events.search(scope(more), { words, now: wall('2033-01-01T00:00').toZonedDateTime('UTC').toInstant(), limit: 5 })).map(
      ({ title }) => title,
    )

  it('gives what is to come first, then the very title, the very word, a beginning, and what is nearly right when there is nothing else', async () => {
    const titled = [
      ['Harvestry 5e1', '2033-02-01T09:00'],
      ['Harvest, first part', '2033-02-02T09:00'],
      ['Harvest', '2033-02-03T09:00'],
      ['harvest', '2032-02-03T09:00'],
    ] as const
    for (const [title, at] of titled) await make({ title, startWall: wall(at) })
    expect(await found('harvest')).toEqual(['Harvest', 'Harvest, first part', 'Harvestry 5e1', 'harvest'])
    expect(await found('Hárvest part')).toEqual(['Harvest, first part'])
    expect(await found('harvestry 5e1')).toEqual(['Harvestry 5e1'])
    expect(await found('hravestry')).toContain('Harvestry 5e1')
    expect(await found('harvest', { calendarIds: [bob.calendarId] })).toEqual([])
    expect(await found('harvest', { calendarIds: [] })).toEqual([])
  })

  it('finds by words as long as they come, where somebody is invited, and not what was called off', async () => {
    const address = `https://example.org/${'x'.repeat(2_040)}`
    const event = await make({
      title: `Vintage ${address}`.slice(0, 400),
      description: `${address} cellar`,
      startWall: wall('2033-03-01T09:00'),
    })
    await make({ title: 'Vintage 2', status: 'cancelled', startWall: wall('2033-03-02T09:00') })
    await commit({ kind: 'attendee', before: null, after: invitation(event) })
    expect(await found('cellar')).toEqual([event.title])
    expect(await found('vintage', { calendarIds: [bob.calendarId], invited: bob.id })).toEqual([event.title])
    expect(await found('q'.repeat(3_000))).toEqual([])
  })
})

describe('an attendee', () => {
  it.each<[string, Partial<Attendee>]>([
    ['a person', {}],
    ['an address, however it is written', { personId: null, email: 'Bob@example.org' }],
    ['an occurrence', { recurrenceId: wall('2026-12-01T09:00') }],
  ])('is there once for %s', async (_, more) => {
    const event = await make({ rrule: 'FREQ=WEEKLY' })
    await commit({ kind: 'attendee', before: null, after: invitation(event, more) })
    const again = invitation(event, { ...more, ...(more.email ? { email: more.email.toLowerCase() } : {}) })
    await expect(commit({ kind: 'attendee', before: null, after: again })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a calendar', () => {
  const calendar = (more: Partial<Calendar>): Calendar => ({
    id: newId(world.now),
    spaceId: ann.spaceId,
    ownerId: ann.id,
    kind: 'personal',
    channel: null,
    name: 'Work',
    colour: null,
    feedSecretHash: null,
    state: 'kept',
    shares: [],
    version: 1,
    ...more,
  })
  const names = async (person: Person) => (await store().calendars.of(ann.spaceId, person.id)).map(({ name }) => name).toSorted()

  it('is seen by its owner, by those it is shared with, and the space’s by everybody', async () => {
    const work = calendar({ shares: [{ personId: bob.id, access: 'write', hidden: true }] })
    await commit({ kind: 'calendar', before: null, after: work })
    await commit({ kind: 'calendar', before: null, after: calendar({ ownerId: null, kind: 'space', name: 'Company' }) })
    expect(await store().calendars.get(ann.spaceId, work.id)).toEqual(work)
    expect(await names(ann)).toEqual(['Calendar', 'Company', 'Work'])
    expect(await names(bob)).toEqual(['Calendar', 'Company', 'Work'])
    const unshared: Calendar = { ...work, shares: [], version: 2 }
    await commit({ kind: 'calendar', before: work, after: unshared })
    expect(await names(bob)).toEqual(['Calendar', 'Company'])
  })

  it('is one a channel', async () => {
    const team = calendar({ ownerId: null, kind: 'channel', channel: 'C1', name: 'team' })
    await commit({ kind: 'calendar', before: null, after: team })
    expect(await store().calendars.ofChannel(ann.spaceId, 'C1')).toEqual(team)
    const second = calendar({ ownerId: null, kind: 'channel', channel: 'C1', name: 'again' })
    await expect(commit({ kind: 'calendar', before: null, after: second })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a window', () => {
  it('counts only those that are looked for, however many others come before', async () => {
    const many = await Promise.all([9, 10, 11].map((hour) => make({ startWall: wall(`2028-02-01T${String(hour).padStart(2, '0')}:00`) })))
    const [last] = many.toReversed()
    const found = await store().events.within(scope({ among: [last?.id ?? ''] }), { ...day('2028-02-01'), limit: 1 })
    expect(found).toMatchObject({ complete: true, series: [{ id: last?.id }] })
  })
})

describe('an event that is edited', () => {
  /** Lets somebody's edit be written and not yet committed while `other` begins, and be there before that goes on. */
  async function meanwhile<Result>({ id, version, sequence }: CalendarEvent, other: () => Promise<Result>): Promise<Result> {
    const begun = await world.database.$transaction(async (transaction) => {
      await transaction.event.update({ where: { id }, data: { title: 'hers', version: version + 1, sequence: sequence + 1 } })
      const result = other()
      await expect.poll(waiting, { timeout: 20_000 }).toBe(1)
      return { result }
    }, slow)
    return begun.result
  }

  /** As long as a busy machine may take. */
  const slow = { timeout: 25_000 }

  async function waiting(): Promise<number> {
    const [row] = await world.database.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    return row?.count ?? 0
  }

  const titleOf = async ({ id }: CalendarEvent) => (await store().events.get(ann.spaceId, id))?.title
  const into = () => ({ spaceId: ann.spaceId, calendarId: ann.calendarId })

  it('is not overwritten unseen by somebody else', async () => {
    const kept = await make()
    const theirs = { kind: 'event', before: kept, after: { ...kept, title: 'theirs', version: 2 } } as const
    await expect(meanwhile(kept, () => commit(theirs))).rejects.toMatchObject({ code: 'conflict' })
    expect(await titleOf(kept)).toBe('hers')
  })

  it('is not overwritten unseen by a file that is taken in', async () => {
    const kept = await make()
    const put = () => world.stores.contents.put(into(), [{ event: { ...kept, title: 'of the file' }, attendees: [] }])
    expect(await meanwhile(kept, put)).toEqual({ created: 0, changed: 0, same: 1 })
    expect(await titleOf(kept)).toBe('hers')
  })

  it('stays as it is when the file is taken back', async () => {
    const kept = await make()
    const id = newId(world.now)
    const rest = { format: 'ics', timeZone: 'UTC', state: 'done', heldUntil: new Date(0) }
    await world.database.import.create({ data: { id, ...into(), personId: ann.id, ...rest } })
    await world.stores.contents.put(into(), [{ event: { ...kept, title: 'of the file' }, attendees: [] }], {
      step: { importId: id, done: 0 },
    })
    const taken = { ...kept, title: 'of the file', version: 2 }
    const takeBack = () => store().imports.takeBack(ann.spaceId, ann.id, id)
    expect(await meanwhile(taken, takeBack)).toMatchObject({ restored: 0, removed: 0, kept: 1 })
    expect(await titleOf(kept)).toBe('hers')
  })
})
