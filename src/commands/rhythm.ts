import { wallOf } from '#calendar/civil.ts'
import { eachOccurrence, nextOccurrence } from '#calendar/recurrence.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { Reminder } from '#core/model.ts'
import { problem, say, strong } from '#core/reply.ts'
import type { When } from '#core/understanding.ts'
import { done, instant, short } from './answer.ts'
import { instantOf, morning, unplannable } from './moment.ts'
import { snoozed } from './snooze.ts'

/** Until a day: what rings early on it is not left out. */
const midnight = Temporal.PlainTime.from('00:00')

/** What becomes of a reminder that repeats. */

/** Leaves the next occurrence out; the rule goes on. */
export function skipNext(one: Reminder, context: Context): Outcome {
  if (one.rrule === null || one.dueAt === null) return { reply: problem('That reminder does not repeat: cancel it instead.') }
  const dueAt = after(one, one.dueAt)
  if (!dueAt) return { reply: problem('That is its last occurrence: stop it instead.') }
  const text = say`Skipped ${instant(one.dueAt, context, one.timeZone)}. ${strong(short(one.text))} comes next on ${instant(dueAt, context, one.timeZone)}.`
  return changed('occurrence skipped', one, { dueAt, exdates: without(one, one.dueAt) }, text, context)
}

/** With the occurrence of this moment left out for good, whatever else is changed later; its wall time may lie in a gap. */
export function without(one: Reminder, moment: Temporal.Instant): readonly Temporal.PlainDateTime[] {
  const { rrule, startWall, timeZone, exdates } = one
  if (rrule === null) return exdates
  const left: Temporal.PlainDateTime[] = []
  const at = Math.ceil(moment.epochMilliseconds / 1_000)
  eachOccurrence({ rrule, startWall, timeZone, exdates }, at, at + 1, ({ wall }) => {
    left.push(wallOf(wall))
    return false
  })
  return [...exdates, ...left]
}

/** Until it is resumed, or until a moment: then what would have come before it is left out. */
export function pause(one: Reminder, context: Context, until: When | null | undefined = null): Outcome | Promise<Outcome> {
  const end = until ? endOfPause(one, until) : undefined
  if (end && one.state === 'scheduled') return pauseUntil(one, end, context)
  if (one.state === 'paused') return { reply: problem('That reminder is paused already.') }
  if (one.state !== 'scheduled') return { reply: problem('Only a reminder that is still to come can be paused.') }
  return changed(
    'reminder paused',
    one,
    { state: 'paused', dueAt: null },
    say`Paused ${strong(short(one.text))} until you resume it.`,
    context,
  )
}

/** What repeats goes on with that day; what comes once comes in its morning. */
export function endOfPause({ rrule }: Reminder, until: When): Temporal.Instant | undefined {
  return instantOf(until, rrule === null ? morning : midnight)
}

function pauseUntil(one: Reminder, end: Temporal.Instant, context: Context): Outcome | Promise<Outcome> {
  if (unplannable(end, context.now)) return { reply: problem('Pause it until a moment that is still to come, such as “until Monday”.') }
  if (one.rrule === null) return snoozed(one, end, context)
  const dueAt = after(one, end.subtract({ milliseconds: 1 }))
  if (!dueAt) return { reply: problem('It would not come again after that: stop it instead.') }
  const text = say`Paused ${strong(short(one.text))}. It comes next on ${instant(dueAt, context, one.timeZone)}.`
  return changed('reminder paused', one, { dueAt }, text, context)
}

export function resume(one: Reminder, context: Context): Outcome {
  const dueAt = one.rrule === null ? firstMoment(one, context) : after(one, context.now)
  // Paused until a day, it waits for an occurrence that is not its next one.
  const waits = one.state === 'scheduled' && one.rrule !== null && one.dueAt !== null && dueAt !== undefined
  if (one.state !== 'paused' && !(waits && Temporal.Instant.compare(dueAt, one.dueAt) < 0))
    return { reply: problem('That reminder is not paused.') }
  if (!dueAt) return { reply: problem('Its time went by while it was paused: give it a new one, such as “snooze it until tomorrow at 9”.') }
  const text = say`${strong(short(one.text))} comes next on ${instant(dueAt, context, one.timeZone)}.`
  return changed('reminder resumed', one, { state: 'scheduled', dueAt }, text, context)
}

export function stopRepeating(one: Reminder, context: Context): Outcome {
  if (one.rrule === null) return { reply: problem('That reminder does not repeat: cancel it instead.') }
  if (one.state === 'done') return { reply: problem('That reminder has stopped already.') }
  return changed('reminder stopped', one, { state: 'done', dueAt: null }, say`${strong(short(one.text))} will not come again.`, context)
}

function firstMoment({ startWall, timeZone }: Reminder, { now }: Context): Temporal.Instant | undefined {
  const moment = startWall.toZonedDateTime(timeZone).toInstant()
  return Temporal.Instant.compare(moment, now) > 0 ? moment : undefined
}

function after({ rrule, startWall, timeZone, exdates }: Reminder, moment: Temporal.Instant): Temporal.Instant | undefined {
  return rrule === null ? undefined : nextOccurrence({ rrule, startWall, timeZone, exdates }, moment)?.toInstant()
}

function changed(
  summary: string,
  before: Reminder,
  change: Partial<Reminder>,
  text: Parameters<typeof done>[2],
  context: Context,
): Outcome {
  const after = { ...before, nagged: 0, ...change, version: before.version + 1 }
  return done(context, summary, text, [{ kind: 'reminder', before, after }])
}
