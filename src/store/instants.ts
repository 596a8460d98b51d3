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
  return toInstant(date).toZonedDateTimeISO('UTC').toPlainDateTime()
}
