import { following, isAsking, mostNags } from '#calendar/nag.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { Recipient, Reminder } from '#core/model.ts'
import { problem, say, strong, type Text } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { done, instant, short } from './answer.ts'

/** Asking again and again until it is done. */

/** How long is waited when nobody says, in seconds. */
const usual = 600
/** Nobody needs to be asked more often; others not as often as oneself. */
const shortest = { own: 60, others: 600 } as const
/** What is asked again after longer than this repeats. */
const longest = 24 * 3_600

export type Nag = { readonly kind: 'nag'; readonly seconds: number | null } | { readonly kind: 'refused'; readonly hint: string }

/** What a sentence asks for; `seconds` is null when it does not ask for that. */
export function nagOf({ nag }: Pick<Understanding, 'nag'>, recipients: readonly Recipient[], { person }: Pick<Context, 'person'>): Nag {
  if (!nag) return { kind: 'nag', seconds: null }
  const seconds = Math.round(Temporal.Duration.from(nag).total('seconds'))
  const own = recipients.every((to) => to.kind === 'direct' && to.user === person.userId)
  const least = own ? shortest.own : shortest.others
  if (seconds < least)
    return { kind: 'refused', hint: `I ask ${own ? '' : 'others '}again after ${inMinutes(least)} at the soonest: give a longer pause.` }
  if (seconds > longest) return { kind: 'refused', hint: 'I ask again within a day; for a longer pause make it a repeating reminder.' }
  return { kind: 'nag', seconds }
}

/** "Until it is done I ask again every 10 minutes." */
export function nagInWords(seconds: number | null): string {
  return seconds === null ? '' : ` Until it is done I ask again every ${inMinutes(seconds, true)}, ${mostNags} times at most.`
}

/** "10 minutes"; with `every`, "minute" and "hour" stand without a number. */
export function inMinutes(seconds: number, every = false): string {
  const [count, unit] =
    seconds % 3_600 === 0 ? [seconds / 3_600, 'hour'] : seconds % 60 === 0 ? [seconds / 60, 'minute'] : [seconds, 'second']
  if (count === 1) return every ? unit : `1 ${unit}`
  return `${count} ${unit}s`
}

/** From now on it is asked again until it is done. */
export function keepAsking(one: Reminder, context: Context, understanding?: Understanding): Outcome {
  if (one.digest || one.eventId) return { reply: problem('Only reminders can be done, so only they are asked again.') }
  const nag = nagOf({ nag: understanding?.nag ?? `PT${usual}S` }, one.recipients, context)
  if (nag.kind === 'refused') return { reply: problem(nag.hint) }
  if (one.state === 'done' || one.state === 'cancelled')
    return { reply: problem('That reminder is over. Make a new one if you need it again.') }
  // What has rung already is asked about from now on; the rest when it rings.
  const waits = one.state === 'delivered' && nag.seconds !== null
  const after: Reminder = {
    ...one,
    nagSeconds: nag.seconds,
    ...(waits ? { state: 'scheduled' as const, dueAt: context.now.add({ seconds: nag.seconds ?? usual }), nagged: 1 } : {}),
    version: one.version + 1,
  }
  const next: Text = waits && after.dueAt ? say` Next: ${instant(after.dueAt, context)}.` : []
  const text = say`${strong(short(one.text))}:${nagInWords(nag.seconds)}${next}`
  return done(context, 'reminder asked again', text, [{ kind: 'reminder', before: one, after }])
}

/** It rings once each time, and waits. */
export function stopAsking(one: Reminder, context: Context): Outcome {
  if (!one.nagSeconds) return { reply: problem('That reminder rings once each time already.') }
  const after: Reminder = { ...one, nagSeconds: null, nagged: 0, ...(isAsking(one, context.now) ? waiting(one, context) : {}) }
  const text = say`I do not ask again about ${strong(short(one.text))}.`
  return done(context, 'reminder asked once', text, [{ kind: 'reminder', before: one, after: { ...after, version: one.version + 1 } }])
}

function waiting(one: Reminder, { now }: Context): Pick<Reminder, 'state' | 'dueAt'> {
  const next = following(one, now)
  return next ? { state: 'scheduled', dueAt: next } : { state: 'delivered', dueAt: null }
}
