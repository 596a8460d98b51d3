import { byStart, recurs } from '#calendar/expand.ts'
import type { Occurrence } from '#calendar/occurrence.ts'
import type { NewItem } from '#core/batch.ts'
import type { Context } from '#core/command.ts'
import type { Text } from '#core/reply.ts'
import type { Changes, Scope, Understanding, When } from '#core/understanding.ts'
import { agendaIn, isOpen, scopeOf } from '../agenda.ts'
import { short } from '../answer.ts'
import { editOf } from '../event/edit.ts'
import { mayNot } from '../event/may.ts'
import { spanText, spelledOccurrence } from '../event/spelled.ts'
import { windowOf } from '../event/window.ts'
import { wasOf } from './was.ts'
import { hasWords } from './words.ts'

/** How far ahead things are looked for when nobody says when, in hours. */
const reach = 365 * 24
/** More than one batch may hold; beyond it a narrower one is asked for. */
export const mostItems = 10_000

/** One of the things that a sentence means, and what becomes of it. */
export interface Candidate {
  readonly item: NewItem
  readonly text: Text
  readonly detail: Text
}

export interface Found {
  readonly candidates: readonly Candidate[]
  /** When they are, or until when they rest: "on Tue, Nov 24, 2026" */
  readonly when: Text
  /** What is told before anything is done: what stays as it is, and what gets into each other's way. */
  readonly notes: readonly string[]
  readonly complete: boolean
}

/** The events that a sentence about many means, with what it does to each. */
export async function eventsMeant(
  understanding: Understanding,
  does: 'cancel' | 'change',
  context: Context,
  /** Those of this day of every week, whatever day was named. */
  weekday?: number,
): Promise<Found> {
  const named = does === 'cancel' ? understanding.when : (understanding.changes?.from ?? null)
  const when = weekday === undefined ? named : null
  const window = when ? windowOf(when, context) : undefined
  const { here, complete } = await occurrencesIn(understanding, when, context)
  const ofDay = weekday === undefined ? here : here.filter((one) => one.startsAt.toZonedDateTimeISO(context.timeZone).dayOfWeek === weekday)
  const whole = weekday === undefined ? undefined : wholeSeries(here, ofDay)
  const all = when ? here : whole ? firstOfEach(ofDay, whole) : firstOfEach(here)
  const refused = await Promise.all(all.map(({ event }) => mayNot(event, context)))
  const ours = all.filter((_, index) => !refused[index])
  const changes = understanding.changes ?? {}
  const timed = does === 'change' && (changes.shift !== undefined || changes.when?.start?.includes('T') === true)
  const movable = timed ? ours.filter(({ event }) => !event.allDay) : ours
  const starts = does === 'change' ? await Promise.all(movable.map((one) => startAfter(changes, one, context))) : []
  // What is then already is left out, where nothing else of it changes.
  const onlyMoves = Object.keys(changes).every((name) => ['from', 'when', 'shift'].includes(name)) && changes.when?.end == null
  const stays = (index: number) => onlyMoves && starts[index]?.equals(movable[index]?.startsAt ?? '1970-01-01T00:00Z') === true
  const fit = movable.filter((_, index) => !stays(index))
  const moved = starts.filter((_, index) => !stays(index))
  const ordered = Map.groupBy(fit, ({ event }) => event.id)
  const notes = [
    ...said(all.length - ours.length, 'is somebody else’s and stays', 'are somebody else’s and stay'),
    ...said(ours.length - movable.length, 'takes the whole day and stays', 'take the whole day and stay'),
    ...(moved.some((one) => one !== undefined) ? await overlaps(fit, moved, context) : []),
    ...(await guests(fit, context)),
  ]
  const candidates = fit.map((one, index): Candidate => {
    const start = moved[index]
    const title = short(one.title === '' ? 'An event without a title' : one.title, 120)
    return {
      item: itemOf(
        one,
        does,
        when || (whole && !whole.has(one.event.id)) ? partOf(one) : scopeFor(one, changes),
        changes,
        `${title}, ${spelledOccurrence(one, context)}`,
      ),
      text: [title],
      detail: start ? [...spanText(one, context), ' → ', ...spanText(movedTo(one, start), context)] : spanText(one, context),
    }
  })
  // What is about the same series stands together: it is done one after the other.
  const together = [...ordered.keys()].flatMap((id) => candidates.filter(({ item }) => item.subjectId === id))
  return {
    candidates: when ? candidates : together,
    when: weekday === undefined ? (window?.name ?? []) : [`on every ${dayName(weekday)}`],
    notes,
    complete,
  }
}

