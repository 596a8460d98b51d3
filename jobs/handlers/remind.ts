import { nextOccurrence } from '#calendar/recurrence.ts'
import { BotError } from '#core/errors.ts'
import type { Person, Recipient, Reminder, Space } from '#core/model.ts'
import type { Clock, Deliveries, JobMeter, Messenger } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import type { RemindJob } from '../queues.ts'

export interface RemindParts {
  readonly deliveries: Deliveries
  readonly messenger: Messenger
  readonly clock: Clock
  readonly meter: JobMeter
  /** A reminder as it rings, ready to send. */
  ring(ring: {
    readonly reminder: Reminder
    readonly owner: Person
    readonly recipient: Recipient
    readonly now: Temporal.Instant
    readonly next: Temporal.Instant | undefined
    readonly detour?: string
  }): Reply
}

export type Remind =
  /** Everybody was told, or given up on. */
  | { readonly kind: 'told' }
  /** It was changed, cancelled or told by somebody else: this job is about nothing any more. */
  | { readonly kind: 'stale' }
  /** Not yet: somebody else is at it, the platform asks to wait, or our clock is behind. */
  | { readonly kind: 'later'; readonly at: Temporal.Instant }

/** How long one telling may take before another process may take it over. */
const leaseSeconds = 60
/** A process that was paused for longer than this since its claim leaves the telling to whoever took it over. */
const freshMs = 40_000

/** An uncertain try may have been seen by the platform with a clock that is behind ours. */
const clockSkew = { minutes: 5 } as const

/** After a day of trying, a reminder is history, not news. */
const patience = { hours: 24 } as const

/**
 * Tells one occurrence of a reminder to all its recipients, each exactly once.
 *
 *   claim (a row with a lease)  ->  send (with the row's id as mark)  ->  record  ->  next occurrence
 *
 * A try that finds an earlier one looks for its mark on the platform before it sends. Whatever line a
 * process dies at, the next one finds out what happened.
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

interface Telling {
  readonly reminder: Reminder
  readonly owner: Person
  readonly space: Space
  readonly dueAt: Temporal.Instant
  readonly next: Temporal.Instant | undefined
}

type Told = { readonly kind: 'told' } | { readonly kind: 'failed' } | { readonly kind: 'later'; readonly at: Temporal.Instant }

async function tell(recipient: Recipient, telling: Telling, { deliveries, messenger, clock, meter, ring }: RemindParts): Promise<Told> {
  const { reminder, owner, space, dueAt, next } = telling
  const { platform } = messenger
  const claimedAt = performance.now()
  const claim = await deliveries.claim(reminder, dueAt, keyOf(recipient), leaseSeconds)
  if (claim.kind === 'settled') return { kind: claim.state === 'sent' ? 'told' : 'failed' }
  if (claim.kind === 'taken') return { kind: 'later', at: claim.until }

  const { deliveryId, attempt, firstTriedAt } = claim
  let refusal = 'nobody to tell'
  for (const { to, detour } of routes(recipient, reminder, owner)) {
    try {
      const earlier = attempt > 1 ? await messenger.find(space.externalId, to, deliveryId, firstTriedAt.subtract(clockSkew)) : undefined
      if (performance.now() - claimedAt > freshMs) return { kind: 'later', at: clock.now().add({ seconds: leaseSeconds }) }
      const now = clock.now()
      const reply = ring({ reminder, owner, recipient: to, now, next, ...(detour === undefined ? {} : { detour }) })
      const message = earlier ?? (await messenger.send(space.externalId, to, reply, deliveryId))
      await deliveries.sent(deliveryId, message)
      meter.delivered(platform, earlier ? 'found' : 'sent', clock.now().since(dueAt).total('seconds'))
      return { kind: 'told' }
    } catch (cause) {
      if (!(cause instanceof BotError)) throw cause
      switch (cause.code) {
        case 'rejected':
          refusal = cause.reason ?? cause.message
          continue
        case 'rate_limited':
          await deliveries.release(deliveryId, 'untried')
          meter.delivered(platform, 'retried')
          return { kind: 'later', at: clock.now().add({ milliseconds: cause.retryAfter ?? 1_000 }) }
        default:
          if (Temporal.Instant.compare(clock.now(), firstTriedAt.add(patience)) < 0) {
            await deliveries.release(deliveryId, 'uncertain')
            meter.delivered(platform, 'retried')
            throw cause
          }
          refusal = cause.message
      }
    }
  }
  await deliveries.failed(deliveryId, refusal)
  meter.delivered(platform, 'failed')
  return { kind: 'failed' }
}

/** What a recipient is called in the delivery's unique key. */
function keyOf(recipient: Recipient): string {
  return recipient.kind === 'direct' ? `direct:${recipient.user}` : `channel:${recipient.channel}:${recipient.thread ?? ''}`
}

/** Where to try, in order: where it was meant, then where its people can be reached. */
function routes(
  recipient: Recipient,
  { origin }: Reminder,
  owner: Person,
): readonly { readonly to: Recipient; readonly detour?: string }[] {
  if (recipient.kind === 'channel') {
    return [
      { to: recipient },
      {
        to: { kind: 'direct', user: owner.userId },
        detour: 'I could not post this in its channel, so it comes to you. If it is a private one: /invite me there.',
      },
    ]
  }
  // Only its owner's own words may be shown where they were said; what was meant for others stays between them.
  if (origin.kind !== 'channel' || recipient.user !== owner.userId) return [{ to: recipient }]
  const there: Recipient = {
    kind: 'channel',
    channel: origin.channel,
    ...(origin.thread === undefined ? {} : { thread: origin.thread }),
    ping: [{ user: owner.userId, name: owner.name }],
  }
  return [{ to: recipient }, { to: there, detour: 'Your direct messages are closed to me, so I tell you here.' }]
}
