import { randomUUID } from 'node:crypto'
import { wrongWith } from '#calendar/check.ts'
import { derived } from '#calendar/derive.ts'
import { cancelled, type Edit, type Edited, edited } from '#calendar/edit.ts'
import { recurs } from '#calendar/expand.ts'
import type { Occurrence } from '#calendar/occurrence.ts'
import { agendaIn, isOpen, scopeOf } from '#commands/agenda.ts'
import { alertChanges } from '#commands/event/alerts.ts'
import { meetingRoom } from '#commands/event/details.ts'
import { BotError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import type { Attendee, Calendar, CalendarEvent, Change } from '#core/model.ts'
import type { Clock, Met, Store } from '#core/ports.ts'
import type { EventInput, EventRead, Part, Planned, Planner, QueriedOccurrence } from '#web/ports.ts'

/** As many events as the words of a query may be about. */
const mostFound = 500

type Invalid = Extract<Planned, { kind: 'invalid' }>

/** The calendar of the person that an account is, for programs: what chat does by sentence, by field. */
export function createPlanner({ store, clock }: { readonly store: Store; readonly clock: Clock }): Planner {
  const meet = (user: string) =>
    store.people.meet({ platform: 'web', space: 'local', channel: user, kind: 'direct' }, { id: user, name: user })

  /** Written like what chat does, so that Undo takes it back there. */
  async function commit({ space, person }: Met, summary: string, changes: readonly Change[]): Promise<boolean> {
    const now = clock.now()
    const message = { platform: 'web', id: `api:${randomUUID()}`, reply: { tone: 'done', visibility: 'author', blocks: [] } } as const
    try {
      await store.commit({ spaceId: space.id, actorId: person.id, at: now, auditId: newId(now), summary, changes, message })
      return true
    } catch (cause) {
      if (cause instanceof BotError && cause.code === 'conflict') return false
      throw cause
    }
  }

  const asked = ({ person }: Met) => ({
    store,
    now: clock.now(),
    origin: { platform: 'web', space: 'local', channel: person.userId, kind: 'direct' } as const,
  })

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

  async function mayWrite({ space, person }: Met, event: CalendarEvent): Promise<boolean> {
    if (event.organiserId === person.id) return true
    const calendar = await store.calendars.get(space.id, event.calendarId)
    return calendar !== undefined && writes(calendar, person.id)
  }

  async function calendarFor(met: Met, name: string | undefined): Promise<Calendar | Invalid> {
    const calendar = await visible(met, name)
    return calendar && writes(calendar, met.person.id)
      ? calendar
      : invalid('calendar', `You have no calendar called "${name}" that you may write in.`)
  }

  /** What `part` says of an event that repeats. */
  function target(
    event: CalendarEvent,
    { scope, occurrence }: Partial<Part>,
  ): { scope: Part['scope']; at: Temporal.PlainDateTime | null } | Invalid {
    if (!recurs(event)) return { scope: 'all', at: null }
    if (scope === undefined) return invalid('scope', 'This event repeats: say scope=this, scope=following or scope=all.')
    if (scope === 'all') return { scope, at: null }
    const at = occurrence === undefined ? undefined : wallOf(occurrence)?.wall
    return at ? { scope, at } : invalid('occurrence', 'Say which one: occurrence=2026-11-24T09:00:00, as the query gives it.')
  }

  async function write(met: Met, before: CalendarEvent, result: Edited, summary: string, more: readonly Change[] = []): Promise<Planned> {
    if (!result.ok) return refused(result.reason)
    const wrong = [result.after, ...(result.split ? [result.split] : [])].map(wrongWith).find((one) => one !== undefined)
    if (wrong && result.after.status !== 'cancelled') return { kind: 'invalid', ...wrong }
    const split: readonly Change[] = result.split ? [{ kind: 'event', before: null, after: result.split }] : []
    const attendees = await store.attendees.of(met.space.id, [before.id])
    const carried = result.split
      ? attendees.filter(({ state }) => state === 'invited').map((one) => copied(one, result.split?.id ?? '', clock))
      : []
    const alerts = [
      ...(await alertChanges(before, result.after, asked(met))),
      ...(result.split ? await alertChanges(null, result.split, asked(met)) : []),
    ]
    const changes: readonly Change[] = [{ kind: 'event', before, after: result.after }, ...split, ...carried, ...alerts, ...more]
    if (!(await commit(met, summary, changes))) return { kind: 'conflict' }
    const now = more.length === 0 ? attendees : await store.attendees.of(met.space.id, [before.id])
    return { kind: 'done', event: result.after, attendees: now, ...(result.split ? { split: result.split } : {}) }
  }

  return {
    async query(user, { from, to, calendar: name, q, limit, after }) {
      const met = await meet(user)
      const { space, person } = met
      const scope = await scopeOf(store, space.id, person.id)
      const calendar = name === undefined ? undefined : await visible(met, name)
      if (name !== undefined && !calendar) return undefined
      const { invited: _, ...seen } = scope
      const narrowed = calendar ? { ...seen, calendarIds: [calendar.id] } : scope
      const search = { words: q ?? '', from, to, now: from, limit: mostFound }
      const matching = q?.trim() ? (await store.events.search(narrowed, search)).filter((event) => isOpen(event, scope)) : undefined
      const words = matching && new Set(matching.map(({ id }) => id))
      const begin = after && Temporal.Instant.compare(after.startsAt, from) > 0 ? after.startsAt : from
      const agenda = await agendaIn(store, narrowed, { from: begin, to }, { events: limit + 500, occurrences: limit + 50 })
      const follows = ({ startsAt, event }: Occurrence) => {
        const order = after ? Temporal.Instant.compare(startsAt, after.startsAt) : 1
        return order > 0 || (order === 0 && event.id > (after?.id ?? ''))
      }
      const found = agenda.occurrences.filter((one) => follows(one) && (words === undefined || words.has(one.event.id)))
      return { occurrences: found.slice(0, limit).map(queried), more: found.length > limit || !agenda.complete }
    },

    get: async (user, id) => read(await meet(user), id),

    async create(user, input) {
      const met = await meet(user)
      const { space, person } = met
      const calendar = await calendarFor(met, input.calendar)
      if ('kind' in calendar && calendar.kind === 'invalid') return calendar
      const zone = input.timeZone ?? person.timeZone ?? space.timeZone
      const span = spanOf(input, zone)
      if ('kind' in span) return span
      const id = newId(clock.now())
      const lists = listsOf(input, zone)
      if ('kind' in lists) return lists
      const event = derived({
        id,
        spaceId: space.id,
        calendarId: calendar.id,
        organiserId: person.id,
        uid: `${id}@ducktape`,
        recurrenceId: null,
        sequence: 0,
        title: input.title ?? '',
        description: input.description ?? '',
        location: input.location ?? '',
        meetingLink: linkOf(input.meetingLink) ?? '',
        colour: input.colour ?? null,
        status: 'confirmed',
        visibility: input.visibility ?? 'public',
        transparency: input.transparency ?? 'opaque',
        ...span,
        rrule: null,
        rdates: lists.rdates ?? [],
        exdates: lists.exdates ?? [],
        overrides: [],
        alerts: (lists.alerts ?? []).map((secondsBefore) => ({ personId: person.id, secondsBefore })),
        version: 1,
      })
      const wrong = wrongWith({ ...event, rrule: input.rrule ?? null })
      if (wrong) return { kind: 'invalid', ...wrong }
      const whole = derived({ ...event, rrule: input.rrule ?? null })
      const attendees = (input.attendees ?? []).flatMap((one) => attendeeOf(one, whole, clock))
      const unique = [...new Map(attendees.map((one) => [one.email ?? one.name.toLocaleLowerCase('en'), one])).values()]
      const changes: Change[] = [
        { kind: 'event', before: null, after: whole },
        ...unique.map((after): Change => ({ kind: 'attendee', before: null, after })),
        ...(await alertChanges(null, whole, asked(met))),
      ]
      return (await commit(met, 'event created', changes)) ? { kind: 'done', event: whole, attendees: unique } : { kind: 'conflict' }
    },

    async change(user, id, input, part) {
      const met = await meet(user)
      const known = await read(met, id)
      if (!known || known.event.status === 'cancelled') return { kind: 'not-found' }
      const before = known.event
      if (!(await mayWrite(met, before))) return { kind: 'forbidden' }
      if (input.version !== undefined && input.version !== before.version) return { kind: 'conflict' }
      const to = target(before, part)
      if ('kind' in to) return to
      const calendar = input.calendar === undefined ? undefined : await calendarFor(met, input.calendar)
      if (calendar && 'kind' in calendar && calendar.kind === 'invalid') return calendar
      const edit = editOf(input, before, to.at, met.person.id, calendar?.id)
      if ('kind' in edit) return edit
      if (input.attendees && to.scope !== 'all') return invalid('attendees', 'Who comes is of the whole series: use scope=all.')
      const people = input.attendees ? replaced(known.attendees, input.attendees, before, clock) : []
      return write(met, before, edited(before, edit, to.scope, to.at, newId(clock.now())), 'event changed', people)
    },

    async remove(user, id, part) {
      const met = await meet(user)
      const known = await read(met, id)
      if (!known || known.event.status === 'cancelled') return { kind: 'not-found' }
      if (!(await mayWrite(met, known.event))) return { kind: 'forbidden' }
      const to = target(known.event, part)
      if ('kind' in to) return to
      return write(met, known.event, cancelled(known.event, to.scope, to.at), 'event cancelled')
    },
  }
}

function invalid(field: Invalid['field'], hint: string): Invalid {
  return { kind: 'invalid', field, hint }
}

function refused(reason: Exclude<Edited, { ok: true }>['reason']): Planned {
  switch (reason) {
    case 'no such occurrence':
    case 'gone already':
      return { kind: 'not-found' }
    case 'no such rule':
      return invalid('start', 'Moved like that, the days of the series follow no rule: give a new `rrule` as well.')
    case 'whole series only':
      return invalid('scope', 'One occurrence alone cannot have that: use scope=all or scope=following.')
    case 'too many exceptions':
      return invalid('exdates', 'A series has at most 1,000 exceptions.')
  }
}

function writes({ ownerId, kind, shares }: Calendar, personId: string): boolean {
  return ownerId === personId || kind !== 'personal' || shares.some((one) => one.personId === personId && one.access === 'write')
}

function queried({ event, recurrenceId, title, location, timeZone, startsAt, endsAt, override }: Occurrence): QueriedOccurrence {
  const { id, allDay, calendarId } = event
  const status = override?.status ?? event.status
  const meetingLink = override?.meetingLink ?? event.meetingLink
  const occurrence = recurrenceId?.toString({ smallestUnit: 'second' }) ?? null
  return { id, title, startsAt, endsAt, allDay, timeZone, location, status, calendarId, meetingLink, occurrence }
}

/** "2026-11-24T15:00"  "2026-11-24T15:00:00-05:00"  "2026-11-24": undefined when it is none of them. */
function wallOf(text: string, timeZone = 'UTC'): { readonly wall: Temporal.PlainDateTime; readonly isDay: boolean } | undefined {
  try {
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return { wall: Temporal.PlainDate.from(text).toPlainDateTime(), isDay: true }
    const exact = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text.slice(10))
    const wall = exact ? Temporal.Instant.from(text).toZonedDateTimeISO(timeZone).toPlainDateTime() : Temporal.PlainDateTime.from(text)
    return { wall: wall.round({ smallestUnit: 'second', roundingMode: 'floor' }), isDay: false }
  } catch {
    return undefined
  }
}