async function occurrencesIn(understanding: Understanding, when: When | null, context: Context) {
  const { store, space, person, now } = context
  const scope = await scopeOf(store, space.id, person.id)
  const window = when ? windowOf(when, context) : { from: now, to: now.add({ hours: reach }) }
  const { occurrences, complete } = await agendaIn(store, scope, window, { events: mostItems + 1, occurrences: 500 })
  const calendars = understanding.calendar === null ? undefined : await store.calendars.of(space.id, person.id)
  const wanted = calendars?.find(({ name }) => name.toLocaleLowerCase('en') === understanding.calendar?.toLocaleLowerCase('en'))
  const guestsOf = understanding.people.length === 0 ? undefined : await namesOfGuests(occurrences, context)
  const names = understanding.people.flatMap((one) => ('name' in one ? [one.name] : 'email' in one ? [one.email] : []))
  const here = occurrences.filter((one) => {
    const { event, startsAt, title } = one
    const begins = Temporal.Instant.compare(startsAt, window.from) >= 0 && Temporal.Instant.compare(startsAt, now) >= 0
    const named = names.every((name) => hasWords(`${title} ${guestsOf?.get(event.id) ?? ''}`, name))
    const inCalendar = calendars === undefined || event.calendarId === wanted?.id
    return begins && isOpen(event, scope) && inCalendar && named && hasWords(title, understanding.title)
  })
  return { here: here.toSorted(byStart), complete }
}

async function namesOfGuests(occurrences: readonly Occurrence[], { store, space }: Context): Promise<ReadonlyMap<string, string>> {
  const attendees = await store.attendees.of(space.id, [...new Set(occurrences.map(({ event }) => event.id))])
  const names = new Map<string, string>()
  for (const { eventId, name, email, state } of attendees)
    if (state === 'invited') names.set(eventId, `${names.get(eventId) ?? ''} ${name} ${email ?? ''}`)
  return names
}

/** "Friday" */
export function dayName(weekday: number): string {
  return new Temporal.PlainDate(2024, 1, weekday).toLocaleString('en', { weekday: 'long' })
}

/** Series of which all occurrences are on the day that is meant. */
function wholeSeries(here: readonly Occurrence[], ofDay: readonly Occurrence[]): ReadonlySet<string> {
  const countOf = (occurrences: readonly Occurrence[]) => Map.groupBy(occurrences, ({ event }) => event.id)
  const all = countOf(here)
  return new Set([...countOf(ofDay)].flatMap(([id, some]) => (some.length === all.get(id)?.length ? [id] : [])))
}

/** Without a time, a series is one thing: each, or those `of` which all is meant. */
function firstOfEach(occurrences: readonly Occurrence[], of?: ReadonlySet<string>): readonly Occurrence[] {
  const seen = new Set<string>()
  return occurrences.filter(({ event: { id } }) => {
    const again = seen.has(id)
    seen.add(id)
    return !again || (of !== undefined && !of.has(id))
  })
}

/** What was said of a time is of the occurrences then. */
function partOf({ event }: Occurrence): Scope {
  return recurs(event) ? 'this' : 'all'
}

/** Else it is said of the series from now on, and of its name as a whole. */
function scopeFor({ event }: Occurrence, changes: Changes): Scope {
  if (!recurs(event)) return 'all'
  return changes.title === undefined ? 'following' : 'all'
}

