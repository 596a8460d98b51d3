import { find, inOrder, type Window } from '#calendar/expand.ts'
import type { Occurrence } from '#calendar/occurrence.ts'
import { answersFor } from '#calendar/turnout.ts'
import type { Context } from '#core/command.ts'
import type { Series } from '#core/model.ts'
import type { EventScope, Store } from '#core/ports.ts'
import { calendarsOfTheirs } from './channel.ts'

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
  store: Pick<Store, 'events' | 'calendars' | 'attendees'>,
  spaceId: string,
  personId: string,
  window: Window,
): Promise<Agenda> {
  return agendaIn(store, await scopeOf(store, spaceId, personId), window)
}

/** Whose agenda it is, and which of the calendars are not their own. */
export interface AgendaScope extends EventScope {
  readonly reader: string
  readonly foreign: ReadonlySet<string>
}

/** The calendars that a person sees, and what they are invited to; `hidden` are seen by whoever names what is in them. */
export async function scopeOf(
  { calendars }: Pick<Store, 'calendars'>,
  spaceId: string,
  personId: string,
  { hidden = false } = {},
): Promise<AgendaScope> {
  const visible = await calendars.of(spaceId, personId)
  const shown = visible.filter(({ shares }) => hidden || !shares.some((share) => share.personId === personId && share.hidden))
  const foreign = new Set(shown.filter(({ ownerId }) => ownerId !== personId).map(({ id }) => id))
  return { spaceId, calendarIds: shown.map(({ id }) => id), invited: personId, reader: personId, foreign }
}

/**
 * The same, with the calendar of the channel that is spoken in, as whoever speaks there is in it; in direct messages with
 * those of all channels that the person is in.
 */
export async function scopeIn(
  context: Pick<Context, 'store' | 'space' | 'person' | 'message' | 'belongs'>,
  more: { readonly hidden?: boolean } = {},
): Promise<AgendaScope> {
  const { store, space, person } = context
  const [scope, channels] = await Promise.all([scopeOf(store, space.id, person.id, more), channelsIn(context)])
  if (channels.length === 0) return scope
  return { ...scope, calendarIds: [...scope.calendarIds, ...channels], foreign: new Set([...scope.foreign, ...channels]) }
}

async function channelsIn(context: Pick<Context, 'store' | 'space' | 'message' | 'belongs'>): Promise<readonly string[]> {
  const { kind, channel } = context.message.place
  if (kind === 'direct') return (await calendarsOfTheirs(context)).map(({ id }) => id)
  const calendar = await context.store.calendars.ofChannel(context.space.id, channel)
  return calendar?.state === 'kept' ? [calendar.id] : []
}

export async function agendaIn(store: Reading, scope: AgendaScope, window: Window, limit: Limit = most): Promise<Agenda> {
  const { occurrences, isComplete } = await planned(store, scope, [window], limit)
  return { occurrences: [...occurrences], complete: isComplete() }
}

/** How many more than a page are looked at: what the reader does not see is not on it, and what began before it was on the one before. */
const beside = { first: 50, later: 500 } as const

/** The first of an agenda, or the first that follow those of an earlier page, and whether there are more of them. */
export async function pageIn(
  store: Reading,
  scope: AgendaScope,
  window: Window,
  { limit, follows }: { readonly limit: number; readonly follows?: (one: Occurrence) => boolean },
): Promise<{ readonly occurrences: readonly Occurrence[]; readonly more: boolean }> {
  const { occurrences, isComplete } = await planned(store, scope, partsOf(window), {
    events: limit + (follows ? beside.later : beside.first),
    occurrences: limit + beside.first,
  })
  const found = occurrences
    .filter(follows ?? (() => true))
    .take(limit + 1)
    .toArray()
  return { occurrences: found.slice(0, limit), more: found.length > limit || !isComplete() }
}

