import { BotError } from '#core/errors.ts'
import type { Person, Recipient, Reminder, Space } from '#core/model.ts'
import type { Clock, Deliveries, JobMeter, Messenger, SentMessage } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import type { Timing } from '../timing.ts'

export interface TellParts {
  readonly deliveries: Deliveries
  readonly messenger: Messenger
  readonly clock: Clock
  readonly meter: JobMeter
  readonly timing: Pick<Timing, 'lease' | 'fresh'>
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

/** One occurrence on its way to its recipients. */
export interface Telling {
  readonly reminder: Reminder
  readonly owner: Person
  readonly space: Space
  readonly dueAt: Temporal.Instant
  /** When it comes again. */
  readonly next: Temporal.Instant | undefined
}

export type Told =
  | { readonly kind: 'told' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'later'; readonly at: Temporal.Instant }
  /** Worth another try, which has to look first. */
  | { readonly kind: 'uncertain'; readonly cause: BotError }

/** An uncertain try may have been seen by the platform with a clock that is behind ours. */
const clockSkew = { minutes: 5 } as const

/** After a day of trying, a reminder is history, not news. */
const patience = { hours: 24 } as const

/** Tells one recipient. Throws only what is nobody's refusal: the database is away. */
export async function tell(recipient: Recipient, telling: Telling, parts: TellParts): Promise<Told> {
  const { deliveries, messenger, clock, meter, timing, ring } = parts
  const { reminder, owner, space, dueAt, next } = telling
  const { platform } = messenger
  const claimedAt = performance.now()
  const claim = await deliveries.claim(reminder, dueAt, keyOf(recipient), timing.lease / 1_000)
  if (claim.kind === 'settled') return { kind: claim.state === 'sent' ? 'told' : 'failed' }
  if (claim.kind === 'taken') return { kind: 'later', at: claim.until }

  const { deliveryId, attempt, firstTriedAt } = claim
  let refusal = 'nobody to tell'
  for (const { to, detour } of routes(recipient, reminder, owner)) {
    try {
      const earlier = attempt > 1 ? await messenger.find(space.externalId, to, deliveryId, firstTriedAt.subtract(clockSkew)) : undefined
      if (performance.now() - claimedAt > timing.fresh) return { kind: 'later', at: clock.now().add({ milliseconds: timing.lease }) }
      const now = clock.now()
      const reply = ring({ reminder, owner, recipient: to, now, next, ...(detour === undefined ? {} : { detour }) })
      const message = earlier ?? (await messenger.send(space.externalId, to, reply, deliveryId))
      await record(deliveryId, message, parts)
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
            return { kind: 'uncertain', cause }
          }
          refusal = cause.message
      }
    }
  }
  await deliveries.failed(deliveryId, refusal)
  meter.delivered(platform, 'failed')
  return { kind: 'failed' }
}

/**
 * Says that the platform has it. When another process did so first, with a message of its own (this one was held
 * up for longer than its lease while it sent), ours is one too many and is taken back.
 */
async function record(deliveryId: string, message: SentMessage, { deliveries, messenger }: TellParts): Promise<void> {
  const counted = await deliveries.sent(deliveryId, message)
  if (counted.id !== message.id || counted.channel !== message.channel) await messenger.retract?.(message)
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
