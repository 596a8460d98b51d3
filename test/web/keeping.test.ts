import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { asked } from './support/asked.ts'
import { type Desk, openDesk, Thing } from './support/desk.ts'
import { shelves } from './support/shelves.ts'

const stack = new AsyncDisposableStack()
let desk: Desk

beforeAll(async () => {
  desk = stack.use(await openDesk())
})
afterAll(() => stack.disposeAsync())

const ann = { authorization: 'Bearer anns-token' }
const { send, thing, all } = asked(() => desk)

shelves(() => desk)

describe('a reminder over HTTP', () => {
  const make = (body: object = {}) => thing('POST', 'reminders', { text: 'water the plants', at: '2026-11-24T09:00:00', ...body })
  const daily = { rrule: 'FREQ=DAILY' }

  it.each([
    ['a wall time of the person', {}, '2026-11-24T14:00:00Z', 'America/New_York'],
    ['a wall time elsewhere', { timeZone: 'Asia/Tokyo' }, '2026-11-24T00:00:00Z', 'Asia/Tokyo'],
    ['an instant', { at: '2026-11-24T09:00:00+01:00' }, '2026-11-24T08:00:00Z', 'America/New_York'],
    ['an instant with a short offset', { at: '2026-11-24T09:00+01' }, '2026-11-24T08:00:00Z', 'America/New_York'],
    ['the morning of a day', { at: '2026-11-25' }, '2026-11-25T14:00:00Z', 'America/New_York'],
    ['a rule', { rrule: 'FREQ=WEEKLY;BYDAY=FR' }, '2026-11-27T14:00:00Z', 'America/New_York'],
  ])('rings at %s', async (_what, times, dueAt, timeZone) => {
    expect(await make(times)).toMatchObject({ dueAt, timeZone, state: 'scheduled', repeats: 'rrule' in times, to: [{ user: 'me' }] })
  })

  it.each(['soon', '2026-11-31T09:00', '2026-11-24T09:00[Asia/Tokyo]', '+275760-09-13T12:00:00', '0000-01-01T00:00Z'])(
    'never rings at %s',
    async (at) => {
      expect(await send('POST', 'reminders', { text: 'x', at })).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    },
  )

  it('may be for others, who may say that it is done and nothing else', async () => {
    const { id } = await make({ to: ['ann', 'me'] })
    expect(await send('GET', `reminders/${id}`, undefined, ann)).toMatchObject({
      status: 200,
      body: { reminder: { to: [{ user: 'ann' }, { user: 'me' }] } },
    })
    for (const body of [{ text: 'other words' }, { state: 'paused' }, { state: 'done', text: 'x' }])
      expect(await send('PATCH', `reminders/${id}`, body, ann)).toMatchObject({ status: 403, body: { code: 'not_yours' } })
    expect(await send('DELETE', `reminders/${id}`, undefined, ann)).toMatchObject({ status: 403, body: { code: 'not_yours' } })
    expect(await send('PATCH', `reminders/${id}`, { state: 'done' }, ann)).toMatchObject({ status: 200 })
  })

  it.each([
    ['a moment that is over', { at: '2026-11-23T08:00:00' }, /already over/],
    ['a rule that is none', { rrule: 'FREQ=SOMETIMES' }, /\S/],
    ['somebody whom nobody knows', { to: ['Zebedee'] }, /do not know who “Zebedee” is/],
  ])('is refused as in chat: %s', async (_what, fields, detail) => {
    expect(await send('POST', 'reminders', { text: 'x', at: '2026-11-24T09:00:00', ...fields })).toMatchObject({
      status: 422,
      body: { code: 'refused', detail: expect.stringMatching(detail) },
    })
  })

  it('is refused for whoever wants none from its maker', async () => {
    await desk.ann.says('nobody may remind me')
    expect(await send('POST', 'reminders', { text: 'x', at: '2026-11-24T09:00:00', to: ['ann'] })).toMatchObject({
      status: 422,
      body: { code: 'refused', detail: expect.stringMatching(/^ann takes no reminders from you/) },
    })
  })

  it('is refused where chat would ask, and nothing is asked there', async () => {
    await desk.person('sam-1', 'Sam Adams').says('hello')
    await desk.person('sam-2', 'Sam Brown').says('hello')
    expect(await send('POST', 'reminders', { text: 'x', at: '2026-11-24T09:00:00', to: ['Sam'] })).toMatchObject({
      status: 422,
      body: { code: 'refused', detail: expect.stringContaining('Which Sam do you mean?') },
    })
    expect(await desk.questions()).toBe(0)
  })

  it('is busy when the queue is full, with when to try again', async () => {
    desk.full = true
    const soon = { text: 'soon', at: '2026-11-23T14:05:00Z' }
    expect(await send('POST', 'reminders', soon)).toMatchObject({ status: 503, body: { code: 'busy' } })
    desk.full = false
    await thing('POST', 'reminders', soon)
  })

  it.each<[string, object, object, object]>([
    [
      'text and time at once',
      {},
      { text: 'feed the cat', at: '2026-11-25T10:00:00' },
      { text: 'feed the cat', dueAt: '2026-11-25T15:00:00Z' },
    ],
    ['the zone alone', {}, { timeZone: 'Asia/Tokyo' }, { dueAt: '2026-11-24T00:00:00Z', at: '2026-11-24T09:00:00' }],
    ['a rule', {}, { rrule: 'FREQ=MONTHLY' }, { dueAt: '2026-11-24T14:00:00Z', rrule: 'FREQ=MONTHLY', repeats: true }],
    ['all of a series', daily, { at: '2026-11-26T08:00:00', scope: 'all' }, { dueAt: '2026-11-26T13:00:00Z', rrule: 'FREQ=DAILY' }],
    ['the next of a series', daily, { at: '2026-11-24T08:00:00', scope: 'this' }, { dueAt: '2026-11-25T14:00:00Z', rrule: 'FREQ=DAILY' }],
    ['nothing', {}, { state: 'scheduled' }, { version: 1 }],
    ['a pause', daily, { state: 'paused' }, { state: 'paused', dueAt: null, version: 2 }],
    ['words and a pause', daily, { text: 'later', state: 'paused' }, { text: 'later', state: 'paused', version: 2 }],
    ['its end', {}, { state: 'done' }, { state: 'done', dueAt: null }],
  ])('takes %s', async (_what, first, change, then) => {
    const { id } = await make(first)
    expect(await thing('PATCH', `reminders/${id}`, change)).toMatchObject(then)
    expect(await thing('GET', `reminders/${id}`)).toMatchObject(then)
  })

  it('shows the occurrence that was moved, goes on after a pause, and leaves one out', async () => {
    const { id } = await make(daily)
    const moved = await send('PATCH', `reminders/${id}`, { at: '2026-11-24T08:00:00', scope: 'this' })
    expect(moved.body).toMatchObject({ also: [{ dueAt: '2026-11-24T13:00:00Z', repeats: false }] })
    await thing('PATCH', `reminders/${id}`, { state: 'paused' })
    expect(await thing('PATCH', `reminders/${id}`, { state: 'scheduled' })).toMatchObject({ dueAt: '2026-11-25T14:00:00Z' })
    expect(await thing('DELETE', `reminders/${id}?scope=this`)).toMatchObject({ dueAt: '2026-11-26T14:00:00Z', state: 'scheduled' })
    expect(await send('PATCH', `reminders/${id}`, { at: '2026-11-24T08:00:00' })).toMatchObject({
      status: 422,
      body: { code: 'refused', detail: expect.stringContaining('scope=all') },
    })
  })
})

