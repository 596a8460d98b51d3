import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewItem } from '#core/batch.ts'
import { newId } from '#core/ids.ts'
import { inherited } from '../support/child.ts'
import { openTestDatabase } from '../support/database.ts'
import { startRedis } from '../support/redis.ts'
import { needs } from '../support/require.ts'
import { openStation, over, type Station } from './station.ts'

const redis = needs('redis')
const stack = new AsyncDisposableStack()
let databaseUrl: string
let station: Station
let redisUrl: string | undefined

beforeAll(async () => {
  databaseUrl = stack.use(await openTestDatabase()).url
  if (redis) redisUrl = stack.use(await startRedis(redis)).url
  station = stack.use(await openStation({ databaseUrl, redisUrl, mostItems: 40 }))
})
afterAll(() => stack.disposeAsync())

/** What kills the first worker, the second, and so on: each takes up what the one before left. */
const deaths = [
  { step: 'before fail', time: 1 },
  { step: 'before commit', time: 1 },
  { step: 'after commit', time: 1 },
  { step: 'before commit', time: 20 },
  { step: 'after end', time: 1 },
] as const

async function die(order: (typeof deaths)[number]): Promise<unknown> {
  // Whoever worked on it is dead, and what is held by the dead is free after a while.
  await station.database.batch.updateMany({ data: { heldUntil: new Date(0) } })
  const script = fileURLToPath(new URL('worker.ts', import.meta.url))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    env: { ...inherited, ORDERS: JSON.stringify({ databaseUrl, redisUrl, ...order }) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  return signal
}

describe('a batch whose workers are killed one after the other', () => {
  it('does each item exactly once, and reports each', { timeout: 120_000 }, async () => {
    const { store } = station.stores
    const place = { platform: 'memory', space: 'S', channel: 'direct:ann', kind: 'direct' } as const
    const author = { id: 'ann', name: 'Ann', timeZone: 'UTC' }
    const { space, person } = await store.people.meet(place, author)
    const start = Temporal.PlainDateTime.from('2031-03-03T09:00')
    const ids = Array.from({ length: 50 }, () => newId(Temporal.Now.instant()))
    await station.database.event.createMany({
      data: ids.map((id, index) => {
        const wall = new Date(`${start.add({ hours: index })}Z`)
        const endsAt = new Date(wall.getTime() + 1_800_000)
        return {
          ...{ id, spaceId: space.id, calendarId: person.calendarId, organiserId: person.id, uid: id, title: `meeting ${index}` },
          ...{ startWall: wall, durationSeconds: 1_800, timeZone: 'UTC', startsAt: wall, endsAt, coversUntil: endsAt, tzdata: 'x' },
        }
      }),
    })
    const moved = ids.map((id, index): NewItem => {
      const changes = { shift: 'PT30M' }
      return { operation: { do: 'change', kind: 'event', id, changes }, title: `meeting ${index}`, subjectId: id, version: 1 }
    })
    const said = Array.from({ length: 40 }, (_, index): NewItem => {
      const text = index % 10 === 0 ? 'remind me yesterday at noon to fail' : `todo: number ${index} of many`
      return { operation: { do: 'say', text }, title: text }
    })
    const items = moved.flatMap((one, index) => [one, ...said.slice(index, index < 40 ? index + 1 : index)])
    const id = newId(Temporal.Now.instant())
    await store.batches.draft({ id, spaceId: space.id, personId: person.id, origin: place, author, title: 'Move and make' }, items)
    expect(await store.batches.begin(space.id, person.id, id, Temporal.Now.instant())).toBe('begun')

    for (const death of deaths) expect([death, await die(death)]).toEqual([death, 'SIGKILL'])
    {
      await station.database.batch.updateMany({ data: { heldUntil: new Date(0) } })
      await using _ = await station.work()
      await over(station, id)
    }

    const events = await station.database.event.findMany({ where: { spaceId: space.id }, orderBy: { startWall: 'asc' } })
    const expected = ids.map((_, index) => new Date(`${start.add({ hours: index, minutes: 30 })}Z`))
    expect(events.map(({ startWall }) => startWall)).toEqual(expected)
    expect(new Set(events.map(({ version }) => version))).toEqual(new Set([2]))
    const todos = (await station.database.todo.findMany({ where: { spaceId: space.id } })).map(({ text }) => text)
    expect([todos.length, new Set(todos).size]).toEqual([36, 36])
    expect(await store.batches.status(space.id, person.id, id)).toMatchObject({ state: 'done', total: 90, done: 86, failed: 4 })
    const failed = await store.batches.items(space.id, id, { after: -1, limit: 90, state: 'failed' })
    expect(new Set(failed.map(({ code, reason }) => `${code}: ${reason?.includes('already over')}`))).toEqual(new Set(['refused: true']))
  })
})
