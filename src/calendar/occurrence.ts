import type { EventOverride, Series } from '#core/model.ts'
import { secondsOf, wallOf } from './civil.ts'
import { instantSeconds } from './zone.ts'

/** One happening of an event, as it is: a single event itself, or one of a series with what its override changes. */
export interface Occurrence {
  readonly event: Series
  /** RFC 5545 RECURRENCE-ID: where the series has it; null for a single event. */
  readonly recurrenceId: Temporal.PlainDateTime | null
  readonly override: EventOverride | undefined
  readonly title: string
  readonly location: string
  readonly startWall: Temporal.PlainDateTime
  readonly timeZone: string
  readonly durationSeconds: number
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
}

export function singleOf(event: Series): Occurrence {
  const { title, location, startWall, timeZone, durationSeconds, startsAt, endsAt } = event
  return { event, recurrenceId: null, override: undefined, title, location, startWall, timeZone, durationSeconds, startsAt, endsAt }
}

/** One that is as its series says, from its wall time and its instant in seconds. */
export function regularOf(event: Series, wall: number, instant: number): Occurrence {
  const { title, location, timeZone, durationSeconds } = event
  const startWall = wallOf(wall)
  const startsAt = instantOf(instant)
  const endsAt = instantOf(endSeconds(wall, instant, durationSeconds, timeZone))
  return { event, recurrenceId: startWall, override: undefined, title, location, startWall, timeZone, durationSeconds, startsAt, endsAt }
}

export function overriddenOf(event: Series, override: EventOverride): Occurrence {
  const { recurrenceId, startsAt, endsAt } = override
  return {
    event,
    recurrenceId,
    override,
    title: override.title ?? event.title,
    location: override.location ?? event.location,
    startWall: override.startWall ?? recurrenceId,
    timeZone: override.timeZone ?? event.timeZone,
    durationSeconds: override.durationSeconds ?? event.durationSeconds,
    startsAt,
    endsAt,
  }
}

/** When something starts and ends: from nine to five is from nine to five on the day the clock changes. */
export function spanAt(
  wall: Temporal.PlainDateTime,
  durationSeconds: number,
  timeZone: string,
): { readonly startsAt: Temporal.Instant; readonly endsAt: Temporal.Instant } {
  const start = secondsOf(wall)
  const instant = instantSeconds(start, timeZone)
  return { startsAt: instantOf(instant), endsAt: instantOf(endSeconds(start, instant, durationSeconds, timeZone)) }
}

/** The end by the wall clock, and never before the start: an hour in the gap of a clock stays an hour. */
export function endSeconds(wall: number, instant: number, durationSeconds: number, timeZone: string): number {
  const end = instantSeconds(wall + durationSeconds, timeZone)
  return end > instant || durationSeconds === 0 ? Math.max(end, instant) : instant + durationSeconds
}

function instantOf(seconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(seconds * 1_000)
}
