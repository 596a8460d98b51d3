import type { EventOverride, Series } from '#core/model.ts'
import { type Occurrence, overriddenOf, regularOf, singleOf } from './occurrence.ts'
import { occurrencesBetween } from './recurrence.ts'

export interface Window {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

export interface Expanded {
  /** In order of their start. */
  readonly occurrences: readonly Occurrence[]
  /** False when there are more than the limit. */
  readonly complete: boolean
}

/**
 * The occurrences of an event that touch a window, at most `limit`. A moved one is shown once, at its new place;
 * one that is left out or cancelled is not shown.
 */
export function expand(event: Series, window: Window, limit: number): Expanded {
  if (event.status === 'cancelled') return { occurrences: [], complete: true }
  if (event.rrule === null && event.rdates.length === 0) {
    const single = singleOf(event)
    return { occurrences: touches(single, window) ? [single] : [], complete: true }
  }
  const left = new Set(event.exdates.map(keyOf))
  const moved = event.overrides.filter(({ recurrenceId }) => !left.has(keyOf(recurrenceId)))
  for (const { recurrenceId } of moved) left.add(keyOf(recurrenceId))
  const found = [...regular(event, window, left, limit + 1), ...moved.filter(happens).map((one) => overriddenOf(event, one))]
    .filter((one) => touches(one, window))
    .toSorted(byStart)
  return { occurrences: found.slice(0, limit), complete: found.length <= limit }
}

/** Those that the rule and RDATE give and that nothing changes. */
function regular(event: Series, { from, to }: Window, left: ReadonlySet<number>, limit: number): Occurrence[] {
  const { rrule, startWall, timeZone, durationSeconds } = event
  // One that began before the window may still last into it.
  const reach = from.subtract({ seconds: durationSeconds })
  const ruled = rrule === null ? [] : occurrencesBetween({ rrule, startWall, timeZone, exdates: [] }, reach, to, limit + left.size)
  const known = new Set(ruled.map((start) => keyOf(start.toPlainDateTime())))
  const added = [...(rrule === null ? [startWall] : []), ...event.rdates].filter((wall) => !known.has(keyOf(wall)))
  return [
    ...ruled.map((start) => ({ wall: start.toPlainDateTime(), at: start.toInstant() })),
    ...unique(added).map((wall) => ({ wall, at: wall.toZonedDateTime(timeZone).toInstant() })),
  ]
    .filter(({ wall }) => !left.has(keyOf(wall)))
    .map(({ wall, at }) => regularOf(event, wall, at))
}

function happens({ status }: EventOverride): boolean {
  return status !== 'cancelled'
}

/** What has no length touches the moment at which it is. */
function touches({ startsAt, endsAt }: Occurrence, { from, to }: Window): boolean {
  if (Temporal.Instant.compare(startsAt, to) >= 0) return false
  const atFrom = Temporal.Instant.compare(endsAt, from)
  return atFrom > 0 || (atFrom === 0 && startsAt.equals(endsAt))
}

export function byStart(one: Occurrence, other: Occurrence): number {
  return Temporal.Instant.compare(one.startsAt, other.startsAt) || (one.event.id < other.event.id ? -1 : 1)
}

function unique(walls: readonly Temporal.PlainDateTime[]): readonly Temporal.PlainDateTime[] {
  return [...new Map(walls.map((wall) => [keyOf(wall), wall])).values()]
}

/** A wall time as a number, for sets. */
export function keyOf({ year, month, day, hour, minute, second }: Temporal.PlainDateTime): number {
  return ((((year * 13 + month) * 32 + day) * 24 + hour) * 60 + minute) * 60 + second
}
