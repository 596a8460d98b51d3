import { forever } from '#calendar/derive.ts'
import type { Weighed, WholeEvent } from '#core/exchange.ts'
import type { ImportPreview, ImportSample } from '#core/imports.ts'
import type { CalendarEvent } from '#core/model.ts'

/** As many of the events that come are named. */
const mostNamed = 5
const longestTitle = 100

/** What would come of an import, added up a step at a time. */
export interface Preview {
  add(weighed: Weighed): void
  whole(): ImportPreview
}

/** Days are those of `timeZone`; what is still to come at `now` is named first. */
export function createPreview(timeZone: string, now: Temporal.Instant): Preview {
  let counts = { created: 0, changed: 0, same: 0 }
  let days: { readonly first: Temporal.PlainDate; readonly last: Temporal.PlainDate | null } | undefined
  let named: readonly { readonly event: CalendarEvent; readonly kind: ImportSample['kind'] }[] = []

  /** The next ones first, then those that were last. */
  function order({ event: a }: { readonly event: CalendarEvent }, { event: b }: { readonly event: CalendarEvent }): number {
    const [aPast, bPast] = [a, b].map(({ coversUntil }) => Temporal.Instant.compare(coversUntil, now) <= 0)
    if (aPast !== bPast) return aPast ? 1 : -1
    return Temporal.Instant.compare(a.startsAt, b.startsAt) * (aPast ? -1 : 1)
  }

  return {
    add({ created, changed, same }) {
      counts = { created: counts.created + created.length, changed: counts.changed + changed.length, same: counts.same + same }
      const of = (kind: ImportSample['kind']) => (one: WholeEvent) => ({ event: one.event, kind })
      const comes = [...created.map(of('new')), ...changed.map(of('changed'))]
      named = [...named, ...comes].toSorted(order).slice(0, mostNamed)
      for (const { event } of comes) {
        const { first, last } = daysOf(event, timeZone)
        days = days ? { first: earlier(days.first, first), last: days.last && last && later(days.last, last) } : { first, last }
      }
    },

    whole: () => ({
      ...counts,
      days: days ? { first: days.first.toString(), last: days.last?.toString() ?? null } : null,
      sample: named.map(({ event, kind }) => ({ title: event.title.slice(0, longestTitle).toWellFormed(), at: startOf(event), kind })),
    }),
  }
}

/** From the first day to the last; a rule without end has none. */
function daysOf({ allDay, startsAt, coversUntil, timeZone: own }: CalendarEvent, timeZone: string) {
  // Whole days are the same ones for everybody.
  const zone = allDay ? own : timeZone
  const day = (at: Temporal.Instant) => at.toZonedDateTimeISO(zone).toPlainDate()
  const first = day(startsAt)
  if (Temporal.Instant.compare(coversUntil, forever) >= 0) return { first, last: null }
  return { first, last: later(first, day(coversUntil.subtract({ seconds: 1 }))) }
}

function startOf({ allDay, startWall, startsAt }: CalendarEvent): string {
  return allDay ? startWall.toPlainDate().toString() : startsAt.toString()
}

function earlier(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) <= 0 ? a : b
}

function later(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) >= 0 ? a : b
}
