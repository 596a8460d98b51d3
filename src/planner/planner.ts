import { createHash, randomUUID } from 'node:crypto'
import { wrongWith } from '#calendar/check.ts'
import { derived } from '#calendar/derive.ts'
import { cancelled, type Edited, edited } from '#calendar/edit.ts'
import { recurs } from '#calendar/expand.ts'
import { answersFrom, attendeesAfter, inOrderOf, laterAnswer } from '#calendar/turnout.ts'
import { blank } from '#commands/blank.ts'
import { alertChanges } from '#commands/event/alerts.ts'
import { card } from '#commands/event/show.ts'
import { byKey } from '#commands/event/which.ts'
import { withNotices } from '#commands/invitation/telling.ts'
import { directPlace } from '#core/account.ts'
import type { Context } from '#core/command.ts'
import { BotError } from '#core/errors.ts'
import { idOf, newId } from '#core/ids.ts'
import { mayWrite } from '#core/may-write.ts'
import type { Place } from '#core/message.ts'
import type { Attendee, Calendar, CalendarEvent, Change } from '#core/model.ts'
import type { Clock, Met, Store } from '#core/ports.ts'
import type { EventInput, Part, Planned, Planner } from '#web/planning.ts'
import { attendeeOf, copied, editOf, type Invalid, invalid, linkOf, listsOf, replaced, spanOf, wallOf } from './input.ts'
import { createReading } from './reading.ts'

export interface PlannerParts {
  readonly store: Store
  readonly clock: Clock
  /** The engine's: a person at a place of theirs, although they have said nothing. */
  moment(met: Met, place: Place): Context
}

/** What goes with an event that is changed. */
interface Written {
  readonly more?: readonly Change[]
  /** The occurrence that it was changed from; null when all were. */
  readonly at?: Temporal.PlainDateTime | null
  readonly shiftSeconds?: number
  /** Whether those who are invited are told of it. */
  readonly tell?: boolean
}

/** How often a change is tried that others were faster with. */
const mostTries = 5

const unnamed = invalid('occurrence', 'Say which one: occurrence=2026-11-24T09:00:00, as the query gives it.')

