import type { Window } from '#calendar/expand.ts'
import { type Attending, type FreeQuestion, freeSlots, freeTimes, type Interval, type Slot } from '#calendar/free.ts'
import type { Command, Context, Outcome } from '#core/command.ts'
import type { Hours, Person } from '#core/model.ts'
import type { Store } from '#core/ports.ts'
import { type Button, type Item, problem, say, spell, strong, type Text } from '#core/reply.ts'
import type { Understanding, When } from '#core/understanding.ts'
import { agendaIn } from './agenda.ts'
import { amount } from './amount.ts'
import { instant, short, tell } from './answer.ts'
import { createEvent } from './book.ts'
import { windowOf } from './event/window.ts'
import { officeDays, zoneOf } from './hours.ts'
import { openQuestion } from './open-question.ts'
import { keep } from './question.ts'
import { readTogether } from './together.ts'
import { nameAll, nameOf, whoIs } from './who.ts'

const usualMinutes = 60
const longestMinutes = 12 * 60
/** When nobody says when, and as far as anybody's plans are looked through. */
const ahead = { usual: 14 * 24, most: 62 * 24 } as const
const offered = 5
const mostPeople = 25
const most = { events: 2_000, occurrences: 1_000 } as const

const booked = problem('That was booked already, or too long ago. Please ask again when everybody is free.')

export const availability: Command = {
  intents: ['availability.find'],
  understood: find,
  presses: {
    async book({ subject, argument }, context) {
      const open = await openQuestion(subject, context, booked)
      if ('reply' in open) return open
      const start = Temporal.Instant.fromEpochMilliseconds(Number(argument) * 1_000)
      const outcome = await createEvent(booking(open.draft, start, open.text, context), context)
      return outcome.changes ? { ...outcome, answers: subject } : outcome
    },
  },
}

// "when are Ann, Bob and I free for an hour next week"   "am I free on Friday at 3"   "is Ann free tomorrow at 2"
async function find(understanding: Understanding, context: Context): Promise<Outcome> {
  const who = await whoIs(understanding.people.length === 0 ? [{ name: 'me' }] : understanding.people, understanding, context)
  if (who.kind === 'unclear') return who.outcome
  if (who.emails.length > 0) return { reply: problem(`I see the plans of people here, and not those of ${who.emails.join(' and ')}.`) }
  if (who.people.length > mostPeople) return { reply: problem(`I compare the plans of ${mostPeople} people at most.`) }
  const minutes = minutesOf(understanding)
  if (minutes > longestMinutes) return { reply: problem('I look for times of 12 hours at most.') }
  const { when } = understanding
  const moment = when?.kind === 'instant' && when.start?.includes('T') ? Temporal.Instant.from(when.start) : undefined
  if (moment) return atMoment(moment, minutes, who.people, understanding, context)
  const window = windowFrom(when, context)
  if (Temporal.Instant.compare(window.to, window.from) <= 0)
    return { reply: problem('That is over: ask about a time that is still to come.') }
  const people = await attending(who.people, window, context)
  const said = hoursSaid(when)
  const [only, ...others] = who.people
  if (only && others.length === 0 && !understanding.duration) return stretches(only, people, { ...window, ...said }, context)
  const slots = bestSlots({ ...window, ...said, minutes, people, limit: offered })
  return offer(slots, minutes, who.people, understanding, context)
}

/** Of each day the hours that were asked about, whoever works when. */
function hoursSaid(when: When | null): Pick<FreeQuestion, 'between'> {
  if (!when?.hours) return {}
  const { hours, timeZone } = when
  return { between: { from: Temporal.PlainTime.from(hours.from), to: Temporal.PlainTime.from(hours.to), timeZone } }
}

export function minutesOf({ duration }: Understanding): number {
  return duration ? Math.max(5, Math.round(Temporal.Duration.from(duration).total('minutes'))) : usualMinutes
}

function windowFrom(when: When | null, context: Context): { readonly from: Temporal.Instant; readonly to: Temporal.Instant } {
  const { now } = context
  const soon = now.round({ smallestUnit: 'minute', roundingMode: 'ceil' })
  if (!when) return { from: soon, to: now.add({ hours: ahead.usual }) }
  const { from, to } = windowOf(when, context)
  const last = now.add({ hours: ahead.most })
  return {
    from: Temporal.Instant.compare(from, soon) < 0 ? soon : from,
    to: Temporal.Instant.compare(to, last) > 0 && Temporal.Instant.compare(from, last) < 0 ? last : to,
  }
}

/** The best times of a window for several people. */
export async function slotsFor(
  people: readonly Person[],
  when: When | null,
  minutes: number,
  limit: number,
  context: Context,
): Promise<readonly Slot[]> {
  const window = windowFrom(when, context)
  if (Temporal.Instant.compare(window.to, window.from) <= 0) return []
  return bestSlots({ ...window, ...hoursSaid(when), minutes, people: await attending(people, window, context), limit })
}

