import { cancelled, type Scope } from '#calendar/edit.ts'
import { recurs } from '#calendar/expand.ts'
import { isOfRoot, rootOf } from '#calendar/kin.ts'
import type { Occurrence } from '#calendar/occurrence.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { CalendarEvent, Change } from '#core/model.ts'
import { problem, say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { done, short } from '../answer.ts'
import { alertChanges } from './alerts.ts'
import { choose, inScope, leftOf, scopeOr } from './choose.ts'
import { refusal } from './edit.ts'
import { mayNot } from './may.ts'
import { spanText } from './spelled.ts'
import { keyOf, occurrencesMeant } from './which.ts'

/** "cancel standup", "cancel standup on Tuesday", "cancel this and all later ones". */
export async function cancelNamed(understanding: Understanding, context: Context): Promise<Outcome> {
  const found = (await leftOf(understanding, context)) ?? (await occurrencesMeant(understanding, understanding.when, context))
  return choose(understanding, inScope(found, understanding), cancel, 'cancel', context)
}

export async function cancel(understanding: Understanding, one: Occurrence, context: Context): Promise<Outcome> {
  const refused = await mayNot(one.event, context)
  if (refused) return { reply: refused }
  const answer = await scopeOr(understanding, one, 'cancel', context)
  return 'asked' in answer ? answer.asked : cancelScope(one, answer.scope, context)
}

/** As many parts as a series is looked for in. */
const mostParts = 50

/** The other parts of a series that was split. */
async function otherParts({ id, spaceId, calendarId, uid }: CalendarEvent, { store }: Context): Promise<readonly CalendarEvent[]> {
  const root = rootOf(uid)
  const alike = await store.events.withUid(spaceId, calendarId, root, mostParts)
  return alike.filter((one) => one.id !== id && isOfRoot(one.uid, root))
}

async function cancelScope(one: Occurrence, scope: Scope, context: Context): Promise<Outcome> {
  const before = await context.store.events.get(context.space.id, one.event.id)
  if (!before) return { reply: problem('That event is gone.') }
  const result = cancelled(before, scope, one.recurrenceId)
  if (!result.ok) return { reply: problem(refusal(result.reason, scope)) }
  const all = recurs(before) ? { this: ' this one', following: ' this and all later ones', all: ', with all its repeats' }[scope] : ''
  if (result.after.status !== 'cancelled') context.show({ kind: 'event', ids: [keyOf(one)] })
  const asked = { store: context.store, now: context.now, origin: context.message.place }
  const parts = scope === 'following' || (recurs(before) && scope === 'all') ? await otherParts(before, context) : []
  const gone = parts
    .filter((part) => scope === 'all' || Temporal.Instant.compare(part.startsAt, before.startsAt) > 0)
    .flatMap((part) => {
      const cancelling = cancelled(part, 'all', null)
      return cancelling.ok ? [{ before: part, after: cancelling.after }] : []
    })
  const changes = await Promise.all(
    [{ before, after: result.after }, ...gone].map(
      async (each): Promise<readonly Change[]> => [{ kind: 'event', ...each }, ...(await alertChanges(each.before, each.after, asked))],
    ),
  )
  return done(context, 'event cancelled', say`Cancelled${all}: ${strong(short(one.title))}, ${spanText(one, context)}.`, changes.flat())
}