/** The first quarter of a window and the rest: a page is mostly full before rules have been followed to the end of it. */
function partsOf({ from, to }: Window): readonly Window[] {
  const [start, end] = [from.epochMilliseconds, to.epochMilliseconds]
  if (end - start < shortest) return [{ from, to }]
  const middle = Temporal.Instant.fromEpochMilliseconds(start + Math.round((end - start) / 4))
  return [
    { from, to: middle },
    { from: middle, to },
  ]
}

/** A window is parted when it is as long as this, in milliseconds. */
const shortest = 14 * 86_400_000

export interface Reading {
  readonly events: Pick<Store['events'], 'within'>
  readonly attendees: Pick<Store['attendees'], 'answers'>
}

interface Limit {
  readonly events: number
  readonly occurrences: number
}

/** What is planned in parts of a window that follow each other, in order of time, each made when its turn comes. */
async function planned(
  { events, attendees }: Reading,
  scope: AgendaScope,
  parts: readonly Window[],
  limit: Limit,
): Promise<{ readonly occurrences: IteratorObject<Occurrence>; isComplete(): boolean }> {
  const [first, last] = [parts[0], parts.at(-1)]
  if (!first || !last) return { occurrences: Iterator.from([]), isComplete: () => true }
  const { series, complete } = await events.within(scope, { from: first.from, to: last.to, limit: limit.events })
  const answers = await answersOf(attendees, scope, series)
  const invited = new Set(answers.map(({ eventId }) => eventId))
  const ofSome = new Set(answers.flatMap(({ eventId, recurrenceId }) => (recurrenceId === null ? [] : [eventId])))
  const said = Map.groupBy(
    answers.filter(({ eventId }) => ofSome.has(eventId)),
    ({ eventId }) => eventId,
  )
  const declined = ({ event, recurrenceId }: Occurrence) => {
    const own = scope.declined || recurrenceId === null ? undefined : said.get(event.id)
    return own ? answersFor(own, recurrenceId)[0]?.response === 'declined' : false
  }
  let whole = complete
  function* found() {
    for (const part of parts) {
      const expanded = series.map((event) => find(event, part, limit.occurrences))
      whole &&= expanded.every((one) => one.complete)
      // What lasts into a part was in the one before.
      const begins = part === first ? Number.NEGATIVE_INFINITY : part.from.epochMilliseconds
      yield* inOrder(expanded.flatMap((one) => one.found).filter(({ start }) => start >= begins))
    }
  }
  return {
    occurrences: found()
      .map((one) => one.occurrence())
      .filter((one) => !declined(one))
      .flatMap((one) => (invited.has(one.event.id) ? [one] : seen(one, scope))),
    isComplete: () => whole,
  }
}

/** What the reader answered where it matters: whoever is invited reads an event, and does not come on days that they declined. */
async function answersOf(attendees: Reading['attendees'], scope: AgendaScope, series: readonly Series[]) {
  const elsewhere = series.filter((one) => one.organiserId !== scope.reader && (one.rrule !== null || !isOpen(one, scope)))
  return attendees.answers(
    scope.spaceId,
    scope.reader,
    elsewhere.map(({ id }) => id),
  )
}

/** Whether a reader may know more of an event than that the time is taken: it is theirs, or public, or they are invited. */
export function isOpen({ visibility, organiserId, calendarId }: Series, { reader, foreign }: AgendaScope): boolean {
  return visibility === 'public' || organiserId === reader || !foreign.has(calendarId)
}

/** What a reader sees of an occurrence: of a private one nothing, of one that is shown as busy only when it is. */
function seen(one: Occurrence, scope: AgendaScope): readonly Occurrence[] {
  if (isOpen(one.event, scope)) return [one]
  if (one.event.visibility === 'private') return []
  const closed = { title: 'Busy', location: '' }
  return [{ ...one, ...closed, override: undefined, event: { ...one.event, ...closed, description: '', meetingLink: '', colour: null } }]
}
