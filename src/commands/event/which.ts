import { expand } from '#calendar/expand.ts'
import { firstOfEach } from '#calendar/kin.ts'
import type { Occurrence } from '#calendar/occurrence.ts'
import type { Context } from '#core/command.ts'
import type { CalendarEvent } from '#core/model.ts'
import type { Understanding, When } from '#core/understanding.ts'
import { agendaIn, isOpen, scopeIn } from '../agenda.ts'
import { isAlike } from '../alike.ts'
import { lastChanged, meant, pointsOnly, shownOf, wordsIn } from '../find.ts'
import { windowOf } from './window.ts'

/** How far ahead, and how far back, an event is looked for that is named without a time; in hours. */
const reach = 2 * 365 * 24
/** As many events as words may mean before it is better to say more of them. */
const mostFound = 10

/** An occurrence in a word: what lists and questions remember. */
export function keyOf({ event, recurrenceId }: Pick<Occurrence, 'event' | 'recurrenceId'>): string {
  return `${event.id} ${recurrenceId?.toString({ smallestUnit: 'second' }) ?? ''}`.trimEnd()
}

/** The event of a key, and its occurrence there: its next one when that is gone. */
export async function byKey(key: string, context: Context): Promise<Occurrence | undefined> {
  const [id = '', wall] = key.split(' ')
  const event = await context.store.events.get(context.space.id, id)
  if (!event || event.status === 'cancelled' || !(await mayRead(event, context))) return undefined
  return (wall ? at(event, wall) : undefined) ?? nearest(event, context.now)
}

/** What a list showed as busy is not opened by its number. */
async function mayRead(event: CalendarEvent, context: Context): Promise<boolean> {
  const { store, space, person } = context
  if (event.visibility === 'public' || event.organiserId === person.id) return true
  if (isOpen(event, await scopeIn(context, { hidden: true }))) return true
  const attendees = await store.attendees.of(space.id, [event.id])
  return attendees.some(({ personId, state }) => personId === person.id && state === 'invited')
}

function at(event: CalendarEvent, wall: string): Occurrence | undefined {
  const around = Temporal.PlainDateTime.from(wall).toZonedDateTime(event.timeZone).toInstant()
  // A moved one may be anywhere, so its own override says where.
  const override = event.overrides.find(({ recurrenceId }) => recurrenceId.equals(Temporal.PlainDateTime.from(wall)))
  const from = override?.startsAt ?? around
  const { occurrences } = expand(event, { from, to: from.add({ seconds: 1 }) }, 1_000)
  return occurrences.find(({ recurrenceId }) => recurrenceId?.equals(Temporal.PlainDateTime.from(wall)))
}

/** The occurrence that people mean when they only name the event: the next one, else the last. */
export function nearest(event: CalendarEvent, now: Temporal.Instant): Occurrence | undefined {
  const [next] = expand(event, { from: now, to: now.add({ hours: reach }) }, 1).occurrences
  if (next) return next
  return expand(event, { from: now.subtract({ hours: reach }), to: now }, 5_000).occurrences.at(-1)
}

/**
 * The occurrences that a sentence means, most likely first.
 *
 *   "cancel 2"                       the second of the list shown last
 *   "make it 45 minutes"             the one that was shown or changed last
 *   "move the 3 o'clock to 4"        the one that begins then
 *   "move Friday's lunch to 1"       those of that time with these words
 *   "cancel standup"                 the next one with these words, or with words nearly like them
 */
export async function occurrencesMeant(understanding: Understanding, when: When | null, context: Context): Promise<readonly Occurrence[]> {
  const { reference } = understanding
  const said = wordsOf(understanding)
  const words = pointsOnly(said) ? '' : said
  if (reference && reference !== 'last') return present([shownOf('event', context)?.at(placeOf(reference.ordinal))], context)
  if (when) return atTime(words, when, context)
  if (words !== '') return byWords(words, context)
  return reference === 'last' ? touched(context) : upcoming(context)
}

/** What the thing is called: its title, or with whom it is. */
function wordsOf({ title, people }: Understanding): string {
  return (
    title ??
    people
      .map((one) => ('name' in one ? one.name : ''))
      .join(' ')
      .trim()
  )
}

function placeOf(ordinal: number): number {
  return ordinal > 0 ? ordinal - 1 : ordinal
}