type Span = Pick<CalendarEvent, 'startWall' | 'durationSeconds' | 'allDay' | 'timeZone'>

function spanOf({ start, end }: EventInput, timeZone: string): Span | Invalid {
  if (!isZone(timeZone)) return invalid('timeZone', `"${timeZone}" is no time zone: give an IANA name such as Europe/Berlin.`)
  if (start === undefined) return invalid('start', 'An event has a start.')
  const from = wallOf(start, timeZone)
  if (!from) return invalid('start', `"${start}" is neither a wall time, nor a moment, nor a date.`)
  const usual = from.isDay ? { days: 1 } : { hours: 1 }
  const to = end === undefined ? { wall: from.wall.add(usual), isDay: from.isDay } : wallOf(end, timeZone)
  if (!to || to.isDay !== from.isDay) return invalid('end', '`end` is of the same kind as `start`: both are dates, or both have a time.')
  return { startWall: from.wall, durationSeconds: secondsBetween(from.wall, to.wall), allDay: from.isDay, timeZone }
}

function secondsBetween(from: Temporal.PlainDateTime, to: Temporal.PlainDateTime): number {
  return Math.round(to.since(from).total('seconds'))
}

function isZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone)
    return true
  } catch {
    return false
  }
}

interface Lists {
  readonly rdates?: readonly Temporal.PlainDateTime[]
  readonly exdates?: readonly Temporal.PlainDateTime[]
  readonly alerts?: readonly number[]
}

