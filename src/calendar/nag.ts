import { nextOccurrence, type PersonRule } from './recurrence.ts'

/** Reminders that ring again and again until somebody says that it is done. */

/** What decides when a reminder rings next. */
export interface Nagging extends Omit<PersonRule, 'rrule'> {
  readonly rrule: string | null
  readonly dueAt: Temporal.Instant | null
  readonly nagSeconds?: number | null
  readonly nagged?: number
}

/** How often an occurrence rings again: after that nobody hears it any more. */
export const mostNags = 20

/** Nobody is asked again at night, unless it was said for the night. */
const quiet = { from: 22, to: 7 } as const

/** When the rule comes again; of several occurrences that were missed the last one counts for all. */
export function following({ rrule, startWall, timeZone, exdates }: Nagging, now: Temporal.Instant): Temporal.Instant | undefined {
  if (rrule === null) return undefined
  return nextOccurrence({ rrule, startWall, timeZone, exdates }, now)?.toInstant()
}

/**
 * When a reminder that has just rung rings next: again, as long as it is not done, or by its rule. Undefined when
 * it is over. However long nobody was there to ring it, it rings once and goes on from now.
 */
export function ringAfter(one: Nagging, now: Temporal.Instant): { readonly dueAt: Temporal.Instant; readonly nagged: number } | undefined {
  const byRule = following(one, now)
  const again = isLastAsking(one) ? undefined : againAfter(one, now)
  if (again && (!byRule || Temporal.Instant.compare(again, byRule) < 0)) return { dueAt: again, nagged: (one.nagged ?? 0) + 1 }
  return byRule && { dueAt: byRule, nagged: 0 }
}

/** True when this ring of an occurrence is its last. */
export function isLastAsking({ nagSeconds, nagged = 0 }: Nagging): boolean {
  return !nagSeconds || nagged >= mostNags
}

/** True while an occurrence has rung and waits to be done. */
export function isAsking({ nagSeconds, nagged = 0, dueAt }: Nagging, now: Temporal.Instant): boolean {
  return Boolean(nagSeconds) && dueAt !== null && (nagged > 0 || Temporal.Instant.compare(dueAt, now) <= 0)
}

function againAfter({ dueAt, nagSeconds, timeZone }: Nagging, now: Temporal.Instant): Temporal.Instant | undefined {
  if (!nagSeconds || !dueAt) return undefined
  const missed = Math.max(0, Math.floor(now.since(dueAt).total('seconds') / nagSeconds))
  const again = dueAt.add({ seconds: (missed + 1) * nagSeconds })
  return isNight(dueAt, timeZone) ? again : outOfTheNight(again, timeZone)
}

function isNight(at: Temporal.Instant, timeZone: string): boolean {
  const { hour } = at.toZonedDateTimeISO(timeZone)
  return hour >= quiet.from || hour < quiet.to
}

function outOfTheNight(at: Temporal.Instant, timeZone: string): Temporal.Instant {
  if (!isNight(at, timeZone)) return at
  const local = at.toZonedDateTimeISO(timeZone)
  const day = local.hour >= quiet.from ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate()
  return day.toZonedDateTime({ timeZone, plainTime: new Temporal.PlainTime(quiet.to) }).toInstant()
}
