import { ringAfter } from '#calendar/nag.ts'
import { BotError } from '#core/errors.ts'
import { type Person, placeKey, type Recipient, type Reminder, type Space } from '#core/model.ts'
import type { Claim, Clock, Deliveries, JobMeter, Messenger, Owned, SentMessage } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import type { Pace } from '../pace.ts'
import type { Timing } from '../timing.ts'

export interface TellParts {
  readonly deliveries: Deliveries
  readonly messenger: Messenger
  readonly pace: Pace
  readonly clock: Clock
  readonly meter: JobMeter
  readonly timing: Pick<Timing, 'lease' | 'fresh'>
  /** Reminders as they ring in one place, ready to send. */
  ring(ring: {
    /** Oldest first. */
    readonly rings: readonly Ringing[]
    readonly spaceId: string
    readonly recipient: Recipient
    readonly now: Temporal.Instant
    /** What the message carries. */
    readonly mark: string
    /** Where it was meant to arrive, and the platform's own code for why it does not: this is the way round. */
    readonly detour?: Detour
  }): Reply
  /** What a digest says now; undefined when that is nothing. */
  compose(digest: Owned & { readonly space: Space; readonly now: Temporal.Instant }): Promise<Reply | undefined>
  /** What its owner is told when a reminder did not arrive everywhere. */
  undelivered(news: {
    readonly reminder: Reminder
    readonly owner: Person
    readonly failed: readonly { readonly to: Recipient; readonly reason: string }[]
  }): Reply
}

/** Where it could not be told, and why. */
export interface Detour {
  readonly to: Recipient
  readonly reason: string
}

export interface Ringing extends Owned {
  /** When it comes again. */
  readonly next: Temporal.Instant | undefined
}

/** One occurrence on its way to one of its recipients. */
export interface Telling extends Owned {
  readonly space: Space
  readonly to: Recipient
}

export type Told =
  /** With others that were due in the same place, and are told in the same message. */
  | { readonly kind: 'told'; readonly together: readonly Reminder[] }
  | { readonly kind: 'failed'; readonly to: Recipient; readonly reason: string }
  | { readonly kind: 'later'; readonly at: Temporal.Instant }
  /** Worth another try, which has to look first. */
  | { readonly kind: 'uncertain'; readonly cause: BotError }

/** An uncertain try may have been seen by the platform with a clock that is behind ours. */
const clockSkew = { minutes: 5 } as const

/** After a day of trying, a reminder is history, not news. */
const patience = { hours: 24 } as const

/** What has been due for longer than this does not ring any more: it is listed. */
export const stalest = { hours: 7 * 24 } as const

/** What one message holds on every platform, with its buttons. */
const room = { reminders: 20, characters: 2_000 } as const

/** Tells one recipient, with what else is due there. Throws only what is nobody's refusal: the database is away. */
export async function tell(telling: Telling, parts: TellParts): Promise<Told> {
  const { reminder, space, to } = telling
  const { deliveries, clock, pace, timing } = parts
  const place = `${space.externalId} ${placeKey(to)}`
  const rest = pace.enter(place)
  if (rest > 0) return { kind: 'later', at: clock.now().add({ milliseconds: rest }) }

  let spoke = false
  try {
    const claimedAt = performance.now()
    const limits = { leaseSeconds: timing.lease / 1_000, notBefore: clock.now().subtract(stalest), ...room }
    const claim = await deliveries.claim(reminder, to, limits)
    if (claim.kind === 'settled') {
      return claim.failure === undefined ? { kind: 'told', together: [] } : { kind: 'failed', to, reason: claim.failure }
    }
    if (claim.kind === 'taken') return { kind: 'later', at: claim.until }
    spoke = true
    return await tryRoutes({ ...telling, claim, claimedAt }, parts)
  } finally {
    pace.leave(place, spoke)
  }
}

interface Claimed extends Telling {
  readonly claim: Extract<Claim, { kind: 'ours' }>
  readonly claimedAt: number
}

