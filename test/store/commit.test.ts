import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#core/ids.ts'
import type { Change, Todo } from '#core/model.ts'
import type { Commit } from '#core/ports.ts'
import { openDatabase } from '#store/client.ts'
import { Prisma } from '#store/generated/client.ts'
import { createRetention } from '#store/retention.ts'
import { openTestDatabase } from '../support/database.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let common: Pick<Commit, 'spaceId' | 'actorId' | 'at' | 'summary'>
let todo: Todo

beforeAll(async () => {
  world = await openWorld()
  const { space, person } = await world.stores.store.people.meet(
    { platform: 'slack', space: 'T1', channel: 'D', kind: 'direct' },
    { id: 'U1', name: 'Ann' },
  )
  common = { spaceId: space.id, actorId: person.id, at: world.now, summary: 'test' }
  todo = {
    id: newId(world.now),
    spaceId: space.id,
    ownerId: person.id,
    listId: person.listId,
    text: 'buy milk',
    state: 'open',
    dueAt: null,
    version: 1,
  }
})
afterAll(() => world[Symbol.asyncDispose]())

function work(changes: readonly Change[], more: Partial<Commit> = {}): Commit {
  return {
    ...common,
    auditId: newId(world.now),
    changes,
    message: { platform: 'slack', id: newId(world.now), reply: { tone: 'done', visibility: 'place', blocks: [] } },
    ...more,
  }
}

describe('a commit', () => {
  it('writes the record, its audit entry and the reply together', async () => {
    const done = work([{ kind: 'todo', before: null, after: todo }])
    await world.stores.store.commit(done)
    expect(await world.stores.store.todos.get(common.spaceId, todo.id)).toEqual(todo)
    expect(await world.stores.store.audit.get(common.spaceId, done.auditId)).toMatchObject({ changes: done.changes, undone: false })
    expect(await world.stores.store.committedReply('slack', done.message.id)).toEqual(done.message.reply)
  })

  it('writes nothing at all when one of its records has changed since', async () => {
    const other: Todo = { ...todo, id: newId(world.now), text: 'buy bread' }
    const stale: Todo = { ...todo, version: 7 }
    const refused = work([
      { kind: 'todo', before: null, after: other },
      { kind: 'todo', before: stale, after: { ...stale, state: 'done', version: 8 } },
    ])
    await expect(world.stores.store.commit(refused)).rejects.toMatchObject({ code: 'conflict' })
    expect(await world.stores.store.todos.get(common.spaceId, other.id)).toBeUndefined()
    expect(await world.stores.store.audit.get(common.spaceId, refused.auditId)).toBeUndefined()
  })

  it('fails for the reason of the first statement that fails, and keeps nobody from the next commit', async () => {
    const broken: Todo = { ...todo, id: newId(world.now), text: 'buy salt' }
    const next: Todo = { ...broken, id: newId(world.now) }
    const failing = work([
      { kind: 'todo', before: null, after: { ...broken, listId: 'no id' } },
      { kind: 'todo', before: { ...todo, version: 7 }, after: { ...todo, version: 8 } },
    ])
    await expect(world.stores.store.commit(failing)).rejects.toThrow(/uuid: "no id"/)
    expect(await world.stores.store.committedReply('slack', failing.message.id)).toBeUndefined()
    await world.stores.store.commit(work([{ kind: 'todo', before: null, after: next }]))
    expect(await world.stores.store.todos.get(common.spaceId, next.id)).toEqual(next)
  })

  it('refuses records of another space', async () => {
    const foreign: Todo = { ...todo, id: newId(world.now), spaceId: newId(world.now) }
    await expect(world.stores.store.commit(work([{ kind: 'todo', before: null, after: foreign }]))).rejects.toThrow(/another space/)
  })

  it('leaves no effects behind once they are carried out, and finds those that a crash left', async () => {
    await expect.poll(() => world.database.outbox.count()).toBe(0)
    const payload = { reminderId: todo.id, spaceId: todo.spaceId, platform: 'slack', dueAt: world.now.toString() }
    await world.database.outbox.create({ data: { topic: 'due', payload, createdAt: new Date(Date.now() - 60_000) } })
    await world.stores.outbox.sweep()
    expect(world.queued.at(-1)?.reminderId).toBe(todo.id)
    expect(await world.database.outbox.count()).toBe(0)
  })
})

