import { civil } from '#core/days.ts'

/** Between Postgres' columns, which the client speaks as `Date`, and Temporal. */

export function toDate(instant: Temporal.Instant): Date {
  return new Date(instant.epochMilliseconds)
}

export function toInstant(date: Date): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime())
}

/** A wall time travels as if it were UTC: the column has no zone. */
export function wallToDate(wall: Temporal.PlainDateTime): Date {
  return toDate(wall.toZonedDateTime('UTC').toInstant())
}

export function dateToWall(date: Date): Temporal.PlainDateTime {
  return wallAt(date.getTime())
}

/** A wall time from milliseconds that count it as if it were UTC; the column has whole seconds. */
export function wallAt(milliseconds: number): Temporal.PlainDateTime {
  const seconds = Math.floor(milliseconds / 1_000)
  const day = Math.floor(seconds / 86_400)
  const rest = seconds - day * 86_400
  const { year, month, day: dayOfMonth } = civil(day)
  return new Temporal.PlainDateTime(year, month, dayOfMonth, Math.floor(rest / 3_600), Math.floor(rest / 60) % 60, rest % 60)
}
