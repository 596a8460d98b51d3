import { nextOccurrence } from '#calendar/recurrence.ts'
import type { Context } from '#core/command.ts'
import type { Reminder } from '#core/model.ts'
import type { Understanding, When } from '#core/understanding.ts'
import { windowOf } from './event/window.ts'

/** The reminders that come then: "my 5pm reminder", "what reminders do I have next week"; all of them where no time tells them. */
export function dueThen(reminders: readonly Reminder[], when: When | null | undefined, context: Context): readonly Reminder[] {
  if (!when) return reminders
  const clock = when.kind !== 'range' && when.start?.includes('T') ? Temporal.Instant.from(when.start) : undefined
  if (clock) return reminders.filter((one) => ringsAt(one, clock, when))
  const window = windowOf(when, context)
  return reminders.filter((one) => {
    const next = ringFrom(one, window.from)
    return next !== undefined && Temporal.Instant.compare(next, window.to) < 0
  })
}

/** The time by which a sentence tells the reminder that it changes or takes away. */
export function timeOfThing({ intent, content, when, recurrence, changes }: Understanding): When | null {
  if (intent === 'reminder.update') return changes?.from ?? (content === 'skip' ? when : null)
  // "turn off reminders on weekends" tells no single one.
  return intent === 'reminder.cancel' && !recurrence ? when : null
}

function ringsAt(one: Reminder, at: Temporal.Instant, { anyDay, timeZone }: When): boolean {
  const next = anyDay ? one.dueAt : ringFrom(one, at)
  if (!next) return false
  const wall = (moment: Temporal.Instant) => moment.toZonedDateTimeISO(timeZone).toPlainTime()
  return anyDay ? wall(next).equals(wall(at)) : next.equals(at)
}

/** When it rings from a moment on, that moment included. */
function ringFrom({ rrule, startWall, timeZone, exdates, dueAt }: Reminder, from: Temporal.Instant): Temporal.Instant | undefined {
  if (!dueAt) return undefined
  if (Temporal.Instant.compare(dueAt, from) >= 0) return dueAt
  return rrule === null
    ? undefined
    : nextOccurrence({ rrule, startWall, timeZone, exdates }, from.subtract({ milliseconds: 1 }))?.toInstant()
}
