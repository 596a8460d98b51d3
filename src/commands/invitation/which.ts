import { expand, type Window } from '#calendar/expand.ts'
import { firstOfEach } from '#calendar/kin.ts'
import type { Occurrence } from '#calendar/occurrence.ts'
import type { Context } from '#core/command.ts'
import type { CalendarEvent } from '#core/model.ts'
import type { Understanding } from '#core/understanding.ts'
import { agendaOf } from '../agenda.ts'
import { lastChanged, meant, wordsIn } from '../find.ts'
import { spanOf } from '../span.ts'

/** How far an event is looked for when nobody says when it is. */
const reach = { back: 14 * 24, ahead: 90 * 24 } as const
const mostInvitations = 100

/** An event that a sentence means, and the occurrence of it that comes next, or that is on the day that was said. */
export interface Meant {
  readonly event: CalendarEvent
  readonly occurrence: Occurrence
}

/**
 * The events that a person plans, sees or is invited to, and that a sentence means. Those that they declined are
 * among them: a no can become a yes. `over`: what has been is looked for as well.
 */
export async function meantEvents(understanding: Understanding, context: Context, { over = false } = {}): Promise<readonly Meant[]> {
  const { store, space, person, now } = context
  const window = windowOf(understanding, now, over)
  const [agenda, invited] = await Promise.all([
    agendaOf(store, space.id, person.id, window),
    store.attendees.invitedTo(space.id, person.id, window.from, mostInvitations),
  ])
  // What is shown to others as no more than busy is not theirs to ask about.
  const open = agenda.occurrences.filter(({ event }) => event.visibility === 'public' || event.organiserId === person.id)
  const ids = new Set([...open.map(({ event }) => event.id), ...invited])
  const events = await store.events.several(space.id, [...ids])
  const there = events.flatMap((event) => nearest(event, window, now, over))
  const found = meant(
    there.map((one) => ({ id: one.event.id, text: one.occurrence.title, one })),
    understanding,
    { lastId: await lastTouched(context), shown: undefined },
  )
  const all = found.map(({ one }) => one)
  return over ? all : firstOfEach(all, ({ occurrence }) => occurrence)
}

/** All that a person is invited to then, or from now on, by the words that are said of them. */
export async function invitedThen(understanding: Understanding, context: Context): Promise<readonly Meant[]> {
  const { store, space, person, now } = context
  const window = windowOf(understanding, now, false)
  const ids = await store.attendees.invitedTo(space.id, person.id, window.from, mostInvitations)
  const events = await store.events.several(space.id, ids)
  // Of a series each that falls then; without a time, the series.
  const there = events.flatMap((event) =>
    understanding.when
      ? expand(event, window, 100).occurrences.map((occurrence) => ({ event, occurrence }))
      : nearest(event, window, now, false),
  )
  const said = wordsIn(understanding.title ?? '')
  return there.filter(({ occurrence }) => {
    const words = new Set(wordsIn(occurrence.title))
    return said.every((word) => words.has(word))
  })
}

/** "It" is the event that was changed or answered last. */
async function lastTouched(context: Context): Promise<string | undefined> {
  const entry = await context.store.audit.latest(context.space.id, context.person.id)
  const answered = entry?.changes.find((change) => change.kind === 'attendee')
  return (await lastChanged('event', context)) ?? (answered?.kind === 'attendee' ? answered.after.eventId : undefined)
}

function windowOf({ when }: Understanding, now: Temporal.Instant, over: boolean): Window {
  if (!when?.start) return { from: over ? now.subtract({ hours: reach.back }) : now, to: now.add({ hours: reach.ahead }) }
  const { start, end } = spanOf(when)
  const instant = (wall: Temporal.PlainDateTime) => wall.toZonedDateTime(when.timeZone).toInstant()
  if (when.kind === 'range') return { from: instant(start), to: instant(end) }
  const day = start.toPlainDate()
  return { from: instant(day.toPlainDateTime()), to: instant(day.add({ days: 1 }).toPlainDateTime()) }
}

/** The occurrence that people mean: the next one, or of what is over the last. */
function nearest(event: CalendarEvent, window: Window, now: Temporal.Instant, over: boolean): readonly Meant[] {
  const { occurrences } = expand(event, window, 500)
  const past = occurrences.filter(({ startsAt }) => Temporal.Instant.compare(startsAt, now) <= 0)
  const occurrence = over ? (past.at(-1) ?? occurrences[0]) : occurrences[0]
  return occurrence ? [{ event, occurrence }] : []
}
