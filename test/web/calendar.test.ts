import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createPlanner } from '../../src/planner/planner.ts'
import { openWorld, type World } from '../support/world.ts'
import { openHouse } from './support/house.ts'

const Answer = z.looseObject({
  event: z.looseObject({ id: z.string(), version: z.number(), rrule: z.string().nullable(), meetingLink: z.string() }),
  split: z.looseObject({ id: z.string() }).optional(),
  undo: z.string().optional(),
})
const Card = z.object({
  mayChange: z.boolean(),
  reply: z.object({
    blocks: z.array(z.looseObject({ buttons: z.array(z.object({ label: z.string(), token: z.string() })).optional() })),
  }),
})
const Page = z.object({
  events: z.array(
    z.looseObject({
      id: z.string(),
      title: z.string(),
      startsAt: z.string(),
      occurrence: z.string().nullable(),
      response: z.string().nullable(),
    }),
  ),
  next: z.string().nullable(),
})

const stack = new AsyncDisposableStack()
let world: World
let url: string

beforeAll(async () => {
  world = stack.use(await openWorld('2026-11-23T14:00:00Z'))
  const clock = { now: () => world.now }
  url = stack.use(await openHouse({ planner: createPlanner({ store: world.stores.store, clock, moment: world.engine.moment }) })).url
})
afterAll(() => stack.disposeAsync())

async function send(method: string, path: string, body?: unknown, token?: string): Promise<{ status: number; body: unknown }> {
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  }
  const response = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  return { status: response.status, body: await response.json() }
}

const events = '/api/calendar/events'
const zone = 'America/New_York'
async function make(body: object) {
  const made = await send('POST', events, { timeZone: zone, ...body })
  expect(made, JSON.stringify(made.body)).toMatchObject({ status: 201 })
  return Answer.parse(made.body).event
}
async function query(from: string, to: string, more = '') {
  const { body } = await send('GET', `/api/calendar/query?from=${from}T00:00:00Z&to=${to}T00:00:00Z${more}`)
  return Page.parse(body)
}
const starts = (page: z.output<typeof Page>) => page.events.map(({ startsAt }) => startsAt)

