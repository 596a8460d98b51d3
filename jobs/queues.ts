import { z } from 'zod'
import type { Platform } from '#core/message.ts'

/** What waits in a `remind` queue. Written by one release, perhaps read by the next. */
export const RemindJob = z.object({
  reminderId: z.uuid(),
  spaceId: z.uuid(),
  dueAt: z.string().transform((text) => Temporal.Instant.from(text)),
})
export type RemindJob = z.output<typeof RemindJob>

/**
 * One queue a platform, so that a platform that is slow or down holds up nobody else, and so that a
 * process works only for the platforms whose tokens it has.
 */
export function remindQueue(platform: Platform): string {
  return `remind-${platform}`
}

/** What waits in the queue of batches: a part of one, and which turn of it. */
export const BatchJob = z.object({ batchId: z.uuid(), part: z.int().min(0), attempt: z.int(), turn: z.int().min(0) })
export type BatchJob = z.output<typeof BatchJob>

export const batchQueue = 'batch'

/** The same turn of the same part is the same job, until the batch is taken up again. */
export function batchJobId({ batchId, part, attempt, turn }: BatchJob): string {
  return `${batchId}_${part}_${attempt}_${turn}`
}

/** Every queue that may hold work for these platforms: what an operator is shown. */
export function queuesFor(platforms: readonly Platform[]): readonly string[] {
  return [...platforms.map(remindQueue), batchQueue]
}

/** The same reminder at the same instant is the same job, whoever queues it and how often. */
export function remindJobId(reminderId: string, dueAt: Temporal.Instant): string {
  return `${reminderId}_${dueAt.epochMilliseconds}`
}

/** How each kind of job is worked on. */
export const settings = {
  remind: {
    /** After these the sweep brings it back, as long as it is due. */
    attempts: 6,
    /** Of one platform, in one process: what is at work together is claimed and recorded together. */
    concurrency: 128,
    /** Over so many, no new ones are taken for the near future. What is due is told in any case. */
    most: 100_000,
    /** How much the pauses between tries are spread. */
    jitter: 0.5,
  },
  batch: {
    /** Over so many parts of batches, no new ones are begun. */
    most: 10_000,
    /** How many parts of batches a process works on side by side. */
    concurrency: 4,
    /** As many items of a part before it is the turn of others: a long batch does not keep a short one waiting. */
    turn: 50,
  },
} as const