it('todos are listed open or done', async () => {
  const { id } = await thing('POST', 'todos', { text: 'ironing' })
  expect(await thing('PATCH', `todos/${id}`, { state: 'done' })).toMatchObject({ state: 'done' })
  expect((await all('todos')).todos?.some((one) => one.id === id)).toBe(false)
  expect((await all('todos?state=done')).todos?.map((one) => one.id)).toEqual([id])
  expect(await thing('PATCH', `todos/${id}`, { state: 'open' })).toMatchObject({ state: 'open' })
})

it('todos stand on lists by name, and are listed by them and by when they are due', async () => {
  const on = { text: 'nails', list: 'Hardware', at: '2026-11-25T09:00:00Z' }
  const { id } = await thing('POST', 'todos', on)
  expect(await thing('GET', `todos/${id}`)).toMatchObject({ text: 'nails', list: 'Hardware' })
  const texts = async (query: string) => (await all(`todos?${query}`)).todos?.map((one) => one.text)
  expect(await texts('list=my%20hardware%20list')).toEqual(['nails'])
  expect(await texts('list=nothing')).toEqual([])
  expect(await texts('dueBefore=2026-11-25T10:30:00%2B01:00&list=hardware')).toEqual(['nails'])
  expect(await texts('dueFrom=2026-11-25T10:00:00Z&list=hardware')).toEqual([])
  expect((await desk.me.says("what's on my hardware list")).words).toContain('nails')
  expect(await thing('PATCH', `todos/${id}`, { list: 'garage' })).toMatchObject({ list: 'garage' })
  const lists = (await send('GET', 'lists')).body as { readonly lists: readonly { readonly name: string; readonly holds: number }[] }
  expect(lists.lists.map(({ name, holds }) => [name, holds])).toEqual(
    expect.arrayContaining([
      ['garage', 1],
      ['Hardware', 0],
    ]),
  )
  expect(await send('POST', 'todos', { text: 'x', list: '!!!' })).toMatchObject({ status: 422, body: { code: 'refused' } })
})

