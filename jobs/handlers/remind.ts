import { following, ringAfter } from '#calendar/nag.ts'
import { idOf } from '#core/ids.ts'
import { isAnswered, type Recipient, type Reminder, type RingAnswer, type Space } from '#core/model.ts'
import type { Notice, Owned } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import type { RemindJob } from '../queues.ts'
import { stalest, type TellParts, type Told, tell } from './tell.ts'

export type RemindParts = TellParts

/** A digest is about its own hour: a late one is left to the next. */
const stalestDigest = { hours: 12 } as const

export type Remind =
  /** Everybody was told, or given up on. */
  | { readonly kind: 'told' }
  /** It was changed, cancelled or told by somebody else: this job is about nothing any more. */
  | { readonly kind: 'stale' }
  /** Not yet: somebody else is at it, the platform asks to wait, or our clock is behind. */
  | { readonly kind: 'later'; readonly at: Temporal.Instant }

/**
 * Tells one occurrence of a reminder to all its recipients, each exactly once, together with what else is due there.
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
  const { reminder: kept } = loaded
  if (kept.state !== 'scheduled' || !kept.dueAt?.equals(job.dueAt)) return { kind: 'stale' }
  const now = clock.now()
  if (Temporal.Instant.compare(now, job.dueAt) < 0) return { kind: 'later', at: job.dueAt }
  // A rule goes on with its next occurrence in any case; the rest is there to be read.
  const oldest = now.subtract(kept.digest ? stalestDigest : stalest)
  const reply = Temporal.Instant.compare(job.dueAt, oldest) < 0 ? undefined : await words(loaded, now, parts)
  if (reply === undefined) {
    await deliveries.advance([moved(kept, 'missed', now)])
    return { kind: 'stale' }
  }
  const reminder = reply === null ? kept : { ...kept, notice: reply }
  const results = await Promise.all(listening(reminder, loaded.refusing).map((to) => tell({ ...loaded, reminder, to }, parts)))
  for (const result of results) if (result.kind === 'uncertain') throw result.cause
  const waits = results.flatMap((result) => (result.kind === 'later' ? [result.at] : [])).toSorted(Temporal.Instant.compare)
  if (waits[0]) return { kind: 'later', at: waits[0] }

  const failed = results.flatMap((result) => (result.kind === 'failed' ? [result] : []))
  // What was told along with it and has nobody else to tell is through as well; the others' own jobs see to them.
  const along = results.flatMap((result) => (result.kind === 'told' ? result.together : []))
  const through = along.filter(({ id, recipients }) => id !== reminder.id && recipients.length === 1)
  const itself = moved(reminder, failed.length === results.length && failed.length > 0 ? 'failed' : 'delivered', now)
  const notice = noticeOf(job, { ...loaded, failed }, parts)
  await deliveries.advance([{ ...itself, ...(notice && { notice }) }, ...through.map((one) => moved(one, 'delivered', now))])
  return { kind: 'told' }
}

/** What there is to say beside its own text, which null stands for; undefined when a digest has nothing to say. */
async function words(
  loaded: Owned & { readonly space: Space },
  now: Temporal.Instant,
  { compose }: RemindParts,
): Promise<Reply | null | undefined> {
  return loaded.reminder.digest ? compose({ ...loaded, now }) : null
}

type Failed = Extract<Told, { kind: 'failed' }>

/** Its owner hears once of each occurrence that did not arrive, unless it is the owner who cannot be reached. */
function noticeOf(
  { dueAt }: RemindJob,
  { reminder, owner, failed }: Owned & { readonly failed: readonly Failed[] },
  parts: RemindParts,
): Notice | undefined {
  const others = failed.filter(({ to }) => to.kind === 'channel' || to.user !== owner.userId)
  if (others.length === 0 || reminder.notice) return undefined
  const { origin, ownerId } = reminder
  const reply = parts.undelivered({ reminder, owner, failed: others })
  return { id: idOf('undelivered', reminder.id, dueAt.toString()), ownerId, user: owner.userId, origin, at: parts.clock.now(), reply }
}

/** Who wants nothing from its owner any more hears nothing of it, and who is done is not asked again. */
function listening({ recipients, answers = [], nagged = 0 }: Reminder, refusing: readonly string[]): readonly Recipient[] {
  const through = nagged > 0 ? answers : []
  return recipients.filter((to) => !isAnswered(to, through) && (to.kind !== 'direct' || !refusing.includes(to.user)))
}

/** The reminder after this occurrence: waiting for its next one, or what has become of it. */
function moved(before: Reminder, state: 'delivered' | 'missed' | 'failed', now: Temporal.Instant) {
  const rule = following(before, now)
  const next = state === 'delivered' ? ringAfter(before, now) : rule && { dueAt: rule, nagged: 0 }
  const after: Reminder = {
    ...before,
    // Nothing is to be done about a digest once it was read.
    state: next ? 'scheduled' : before.digest ? 'done' : state,
    dueAt: next?.dueAt ?? null,
    nagged: next?.nagged ?? 0,
    answers: ofThisOne(before),
    version: before.version + 1,
  }
  return { before, after }
}

/** What was answered to an earlier occurrence is forgotten when the next one rings. */
function ofThisOne({ answers = [], nagged = 0, dueAt }: Reminder): readonly RingAnswer[] {
  if (nagged > 0 || dueAt === null) return answers
  return answers.filter(({ at }) => Temporal.Instant.compare(at, dueAt) >= 0)
}
