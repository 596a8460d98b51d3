import { byStart, expand, type Window } from '#calendar/expand.ts'
import type { Occurrence } from '#calendar/occurrence.ts'
import type { EventScope, Store } from '#core/ports.ts'

/** How many events of a window are read, and how many occurrences one rule may give in it. */
const most = { events: 500, occurrences: 200 } as const

export interface Agenda {
  /** In order of time. */
  readonly occurrences: readonly Occurrence[]
  /** False when the window holds more than were read. */
  readonly complete: boolean
}

/** What one person has planned in a window: in their calendars, and where they are invited. */
export async function agendaOf(
  store: Pick<Store, 'events' | 'calendars'>,
  spaceId: string,
  personId: string,
  window: Window,
): Promise<Agenda> {
  return agendaIn(store, await scopeOf(store, spaceId, personId), window)
}

/** The calendars that a person sees, and what they are invited to. */
export async function scopeOf({ calendars }: Pick<Store, 'calendars'>, spaceId: string, personId: string): Promise<EventScope> {
  const visible = await calendars.of(spaceId, personId)
  const shown = visible.filter(({ shares }) => !shares.some((share) => share.personId === personId && share.hidden))
  return { spaceId, calendarIds: shown.map(({ id }) => id), invited: personId }
}

export async function agendaIn(
  { events }: Pick<Store, 'events'>,
  scope: EventScope,
  window: Window,
  limit: { readonly events: number; readonly occurrences: number } = most,
): Promise<Agenda> {
  const { series, complete } = await events.within(scope, { ...window, limit: limit.events })
  const expanded = series.map((event) => expand(event, window, limit.occurrences))
  return {
    occurrences: expanded.flatMap(({ occurrences }) => occurrences).toSorted(byStart),
    complete: complete && expanded.every((one) => one.complete),
  }
}
