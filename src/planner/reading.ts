import type { Occurrence } from '#calendar/occurrence.ts'
import { answersFor } from '#calendar/turnout.ts'
import { isOpen, pageIn, scopeOf } from '#commands/agenda.ts'
import { meetAccount } from '#core/account.ts'
import type { Attendee, Calendar } from '#core/model.ts'
import type { Met, Store } from '#core/ports.ts'
import type { EventQuery, EventRead, QueriedOccurrence } from '#web/planning.ts'

/** As many events as the words of a query may be about. */
const mostFound = 500

/** What the person of an account may see of calendars. */
export function createReading(store: Store) {
  const meet = (user: string) => meetAccount(store, user)

  async function visible({ space, person }: Met, name: string | undefined): Promise<Calendar | undefined> {
    const calendars = await store.calendars.of(space.id, person.id)
    const wanted = name?.trim().toLocaleLowerCase('en') ?? person.calendarId
    return calendars.find((one) => one.id === wanted || (name !== undefined && one.name.toLocaleLowerCase('en') === wanted))
  }

  async function read({ space, person }: Met, id: string): Promise<EventRead | undefined> {
    const event = await store.events.get(space.id, id)
    if (!event) return undefined
    const attendees = await store.attendees.of(space.id, [id])
    const calendars = await store.calendars.of(space.id, person.id)
    const calendar = calendars.find((one) => one.id === event.calendarId)
    const own = event.organiserId === person.id || calendar?.ownerId === person.id
    const comes = attendees.some(({ personId, state }) => personId === person.id && state === 'invited')
    return own || comes || (calendar && event.visibility === 'public') ? { event, attendees } : undefined
  }

  /** What they answered, of events that somebody else plans. */
  async function answersTo({ space, person }: Met, occurrences: readonly Occurrence[]): Promise<ReadonlyMap<string, Attendee[]>> {
    const others = occurrences.filter(({ event }) => event.organiserId !== person.id)
    if (others.length === 0) return new Map()
    const ids = [...new Set(others.map(({ event }) => event.id))]
    return Map.groupBy(await store.attendees.answers(space.id, person.id, ids), ({ eventId }) => eventId)
  }

  async function query(user: string, { from, to, calendar: name, q, limit, after, declined = false }: EventQuery) {
    const met = await meet(user)
    const { space, person } = met
    const scope = { ...(await scopeOf(store, space.id, person.id)), declined }
    const calendar = name === undefined ? undefined : await visible(met, name)
    if (name !== undefined && !calendar) return undefined
    const { invited: _, ...seen } = scope
    const narrowed = calendar ? { ...seen, calendarIds: [calendar.id] } : scope
    const search = { words: q ?? '', from, to, now: from, limit: mostFound }
    const matching = q?.trim() ? (await store.events.search(narrowed, search)).filter((event) => isOpen(event, scope)) : undefined
    const begin = after && Temporal.Instant.compare(after.startsAt, from) > 0 ? after.startsAt : from
    const among = matching && { among: matching.map(({ id }) => id) }
    const page = { limit, ...(after ? { follows: (one: Occurrence) => isAfter(one, after) } : {}) }
    const { occurrences, more } = await pageIn(store, { ...narrowed, ...among }, { from: begin, to }, page)

    const answers = await answersTo(met, occurrences)
    return { occurrences: occurrences.map((one) => queried(one, answers.get(one.event.id))), more }
  }

  return { meet, visible, read, query }
}

function queried(
  { event, recurrenceId, title, location, timeZone, startsAt, endsAt, override }: Occurrence,
  answers: readonly Attendee[] = [],
): QueriedOccurrence {
  const { id, allDay, calendarId } = event
  const status = override?.status ?? event.status
  const meetingLink = override?.meetingLink ?? event.meetingLink
  const occurrence = recurrenceId?.toString({ smallestUnit: 'second' }) ?? null
  const colour = override?.colour ?? event.colour
  const response = answersFor(answers, recurrenceId)[0]?.response ?? null
  return { id, title, startsAt, endsAt, allDay, timeZone, location, status, calendarId, meetingLink, occurrence, colour, response }
}

/** Whether it comes later than the last of a page. */
function isAfter({ startsAt, event }: Occurrence, last: { readonly startsAt: Temporal.Instant; readonly id: string }): boolean {
  const order = Temporal.Instant.compare(startsAt, last.startsAt)
  return order > 0 || (order === 0 && event.id > last.id)
}
