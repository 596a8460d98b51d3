import type { When } from '#core/understanding.ts'

/** What a program writes of a time: "2026-11-24T15:00:00" by the clock of a zone, or "2026-11-24T15:00:00-05:00". */
export function momentOf(at: string, timeZone: string): Temporal.ZonedDateTime {
  const exact = /(?:Z|[+-]\d\d:?\d\d)$/i.test(at)
  return exact ? Temporal.Instant.from(at).toZonedDateTimeISO(timeZone) : Temporal.PlainDateTime.from(at).toZonedDateTime(timeZone)
}

export function atOf(moment: Temporal.ZonedDateTime): When {
  return {
    kind: 'instant',
    start: moment.toString({ timeZoneName: 'never' }),
    end: null,
    grain: 'minute',
    timeZone: moment.timeZoneId,
  }
}