function itemOf(one: Occurrence, does: 'cancel' | 'change', scope: Scope, changes: Changes, title: string): NewItem {
  const { id, version } = one.event
  const occurrence = one.recurrenceId?.toString({ smallestUnit: 'second' })
  const alone = scope === 'this' && occurrence !== undefined
  const about = {
    kind: 'event',
    id,
    scope,
    ...(occurrence === undefined ? {} : { occurrence }),
    ...(alone ? { was: wasOf(one) } : {}),
  } as const
  const { from: _, ...change } = changes
  const operation = does === 'cancel' ? ({ do: 'cancel', ...about } as const) : ({ do: 'change', ...about, changes: change } as const)
  return { operation, title, subjectId: id, ...(alone ? {} : { version }) }
}

/** When it starts afterwards; undefined when that stays. */
async function startAfter(changes: Changes, one: Occurrence, context: Context): Promise<Temporal.Instant | undefined> {
  if (changes.shift === undefined && changes.when === undefined) return undefined
  const read = await editOf(
    { ...(changes.shift ? { shift: changes.shift } : {}), ...(changes.when ? { when: changes.when } : {}) },
    one,
    context,
  )
  const seconds = read.ok ? read.edit.shiftSeconds : undefined
  return seconds === undefined ? undefined : one.startWall.add({ seconds }).toZonedDateTime(one.timeZone).toInstant()
}

function movedTo(one: Occurrence, startsAt: Temporal.Instant): Occurrence {
  const startWall = startsAt.toZonedDateTimeISO(one.timeZone).toPlainDateTime()
  return { ...one, startsAt, startWall, endsAt: startsAt.add({ seconds: one.durationSeconds }) }
}

function said(many: number, one: string, several: string): readonly string[] {
  return many === 0 ? [] : [`${many} of them ${many === 1 ? one : several}.`]
}

/** What else there is then, and what the moved ones do to each other. */
async function overlaps(occurrences: readonly Occurrence[], moved: readonly (Temporal.Instant | undefined)[], context: Context) {
  const spans = occurrences.flatMap((one, index) => {
    const from = moved[index]
    return from ? [{ one, from: from.epochMilliseconds, to: from.epochMilliseconds + one.durationSeconds * 1_000 }] : []
  })
  const [first] = spans
  if (!first) return []
  const from = Temporal.Instant.fromEpochMilliseconds(Math.min(...spans.map((span) => span.from)))
  const to = Temporal.Instant.fromEpochMilliseconds(Math.max(...spans.map((span) => span.to)))
  const scope = await scopeOf(context.store, context.space.id, context.person.id)
  const ours = new Set(occurrences.map(({ event, recurrenceId }) => `${event.id} ${recurrenceId}`))
  const { occurrences: there } = await agendaIn(context.store, scope, { from, to }, { events: mostItems, occurrences: 500 })
  const others = there
    .filter(({ event, recurrenceId }) => !event.allDay && event.transparency === 'opaque' && !ours.has(`${event.id} ${recurrenceId}`))
    .map(boundsOf)
  const clashing = spans.flatMap((span, index) => {
    // Those that stand at the same time already do so because somebody wanted it.
    const fellows = spans.slice(index + 1).filter(({ one }) => !meet(boundsOf(one), boundsOf(span.one)))
    const other = [...others, ...fellows].find((each) => meet(each, span))
    return other ? [{ span, other }] : []
  })
  const [clash] = clashing
  if (!clash) return []
  const names = `${short(clash.span.one.title, 60)} and ${short(clash.other.one.title, 60)}`
  return [clashing.length === 1 ? `${names} would overlap.` : `${clashing.length} would overlap, first ${names}.`]
}

function boundsOf(one: Occurrence) {
  return { one, from: one.startsAt.epochMilliseconds, to: one.endsAt.epochMilliseconds }
}

function meet(a: { readonly from: number; readonly to: number }, b: { readonly from: number; readonly to: number }): boolean {
  return a.from < b.to && b.from < a.to
}

async function guests(occurrences: readonly Occurrence[], { store, space, person }: Context): Promise<readonly string[]> {
  const attendees = await store.attendees.of(space.id, [...new Set(occurrences.map(({ event }) => event.id))])
  const withGuests = new Set(attendees.filter((one) => one.state === 'invited' && one.personId !== person.id).map(({ eventId }) => eventId))
  if (withGuests.size === 0) return []
  return [`${withGuests.size === 1 ? 'One has guests' : `${withGuests.size} have guests`}, who will be told.`]
}
