import { nextOccurrence } from '#calendar/recurrence.ts'
import type { Reminder } from '#core/model.ts'
import type { RemindJob } from '../queues.ts'
import { type TellParts, type Told, tell } from './tell.ts'

export type RemindParts = TellParts

export type Remind =
  /** Everybody was told, or given up on. */
  | { readonly kind: 'told' }
  /** It was changed, cancelled or told by somebody else: this job is about nothing any more. */
  | { readonly kind: 'stale' }
  /** Not yet: somebody else is at it, the platform asks to wait, or our clock is behind. */
  | { readonly kind: 'later'; readonly at: Temporal.Instant }

/**
 * Tells one occurrence of a reminder to all its recipients, each exactly once.
 *
 *   claim (a row with a lease)  ->  send (with the row's id as mark)  ->  record  ->  next occurrence
 *
 * A try that finds an earlier one looks for its mark on the platform before it sends. Whatever line a
 * process dies at, the next one finds out what happened. A recipient who cannot be reached holds up no other.
 * Throws `BotError` `unreachable` or `unauthorized` when it is worth trying again later.
 */
export async function remind(job: RemindJob, parts: RemindParts): Promise<Remind> {
  const { deliveries, clock } = parts
  const loaded = await deliveries.load(job.spaceId, job.reminderId)
  if (!loaded) return { kind: 'stale' }
  const { reminder } = loaded
  if (reminder.state !== 'scheduled' || !reminder.dueAt?.equals(job.dueAt)) return { kind: 'stale' }
  const now = clock.now()
  if (Temporal.Instant.compare(now, job.dueAt) < 0) return { kind: 'later', at: job.dueAt }

  const next = following(reminder, now)
  const results: Told[] = []
  for (const recipient of reminder.recipients) {
    results.push(await tell(recipient, { ...loaded, dueAt: job.dueAt, next }, parts))
  }
  for (const result of results) if (result.kind === 'uncertain') throw result.cause
  const waits = results.flatMap((result) => (result.kind === 'later' ? [result.at] : [])).toSorted(Temporal.Instant.compare)
  if (waits[0]) return { kind: 'later', at: waits[0] }

  const lost = results.every((result) => result.kind === 'failed')
  const state = next ? 'scheduled' : lost ? 'failed' : 'delivered'
  await deliveries.advance(reminder, { ...reminder, state, dueAt: next ?? null, version: reminder.version + 1 })
  return { kind: 'told' }
}

/** When it comes again: after downtime the missed occurrences are one, and the rule goes on from now. */
function following({ rrule, startWall, timeZone, exdates }: Reminder, now: Temporal.Instant): Temporal.Instant | undefined {
  if (rrule === null) return undefined
  return nextOccurrence({ rrule, startWall, timeZone, exdates }, now)?.toInstant()
}