it('notes lie in folders, and are found by their words', async () => {
  const { id } = await thing('POST', 'notes', { body: 'Two eggs, a cup of flour', folder: 'Recipes' })
  expect(await thing('GET', `notes/${id}`)).toMatchObject({ folder: 'Recipes' })
  const found = async (query: string) => (await all(`notes?${query}`)).notes?.map((one) => one.id)
  expect(await found('q=flour%20eggs')).toEqual([id])
  expect(await found('q=flouur&folder=recipes')).toEqual([id])
  expect(await found('q=flour&folder=doors')).toEqual([])
  expect(await thing('PATCH', `notes/${id}`, { folder: null })).toMatchObject({ folder: null })
  expect(await found('folder=recipes')).toEqual([])
})

describe('a group over HTTP', () => {
  it('is made of people by name, seen by everybody, and changed by its members, as chat knows it', async () => {
    const crew = await thing('POST', 'groups', { name: 'crew', members: ['me', 'ann'] })
    expect(crew).toMatchObject({ name: 'crew', owner: { user: 'me' }, members: [{ user: 'me' }, { user: 'ann' }], version: 1 })
    expect((await send('GET', 'groups', undefined, ann)).body).toEqual({ groups: [crew], next: null })
    const path = `groups/${crew.id}`
    const both = { name: 'deck', members: ['ann'], version: 1 }
    expect(await send('PATCH', path, both, ann)).toMatchObject({
      body: { group: { name: 'deck', members: [{ user: 'ann' }], version: 2 } },
    })
    expect((await desk.me.says('who is in deck')).words).toContain('ann')
    expect(await send('DELETE', path, undefined, ann)).toMatchObject({ status: 403, body: { code: 'not_yours' } })
    await thing('PATCH', path, { members: [] })
    expect(await send('PATCH', path, { members: ['ann'] }, ann)).toMatchObject({ status: 403, body: { code: 'not_yours' } })
    await thing('DELETE', path)
    expect(await send('GET', path)).toMatchObject({ status: 404 })
    expect((await desk.me.says('undo')).outcome).toBe('done')
    expect(await thing('GET', path)).toMatchObject({ name: 'deck', members: [] })
  })

  it.each([
    ['a name that means something', { name: 'everyone' }],
    ['a name that is taken', { name: 'DECK' }],
    ['somebody whom nobody knows', { name: 'hull', members: ['Zebedee'] }],
  ])('is refused as in chat: %s', async (_what, body) => {
    expect(await send('POST', 'groups', body)).toMatchObject({
      status: 422,
      body: { code: 'refused', detail: expect.stringMatching(/\S/) },
    })
  })

  it('is made once with one Idempotency-Key, and called by another case of its own name', async () => {
    const once = () => send('POST', 'groups', { name: 'mast' }, { 'idempotency-key': 'one mast' })
    const { body } = await once()
    expect(await once()).toEqual({ status: 201, body })
    const { group } = z.object({ group: Thing }).parse(body)
    expect(await thing('PATCH', `groups/${group.id}`, { name: 'Mast' })).toMatchObject({ name: 'Mast', version: 2 })
  })
})

