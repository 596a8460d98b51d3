import type { Series } from '#core/model.ts'
import { secondsOf } from './civil.ts'
import { endSeconds, type Occurrence, overriddenOf, regularOf, singleOf } from './occurrence.ts'
import { eachOccurrence, hasWall } from './recurrence.ts'
import { instantSeconds } from './zone.ts'

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

/** An occurrence in milliseconds from 1970, and itself once it is asked for: of thousands in a window a page is read. */
export interface Found {
  readonly event: Series
  readonly start: number
  readonly end: number
  occurrence(): Occurrence
}

/**
 * The occurrences of an event that touch a window, at most `limit`. A moved one is shown once, at its new place;
 * one that is left out or cancelled is not shown.
 */
export function expand(event: Series, window: Window, limit: number): Expanded {
  const { found, complete } = find(event, window, limit)
  return { occurrences: found.map((one) => one.occurrence()), complete }
}

/** The same, to be put in order with those of other events before any is made. */
export function find(event: Series, window: Window, limit: number): { readonly found: readonly Found[]; readonly complete: boolean } {
  if (event.status === 'cancelled') return { found: [], complete: true }
  if (!recurs(event)) {
    const single = foundOf(event, event, () => singleOf(event))
    return { found: touching(window)(single) ? [single] : [], complete: true }
  }
  const left = new Set(event.exdates.map(secondsOf))
  const changed = event.overrides.filter(({ recurrenceId }) => !left.has(secondsOf(recurrenceId)))
  const irregular = changed.filter(({ status }) => status !== 'cancelled').map((one) => foundOf(event, one, () => overriddenOf(event, one)))
  for (const { recurrenceId } of changed) left.add(secondsOf(recurrenceId))
  const given = regular(event, window, left, limit + 1)
  // A rule alone gives them in order.
  const ordered = irregular.length + event.rdates.length === 0 ? given : inOrder([...given, ...irregular])
  const found = ordered.filter(touching(window))
  return { found: found.slice(0, limit), complete: found.length <= limit }
}

function foundOf(
  event: Series,
  { startsAt, endsAt }: { readonly startsAt: Temporal.Instant; readonly endsAt: Temporal.Instant },
  occurrence: () => Occurrence,
): Found {
  return { event, start: startsAt.epochMilliseconds, end: endsAt.epochMilliseconds, occurrence }
}

export function recurs({ rrule, rdates }: Pick<Series, 'rrule' | 'rdates'>): boolean {
  return rrule !== null || rdates.length > 0
}

/** The occurrence that the series has at a wall time, as it is now; undefined when it has none there, or left it out. */
export function occurrenceAt(event: Series, recurrenceId: Temporal.PlainDateTime): Occurrence | undefined {
  const wall = secondsOf(recurrenceId)
  if (event.exdates.some((one) => secondsOf(one) === wall)) return undefined
  const override = event.overrides.find((one) => secondsOf(one.recurrenceId) === wall)
  if (override) return override.status === 'cancelled' ? undefined : overriddenOf(event, override)
  return isRegular(event, wall) ? regularOf(event, wall, instantSeconds(wall, event.timeZone)) : undefined
}

/** Whether the rule or RDATE gives a wall time, whatever the exceptions say. */
export function isRegular({ rrule, rdates, startWall, timeZone }: Series, wall: number): boolean {
  if (rdates.some((one) => secondsOf(one) === wall)) return true
  return rrule === null ? secondsOf(startWall) === wall : hasWall({ rrule, startWall, timeZone, exdates: none }, wall)
}

/** Those that the rule and RDATE give and that nothing changes. */
function regular(event: Series, { from, to }: Window, left: ReadonlySet<number>, limit: number): Found[] {
  const { rrule, startWall, timeZone, durationSeconds } = event
  const found: Found[] = []
  const added = rrule === null ? [startWall, ...event.rdates] : event.rdates
  const given = new Set<number>()
  const add = (wall: number, instant: number) => {
    const end = endSeconds(wall, instant, durationSeconds, timeZone)
    found.push({ event, start: instant * 1_000, end: end * 1_000, occurrence: () => regularOf(event, wall, instant) })
  }
  // One that began before the window may still last into it.
  const first = Math.ceil(from.epochMilliseconds / 1_000) - durationSeconds
  if (rrule !== null) {
    eachOccurrence({ rrule, startWall, timeZone, exdates: none }, first, to.epochMilliseconds / 1_000, ({ wall, instant }) => {
      if (added.length > 0) given.add(wall)
      if (!left.has(wall)) add(wall, instant)
      return found.length < limit
    })
  }
  if (added.length === 0) return found
  for (const wall of new Set(added.map(secondsOf))) if (!given.has(wall) && !left.has(wall)) add(wall, instantSeconds(wall, timeZone))
  return found
}

const none: readonly Temporal.PlainDateTime[] = []

/** What has no length touches the moment at which it is. */
function touching(window: Window): (one: Found) => boolean {
  const [from, to] = [window.from.epochMilliseconds, window.to.epochMilliseconds]
  return ({ start, end }) => start < to && (end > from || (end === from && start === end))
}

/** By their start; of those that start together, in an order that is the same each time. */
export function inOrder(found: readonly Found[]): readonly Found[] {
  return found.toSorted((one, other) => one.start - other.start || (one.event.id < other.event.id ? -1 : 1))
}

export function byStart(one: Occurrence, other: Occurrence): number {
  return Temporal.Instant.compare(one.startsAt, other.startsAt) || (one.event.id < other.event.id ? -1 : 1)
}
