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

/** Every queue that may hold work for these platforms: what an operator is shown. */
export function queuesFor(platforms: readonly Platform[]): readonly string[] {
  return platforms.map(remindQueue)
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
    /** How much the pauses between tries are spread. */
    jitter: 0.5,
  },
} as const
