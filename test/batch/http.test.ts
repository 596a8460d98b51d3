import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { type House, openHouse } from '../web/support/house.ts'
import { openStation, over, type Station } from './station.ts'

const stack = new AsyncDisposableStack()
let station: Station
let house: House
let work: AsyncDisposable

beforeAll(async () => {
  station = stack.use(await openStation({ databaseUrl: stack.use(await openTestDatabase()).url }))
  house = stack.use(await openHouse({ batching: station.batching }))
  work = await station.work()
})
afterAll(async () => {
  await work[Symbol.asyncDispose]()
  await stack.disposeAsync()
})

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>> & {
    readonly id: string
    readonly items: readonly Item[]
    readonly code: string
    readonly detail: string
  }
}
interface Item {
  readonly index: number
  readonly state: string
  readonly id: string
  readonly code: string | null
  readonly reason: string | null
}

async function ask(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const answer = await fetch(`${house.url}/api/batch${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Answer['body'] }
}

const send = (operations: readonly unknown[], headers?: Readonly<Record<string, string>>) => ask('POST', '', { operations }, headers)

/** Sends operations and gives back the batch and its items once it is over. */
async function done(operations: readonly unknown[]): Promise<Answer['body']> {
  const { body } = await send(operations)
  await over(station, body.id)
  return (await ask('GET', `/${body.id}`)).body
}

const create = (kind: string, fields: object) => ({ op: 'create', kind, fields })
const event = (title: string) => create('event', { title, start: '2031-05-01T10:00:00Z', end: '2031-05-01T11:00:00Z' })

describe('a batch over HTTP', () => {
  it('makes, changes and deletes events, reminders, todos and notes, each with its own result', async () => {
    const made = await done([
      event('review'),
      create('reminder', { text: 'stretch', at: '2031-05-01T09:00', timeZone: 'Europe/Berlin' }),
      create('todo', { text: 'buy tea' }),
      create('note', { body: 'the door code is 4711' }),
      create('reminder', { text: 'too late', at: '2020-01-01T09:00:00Z' }),
      create('event', { title: 'never' }),
    ])
    expect(made).toMatchObject({ state: 'done', total: 6, done: 4, failed: 2, skipped: 0, undone: false, next: null })
    expect(made.items.map(({ state, code }) => [state, code])).toEqual([
      ...Array.from({ length: 4 }, () => ['done', null]),
      ['failed', 'refused'],
      ['failed', 'invalid'],
    ])
    expect(made.items[4]?.reason).toContain('already over')
    const [meeting, reminder, todo, note] = made.items.map(({ id }) => id)

    const changed = await done([
      { op: 'update', kind: 'event', id: meeting, version: 1, fields: { title: 'retro' } },
      { op: 'update', kind: 'reminder', id: reminder, fields: { text: 'stretch more', at: '2031-05-01T08:00:00Z' } },
      { op: 'update', kind: 'todo', id: todo, fields: { state: 'done' } },
      { op: 'delete', kind: 'note', id: note },
      { op: 'update', kind: 'event', id: meeting, version: 1, fields: { title: 'third' } },
      { op: 'delete', kind: 'todo', id: '00000000-0000-7000-8000-000000000000' },
    ])
    expect(changed.items.map(({ code }) => code)).toEqual([null, null, null, null, null, 'not_found'])
    const { database } = station
    expect(await database.event.findUnique({ where: { id: meeting ?? '' } })).toMatchObject({ title: 'third' })
    expect(await database.reminder.findUnique({ where: { id: reminder ?? '' } })).toMatchObject({
      text: 'stretch more',
      dueAt: new Date('2031-05-01T08:00:00Z'),
    })
    expect((await done([{ op: 'update', kind: 'event', id: meeting, version: 1, fields: { title: 'x' } }])).items[0]).toMatchObject({
      code: 'changed',
    })

    const undo = await ask('POST', `/${changed.id}/undo`)
    expect(undo.status).toBe(202)
    await over(station, undo.body.id)
    expect((await ask('GET', `/${undo.body.id}`)).body).toMatchObject({ state: 'done', done: 5, failed: 0 })
    expect(await database.event.findUnique({ where: { id: meeting ?? '' } })).toMatchObject({ title: 'review' })
    expect(await database.todo.findUnique({ where: { id: todo ?? '' } })).toMatchObject({ state: 'open' })
    expect(await database.note.findUnique({ where: { id: note ?? '' } })).toMatchObject({ state: 'kept' })
    expect((await ask('GET', `/${changed.id}`)).body).toMatchObject({ undone: true })
    expect(await station.metrics.text()).toMatch(/batch_items_total\{outcome="done"\} 14\n.*batch_items_total\{outcome="failed"\} 4\n/)
  })

  it('is the same one when it is sent again with its key, and refuses the key for anything else', async () => {
    const key = { 'idempotency-key': 'nightly-1' }
    const first = await send([create('todo', { text: 'only once' })], key)
    const again = await send([create('todo', { text: 'only once' })], key)
    await over(station, first.body.id)
    expect([first.status, again.status, again.body.id]).toEqual([202, 202, first.body.id])
    expect(await station.database.todo.count({ where: { text: 'only once' } })).toBe(1)
    expect(await send([create('todo', { text: 'another' })], key)).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
  })

  it.each([
    [
      'more than fit',
      Array.from({ length: 1_001 }, () => create('todo', { text: 'x' })),
      413,
      'batch_too_large',
      'at most 1,000 operations and this one has 1,001',
    ],
    ['none', [], 400, 'invalid_request', 'operations'],
    ['an unknown kind', [create('todo', { text: 'x' }), { op: 'fly', kind: 'todo' }], 422, 'invalid_operation', '/operations/1/op'],
    ['a field that is none', [create('todo', { text: 'x', colour: 'red' })], 422, 'invalid_operation', '/operations/0/fields'],
    ['no moment', [create('reminder', { text: 'x', at: 'soon' })], 422, 'invalid_operation', '/operations/0/fields/at'],
  ])('refuses %s, and says what is wrong', async (_, operations, status, code, detail) => {
    const refused = await send(operations)
    expect([refused.status, refused.body.code]).toEqual([status, code])
    expect(refused.body.detail).toContain(detail)
  })

  it('is nobody else’s to see, to stop or to take back', async () => {
    const { id } = await done([create('todo', { text: 'mine' })])
    const ann = { authorization: 'Bearer anns-token' }
    for (const [method, path] of [
      ['GET', `/${id}`],
      ['DELETE', `/${id}`],
      ['POST', `/${id}/undo`],
    ] as const)
      expect((await ask(method, path, undefined, ann)).status).toBe(404)
    expect((await ask('DELETE', `/${id}`)).body.code).toBe('batch_over')
  })

  it('is taken back further when its taking back was stopped', async () => {
    const { id } = await done([1, 2, 3].map((each) => create('note', { body: `leaf ${each}` })))
    const kept = () => station.database.note.count({ where: { body: { startsWith: 'leaf ' }, state: 'kept' } })
    const undo = async () => {
      const { status, body } = await ask('POST', `/${id}/undo`)
      return { status, id: body.id ?? body.code }
    }
    await work[Symbol.asyncDispose]()
    const back = await undo()
    expect((await ask('DELETE', `/${back.id}`)).status).toBe(202)
    expect(await undo()).toEqual({ status: 409, id: 'batch_running' })
    work = await station.work()
    await over(station, back.id)
    expect((await ask('GET', `/${back.id}`)).body).toMatchObject({ state: 'stopped', done: 0, skipped: 3 })
    expect(await kept()).toBe(3)

    expect(await undo()).toEqual({ status: 202, id: back.id })
    await over(station, back.id)
    expect((await ask('GET', `/${back.id}`)).body).toMatchObject({ state: 'done', done: 3, skipped: 0 })
    expect([await kept(), await undo()]).toEqual([0, { status: 202, id: back.id }])
  })

  it('tells those who are invited when it is asked to, and then of its taking back', async () => {
    const { database } = station
    const { items } = await done([event('quiet picnic'), event('loud picnic')])
    const [quiet = '', loud = ''] = items.map(({ id }) => id)
    const { spaceId } = await database.event.findUniqueOrThrow({ where: { id: loud } })
    const guest = await station.stores.store.people.meetIn(spaceId, { id: 'guest', name: 'Guest' })
    const attends = { spaceId, personId: guest?.person.id ?? '', name: 'Guest', response: 'accepted', state: 'invited' }
    await database.attendee.createMany({ data: [quiet, loud].map((eventId) => ({ ...attends, eventId, id: randomUUID() })) })
    const told = async () =>
      (await database.reminder.findMany({ where: { recipients: { equals: [{ kind: 'direct', user: 'guest' }] } } })).map(({ notice }) =>
        /quiet picnic|loud picnic/.exec(JSON.stringify(notice))?.at(0),
      )
    const fields = { start: '2031-05-02T10:00:00Z', end: '2031-05-02T11:00:00Z' }
    const moved = await done([
      { op: 'update', kind: 'event', id: quiet, fields },
      { op: 'update', kind: 'event', id: loud, tell: true, fields },
    ])
    expect([moved.done, await told()]).toEqual([2, ['loud picnic']])
    const undo = await ask('POST', `/${moved.id}/undo`)
    await over(station, undo.body.id)
    expect(await told()).toEqual(['loud picnic', 'loud picnic'])
  })

  it('stops midway: what is done stays, and the rest is told as not begun', async () => {
    const { body } = await send(Array.from({ length: 900 }, (_, index) => create('note', { body: `page ${index}` })))
    expect((await ask('DELETE', `/${body.id}`)).status).toBe(202)
    await over(station, body.id)
    const { state, done: kept, failed, skipped } = (await ask('GET', `/${body.id}?limit=1`)).body
    expect([state, failed, Number(kept) + Number(skipped)]).toEqual(['stopped', 0, 900])
    expect(skipped).toBeGreaterThan(0)
    expect(await station.database.note.count({ where: { body: { startsWith: 'page ' } } })).toBe(kept)
  })
})