/** Nobody is asked to meet outside of their hours while there is a time within them; and at night not even then. */
function bestSlots(question: FreeQuestion): readonly Slot[] {
  const slots = freeSlots(question)
  const within = slots.filter(({ outsideHours }) => outsideHours === 0)
  return within.length > 0 ? within : freeSlots({ between: waking, ...question })
}

/** What each person has planned and when they work; nobody learns what it is that they have planned. */
async function attending(people: readonly Person[], window: Window, context: Context): Promise<readonly Attending[]> {
  const busy = await busyOf(people, window, context)
  return people.map((person, index) => ({
    timeZone: zoneOf(person, context),
    hours: workingHours(person.hours),
    busy: padded(busy[index] ?? [], person.bufferMinutes),
  }))
}

/** When each of them has something planned, with what they want to themselves around the window. */
export async function busyOf(
  people: readonly Pick<Person, 'id' | 'bufferMinutes'>[],
  window: Window,
  { store, space }: { readonly store: Pick<Store, 'calendars' | 'events' | 'attendees'>; readonly space: { readonly id: string } },
): Promise<readonly (readonly Interval[])[]> {
  const own = await store.calendars.ownedBy(
    space.id,
    people.map(({ id }) => id),
  )
  const margin = { minutes: Math.max(0, ...people.map(({ bufferMinutes }) => bufferMinutes)) }
  const widest = { from: window.from.subtract(margin), to: window.to.add(margin), limit: most.events * people.length }
  const together = people.length > 1 ? await readTogether(store, space.id, own, widest) : undefined
  return Promise.all(
    people.map(async ({ id, bufferMinutes }) => {
      const scope = { spaceId: space.id, calendarIds: own.get(id) ?? [], invited: id, reader: id, foreign: new Set<string>() }
      const around = { minutes: bufferMinutes }
      const wide = { from: window.from.subtract(around), to: window.to.add(around) }
      const { occurrences } = await agendaIn(together ?? store, scope, wide, most)
      return occurrences
        .filter(({ event, override }) => event.transparency === 'opaque' && (override?.status ?? event.status) !== 'cancelled')
        .map(({ startsAt, endsAt }) => ({ start: startsAt, end: endsAt }))
    }),
  )
}

function padded(busy: readonly Interval[], minutes: number): readonly Interval[] {
  return minutes === 0 ? busy : busy.map(({ start, end }) => ({ start: start.subtract({ minutes }), end: end.add({ minutes }) }))
}

const waking = { from: Temporal.PlainTime.from('07:00'), to: Temporal.PlainTime.from('22:00') }
const officeHours: Hours = { days: officeDays, from: '09:00', to: '17:00' }

function workingHours(hours: Hours | null) {
  const { days, from, to } = hours ?? officeHours
  return { days, from: Temporal.PlainTime.from(from), to: Temporal.PlainTime.from(to) }
}

/** One moment: yes or no for each, and the nearest other times when somebody is not free. */
async function atMoment(
  start: Temporal.Instant,
  minutes: number,
  people: readonly Person[],
  understanding: Understanding,
  context: Context,
): Promise<Outcome> {
  const end = start.add({ minutes })
  if (Temporal.Instant.compare(start, context.now) <= 0) return { reply: problem('That is over: ask about a time that is still to come.') }
  const later = { from: start, to: end.add({ hours: 7 * 24 }) }
  const there = await attending(people, later, context)
  const at = instant(start, context)
  const busy = people.filter((_, index) => there[index]?.busy.some((one) => overlaps(one, start, end)))
  if (busy.length === 0) {
    const id = await keep(understanding, titleFor(people, understanding, context), context)
    const button: Button = { label: 'Book it', token: context.token('book', id, seconds(start)), style: 'primary' }
    return tell(say`Yes: ${nameAll(people, context)} ${verb(people, context)} free on ${at}, for ${inWords(minutes)}.`, [
      { kind: 'buttons', buttons: [button] },
    ])
  }
  const slots = bestSlots({ ...later, minutes, people: there, limit: 3 })
  const words = say`No: ${nameAll(busy, context)} ${verb(busy, context)} busy on ${at}.`
  return offer(slots, minutes, people, understanding, context, words)
}

function overlaps({ start, end }: Interval, from: Temporal.Instant, to: Temporal.Instant): boolean {
  return Temporal.Instant.compare(start, to) < 0 && Temporal.Instant.compare(end, from) > 0
}

function verb(people: readonly Person[], { person }: Context): string {
  return people.length > 1 || people[0]?.id === person.id ? 'are' : 'is'
}