/** The calendar of the person that an account is, for programs: what chat does by sentence, by field. */
export function createPlanner({ store, clock, moment }: PlannerParts): Planner {
  const { meet, visible, read, query } = createReading(store)

  /** Written like what chat does, so that Undo takes it back there: gives the token of such a button. Undefined when it had changed meanwhile. */
  async function commit(met: Met, summary: string, changes: readonly Change[], tell = false): Promise<string | undefined> {
    const now = clock.now()
    const auditId = newId(now)
    const context = moment(met, directPlace(met))
    const reply = { tone: 'done', visibility: 'author', blocks: [] } as const
    const { notices = [] } = tell ? await withNotices({ reply, changes }, context) : {}
    const message = { platform: 'web', id: `api:${randomUUID()}`, reply } as const
    try {
      await store.commit({ spaceId: met.space.id, actorId: met.person.id, at: now, auditId, summary, changes, notices, message })
      return context.token('undo', auditId)
    } catch (cause) {
      if (cause instanceof BotError && cause.code === 'conflict') return undefined
      throw cause
    }
  }

  const asked = (met: Met) => ({ store, now: clock.now(), origin: directPlace(met) })

  async function made(event: CalendarEvent): Promise<Planned> {
    return { kind: 'done', event, attendees: await store.attendees.of(event.spaceId, [event.id]) }
  }

  async function mayChange({ space, person }: Met, event: CalendarEvent): Promise<boolean> {
    if (event.organiserId === person.id) return true
    const calendar = await store.calendars.get(space.id, event.calendarId)
    return calendar !== undefined && mayWrite(calendar, person.id)
  }

  async function calendarFor(met: Met, name: string | undefined): Promise<Calendar | Invalid> {
    const calendar = await visible(met, name)
    return calendar && mayWrite(calendar, met.person.id)
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
    return at ? { scope, at } : unnamed
  }

  async function write(
    met: Met,
    before: CalendarEvent,
    result: Edited,
    summary: string,
    { more = [], at = null, shiftSeconds = 0, tell = false }: Written = {},
  ): Promise<Planned> {
    if (!result.ok) return refused(result.reason)
    const wrong = [result.after, ...(result.split ? [result.split] : [])].map(wrongWith).find((one) => one !== undefined)
    if (wrong && result.after.status !== 'cancelled') return { kind: 'invalid', ...wrong }
    const split: readonly Change[] = result.split ? [{ kind: 'event', before: null, after: result.split }] : []
    const attendees = await store.attendees.of(met.space.id, [before.id])
    const carried = result.split
      ? answersFrom(attendees, at ?? before.startWall, shiftSeconds).map((one) => copied(one, result.split?.id ?? '', clock))
      : at === null
        ? inOrderOf(shiftSeconds, shiftedAnswers(attendees, shiftSeconds))
        : []
    const [ofWhole, ofSplit] = [before.id, result.split?.id].map((one) => attendeesAfter(attendees, [...carried, ...more], one))
    const alerts = [
      ...(await alertChanges(before, result.after, { ...asked(met), attendees: ofWhole })),
      ...(result.split ? await alertChanges(null, result.split, { ...asked(met), attendees: ofSplit }) : []),
    ]
    const changes: readonly Change[] = [{ kind: 'event', before, after: result.after }, ...split, ...carried, ...alerts, ...more]
    const undo = await commit(met, summary, changes, tell)
    if (undo === undefined) return { kind: 'conflict' }
    const now = more.length === 0 ? attendees : await store.attendees.of(met.space.id, [before.id])
    return { kind: 'done', event: result.after, attendees: now, undo, ...(result.split ? { split: result.split } : {}) }
  }

  async function create(met: Met, input: EventInput, { id, uid }: Pick<CalendarEvent, 'id' | 'uid'>): Promise<Planned> {
    const { space, person } = met
    const calendar = await calendarFor(met, input.calendar)
    if ('kind' in calendar && calendar.kind === 'invalid') return calendar
    const zone = input.timeZone ?? person.timeZone ?? space.timeZone
    const span = spanOf(input, zone)
    if ('kind' in span) return span
    const lists = listsOf(input, zone)
    if ('kind' in lists) return lists
    const meetingLink = linkOf(input.meetingLink)
    if (typeof meetingLink === 'object') return meetingLink
    const event = derived({
      id,
      spaceId: space.id,
      calendarId: calendar.id,
      organiserId: person.id,
      uid,
      recurrenceId: null,
      sequence: 0,
      title: input.title ?? '',
      description: input.description ?? '',
      location: input.location ?? '',
      meetingLink: meetingLink ?? '',
      colour: input.colour ?? null,
      status: 'confirmed',
      visibility: input.visibility ?? 'public',
      transparency: input.transparency ?? 'opaque',
      ...span,
      rrule: null,
      rdates: lists.rdates ?? [],
      exdates: lists.exdates ?? [],
      overrides: [],
      alerts: (lists.alerts ?? (span.allDay ? [] : person.alertSeconds)).map((secondsBefore) => ({ personId: person.id, secondsBefore })),
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
    const undo = await commit(met, 'event created', changes)
    return undo === undefined ? { kind: 'conflict' } : { kind: 'done', event: whole, attendees: unique, undo }
  }

  async function change(user: string, id: string, input: EventInput, part: Partial<Part>): Promise<Planned> {
    const met = await meet(user)
    const known = await read(met, id)
    if (!known || known.event.status === 'cancelled') return { kind: 'not-found' }
    const before = known.event
    if (!(await mayChange(met, before))) return { kind: 'forbidden' }
    if (input.version !== undefined && input.version !== before.version) return { kind: 'conflict' }
    const to = target(before, part)
    if ('kind' in to) return to
    const calendar = input.calendar === undefined ? undefined : await calendarFor(met, input.calendar)
    if (calendar && 'kind' in calendar && calendar.kind === 'invalid') return calendar
    const edit = editOf(input, before, to.at, met.person.id, calendar?.id)
    if ('kind' in edit) return edit
    if (input.attendees && to.scope !== 'all') return invalid('attendees', 'Who comes is of the whole series: use scope=all.')
    const people = input.attendees ? replaced(known.attendees, input.attendees, before, clock) : []
    return write(met, before, edited(before, edit, to.scope, to.at, newId(clock.now())), 'event changed', {
      more: people,
      at: to.at,
      shiftSeconds: edit.shiftSeconds ?? 0,
      tell: part.tell ?? false,
    })
  }

  async function remove(user: string, id: string, part: Partial<Part>, version: number | undefined): Promise<Planned> {
    const met = await meet(user)
    const known = await read(met, id)
    if (!known || known.event.status === 'cancelled') return { kind: 'not-found' }
    if (!(await mayChange(met, known.event))) return { kind: 'forbidden' }
    if (version !== undefined && version !== known.event.version) return { kind: 'conflict' }
    const to = target(known.event, part)
    if ('kind' in to) return to
    return write(met, known.event, cancelled(known.event, to.scope, to.at), 'event cancelled', { tell: part.tell ?? false })
  }

  return {
    query,

    get: async (user, id) => read(await meet(user), id),

    async card(user, id, occurrence) {
      const met = await meet(user)
      const known = await read(met, id)
      if (!known) return undefined
      const context = moment(met, directPlace(met))
      const at = occurrence === undefined ? null : wallOf(occurrence)?.wall
      if (at === undefined) return unnamed
      const one = await byKey(`${id} ${at?.toString({ smallestUnit: 'second' }) ?? ''}`.trimEnd(), context)
      return one && { reply: (await card(blank, one, context)).reply, mayChange: await mayChange(met, known.event) }
    },

    async create(user, input) {
      const id = newId(clock.now())
      return create(await meet(user), input, { id, uid: `${id}@ducktape` })
    },

    async createOnce(user, key, input) {
      const met = await meet(user)
      const id = idOf('event of a program', met.person.id, key)
      const uid = `${id}-${fingerprint(input)}@ducktape`
      const earlier = await store.events.get(met.space.id, id)
      if (earlier) return earlier.uid === uid ? made(earlier) : { kind: 'key-reused' }
      const planned = await create(met, input, { id, uid })
      // The same request, sent twice at once: the other one was faster.
      const faster = planned.kind === 'conflict' ? await store.events.get(met.space.id, id) : undefined
      return faster?.uid === uid ? made(faster) : planned
    },

    change: (user, id, input, part) => persistently(input.version, () => change(user, id, input, part)),
    remove: (user, id, part, version) => persistently(version, () => remove(user, id, part, version)),
  }
}

/** Without a version nothing is held against others who are faster: the wish is for the event as it is by then. */
async function persistently(version: number | undefined, attempt: () => Promise<Planned>): Promise<Planned> {
  for (let tries = 1; ; tries += 1) {
    const planned = await attempt()
    if (planned.kind !== 'conflict' || version !== undefined || tries === mostTries) return planned
  }
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

function shiftedAnswers(attendees: readonly Attendee[], shiftSeconds: number): readonly Extract<Change, { kind: 'attendee' }>[] {
  if (shiftSeconds === 0) return []
  return attendees
    .filter(({ recurrenceId }) => recurrenceId !== null)
    .map((before) => ({ kind: 'attendee', before, after: { ...laterAnswer(before, shiftSeconds), version: before.version + 1 } }))
}

/** What tells one request from another that came with the same key. */
function fingerprint(input: EventInput): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('base64url').slice(0, 10)
}