describe('settings over HTTP', () => {
  const change = async (body: object) => {
    const sent = await send('PATCH', 'settings', body)
    expect(sent, JSON.stringify(sent.body)).toMatchObject({ status: 200 })
    return z.object({ settings: z.looseObject({ version: z.number() }) }).parse(sent.body).settings
  }
  const read = async () =>
    z.object({ settings: z.looseObject({ version: z.number() }) }).parse((await send('GET', 'settings')).body).settings

  it('are what chat has been told', async () => {
    await desk.me.says('my working hours are 8 to 4')
    expect(await read()).toMatchObject({
      timeZone: 'America/New_York',
      workingHours: { days: [1, 2, 3, 4, 5], from: '08:00', to: '16:00' },
      senders: { from: 'everybody', except: [] },
      digests: { agenda: null, review: null },
    })
  })

  it.each<[string, object, object?]>([
    ['a zone', { timeZone: 'Europe/Berlin' }, { effectiveTimeZone: 'Europe/Berlin' }],
    ['a language', { locale: 'en-GB' }],
    ['hours', { workingHours: { days: [4, 1, 1], from: '09:00', to: '13:00' } }, { workingHours: { days: [1, 4], from: '09:00' } }],
    ['a pause between events', { bufferMinutes: 15 }],
    ['usual alerts', { alerts: ['PT10M', 'P1D', 'PT600S'] }, { alerts: ['P1D', 'PT10M'] }],
    ['an alert of half a second', { alerts: ['PT0.5S'] }, { alerts: ['PT1S'] }],
    ['when to be caught up', { catchUpDays: 5 }],
    [
      'a meeting link',
      { meetingLinks: { zoom: 'https://zoom.us/j/4711', teams: null } },
      { meetingLinks: { zoom: 'https://zoom.us/j/4711' } },
    ],
    ['none any more', { meetingLinks: { zoom: null } }, { meetingLinks: {} }],
    ['reminders of everybody but some', { senders: { from: 'everybody', except: ['ann', 'deck'] } }],
    ['reminders of nobody but one', { senders: { from: 'nobody', except: ['ann'] } }],
    ['reminders of nobody', { senders: { from: 'nobody' } }, { senders: { from: 'nobody', except: [] } }],
    ['an agenda', { digests: { agenda: { at: '07:30' } } }, { digests: { agenda: { at: '07:30', rrule: 'FREQ=DAILY' } } }],
    [
      'another rule for it',
      { digests: { agenda: { rrule: 'FREQ=WEEKLY;BYDAY=MO' } } },
      { digests: { agenda: { at: '07:30', dueAt: '2026-11-30T06:30:00Z' } } },
    ],
    [
      'a zone and what is by its clock',
      { timeZone: 'Asia/Tokyo', digests: { agenda: { at: '08:30' } } },
      { digests: { agenda: { at: '08:30', timeZone: 'Asia/Tokyo' } } },
    ],
    ['no agenda and a review', { digests: { agenda: null, review: {} } }, { digests: { agenda: null, review: { at: '18:00' } } }],
  ])('take %s, and the same once more', async (_what, body, then = body) => {
    expect(await change(body)).toMatchObject(then)
    expect(await change(body)).toMatchObject(then)
    expect(await read()).toMatchObject(then)
  })

  it('change all at once or not at all, from what was seen, and undo in chat takes that back', async () => {
    const before = await read()
    const refused = await send('PATCH', 'settings', { bufferMinutes: 30, meetingLinks: { any: 'http://plain.example' } })
    expect(refused).toMatchObject({ status: 422, body: { code: 'refused', detail: expect.stringContaining('https://') } })
    expect(await read()).toEqual(before)
    expect(await change({ bufferMinutes: 30, catchUpDays: 9, version: before.version })).toMatchObject({
      bufferMinutes: 30,
      catchUpDays: 9,
      version: before.version + 1,
    })
    expect(await send('PATCH', 'settings', { bufferMinutes: 0, version: before.version })).toMatchObject({ status: 409 })
    expect((await desk.me.says('undo')).outcome).toBe('done')
    expect(await read()).toMatchObject({ bufferMinutes: 15, catchUpDays: 5 })
  })

  it.each([
    ['a zone that is none', { timeZone: 'Mars/Base' }],
    ['an hour that is none', { workingHours: { days: [1], from: '25:00', to: '26:00' } }],
    ['a length that is none', { alerts: ['soon'] }],
    ['a language that is none', { locale: 'not a tag' }],
    ['a setting that is none', { colour: 'red' }],
  ])('refuse %s', async (_what, body) => {
    expect(await send('PATCH', 'settings', body)).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
  })
})
