import type { Job } from 'bullmq'
import type { Logger } from 'pino'
import { type BatchStatus, type BatchWork, batchWaits, type ItemAtWork } from '#core/batch.ts'
import type { Broadcast, Clock, JobMeter, Messenger } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import { resync } from '#core/resync.ts'
import type { JobWorker, QueueBackend } from './backend.ts'
import { finish } from './finish.ts'
import { BatchJob, batchJobId, batchQueue, settings } from './queues.ts'
import { repeating } from './repeating.ts'
import { createReport } from './report.ts'

export interface BatchParts {
  readonly batchWork: BatchWork
  readonly backend: QueueBackend
  readonly messengers: readonly Messenger[]
  readonly broadcast: Broadcast
  readonly clock: Clock
  readonly meter: Pick<JobMeter, 'worked'> & { batchItem(outcome: 'done' | 'failed'): void }
  readonly log: Logger
  /** Does one item, once. */
  runItem(item: ItemAtWork, batch: BatchStatus): Promise<'done' | 'failed' | 'settled'>
  /** What the message of a batch says now. */
  view(batch: BatchStatus): Promise<Reply>
  readonly concurrency?: number
  /** Between two looks when nobody says that something waits, in milliseconds. */
  readonly lookEvery?: number
}

/** Between two looks whether a batch is to stop, in milliseconds. */
const stopLook = 100
/** Between two signs of life, and two looks at how far it is, in milliseconds. */
const pulse = 1_000

/**
 * Works on batches. Postgres holds what is done and what is left, and the queue only says whose turn it is: a part
 * that is worked on twice, or whose job is lost, does each item once all the same.
 */
export function startBatches(parts: BatchParts): AsyncDisposable {
  const { batchWork, backend, broadcast, meter, log, lookEvery = 3_000, concurrency = settings.batch.concurrency } = parts
  const report = createReport({ ...parts, kind: 'batch', works: batchWork })
  let stopped = false

  async function add(jobs: readonly BatchJob[]): Promise<void> {
    const opts = { removeOnComplete: true, removeOnFail: true }
    await backend.queue(batchQueue).addBulk(jobs.map((data) => ({ name: 'batch', data, opts: { ...opts, jobId: batchJobId(data) } })))
  }

  /** One turn: some items of a part; false when more of it is left. */
  async function turn({ batchId, part }: BatchJob, batch: BatchStatus): Promise<boolean> {
    const items = await batchWork.pending(batchId, part, settings.batch.turn)
    let looked = performance.now()
    let lived = Number.NEGATIVE_INFINITY
    for (const item of items) {
      const now = performance.now()
      if (stopped || (now - looked > stopLook && !(await batchWork.isRunning(batchId)))) return !stopped
      if (now - looked > stopLook) looked = now
      if (now - lived > pulse) {
        lived = now
        await batchWork.hold(batchId)
        await report.progress(batchId)
      }
      const outcome = await parts.runItem(item, batch)
      if (outcome !== 'settled') meter.batchItem(outcome)
    }
    return items.length < settings.batch.turn
  }

  async function process(job: Job): Promise<void> {
    const began = performance.now()
    try {
      const due = BatchJob.parse(job.data)
      const batch = await batchWork.load(due.batchId)
      if (!batch) return
      const over = await turn(due, batch)
      if (!over && !stopped) await add([{ ...due, turn: due.turn + 1 }])
      if (over && (await batchWork.end(due.batchId))) report.rested()
      meter.worked(batchQueue, 'done', (performance.now() - began) / 1_000)
    } catch (err) {
      // What is left is taken up again once nobody has held it for a while.
      meter.worked(batchQueue, 'retried', (performance.now() - began) / 1_000)
      log.warn({ err, queue: batchQueue, jobId: job.id }, 'part of a batch waits for the next look')
    }
  }

  // A job whose worker died is not brought back: its batch is taken up again as a whole.
  const worker: JobWorker = backend.work(batchQueue, process, { concurrency, maxStalledCount: 0 })
  const looking = repeating(lookEvery, async () => {
    try {
      for (const { id, parts: count, attempt } of await batchWork.abandoned())
        await add(Array.from({ length: count }, (_, part) => ({ batchId: id, part, attempt, turn: 0 })))
    } catch (err) {
      log.warn({ err }, 'batches wait for the next look')
    }
  })
  const subscriptions = [broadcast.subscribe(batchWaits, looking.now), broadcast.subscribe(resync, looking.now)]

  return {
    async [Symbol.asyncDispose]() {
      stopped = true
      for (const subscription of subscriptions) subscription[Symbol.dispose]()
      await Promise.all([looking[Symbol.asyncDispose](), report[Symbol.asyncDispose](), finish(worker)])
    },
  }
}
