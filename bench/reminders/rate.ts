import { settings } from '#jobs/queues.ts'
import { startRedis } from '../../test/support/redis.ts'
import { needs } from '../../test/support/require.ts'
import type { Contest } from '../harness/benchmark.ts'
import { openOffice } from './office.ts'

/** A bulk of all of them may take Redis longer than a command of ours waits, on a busy machine. */
const atOnce = 1_000

export interface Rate {
  readonly jobs: number
  readonly places: number
}

/** Reminders a second against jobs a second that do nothing, on the same backend: the ceiling. */
export async function rateOn(backend: 'redis' | 'postgres', rate: Rate): Promise<Contest> {
  const program = backend === 'redis' ? needs('redis') : undefined
  if (backend === 'redis' && program === undefined) throw new Error('there is no redis-server on this machine')
  const redis = program === undefined ? undefined : await startRedis(program)
  const fresh = (measure: (rate: Rate, redisUrl: string | undefined) => Promise<readonly number[]>) => async () => {
    await redis?.empty()
    return measure(rate, redis?.url)
  }
  return {
    kind: 'reported',
    ours: fresh(deliveriesPerSecond),
    peers: { 'no-op BullMQ jobs': fresh(jobsPerSecond) },
    rounds: 3,
    [Symbol.asyncDispose]: async () => redis?.[Symbol.asyncDispose](),
  }
}

/** Tells what is due and queued as fast as it goes. */
async function deliveriesPerSecond({ jobs, places }: Rate, redisUrl: string | undefined): Promise<readonly number[]> {
  await using stack = new AsyncDisposableStack()
  const office = stack.use(await openOffice({ redisUrl }))
  const due = Array.from({ length: jobs }, () => Date.now())
  await office.queue(await office.plan(due, (index) => index % places))
  globalThis.gc?.() // Planning is not measured, nor what it leaves.
  const all = Promise.withResolvers<void>()
  let told = 0
  const began = performance.now()
  stack.use(
    office.work(() => {
      told += 1
      if (told === jobs) all.resolve()
    }),
  )
  await all.promise
  return [(jobs * 1_000) / (performance.now() - began)]
}

async function jobsPerSecond({ jobs }: Rate, redisUrl: string | undefined): Promise<readonly number[]> {
  await using stack = new AsyncDisposableStack()
  const { backend } = stack.use(await openOffice({ redisUrl }))
  const opts = { attempts: 6, removeOnComplete: true, removeOnFail: true }
  const all = Array.from({ length: jobs }, (_, index) => ({ name: 'nothing', data: { index }, opts }))
  for (let from = 0; from < jobs; from += atOnce) await backend.queue('nothing').addBulk(all.slice(from, from + atOnce))
  const over = Promise.withResolvers<void>()
  let done = 0
  const began = performance.now()
  const worker = backend.work(
    'nothing',
    async () => {
      done += 1
      if (done === jobs) over.resolve()
    },
    { concurrency: settings.remind.concurrency },
  )
  stack.defer(() => worker.close())
  await over.promise
  return [(jobs * 1_000) / (performance.now() - began)]
}