describe('an event over HTTP', () => {
  it('is made once with one Idempotency-Key, also by two requests at once', async () => {
    const post = async (title: string, key: string) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key }
      const body = JSON.stringify({ title, start: '2027-03-01T15:00:00', timeZone: zone })
      const answer = await fetch(url + events, { method: 'POST', headers, body })
      return { status: answer.status, body: (await answer.json()) as { event?: { id: string }; code?: string } }
    }
    const [one, same] = await Promise.all([post('Once', 'key 1'), post('Once', 'key 1')])
    expect([one.status, same.status, same.body.event?.id]).toEqual([201, 201, one.body.event?.id])
    expect((await post('Once', 'key 2')).body.event?.id).not.toBe(one.body.event?.id)
    expect(await post('Twice', 'key 1')).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
    expect(await world.database.event.count({ where: { title: 'Once' } })).toBe(2)
  })

  it('is alerted before as its person is used to, unless the request says otherwise', async () => {
    const me = world.person('me', { platform: 'web', space: 'local', channel: 'me' })
    await me.says('alert me 10 minutes before by default')
    const start = '2028-02-05T15:00:00'
    const made = [await make({ title: 'a', start }), await make({ title: 'b', start, alerts: [] })]
    const whole = await make({ title: 'c', start: '2028-02-05' })
    expect([...made, whole].map(({ alerts }) => alerts)).toEqual([['PT10M'], [], []])
    const rings = await world.database.reminder.findMany({ where: { eventId: made[0]?.id ?? '' } })
    expect(rings.map(({ dueAt }) => dueAt?.toISOString())).toEqual(['2028-02-05T19:50:00.000Z'])
    await me.says('no alerts by default')
  })

  it('is made with every field, read, changed, and cancelled', async () => {
    const { id, meetingLink } = await make({
      title: ' Planning\u0007 <b>now</b> ',
      start: '2027-01-05T15:00:00-05:00',
      end: '2027-01-05T16:30:00-05:00',
      location: 'Room 5',
      meetingLink: 'jitsi',
      visibility: 'busy',
      alerts: ['PT15M'],
      attendees: [{ email: 'Bob@example.org' }, { email: 'bob@example.org', name: 'Bob' }, { name: 'Eve' }],
    })
    expect(meetingLink).toMatch(/^https:\/\/meet\.jit\.si\/DuckTape-\S{20}$/)
    const read = await send('GET', `${events}/${id}`)
    expect(read.body).toMatchObject({
      event: {
        title: 'Planning <b>now</b>',
        start: '2027-01-05T15:00:00',
        end: '2027-01-05T16:30:00',
        timeZone: zone,
        startsAt: '2027-01-05T20:00:00Z',
        visibility: 'busy',
        alerts: ['PT15M'],
        attendees: [
          { name: 'Bob', email: 'bob@example.org', response: 'needs-action' },
          { name: 'Eve', email: null },
        ],
        version: 1,
      },
    })
    const changed = await send('PATCH', `${events}/${id}`, { start: '2027-01-05T16:00:00', location: 'Room 6' })
    expect(changed.body).toMatchObject({
      event: { start: '2027-01-05T16:00:00', end: '2027-01-05T17:30:00', location: 'Room 6', version: 2 },
    })
    const company = await send('PATCH', `${events}/${id}`, { attendees: [{ email: 'BOB@example.org' }, { name: 'Zoe' }] })
    expect(company.body).toMatchObject({ event: { attendees: [{ email: 'bob@example.org' }, { name: 'Zoe' }], version: 3 } })
    expect(await send('PATCH', `${events}/${id}`, { title: 'Late', version: 1 })).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect(await send('DELETE', `${events}/${id}?version=2`)).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect(await send('DELETE', `${events}/${id}?version=3`)).toMatchObject({ status: 200, body: { event: { status: 'cancelled' } } })
    expect(await send('PATCH', `${events}/${id}`, { title: 'x' })).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect((await query('2027-01-05', '2027-01-07')).events).toEqual([])
  })

  it('lasts whole days when it is given dates', async () => {
    await make({ title: 'Conference', start: '2027-02-01', end: '2027-02-04' })
    expect((await query('2027-02-03', '2027-02-04')).events).toMatchObject([{ title: 'Conference', allDay: true }])
    expect((await query('2027-02-05', '2027-02-06')).events).toEqual([])
  })

  it('is nobody else’s to see or change', async () => {
    const { id } = await make({ title: 'Mine', start: '2027-03-01T09:00' })
    for (const method of ['GET', 'PATCH', 'DELETE'])
      expect(await send(method, `${events}/${id}`, method === 'PATCH' ? { title: 'x' } : undefined, 'anns-token')).toMatchObject({
        status: 404,
      })
  })

  it.each<[string, object, number, string]>([
    ['an end before its start', { title: 'x', start: '2027-01-05T15:00', end: '2027-01-05T14:00' }, 422, '/end'],
    ['no length', { title: 'x', start: '2027-01-05T15:00', end: '2027-01-05T15:00' }, 422, '/end'],
    ['three years', { title: 'x', start: '2027-01-05', end: '2030-01-05' }, 422, '/end'],
    ['no title', { start: '2027-01-05T15:00' }, 422, '/title'],
    ['a day for an end', { title: 'x', start: '2027-01-05T15:00', end: '2027-01-06' }, 422, '/end'],
    ['no date at all', { title: 'x', start: 'tomorrow' }, 422, '/start'],
    ['the year 9999', { title: 'x', start: '9999-01-05T15:00' }, 422, '/start'],
    ['a zone that is none', { title: 'x', start: '2027-01-05T15:00', timeZone: 'Mars/Base' }, 422, '/timeZone'],
    ['a moment in the place of a zone', { title: 'x', start: '2027-01-05T15:00', timeZone: '2027-01-05T15:00Z' }, 422, '/timeZone'],
    ['a rule that never comes', { title: 'x', start: '2027-01-05T15:00', rrule: 'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31' }, 422, '/rrule'],
    ['a rule of every second', { title: 'x', start: '2027-01-05T15:00', rrule: 'FREQ=SECONDLY' }, 422, '/rrule'],
    ['a rule that ends before it starts', { title: 'x', start: '2027-01-05T15:00', rrule: 'FREQ=DAILY;UNTIL=20260101' }, 422, '/rrule'],
    ['no rule', { title: 'x', start: '2027-01-05T15:00', rrule: 'DROP TABLE event' }, 422, '/rrule'],
    ['an alert of ten years', { title: 'x', start: '2027-01-05T15:00', alerts: ['P10Y'] }, 422, '/alerts'],
    ['somebody else’s calendar', { title: 'x', start: '2027-01-05T15:00', calendar: 'Nobody' }, 422, '/calendar'],
    ['a link that is a script', { title: 'x', start: '2027-01-05T15:00', meetingLink: 'javascript:alert(1)' }, 422, '/meetingLink'],
    ['a time that names its own zone', { title: 'x', start: '2027-01-05T15:00+01:00[Europe/Berlin]' }, 422, '/start'],
    ['nobody invited', { title: 'x', start: '2027-01-05T15:00', attendees: [{}] }, 400, '/attendees/0'],
    ['an unknown field', { title: 'x', start: '2027-01-05T15:00', colour: 'red', owner: 'me' }, 400, '/'],
    ['a title of a megabyte', { title: 'x'.repeat(50_000), start: '2027-01-05T15:00' }, 400, '/title'],
  ])('with %s is refused by field', async (_, body, status, path) => {
    const answer = await send('POST', events, { timeZone: zone, ...body })
    expect(answer).toMatchObject({ status, body: { errors: [{ path }] } })
  })

  it('is without what is null, and keeps what is not named', async () => {
    const fields = { description: 'Bring tea', location: 'Room 5', meetingLink: 'https://meet.example/1', colour: 'gold' }
    const { id } = await make({ title: 'Tea', start: '2027-01-06T15:00', ...fields })
    const { body } = await send('PATCH', `${events}/${id}`, { location: null, meetingLink: null, colour: null })
    expect(Answer.parse(body).event).toMatchObject({ title: 'Tea', description: 'Bring tea', location: '', meetingLink: '', colour: null })
  })

  it('takes changes that come at once one after the other, unless they are meant for a version', async () => {
    const { id, version } = await make({ title: 'Race', start: '2027-01-08T15:00' })
    const change = (body: object) => send('PATCH', `${events}/${id}`, body)
    const done = await Promise.all([{ title: 'Regatta' }, { location: 'Lake' }, { description: 'Bring oars' }].map(change))
    expect(done.map(({ status }) => status)).toEqual([200, 200, 200])
    const { body } = await send('GET', `${events}/${id}`)
    expect(Answer.parse(body).event).toMatchObject({ title: 'Regatta', location: 'Lake', description: 'Bring oars' })
    expect(await change({ title: 'Late', version })).toMatchObject({ status: 409 })
  })
})

