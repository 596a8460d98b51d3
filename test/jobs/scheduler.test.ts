import { Writable } from 'node:stream'
import { UnrecoverableError } from 'bullmq'
import pg from 'pg'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openQueueBackend, type QueueBackend } from '#jobs/backend.ts'
import { createPressure } from '#jobs/pressure.ts'
import { createScheduler } from '#jobs/schedule.ts'
import { openTestDatabase } from '../support/database.ts'
import { startRedis } from '../support/redis.ts'
import { needs } from '../support/require.ts'

const redis = needs('redis')
const backends = [
  { kind: 'postgres' as const, runs: true },
  { kind: 'redis' as const, runs: redis !== undefined },
]

describe.each(backends)('a scheduler on $kind', ({ kind, runs }) => {
  describe.skipIf(!runs)('(when it is there)', () => {
    const stack = new AsyncDisposableStack()
    let backend: QueueBackend

    beforeAll(async () => {
      const { url: databaseUrl } = stack.use(await openTestDatabase())
      const redisUrl = kind === 'redis' && redis ? stack.use(await startRedis(redis)).url : undefined
      backend = stack.use(await openQueueBackend({ redisUrl, databaseUrl, log: pino({ level: 'silent' }) }))
    })
    afterAll(() => stack.disposeAsync())

    const now = () => Temporal.Now.instant()
    const due = (index: number, dueAt: Temporal.Instant) => ({
      reminderId: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      spaceId: '00000000-0000-7000-8000-000000000000',
      platform: 'memory' as const,
      dueAt,
    })

    it('is full when it holds as many as its bound, and takes what is due all the same', async () => {
      const pressure = createPressure(backend, { clock: { now }, bounds: { remind: 3, batch: 3 } })
      const later = now().add({ minutes: 10 })
      const scheduler = createScheduler(backend, { clock: { now } })
      const full = () => createPressure(backend, { clock: { now }, bounds: { remind: 3, batch: 3 } }).isFull('web')
      expect(await full()).toBe(false)
      const waiting = [901, 902, 903, 904].map((index) => ({ ...due(index, later), platform: 'web' as const }))
      await scheduler.schedule(waiting)
      expect([await full(), await pressure.isFull('batch'), await pressure.isFull('slack')]).toEqual([true, false, false])
      expect(await backend.queue('remind-web').getJobCounts('delayed')).toEqual({ delayed: 4 })
    })

    it('brings each reminder when it is due and not before, once however often it is queued', async () => {
      const scheduler = createScheduler(backend, { clock: { now } })
      const dueAt = now().add({ milliseconds: 700 })
      const seen: { id: string; early: boolean }[] = []
      const all = Promise.withResolvers<void>()
      const reminders = Array.from({ length: 5 }, (_, index) => due(index, dueAt))
      await scheduler.schedule(reminders)
      await scheduler.schedule(reminders)
      const worker = backend.work(
        'remind-memory',
        async (job) => {
          seen.push({ id: job.data.reminderId, early: Temporal.Instant.compare(now(), dueAt) < 0 })
          if (seen.length === reminders.length) all.resolve()
        },
        { concurrency: 4 },
      )
      await all.promise
      await worker.close()
      expect(seen.map(({ id }) => id).toSorted()).toEqual(reminders.map(({ reminderId }) => reminderId))
      expect(seen.filter(({ early }) => early)).toEqual([])
      expect(await backend.queue('remind-memory').getJobCounts('waiting', 'active', 'delayed', 'failed')).toEqual({
        waiting: 0,
        active: 0,
        delayed: 0,
        failed: 0,
      })
    })

    it('takes a reminder again after its job has failed for good', async () => {
      const scheduler = createScheduler(backend, { clock: { now } })
      const once = [due(99, now())]
      let tries = 0
      const failed = Promise.withResolvers<void>()
      const succeeded = Promise.withResolvers<void>()
      const worker = backend.work(
        'remind-memory',
        async () => {
          tries += 1
          if (tries === 1) {
            failed.resolve()
            throw new UnrecoverableError('no')
          }
          succeeded.resolve()
        },
        {},
      )
      await scheduler.schedule(once)
      await failed.promise
      await expect
        .poll(() => backend.queue('remind-memory').getJobCounts('active', 'waiting', 'delayed', 'failed'))
        .toEqual({ active: 0, waiting: 0, delayed: 0, failed: 0 })
      await scheduler.schedule(once)
      await succeeded.promise
      await worker.close()
      expect(tries).toBe(2)
    })
  })
})

describe('a worker whose database refuses what it asks', () => {
  it('rests between its tries, tells of each in one line, and works on when it may', async () => {
    await using stack = new AsyncDisposableStack()
    const { url: databaseUrl } = stack.use(await openTestDatabase())
    const complaints: number[] = []
    const thrice = Promise.withResolvers<void>()
    const stream = new Writable({
      write(_line, _encoding, done) {
        complaints.push(performance.now())
        if (complaints.length === 3) thrice.resolve()
        done()
      },
    })
    const backend = stack.use(await openQueueBackend({ redisUrl: undefined, databaseUrl, log: pino({ level: 'warn' }, stream) }))
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    stack.defer(() => client.end())
    await client.query(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'No space left on device'; END $$`)
    await client.query('CREATE TRIGGER full_disk BEFORE UPDATE ON bullmq.job FOR EACH STATEMENT EXECUTE FUNCTION full_disk()')

    const told = Promise.withResolvers<void>()
    const worker = backend.work('remind-memory', async () => told.resolve(), {})
    await backend.queue('remind-memory').addBulk([{ name: 'remind', data: {} }])
    await thrice.promise
    expect((complaints[2] ?? 0) - (complaints[0] ?? 0)).toBeGreaterThan(1_500)
    await client.query('DROP FUNCTION full_disk CASCADE')
    await told.promise
    await worker.close()
  })
})
