import type { EventOverride, Series } from '#core/model.ts'

/** One happening of an event, as it is: a single event itself, or one of a series with what its override changes. */
export interface Occurrence {
  readonly event: Series
  /** RFC 5545 RECURRENCE-ID: where the series has it; null for a single event. */
  readonly recurrenceId: Temporal.PlainDateTime | null
  readonly override: EventOverride | undefined
  readonly title: string
  readonly location: string
  readonly timeZone: string
  readonly durationSeconds: number
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
}

export function singleOf(event: Series): Occurrence {
  const { title, location, timeZone, durationSeconds, startsAt, endsAt } = event
  return { event, recurrenceId: null, override: undefined, title, location, timeZone, durationSeconds, startsAt, endsAt }
}

export function regularOf(event: Series, recurrenceId: Temporal.PlainDateTime, start: Temporal.Instant): Occurrence {
  const { title, location, timeZone, durationSeconds } = event
  const endsAt = endOf(start, durationSeconds, timeZone)
  return { event, recurrenceId, override: undefined, title, location, timeZone, durationSeconds, startsAt: start, endsAt }
}

export function overriddenOf(event: Series, override: EventOverride): Occurrence {
  const { recurrenceId, startsAt, endsAt } = override
  return {
    event,
    recurrenceId,
    override,
    title: override.title ?? event.title,
    location: override.location ?? event.location,
    timeZone: override.timeZone ?? event.timeZone,
    durationSeconds: override.durationSeconds ?? event.durationSeconds,
    startsAt,
    endsAt,
  }
}

/** The end by the wall clock: what lasts from nine to five lasts from nine to five on the day the clock changes. */
export function endOf(start: Temporal.Instant, seconds: number, timeZone: string): Temporal.Instant {
  return start.toZonedDateTimeISO(timeZone).toPlainDateTime().add({ seconds }).toZonedDateTime(timeZone).toInstant()
}