describe('a series over HTTP', () => {
  it('is split, and each part is what the query shows', async () => {
    const { id } = await make({ title: 'Standup', start: '2027-04-05T09:00', end: '2027-04-05T09:15', rrule: 'FREQ=WEEKLY;COUNT=4' })
    expect(await send('PATCH', `${events}/${id}`, { title: 'x' })).toMatchObject({ status: 422, body: { errors: [{ path: '/scope' }] } })
    const guests = { attendees: [{ name: 'Zoe' }] }
    expect(await send('PATCH', `${events}/${id}?scope=this&occurrence=2027-04-12T09:00:00`, guests)).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/attendees' }] },
    })
    expect(await send('PATCH', `${events}/${id}?scope=this`, { title: 'x' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/occurrence' }] },
    })
    expect(await send('PATCH', `${events}/${id}?scope=this&occurrence=2027-04-06T09:00:00`, { title: 'x' })).toMatchObject({ status: 404 })

    const one = await send('PATCH', `${events}/${id}?scope=this&occurrence=2027-04-12T09:00:00`, { start: '2027-04-13T10:00' })
    expect(one.body).toMatchObject({ event: { overrides: [{ occurrence: '2027-04-12T09:00:00', start: '2027-04-13T10:00:00' }] } })
    const following = await send('PATCH', `${events}/${id}?scope=following&occurrence=2027-04-19T09:00:00`, {
      title: 'Sync',
      start: '2027-04-19T11:00',
    })
    const { event, split } = Answer.parse(following.body)
    expect(event.rrule).toBe('FREQ=WEEKLY;COUNT=2')
    const page = await query('2027-04-01', '2027-05-01')
    expect(page.events.map(({ title, startsAt }) => `${title} ${startsAt}`)).toEqual([
      'Standup 2027-04-05T13:00:00Z',
      'Standup 2027-04-13T14:00:00Z',
      'Sync 2027-04-19T15:00:00Z',
      'Sync 2027-04-26T15:00:00Z',
    ])
    await send('DELETE', `${events}/${split?.id}?scope=this&occurrence=2027-04-19T11:00:00`)
    expect(starts(await query('2027-04-15', '2027-05-01'))).toEqual(['2027-04-26T15:00:00Z'])
  })

  it('is read in pages that lose and double nothing', async () => {
    await make({ title: 'Daily', start: '2027-06-01T09:00', end: '2027-06-01T09:30', rrule: 'FREQ=DAILY;COUNT=20' })
    await make({ title: 'Twice a day', start: '2027-06-01T09:00', end: '2027-06-01T09:30', rrule: 'FREQ=DAILY;BYHOUR=9,17;COUNT=20' })
    await make({ title: 'Retreat', start: '2027-06-03', end: '2027-06-06' })
    const whole = await query('2027-06-01', '2027-07-01')
    expect(whole.events).toHaveLength(41)
    const paged: string[] = []
    let cursor: string | null = ''
    for (let pages = 0; cursor !== null && pages < 20; pages += 1) {
      const page: z.output<typeof Page> = await query('2027-06-01', '2027-07-01', `&limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`)
      paged.push(...page.events.map(({ id, startsAt }) => `${startsAt} ${id}`))
      cursor = page.next
    }
    expect(paged).toEqual(whole.events.map(({ id, startsAt }) => `${startsAt} ${id}`))
    const found = await query('2027-06-01', '2027-07-01', '&q=retreet')
    expect(found.events.map(({ title }) => title)).toEqual(['Retreat'])
    expect(await send('GET', '/api/calendar/query?from=2027-06-01T00:00:00Z&to=2027-07-01T00:00:00Z&cursor=nonsense')).toMatchObject({
      status: 400,
    })
    expect(await send('GET', '/api/calendar/query?from=2027-06-01T00:00:00Z&to=2029-07-01T00:00:00Z')).toMatchObject({ status: 400 })
    expect(await send('GET', '/api/calendar/query?from=2027-06-01T00:00:00Z&to=2027-07-01T00:00:00Z&calendar=Nobody')).toMatchObject({
      status: 404,
    })
  })

  it('is shown as chat shows it, to those who may see it, and told to those who come when that is asked for', async () => {
    const me = world.person('me', { platform: 'web', space: 'local', channel: 'me', name: 'Me' })
    const ann = world.person('ann', { platform: 'web', space: 'local', channel: 'ann', name: 'Ann' })
    await ann.says('hello')
    await me.says('demo with Ann on September 1, 2027 at 15:00 for 1 hour')
    const mine = (await query('2027-09-01', '2027-09-02')).events.find(({ title }) => /demo/i.test(title))
    const card = async (token?: string) => {
      const { body } = await send('GET', `${events}/${mine?.id}/card`, undefined, token)
      const { reply, mayChange } = Card.parse(body)
      return { mayChange, buttons: reply.blocks.flatMap(({ buttons = [] }) => buttons) }
    }
    expect((await card()).buttons.map(({ label }) => label)).toEqual(['Cancel it'])
    expect(await send('GET', `${events}/${mine?.id}/card?occurrence=soon`)).toMatchObject({ status: 422, body: { code: 'invalid_event' } })
    const asked = await card('anns-token')
    expect([(await card()).mayChange, asked.mayChange]).toEqual([true, false])
    expect(asked.buttons.map(({ label }) => label)).toEqual(['Yes', 'No', 'Maybe'])
    await ann.presses(asked.buttons[2])
    const { body } = await send('GET', '/api/calendar/query?from=2027-09-01T00:00:00Z&to=2027-09-02T00:00:00Z', undefined, 'anns-token')
    expect(body).toMatchObject({ events: [{ id: mine?.id, response: 'tentative' }] })

    // What waits to be told has no words of anybody's.
    const told = () => world.database.reminder.count({ where: { text: '' } })
    const before = await told()
    await send('PATCH', `${events}/${mine?.id}`, { start: '2027-09-01T16:00:00' })
    expect(await told()).toBe(before)
    const moved = await send('PATCH', `${events}/${mine?.id}?tell=true`, { start: '2027-09-02T16:00:00' })
    expect(await told()).toBe(before + 1)
    await me.presses({ label: 'Undo', token: Answer.parse(moved.body).undo ?? '' })
    expect(starts(await query('2027-09-01', '2027-09-03'))).toEqual(['2027-09-01T16:00:00Z'])

    const alone = await make({ title: 'Alone', start: '2027-09-05T09:00' })
    expect((await send('GET', `${events}/${alone.id}/card`, undefined, 'anns-token')).status).toBe(404)

    // Who is to hear of a change is whoever sees it.
    const { calendars } = world.stores.store
    const people = await world.database.person.findMany({ where: { name: { in: ['Me', 'Ann'] } } })
    const hear = async (of: { changed?: readonly string[]; answered?: readonly string[] }) => {
      const found = await calendars.audience(people[0]?.spaceId ?? '', { changed: [], answered: [], ...of }, ids)
      return found.map(({ personId }) => people.find(({ id }) => id === personId)?.name).sort()
    }
    const ids = people.map(({ id }) => id)
    const id = mine?.id ?? ''
    const [{ calendarId }, annsId] = [alone as unknown as { calendarId: string }, people.find(({ name }) => name === 'Ann')?.id ?? '']
    expect([await hear({ changed: [id] }), await hear({ answered: [id] }), await hear({ changed: [alone.id] })]).toEqual([
      ['Ann', 'Me'],
      ['Me'],
      ['Me'],
    ])
    await world.database.calendarShare.create({ data: { calendarId, personId: annsId, access: 'read' } })
    expect([await hear({ changed: [alone.id] }), await hear({ changed: [calendarId] })]).toEqual([
      ['Ann', 'Me'],
      ['Ann', 'Me'],
    ])
    await world.database.calendarShare.deleteMany({ where: { calendarId } })
    expect(await calendars.audience(calendarId, { changed: [id], answered: [id] }, ids)).toEqual([])
  })

  it('is shown to whoever declined it when they ask for that, and counts again on the day that they come after all', async () => {
    const me = world.person('me', { platform: 'web', space: 'local', channel: 'me', name: 'Me' })
    const ann = world.person('ann', { platform: 'web', space: 'local', channel: 'ann', name: 'Ann' })
    await ann.says('hello')
    await me.says('choir with Ann every Tuesday at 18:00 starting October 5, 2027')
    const annSees = async (more = '') => {
      const window = 'from=2027-10-04T00:00:00Z&to=2027-10-18T00:00:00Z'
      const { body } = await send('GET', `/api/calendar/query?${window}${more}`, undefined, 'anns-token')
      return Page.parse(body).events.map(({ id, occurrence, response }) => ({ id, occurrence, response }))
    }
    const press = async (label: string, { id, occurrence }: { id: string; occurrence: string | null }) => {
      const { body } = await send('GET', `${events}/${id}/card?occurrence=${occurrence}`, undefined, 'anns-token')
      const buttons = Card.parse(body).reply.blocks.flatMap(({ buttons = [] }) => buttons)
      await ann.presses(buttons.find((one) => one.label === label))
    }
    const responses = async (more?: string) => (await annSees(more)).map(({ response }) => response)
    const [first] = await annSees()
    if (!first) throw new Error('nobody sings')
    await press('No', first)
    expect([await responses(), await responses('&declined=true')]).toEqual([['needs-action'], ['declined', 'needs-action']])
    await world.database.attendee.updateMany({ where: { eventId: first.id, recurrenceId: null }, data: { response: 'declined' } })
    expect([await responses(), await responses('&declined=true')]).toEqual([[], ['declined', 'declined']])
    await press('Yes', first)
    expect([await responses(), await responses('&declined=true')]).toEqual([['accepted'], ['accepted', 'declined']])
  })

  it('is taken back in the chat of the same person', async () => {
    const { id } = await make({ title: 'Oops', start: '2027-08-02T09:00' })
    const me = world.person('me', { platform: 'web', space: 'local', channel: 'me' })
    expect((await me.says('undo')).words).toMatch(/Undone.*Oops/)
    expect(await send('GET', `${events}/${id}`)).toMatchObject({ body: { event: { status: 'cancelled' } } })
  })
})
