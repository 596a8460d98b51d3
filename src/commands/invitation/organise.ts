import { answersFor, isSamePart, turnoutOf } from '#calendar/turnout.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { Attendee, Change, Invitation } from '#core/model.ts'
import { type Block, problem, say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { done, instant, short, tell } from '../answer.ts'
import { instantOf } from '../moment.ts'
import { nameAll, whoIs } from '../who.ts'
import { alertsOfAnswers } from './alerts.ts'
import { movedUp, replaced } from './answering.ts'
import { type Asked, about, answerButtons, askedOf, seats } from './card.ts'
import { circleNamed, nameOf } from './circle.ts'
import { asReader, cardOf, notice } from './telling.ts'
import type { Meant } from './which.ts'

/** What only the person who plans an event may do. */

export const mostSeats = 10_000
const endOfDay = new Temporal.PlainTime(23, 59)

function notYours({ event }: Pick<Asked, 'event'>, { person }: Context): Outcome | undefined {
  if (event.organiserId === person.id) return undefined
  return { reply: problem(say`Only the person who planned ${strong(short(event.title))} can do that.`) }
}

export function nudge({ event }: Meant, context: Context): Promise<Outcome> {
  return nudgeAll(askedOf(event), context)
}

/** Asks everybody again who has not answered, once a day at most. */
export async function nudgeAll(asked: Asked, context: Context): Promise<Outcome> {
  const refused = notYours(asked, context)
  if (refused) return refused
  const { store, space, person, now } = context
  const { open } = turnoutOf(await store.attendees.of(space.id, [asked.event.id]), asked.recurrenceId)
  const people = await store.people.several(
    space.id,
    open.flatMap(({ personId }) => personId ?? []),
  )
  const silent = people.filter(({ id }) => id !== person.id)
  if (silent.length === 0) return tell(say`Everybody has answered who can be asked: ${about(asked, context)}.`)
  const today = now.toZonedDateTimeISO('UTC').toPlainDate().toString()
  const notices = silent.map((reader) => {
    const blocks: Block[] = [
      { kind: 'text', text: say`${strong(person.name)} would like to know: are you coming to ${about(asked, asReader(reader, context))}?` },
      { kind: 'buttons', buttons: answerButtons(asked, context) },
    ]
    return { ...notice('ask', blocks, reader, context, ['nudge', asked.event.id, today]), card: cardOf(asked, reader) }
  })
  return { ...tell(say`I ask again, once a day at most: ${nameAll(silent, context)}.`), notices }
}

// "limit the workshop to 5 people"   "answers by Thursday"
export async function limit({ event }: Meant, { content, when, people }: Understanding, context: Context): Promise<Outcome> {
  const refused = notYours({ event }, context)
  if (refused) return refused
  const before = (await context.store.invitations.get(context.space.id, event.id)) ?? null
  const kept: Invitation = before ?? { id: event.id, spaceId: event.spaceId, capacity: null, answerBy: null, only: null, version: 0 }
  if (content === 'deadline') {
    const answerBy = when && instantOf(when, endOfDay)
    if (!answerBy || Temporal.Instant.compare(answerBy, context.now) <= 0)
      return { reply: problem('Until when shall I take answers? Say a moment that is still to come, such as “answers by Thursday”.') }
    const after = { ...kept, answerBy, version: kept.version + 1 }
    return done(
      context,
      'deadline set',
      say`${strong(short(event.title))}: I take answers until ${instant(answerBy, context, when?.timeZone)}.`,
      [{ kind: 'invitation', before, after }],
    )
  }
  if (content === 'circle' || content === 'everybody') return encircle(event, { before, kept }, people, context)
  const capacity = Number(content)
  if (!Number.isSafeInteger(capacity) || capacity < 1 || capacity > mostSeats)
    return {
      reply: problem(`For how many people? A number from 1 to ${mostSeats}, such as “limit ${short(event.title, 40)} to 12 people”.`),
    }
  return seated(event, before, { ...kept, capacity, version: kept.version + 1 }, context)
}

// "only @designers may join the workshop"   "limit it to #ops"   "everybody may join the workshop"
async function encircle(
  event: Meant['event'],
  { before, kept }: { readonly before: Invitation | null; readonly kept: Invitation },
  people: Understanding['people'],
  context: Context,
): Promise<Outcome> {
  const [reference] = people
  const only = reference ? await circleNamed(reference, context) : null
  if (only === undefined) {
    const words =
      context.message.place.platform === 'discord'
        ? 'a role such as @designers, a channel such as #ops, or a group'
        : 'a channel such as #ops, or a group'
    return { reply: problem(`I do not know them: name ${words} that I can see.`) }
  }
  const after: Invitation = { ...kept, only, version: kept.version + 1 }
  const who = only
    ? say`Only ${nameOf(only)} may join ${strong(short(event.title))} now.`
    : say`Everybody may join ${strong(short(event.title))} again.`
  const rest = only ? ' Who has said yes already keeps their seat.' : ''
  return done(context, 'circle set', [...who, rest], [{ kind: 'invitation', before, after }])
}

async function seated(event: Meant['event'], before: Invitation | null, after: Invitation, context: Context): Promise<Outcome> {
  const { capacity } = after
  const attendees = await context.store.attendees.of(context.space.id, [event.id])
  const moved = movedUp(attendees, capacity, { recurrenceId: null }, context)
  const next = moved.reduce((all, one) => replaced(all, one.after), attendees as readonly Attendee[])
  const { coming } = turnoutOf(next, null)
  const many = capacity !== null && coming.length > capacity ? ` ${coming.length} have said yes already, and they keep their seats.` : ''
  const up =
    moved.length === 0
      ? ''
      : ` ${moved.length === 1 ? 'One person moves' : `${moved.length} people move`} up from the waiting list, and I tell them.`
  const answers = moved.map((one): Change => ({ kind: 'attendee', before: one.before, after: one.after }))
  const changes: Change[] = [{ kind: 'invitation', before, after }, ...answers, ...(await alertsOfAnswers(event, answers, next, context))]
  return done(
    context,
    'seats counted',
    say`${strong(short(event.title))} has ${strong(seats(capacity ?? 0))} now; who comes later waits.${many}${up}`,
    changes,
  )
}

// "Ann was there"   "mark Bob as absent from the workshop"
export async function mark({ event, occurrence }: Meant, understanding: Understanding, context: Context): Promise<Outcome> {
  const refused = notYours({ event }, context)
  if (refused) return refused
  if (Temporal.Instant.compare(occurrence.startsAt, context.now) > 0)
    return { reply: problem(say`${strong(short(event.title))} has not begun yet: say who was there afterwards.`) }
  const who = await whoIs(understanding.people, understanding, context)
  if (who.kind === 'unclear') return who.outcome
  const attendees = await context.store.attendees.of(context.space.id, [event.id])
  const attended = understanding.content !== 'absent'
  const { recurrenceId } = occurrence
  const changes = who.people.map(({ id, name }): Change => {
    const own = attendees.find((one) => one.personId === id && isSamePart(one, { recurrenceId }))
    const known = own ?? answersFor(attendees, recurrenceId).find((one) => one.personId === id)
    const base: Attendee = known ?? {
      id: '',
      spaceId: event.spaceId,
      eventId: event.id,
      personId: id,
      email: null,
      name,
      recurrenceId,
      response: 'accepted',
      comment: '',
      waiting: null,
      state: 'invited',
      version: 0,
    }
    const after: Attendee = own
      ? { ...own, attended, state: 'invited', version: own.version + 1 }
      : { ...base, id: context.newId(), recurrenceId, following: false, attended, version: 1 }
    return { kind: 'attendee', before: own ?? null, after }
  })
  const words = attended ? 'there' : 'not there'
  return done(
    context,
    'attendance noted',
    say`Noted for ${strong(short(event.title))}: ${nameAll(who.people, context)}, ${words}.`,
    changes,
  )
}