async function atTime(words: string, when: When, context: Context): Promise<readonly Occurrence[]> {
  const scope = await scopeIn(context, { hidden: words !== '' })
  const window = windowOf(when, context)
  const { occurrences } = await agendaIn(context.store, scope, window)
  const start = when.kind !== 'range' && when.start?.includes('T') ? Temporal.Instant.from(when.start) : undefined
  const then = start ? occurrences.filter((one) => one.startsAt.equals(start)) : occurrences
  const found = words === '' ? then : named(then, words)
  return found.length === 0 && start && when.anyDay ? atClock(words, start.toZonedDateTimeISO(when.timeZone), context) : found
}

/** How far ahead "the 3 o'clock" may be, in hours. */
const nextClock = 14 * 24

/** What begins at that clock time, on the first day that has such a thing. */
async function atClock(words: string, clock: Temporal.ZonedDateTime, context: Context): Promise<readonly Occurrence[]> {
  const window = { from: context.now, to: context.now.add({ hours: nextClock }) }
  const { occurrences } = await agendaIn(context.store, await scopeIn(context), window)
  const there = ({ startsAt }: Occurrence) => startsAt.toZonedDateTimeISO(clock.timeZoneId)
  const alike = occurrences.filter((one) => there(one).toPlainTime().equals(clock.toPlainTime()))
  const found = words === '' ? alike : named(alike, words)
  const [first] = found
  return first ? found.filter((one) => there(one).toPlainDate().equals(there(first).toPlainDate())) : []
}

async function byWords(words: string, context: Context): Promise<readonly Occurrence[]> {
  const { store, space, now } = context
  const scope = await scopeIn(context, { hidden: true })
  const found = (await store.events.search(scope, { words, now, limit: mostFound })).filter((event) => isOpen(event, scope))
  const events = await Promise.all(found.map(({ id }) => store.events.get(space.id, id)))
  const near = events.flatMap((event) => (event && resembles(event, words) ? (nearest(event, now) ?? []) : []))
  const chosen = named(near, words)
  const ahead = (chosen.length > 0 ? chosen : near).filter(({ endsAt }) => Temporal.Instant.compare(endsAt, now) > 0)
  // What is over is meant only when nothing is to come.
  if (ahead.length > 0) return firstOfEach(ahead, (one) => one)
  return chosen.length > 0 ? chosen : near
}

/** Nearly the same letters find "stargazng", and not whatever has some letters in common: "AGM" is no "agreed plan". */
function resembles({ title, description, location }: CalendarEvent, words: string): boolean {
  const there = wordsIn(`${title} ${description} ${location}`)
  const said = wordsIn(words)
  const known = said.filter((word) => there.some((one) => one.startsWith(word) || isAlike(word, one) || sameBeginning(word, one)))
  return known.length > 0 && known.length * 2 >= said.length
}

/** "meetin", "plannings": the first letters are the last that people get wrong. */
function sameBeginning(said: string, known: string): boolean {
  return said.length >= 4 && said.slice(0, 4) === known.slice(0, 4)
}

function named(occurrences: readonly Occurrence[], words: string): readonly Occurrence[] {
  const things = occurrences.map((one) => ({ id: keyOf(one), text: one.title, one }))
  const found = meant(things, { title: words, reference: null }, { lastId: undefined, shown: undefined })
  return found.map(({ one }) => one)
}

/** "It": the only thing of the list shown last, or what was changed last; of several shown, any of them. */
async function touched(context: Context): Promise<readonly Occurrence[]> {
  const shown = shownOf('event', context) ?? []
  const last = shown.length === 1 ? shown[0] : await lastChanged('event', context)
  const found = await present([last], context)
  return found.length > 0 ? found : present(shown, context)
}

async function upcoming(context: Context): Promise<readonly Occurrence[]> {
  const scope = await scopeIn(context)
  const { occurrences } = await agendaIn(context.store, scope, windowOf(null, context))
  return [...new Map(occurrences.toReversed().map((one) => [one.event.id, one])).values()].toReversed()
}

async function present(keys: readonly (string | undefined)[], context: Context): Promise<readonly Occurrence[]> {
  const found = await Promise.all(keys.map((key) => (key === undefined ? undefined : byKey(key, context))))
  return found.flatMap((one) => one ?? [])
}
