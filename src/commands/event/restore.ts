import { secondsOf } from '#calendar/civil.ts'
import { restored } from '#calendar/edit.ts'
import { isRegular } from '#calendar/expand.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { CalendarEvent, Change, Series } from '#core/model.ts'
import { type Button, problem, say, spellDay, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { isOpen, scopeIn } from '../agenda.ts'
import { ask, done, instant, short } from '../answer.ts'
import { lastChanged, meant, pointsOnly, shownOf } from '../find.ts'
import { alertChanges } from './alerts.ts'
import { mayNot } from './may.ts'
import { spanText } from './spelled.ts'
import { nearest } from './which.ts'
import { windowOf } from './window.ts'

/** How far ahead is looked for what was left out, when no day is said; in hours. */
const ahead = 366 * 24
/** As many series as are looked through, and as many choices as a person weighs at a glance. */
const most = { series: 500, choices: 5 } as const

/** An occurrence that its series leaves out. */
interface Left {
  readonly event: Series
  readonly wall: Temporal.PlainDateTime
}

/** "restore Friday's standup", "bring it back": one that was left out of its series takes place after all. */
export async function restoreNamed(understanding: Understanding, context: Context): Promise<Outcome> {
  const whole = await calledOff(isCalled(understanding.title), context)
  if (understanding.reference === 'last' && whole?.isLatest) return takeBack(whole, context)
  const found = await leftOutOf(understanding, context)
  if (found.length === 0 && whole) return isThen(whole, understanding, context) ? takeBack(whole, context) : wholeOr(whole, context)
  const [one, ...others] = found
  const said = understanding.title && !pointsOnly(understanding.title) ? ` of “${short(understanding.title, 60)}”` : ''
  if (!one)
    return {
      reply: problem(
        `No occurrence${said} was left out${understanding.changes?.from ? ' then' : ''}. What you cancelled last comes back by “undo”.`,
      ),
    }
  if (others.length === 0) return restore(one.event.id, one.wall, context)
  const buttons = found.slice(0, most.choices).map(
    ({ event, wall }): Button => ({
      label: short(`${event.title}, ${spellDay(wall.toPlainDate().toString())}`, 75),
      token: context.token('restore-event', event.id, wall.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')),
    }),
  )
  return ask(context, ['Which one shall I bring back?'], buttons)
}

/** How far back in what somebody did a whole event is looked for that they called off. */
const lately = 30

/** Events that were called off at once, which is all parts of a series. */
interface CalledOff {
  readonly events: readonly CalendarEvent[]
  /** Nothing was done since. */
  readonly isLatest: boolean
}

/** Whatever its name when none is said. */
function isCalled(title: string | null): (off: readonly CalendarEvent[]) => boolean {
  const words = title && !pointsOnly(title) ? title : undefined
  if (words === undefined) return () => true
  return (off) =>
    meant(
      off.map(({ id, title: text }) => ({ id, text })),
      { title: words },
      { lastId: undefined, shown: undefined },
    ).length > 0
}

/** Of a series, one day is not all of it; nor is an event of another day what was meant. */
function isThen({ events }: CalledOff, { changes }: Understanding, context: Context): boolean {
  if (!changes?.from) return true
  const { from, to } = windowOf(changes.from, context)
  return events.every(
    ({ rrule, startsAt }) => rrule === null && Temporal.Instant.compare(startsAt, from) >= 0 && Temporal.Instant.compare(startsAt, to) < 0,
  )
}

/** One day was said and nothing was left out of it, but all of it was called off: that is not brought back unasked. */
function wholeOr({ events }: CalledOff, context: Context): Outcome {
  const [first] = events
  if (!first) return { reply: problem('That event is gone.') }
  const title = short(first.title)
  const parts = first.rrule === null ? 'Shall I bring that back?' : 'Shall I bring all of it back?'
  return ask(context, say`Nothing was left out then, but you cancelled ${strong(title)}. ${parts}`, [
    { label: short(`Bring back ${first.title}`, 75), token: context.token('restore-whole', first.id) },
  ])
}

/** The button under that question. */
export async function restoreWhole(eventId: string, context: Context): Promise<Outcome> {
  const whole = await calledOff((off) => off.some(({ id }) => id === eventId), context)
  return whole ? takeBack(whole, context) : { reply: problem('That one is back already, or is gone.') }
}

/** The event that this person called off last, of those that are meant. */
async function calledOff(
  isMeant: (off: readonly CalendarEvent[]) => boolean,
  { store, space, person }: Context,
): Promise<CalledOff | undefined> {
  for (const [index, entry] of (await store.audit.recent(space.id, person.id, lately)).entries()) {
    const off = entry.changes.flatMap((change) =>
      change.kind === 'event' && change.after.status === 'cancelled' && change.before && change.before.status !== 'cancelled'
        ? [change.after]
        : [],
    )
    if (off.length === 0) continue
    if (!isMeant(off)) continue
    const now = await store.events.several(
      space.id,
      off.map(({ id }) => id),
    )
    const events = now.filter(({ status }) => status === 'cancelled')
    if (events.length > 0) return { events, isLatest: index === 0 }
  }
  return undefined
}

/** It takes place after all, as it was, and those who come are told. */
async function takeBack({ events }: CalledOff, context: Context): Promise<Outcome> {
  const [first] = events
  const refused = first && (await mayNot(first, context))
  if (!first || refused) return { reply: refused ?? problem('That event is gone.') }
  const asked = { store: context.store, now: context.now, origin: context.message.place }
  const changes = await Promise.all(
    events.map(async (before): Promise<readonly Change[]> => {
      const after: CalendarEvent = { ...before, status: 'confirmed', sequence: before.sequence + 1, version: before.version + 1 }
      return [{ kind: 'event', before, after }, ...(await alertChanges(before, after, asked))]
    }),
  )
  context.show({ kind: 'event', ids: [first.id] })
  const at = nearest({ ...first, status: 'confirmed' }, context.now)
  const when = at ? say`, ${spanText(at, context)}` : []
  return done(context, 'event restored', say`It is back: ${strong(short(first.title))}${when}.`, changes.flat())
}

/** What was left out in the time that is said, else from now on, of what has these words; soonest first. */
async function leftOutOf({ title, reference, changes }: Understanding, context: Context): Promise<readonly Left[]> {
  const { store, space, now } = context
  const window = changes?.from ? windowOf(changes.from, context) : { from: now, to: now.add({ hours: ahead }) }
  if (reference === 'last') {
    const [shown] = shownOf('event', context) ?? []
    const id = shown?.split(' ')[0] ?? (await lastChanged('event', context))
    const event = id === undefined ? undefined : await store.events.get(space.id, id)
    return event ? leftOut(event, window.from, window.to) : []
  }
  const scope = await scopeIn(context)
  const { series } = await store.events.within(scope, { from: window.from, to: window.to, limit: most.series })
  const open = series.filter((event) => isOpen(event, scope))
  const things = open.map((event) => ({ id: event.id, text: event.title, event }))
  const words = title && !pointsOnly(title) ? title : undefined
  const named = words === undefined ? things : meant(things, { title: words }, { lastId: undefined, shown: undefined })
  return named
    .flatMap(({ event }) => leftOut(event, window.from, window.to))
    .toSorted((a, b) => Temporal.PlainDateTime.compare(a.wall, b.wall))
}

/** The occurrences between two moments that a series would have and leaves out. */
export function leftOut(event: Series, from: Temporal.Instant, to: Temporal.Instant): readonly Left[] {
  if (event.status === 'cancelled') return []
  const cancelled = event.overrides.filter(({ status }) => status === 'cancelled').map(({ recurrenceId }) => recurrenceId)
  return [...event.exdates, ...cancelled].filter((wall) => isWithin(event, wall, from, to)).map((wall) => ({ event, wall }))
}

function isWithin(event: Series, wall: Temporal.PlainDateTime, from: Temporal.Instant, to: Temporal.Instant): boolean {
  const at = wall.toZonedDateTime(event.timeZone).epochMilliseconds
  return at >= from.epochMilliseconds && at < to.epochMilliseconds && isRegular(event, secondsOf(wall))
}

/** Brings back an occurrence that was left out of its series. */
export async function restore(eventId: string, wall: Temporal.PlainDateTime, context: Context): Promise<Outcome> {
  const before = await context.store.events.get(context.space.id, eventId)
  if (!before || before.status === 'cancelled') return { reply: problem('That event is gone.') }
  const refused = await mayNot(before, context)
  if (refused) return { reply: refused }
  const result = restored(before, wall)
  if (!result.ok) return { reply: problem('That one is back already, or was never there.') }
  return done(context, 'occurrence restored', say`It is back: ${strong(short(before.title))}, ${startOf(result.after, wall, context)}.`, [
    { kind: 'event', before, after: result.after },
    ...(await alertChanges(before, result.after, { store: context.store, now: context.now, origin: context.message.place })),
  ])
}

/** Where it is back: one that had been moved is where it was moved to. */
function startOf({ overrides, timeZone }: CalendarEvent, wall: Temporal.PlainDateTime, context: Context) {
  const moved = overrides.find(({ recurrenceId }) => secondsOf(recurrenceId) === secondsOf(wall))
  return instant(moved?.startsAt ?? wall.toZonedDateTime(timeZone).toInstant(), context, moved?.timeZone ?? timeZone)
}