function listsOf({ rdates, exdates, alerts }: EventInput, timeZone: string): Lists | Invalid {
  const walls = (texts: readonly string[]) => texts.map((text) => wallOf(text, timeZone)?.wall)
  const [added, left] = [rdates && walls(rdates), exdates && walls(exdates)]
  if (added?.includes(undefined)) return invalid('rdates', '`rdates` are wall times or dates.')
  if (left?.includes(undefined)) return invalid('exdates', '`exdates` are wall times or dates.')
  const seconds = alerts?.map(secondsOf)
  if (seconds?.includes(undefined)) return invalid('alerts', '`alerts` are ISO 8601 durations of at most four weeks, such as PT15M.')
  const all = <Item>(items: readonly (Item | undefined)[]) => items.filter((item) => item !== undefined)
  return {
    ...(added ? { rdates: all(added) } : {}),
    ...(left ? { exdates: all(left) } : {}),
    ...(seconds ? { alerts: [...new Set(all(seconds))] } : {}),
  }
}

function secondsOf(text: string): number | undefined {
  try {
    const seconds = Temporal.Duration.from(text).total({ unit: 'seconds', relativeTo: Temporal.PlainDate.from('2026-01-01') })
    return seconds >= 0 && seconds <= 28 * 86_400 ? Math.round(seconds) : undefined
  } catch {
    return undefined
  }
}

