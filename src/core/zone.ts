/** Whether a name is that of a time zone: an IANA name in any case, or an offset. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** A zone as it is kept, "europe/berlin" as `Europe/Berlin`; undefined for what is none. */
export function zoneNamed(name: string): string | undefined {
  return isTimeZone(name) ? Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId : undefined
}