async function tryRoutes({ claim, claimedAt, ...telling }: Claimed, parts: TellParts): Promise<Told> {
  const { deliveries, messenger, clock, meter, timing } = parts
  const { reminder, owner, space } = telling
  const { mark, attempt, firstTriedAt } = claim
  // The words of a digest were made for this telling, and are kept nowhere.
  let together = claim.together.length > 0 && !reminder.digest ? claim.together : [{ reminder, owner }]
  let refusal = 'nobody to tell'
  for (const [index, to] of routes(telling).entries()) {
    const detour = index === 0 ? undefined : { to: telling.to, reason: refusal }
    // A way round is for each reminder on its own: its owner's messages, the place that it was asked for in.
    if (detour && together.length > 1) {
      await deliveries.part(mark, reminder.id)
      together = [{ reminder, owner }]
    }
    try {
      const earlier = attempt > 1 ? await messenger.find(space.externalId, to, mark, firstTriedAt.subtract(clockSkew)) : undefined
      if (performance.now() - claimedAt > timing.fresh) return { kind: 'later', at: clock.now().add({ milliseconds: timing.lease }) }
      const reply = rung({ together, spaceId: space.id, to, mark, detour }, parts)
      const message = earlier ?? (await messenger.send(space.externalId, to, reply, mark))
      await record(mark, message, parts)
      for (const { reminder: one } of together) {
        meter.delivered(
          messenger.platform,
          earlier ? 'found' : 'sent',
          clock
            .now()
            .since(one.dueAt ?? clock.now())
            .total('seconds'),
        )
      }
      return { kind: 'told', together: together.map((one) => one.reminder) }
    } catch (cause) {
      if (!(cause instanceof BotError)) throw cause
      switch (cause.code) {
        case 'rejected':
          refusal = cause.reason ?? cause.message
          continue
        case 'rate_limited':
        case 'resting':
          await deliveries.release(mark, 'untried')
          meter.delivered(messenger.platform, 'deferred')
          return { kind: 'later', at: clock.now().add({ milliseconds: cause.retryAfter ?? 1_000 }) }
        default:
          if (Temporal.Instant.compare(clock.now(), begunAt(reminder, firstTriedAt).add(patience)) < 0) {
            await deliveries.release(mark, 'uncertain')
            meter.delivered(messenger.platform, 'retried')
            return { kind: 'uncertain', cause }
          }
          refusal = cause.message
      }
    }
  }
  await deliveries.part(mark, reminder.id)
  await deliveries.failed(mark, refusal)
  meter.delivered(messenger.platform, 'failed')
  return { kind: 'failed', to: telling.to, reason: refusal }
}

/** What is tried again long after it was given up on is due anew, and tried for as long as anything that is due. */
function begunAt({ dueAt }: Reminder, firstTriedAt: Temporal.Instant): Temporal.Instant {
  return dueAt && Temporal.Instant.compare(dueAt, firstTriedAt) > 0 ? dueAt : firstTriedAt
}

function rung(
  message: {
    readonly together: readonly Owned[]
    readonly spaceId: string
    readonly to: Recipient
    readonly mark: string
    readonly detour: Detour | undefined
  },
  { ring, clock }: TellParts,
): Reply {
  const { together, spaceId, to, mark, detour } = message
  const now = clock.now()
  const rings = together.map(({ reminder, owner }) => ({ reminder, owner, next: ringAfter(reminder, now)?.dueAt }))
  return ring({ rings, spaceId, recipient: withEveryPing(to, together), now, mark, ...(detour && { detour }) })
}

/** In a channel those are pinged whom any of the reminders names. */
function withEveryPing(to: Recipient, together: readonly Owned[]): Recipient {
  if (to.kind === 'direct' || together.length === 1) return to
  const recipients = together.flatMap(({ reminder }) => reminder.recipients.filter((one) => placeKey(one) === placeKey(to)))
  const pinged = new Map(recipients.flatMap((one) => (one.kind === 'channel' ? one.ping : [])).map((one) => [one.user, one]))
  return { ...to, ping: [...pinged.values()] }
}

/**
 * Says that the platform has it. When another process did so first, with a message of its own (this one was held
 * up for longer than its lease while it sent), ours is one too many and is taken back.
 */
async function record(mark: string, message: SentMessage, { deliveries, messenger }: TellParts): Promise<void> {
  const counted = await deliveries.sent(mark, message)
  if (counted.id !== message.id || counted.channel !== message.channel) await messenger.retract?.(message)
}

/** Where to try, in order: where it was meant, then where its people can be reached. */
function routes({ reminder: { origin }, owner, to: recipient }: Telling): readonly Recipient[] {
  if (recipient.kind === 'channel') return [recipient, { kind: 'direct', user: owner.userId }]
  // Only its owner's own words may be shown where they were said; what was meant for others stays between them.
  if (origin.kind !== 'channel' || recipient.user !== owner.userId) return [recipient]
  const there: Recipient = {
    kind: 'channel',
    channel: origin.channel,
    ...(origin.thread === undefined ? {} : { thread: origin.thread }),
    ping: [{ user: owner.userId, name: owner.name }],
  }
  return [recipient, there]
}