/** Only what a browser opens as a page; a new room when one is asked for. */
function linkOf(link: string | undefined): string | undefined {
  if (link === 'jitsi') return meetingRoom()
  if (link === undefined || link === '') return link
  const url = URL.parse(link)
  return url && ['https:', 'http:'].includes(url.protocol) ? url.href : ''
}

function editOf(
  input: EventInput,
  before: CalendarEvent,
  at: Temporal.PlainDateTime | null,
  personId: string,
  calendarId: string | undefined,
): Edit | Invalid {
  const override = at ? before.overrides.find(({ recurrenceId }) => recurrenceId.equals(at)) : undefined
  const timeZone = input.timeZone ?? override?.timeZone ?? before.timeZone
  const now = override?.startWall ?? at ?? before.startWall
  const length = override?.durationSeconds ?? before.durationSeconds
  const timed = input.start !== undefined || input.end !== undefined
  const text = (wall: Temporal.PlainDateTime) => (before.allDay ? wall.toPlainDate().toString() : wall.toString())
  const start = input.start ?? text(now)
  const moved = wallOf(start, timeZone)
  const end = input.end ?? (moved && !moved.isDay !== before.allDay ? text(moved.wall.add({ seconds: length })) : undefined)
  const span = spanOf({ start, ...(end === undefined ? {} : { end }) }, timeZone)
  if ('kind' in span) return span
  const lists = listsOf(input, timeZone)
  if ('kind' in lists) return lists
  const { title, description, location, colour, visibility, transparency, rrule } = input
  const meetingLink = linkOf(input.meetingLink)
  const given = { title, description, location, meetingLink, colour, visibility, transparency, rrule, calendarId, timeZone: input.timeZone }
  const alerts = lists.alerts && [
    ...before.alerts.filter((one) => one.personId !== personId),
    ...lists.alerts.map((secondsBefore) => ({ personId, secondsBefore })),
  ]
  return {
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Edit),
    ...(timed ? { shiftSeconds: secondsBetween(now, span.startWall), durationSeconds: span.durationSeconds } : {}),
    ...(span.allDay === before.allDay ? {} : { allDay: span.allDay }),
    ...(alerts ? { alerts } : {}),
    ...(lists.rdates ? { rdates: lists.rdates } : {}),
    ...(lists.exdates ? { exdates: lists.exdates } : {}),
  }
}

function attendeeOf(
  { name, email }: { readonly name?: string | undefined; readonly email?: string | undefined },
  event: CalendarEvent,
  clock: Clock,
): Attendee[] {
  const called = name?.trim() || email
  if (!called) return []
  const { spaceId, id: eventId } = event
  const rest = {
    personId: null,
    recurrenceId: null,
    response: 'needs-action',
    comment: '',
    waiting: null,
    state: 'invited',
    version: 1,
  } as const
  return [{ id: newId(clock.now()), spaceId, eventId, email: email?.toLowerCase() ?? null, name: called, ...rest }]
}

/** Those who are to come, in the place of those who were: whoever stays keeps their answer. */
function replaced(known: readonly Attendee[], wanted: NonNullable<EventInput['attendees']>, event: CalendarEvent, clock: Clock): Change[] {
  const keyOf = ({ email, name }: Pick<Attendee, 'email' | 'name'>) => email ?? name.toLocaleLowerCase('en')
  const whole = known.filter(({ recurrenceId }) => recurrenceId === null)
  const there = new Set(whole.map(keyOf))
  const asked = new Map(wanted.flatMap((one) => attendeeOf(one, event, clock)).map((one) => [keyOf(one), one]))
  const kept = whole.flatMap((before): Change[] => {
    const state = asked.has(keyOf(before)) ? 'invited' : 'removed'
    return state === before.state ? [] : [{ kind: 'attendee', before, after: { ...before, state, version: before.version + 1 } }]
  })
  const fresh = [...asked].filter(([key]) => !there.has(key)).map(([, after]): Change => ({ kind: 'attendee', before: null, after }))
  return [...kept, ...fresh]
}

function copied(one: Attendee, eventId: string, clock: Clock): Change {
  return { kind: 'attendee', before: null, after: { ...one, id: newId(clock.now()), eventId, version: 1 } }
}
