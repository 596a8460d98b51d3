import type { When } from '#core/understanding.ts'

/** The clock time of a reminder that names a day and no hour. */
export const morning = new Temporal.PlainTime(9)

/** The latest instant plans are kept for: far enough for everyone, near enough for time-zone rules to mean something. */
export const farthestYears = 20

/** The wall time that a reading means, with the hour that stands in when none was said. */
export function wallOf(
  when: When,
  hour: Temporal.PlainTime,
): { readonly wall: Temporal.PlainDateTime; readonly timeZone: string } | undefined {
  if (when.start === null) return undefined
  const { timeZone } = when
  if (!when.start.includes('T')) return { wall: Temporal.PlainDate.from(when.start).toPlainDateTime(hour), timeZone }
  const exact = Temporal.Instant.from(when.start).toZonedDateTimeISO(timeZone)
  return { wall: exact.toPlainDateTime(), timeZone }
}

/** The instant that a reading means. What carries an offset is exact; a day takes `hour`. */
export function instantOf(when: When, hour: Temporal.PlainTime): Temporal.Instant | undefined {
  if (when.start === null) return undefined
  if (when.start.includes('T')) return Temporal.Instant.from(when.start)
  return Temporal.PlainDate.from(when.start).toZonedDateTime({ timeZone: when.timeZone, plainTime: hour }).toInstant()
}

/** Why a moment cannot be planned for, in words for the person; undefined when it can. */
export function unplannable(at: Temporal.Instant, now: Temporal.Instant): 'past' | 'far' | undefined {
  if (Temporal.Instant.compare(at, now) <= 0) return 'past'
  const farthest = now.toZonedDateTimeISO('UTC').add({ years: farthestYears }).toInstant()
  return Temporal.Instant.compare(at, farthest) > 0 ? 'far' : undefined
}