function inWords(minutes: number): string {
  const hours = minutes / 60
  return minutes % 60 === 0 ? amount(hours, 'hour') : `${minutes} minutes`
}

/** "When am I free tomorrow": the gaps of one person's working hours. */
function stretches(
  person: Person,
  people: readonly Attending[],
  window: Window & Pick<FreeQuestion, 'between'>,
  context: Context,
): Outcome {
  const [one] = people
  const between = window.between ?? (one?.hours && { from: one.hours.from, to: one.hours.to })
  const free = freeTimes({ ...window, minutes: 15, people, ...(between ? { between } : {}) }).filter(
    ({ start }) => window.between || one?.hours?.days.includes(start.toZonedDateTimeISO(one.timeZone).dayOfWeek),
  )
  const name = nameOf(person, context)
  const mine = person.id === context.person.id
  if (free.length === 0)
    return tell(say`${mine ? 'You have' : say`${name} has`} nothing free then${window.between ? '' : ' within working hours'}.`)
  const items = free
    .slice(0, 20)
    .map(({ start, end }): Item => ({ text: say`${instant(start, context)} to ${instant(end, context, context.timeZone, 'time')}` }))
  return tell(say`${mine ? 'You are' : say`${name} is`} free`, [{ kind: 'list', items }])
}

/** Slots as buttons that book, with the clocks of those who live elsewhere. */
async function offer(
  slots: readonly Slot[],
  minutes: number,
  people: readonly Person[],
  understanding: Understanding,
  context: Context,
  opening: Text = [],
): Promise<Outcome> {
  const lead = opening.length === 0 ? [] : [...opening, ' ']
  if (slots.length === 0)
    return tell(
      say`${lead}I found no time of ${inWords(minutes)} when ${nameAll(people, context)} ${verb(people, context)} ${people.length > 1 ? 'all free' : 'free'}.`,
    )
  const id = await keep(understanding, titleFor(people, understanding, context), context)
  const inOrder = slots.toSorted((a, b) => Temporal.Instant.compare(a.start, b.start))
  const [best] = slots
  const elsewhere = people.filter((one) => zoneOf(one, context) !== context.timeZone).slice(0, 4)
  const items = inOrder.map((slot): Item => {
    const notes: Text[] = [
      ...(slot === best && slots.length > 1 ? [['suits best']] : []),
      ...elsewhere.map(
        (one) =>
          say`${spell({ ...instant(slot.start, context), timeZone: zoneOf(one, context), show: 'time', named: false })} for ${nameOf(one, context)}`,
      ),
      ...(slot.outsideHours > 0 ? [[`outside working hours for ${slot.outsideHours} of ${people.length}`]] : []),
    ]
    const detail = notes.flatMap((note, index) => (index === 0 ? note : [', ', ...note]))
    return {
      text: say`${instant(slot.start, context)} to ${instant(slot.end, context, context.timeZone, 'time')}`,
      ...(detail.length > 0 ? { detail } : {}),
    }
  })
  const buttons = inOrder.map(
    (slot): Button => ({
      label: short(spell({ ...instant(slot.start, context), timeZone: context.timeZone, named: false }), 40),
      token: context.token('book', id, seconds(slot.start)),
      ...(slot === best ? { style: 'primary' } : {}),
    }),
  )
  return tell(
    say`${lead}${opened(nameAll(people, context))} ${verb(people, context)} free for ${strong(inWords(minutes))}; press one to book it:`,
    [
      { kind: 'list', items },
      { kind: 'buttons', buttons },
    ],
  )
}

/** A sentence may begin with "you". */
function opened([first, ...rest]: Text): Text {
  return [first === 'you' ? 'You' : (first ?? ''), ...rest]
}

function seconds(at: Temporal.Instant): string {
  return String(Math.floor(at.epochMilliseconds / 1_000))
}

function titleFor(people: readonly Person[], { title }: Understanding, { person }: Context): string {
  const others = people.filter(({ id }) => id !== person.id).map(({ name }) => name)
  return title ?? (others.length === 0 ? 'Time for myself' : `Meeting with ${others.slice(0, 5).join(', ')}`)
}

/** The sentence that a button stands for: an event at that time, with these people. */
function booking(draft: Understanding, start: Temporal.Instant, title: string, { timeZone }: Context): Understanding {
  const iso = (at: Temporal.Instant) => at.toZonedDateTimeISO(timeZone).toString({ timeZoneName: 'never' })
  const end = start.add({ minutes: minutesOf(draft) })
  const people = draft.people.filter((one) => !('name' in one) || one.name !== 'me')
  const when: When = { kind: 'range', start: iso(start), end: iso(end), grain: 'minute', timeZone }
  return { ...draft, intent: 'event.create', title, content: null, people, when, recurrence: null, alternatives: [] }
}