describe('what has served its purpose', () => {
  it('is forgotten: what was told for its own sake with what is known of its telling, and no reminder of anybody', async () => {
    const origin = { platform: 'slack', space: 'T1', channel: 'D', kind: 'direct' } as const
    const reply = { tone: 'tell', visibility: 'author', blocks: [] } as const
    const told = [newId(world.now), newId(world.now)]
    const notices = told.map((id) => ({ id, at: world.now, ownerId: common.actorId, user: 'U1', origin, reply }))
    await world.stores.store.commit(work([], { notices }))
    const kept = await world.database.reminder.findFirstOrThrow({ where: { id: told[0] ?? '' } })
    const own = {
      ...kept,
      id: newId(world.now),
      recipients: [],
      origin: { ...origin },
      answers: [],
      notice: Prisma.DbNull,
      digest: Prisma.DbNull,
    }
    await world.database.reminder.create({ data: own })
    await world.database.reminder.updateMany({ data: { state: 'delivered', dueAt: null } })
    const old = new Date(Date.now() - 91 * 86_400_000)
    const rows = [...told, own.id].map((id, index) => ({ id, subjectId: id, occurrence: index === 0 ? new Date() : old }))
    const delivery = { spaceId: common.spaceId, recipient: 'direct:U1', state: 'sent', leaseUntil: old }
    await world.database.delivery.createMany({ data: rows.map((row) => ({ ...delivery, ...row, mark: row.id })) })
    await createRetention(world.database)()
    const left = await world.database.reminder.findMany({ where: { id: { in: rows.map(({ id }) => id) } }, select: { id: true } })
    expect(left.map(({ id }) => id).toSorted()).toEqual([rows[0]?.id, own.id].toSorted())
    expect(await world.database.delivery.count()).toBe(1)
  })
})

describe('an event of a platform', () => {
  it('is new once, however often it is told at the same moment, and only that it was seen is left once it was handled', async () => {
    const { inbox } = world.stores
    const events = ['first', 'second'].map((id) => ({ platform: 'slack', id, raw: { text: id } }) as const)
    const told = await Promise.all([...events, ...events, ...events].map((event) => inbox.keep(event)))
    expect(told).toEqual(['new', 'new', 'seen', 'seen', 'seen', 'seen'])
    await Promise.all(events.map(({ id }) => inbox.finish('slack', id)))
    const rows = await world.database.inboundMessage.findMany({ where: { externalId: { in: ['first', 'second'] } } })
    expect(rows.map(({ raw, finishedAt }) => [raw, finishedAt !== null])).toEqual([
      [null, true],
      [null, true],
    ])
    expect(await inbox.keep(events[0] ?? { platform: 'slack', id: '', raw: {} })).toBe('seen')
  })
})

describe('people', () => {
  it('are one person however many messages of theirs come first at once', async () => {
    const place = { platform: 'discord', space: 'G1', channel: 'C1', kind: 'channel' } as const
    const met = await Promise.all(Array.from({ length: 8 }, () => world.stores.store.people.meet(place, { id: 'U9', name: 'Eve' })))
    expect(new Set(met.map(({ person }) => person.id)).size).toBe(1)
    expect(await world.database.person.count({ where: { name: 'Eve' } })).toBe(1)
  })

  it('of the same id in two spaces are two people', async () => {
    const meet = (space: string) =>
      world.stores.store.people.meet({ platform: 'slack', space, channel: 'D', kind: 'direct' }, { id: 'U1', name: 'Ann' })
    const [here, there] = await Promise.all([meet('T1'), meet('T2')])
    expect(here.person.id).not.toBe(there.person.id)
    expect(await world.stores.store.people.get(there.space.id, here.person.id)).toBeUndefined()
  })
})

describe('the database session', () => {
  it('runs in UTC whatever zone the role has, so that instants stay what they are', async () => {
    await using kept = await openTestDatabase()
    const { pathname } = new URL(kept.url)
    await using first = await openDatabase(kept.url)
    await first.database.$executeRawUnsafe(`ALTER DATABASE ${pathname.slice(1)} SET timezone TO 'Europe/Berlin'`)
    const plain = new URL(kept.url)
    plain.search = ''
    await using second = await openDatabase(plain.href)
    const [row] = await second.database.$queryRaw<{ at: Date }[]>`SELECT '2026-07-01T09:00:00Z'::timestamptz AS at`
    expect(row?.at.toISOString()).toBe('2026-07-01T09:00:00.000Z')
  })
})
