import type { CalendarEvent, EventOverride } from '#core/model.ts'
import { spanAt } from './occurrence.ts'
import { lastWall } from './recurrence.ts'

/** What `coversUntil` says of a rule without end: Postgres' own infinity does not survive the client. */
export const forever = Temporal.Instant.from('9999-12-31T23:59:59Z')

type Derived = 'startsAt' | 'endsAt' | 'coversUntil'

/** An event with the instants that follow from its wall times. */
export function derived(event: Omit<CalendarEvent, Derived>): CalendarEvent {
  const { startWall, durationSeconds, timeZone, rdates } = event
  const first = spanAt(startWall, durationSeconds, timeZone)
  const overrides = event.overrides.map((one) => derivedOverride(one, event))
  const spans = [first, ...rdates.map((wall) => spanAt(wall, durationSeconds, timeZone)), ...overrides]
  const ends = [...spans.map(({ endsAt }) => endsAt), ...(event.rrule === null ? [] : [endOfRule(event, event.rrule)])]
  return {
    ...event,
    overrides,
    startsAt: extreme(
      spans.map(({ startsAt }) => startsAt),
      -1,
    ),
    endsAt: first.endsAt,
    coversUntil: extreme(ends, 1),
  }
}

function derivedOverride(one: EventOverride, event: Omit<CalendarEvent, Derived>): EventOverride {
  const wall = one.startWall ?? one.recurrenceId
  return { ...one, ...spanAt(wall, one.durationSeconds ?? event.durationSeconds, one.timeZone ?? event.timeZone) }
}

function endOfRule({ startWall, timeZone, durationSeconds }: Omit<CalendarEvent, Derived>, rrule: string): Temporal.Instant {
  if (!/(?:^|;)(?:COUNT|UNTIL)=/i.test(rrule)) return forever
  const last = lastWall({ rrule, startWall, timeZone, exdates: [] })
  return spanAt(last ?? startWall, durationSeconds, timeZone).endsAt
}

function extreme(instants: readonly Temporal.Instant[], sign: 1 | -1): Temporal.Instant {
  return instants.reduce((most, one) => (Temporal.Instant.compare(one, most) * sign > 0 ? one : most))
}
