import type { When } from '#core/understanding.ts'
import { morning } from '../moment.ts'

/**
 * What a program writes of a time: "2026-11-24T15:00:00" by the clock of a zone, "2026-11-24T15:00:00-05:00", or "2026-11-24",
 * which is the morning of that day as in a sentence.
 */
export function momentOf(at: string, timeZone: string): Temporal.ZonedDateTime {
  if (at.length === 10) return Temporal.PlainDate.from(at).toZonedDateTime({ timeZone, plainTime: morning })
  const exact = /(?:Z|[+-]\d\d(?::?\d\d)?)$/i.test(at.slice(10))
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
