import { isOfRoot, rootOf } from '#calendar/kin.ts'
import { type Part, turnoutOf } from '#calendar/turnout.ts'
import type { Command, Context, Outcome } from '#core/command.ts'
import { idOf } from '#core/ids.ts'
import type { Attendee, CalendarEvent, Change, Person } from '#core/model.ts'
import type { Notice } from '#core/ports.ts'
import { type Block, type Reply, say, strong, type Text } from '#core/reply.ts'
import { short } from '../answer.ts'
import { type Asked, about, answerButtons, askedOf, turnoutLines, written } from './card.ts'
import { differences } from './differences.ts'

/**
 * Makes a command tell everybody whom its changes concern, each in their own direct messages and zone: who is
 * invited, who gets a seat, who is taken off, whom a new time or a cancelling concerns, and quietly the organiser
 * of what people answer. What a command changes is enough to know all that, so no command has to think of it.
 */
export function telling(command: Command): Command {
  return {
    ...command,
    understood: async (understanding, context) => withNotices(await command.understood(understanding, context), context),
    presses: Object.fromEntries(
      Object.entries(command.presses).map(([verb, run]) => [
        verb,
        async (pressed, context) => withNotices(await run(pressed, context), context),
      ]),
    ),
  }
}

/** What a command decided, with those who are to be told of it. */
export async function withNotices(outcome: Outcome, context: Context): Promise<Outcome> {
  const notices = await noticesOf(outcome.changes ?? [], { ...context, ...outcome.in })
  return notices.length === 0 ? outcome : { ...outcome, notices: [...(outcome.notices ?? []), ...notices] }
}

type Of<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>

async function noticesOf(changes: readonly Change[], context: Context): Promise<readonly Notice[]> {
  const events = changes.filter((change): change is Of<'event'> => change.kind === 'event')
  const answers = changes.filter((change): change is Of<'attendee'> => change.kind === 'attendee')
  const ids = new Set([...events.map(({ after }) => after.id), ...answers.map(({ after }) => after.eventId)])
  const all: Notice[] = []
  const expected = await expectedElsewhere(events, context)
  const { parts, whole, rejoined } = splitsIn(events)
  for (const id of ids) {
    const found = events.find(({ after }) => after.id === id)
    if (found && parts.has(found)) {
      all.push(...(await ofPart(found.after, answers, expected, context)))
      continue
    }
    // Of a series that is split, or whole again, the other part tells it.
    const change = found && (whole.has(found) || rejoined.has(found)) ? undefined : found
    if (found && rejoined.has(found)) continue
    const event = found?.after ?? (await context.store.events.get(context.space.id, id))
    if (event)
      all.push(
        ...(await ofEvent(
          event,
          change,
          answers.filter(({ after }) => after.eventId === id && !(change?.before === null && expected.has(after.personId))),
          context,
        )),
      )
  }
  return all
}

interface Splits {
  /** What was split off a series, and the series itself. */
  readonly parts: ReadonlySet<Of<'event'>>
  readonly whole: ReadonlySet<Of<'event'>>
  /** What goes because the series is whole again. */
  readonly rejoined: ReadonlySet<Of<'event'>>
}

/** Several changes of one series are one change to those who come. */
function splitsIn(events: readonly Of<'event'>[]): Splits {
  const kin = (one: Of<'event'>) => events.filter((other) => other !== one && isOfRoot(other.after.uid, rootOf(one.after.uid)))
  const isOff = ({ before, after }: Of<'event'>) => before !== null && before.status !== 'cancelled' && after.status === 'cancelled'
  const parts = events.filter((one) => one.before === null && kin(one).some(({ before }) => before !== null))
  return {
    parts: new Set(parts),
    whole: new Set(parts.flatMap(kin)),
    rejoined: new Set(events.filter((one) => isOff(one) && kin(one).some((other) => !isOff(other)))),
  }
}

/** From a day on something is different: told once, with what there is from then on. */
async function ofPart(
  event: CalendarEvent,
  answers: readonly Of<'attendee'>[],
  expected: ReadonlySet<string | null>,
  context: Context,
): Promise<readonly Notice[]> {
  const { store, space, person } = context
  const there = answers.filter(({ after }) => after.eventId === event.id && after.state === 'invited' && after.recurrenceId === null)
  const people = await store.people.several(
    space.id,
    there.flatMap(({ after }) => after.personId ?? []),
  )
  return there.flatMap(({ after }) => {
    const reader = after.personId === person.id ? undefined : people.find(({ id }) => id === after.personId)
    if (!reader || after.response === 'declined') return []
    if (!expected.has(after.personId)) return [invited(event, after, reader, context)]
    return [changed(event, [() => ['From that day on; before it all stays as it was.']], reader, context)]
  })
}

/** Whoever comes to a series goes on coming to the part of it that is split off, and hears of the change once. */
async function expectedElsewhere(events: readonly Of<'event'>[], { store, space }: Context): Promise<ReadonlySet<string | null>> {
  const old = events.flatMap(({ before }) => (before ? [before.id] : []))
  if (old.length === 0 || old.length === events.length) return new Set()
  return new Set((await store.attendees.of(space.id, old)).map(({ personId }) => personId))
}

async function ofEvent(
  event: CalendarEvent,
  change: Of<'event'> | undefined,
  answers: readonly Of<'attendee'>[],
  context: Context,
): Promise<readonly Notice[]> {
  const { store, space, person, now } = context
  // What is over concerns nobody any more.
  if (Temporal.Instant.compare(event.coversUntil, now) <= 0) return []
  if (answers.length === 0 && (!change?.before || differences(change.before, change.after).length === 0)) return []
  const earlier = await store.attendees.of(space.id, [event.id])
  const attendees = answers.reduce((all, { after }) => [...all.filter(({ id }) => id !== after.id), after], [...earlier])
  const ids = [event.organiserId, ...attendees.flatMap(({ personId }) => personId ?? [])]
  const people = new Map((await store.people.several(space.id, ids)).map((one) => [one.id, one]))
  const others = (personId: string | null) => (personId === null || personId === person.id ? undefined : people.get(personId))
  const news: Notice[] = []

  const isOff = event.status === 'cancelled'
  const what = change?.before ? differences(change.before, change.after) : []
  const newcomers = new Set(answers.filter(({ before, after }) => joined(before, after)).map(({ after }) => after.personId))
  if (what.length > 0) {
    // Those who were taken off by the same change learn that it is off, and no more.
    const concerned = isOff ? earlier : attendees
    const declined = new Set(turnoutOf(earlier, null).declined.map(({ personId }) => personId))
    for (const id of new Set(concerned.filter((one) => one.state === 'invited').map(({ personId }) => personId))) {
      const reader = others(id)
      if (reader && !declined.has(id) && !newcomers.has(id)) news.push(changed(event, what, reader, context))
    }
  }
  if (isOff) return news

  for (const { before, after } of answers) {
    const reader = others(after.personId)
    if (!reader) continue
    if (joined(before, after)) news.push(invited(event, after, reader, context))
    else if (gotSeat(before, after)) news.push(seated(event, after, reader, context))
    else if (before?.state === 'invited' && after.state === 'removed') news.push(takenOff(event, after, reader, context))
  }
  const mine = answers.find(({ before, after }) => after.personId === person.id && before?.response !== after.response)
  const organiser = others(event.organiserId)
  if (mine && organiser) news.push(await answered(event, mine.after, attendees, organiser, context))
  return news
}

function joined(before: Attendee | null, after: Attendee): boolean {
  return after.state === 'invited' && after.response === 'needs-action' && before?.state !== 'invited'
}

function gotSeat(before: Attendee | null, after: Attendee): boolean {
  if (typeof after.attended === 'boolean') return false
  return (
    after.state === 'invited' && after.response === 'accepted' && after.waiting === null && (before === null || before.waiting !== null)
  )
}

function invited(event: CalendarEvent, mine: Attendee, reader: Person, context: Context): Notice {
  const asked = occurrenceOf(event, mine)
  const theirs = asReader(reader, context)
  const blocks: Block[] = [
    { kind: 'text', text: say`${strong(context.person.name)} invites you to ${about(asked, theirs)}.` },
    ...(event.description === '' ? [] : [{ kind: 'aside', text: [short(event.description, 500)] } as const]),
    ...link(event),
    { kind: 'buttons', buttons: answerButtons(asked, context) },
  ]
  return { ...notice('ask', blocks, reader, context, ['invited', mine.id, String(mine.version)]), card: cardOf(asked, reader) }
}

function seated(event: CalendarEvent, mine: Attendee, reader: Person, context: Context): Notice {
  const asked = occurrenceOf(event, mine)
  const token = context.token('rsvp', event.id, `n${written(mine)}`)
  const blocks: Block[] = [
    { kind: 'text', text: say`A seat became free, and it is yours: ${about(asked, asReader(reader, context))}.` },
    ...link(event),
    { kind: 'buttons', buttons: [{ label: 'I cannot come after all', token }] },
  ]
  return notice('tell', blocks, reader, context, ['seated', mine.id, String(mine.version)])
}

function takenOff(event: CalendarEvent, mine: Attendee, reader: Person, context: Context): Notice {
  const text = say`You are no longer expected at ${about(occurrenceOf(event, mine), asReader(reader, context))}.`
  return notice('tell', [{ kind: 'text', text }], reader, context, ['off', mine.id, String(mine.version)])
}

function changed(event: CalendarEvent, what: readonly ((reader: Context) => Text)[], reader: Person, context: Context): Notice {
  const theirs = asReader(reader, context)
  const isOff = event.status === 'cancelled'
  const blocks: Block[] = [
    { kind: 'text', text: say`${strong(context.person.name)} ${isOff ? 'called off' : 'changed'} ${about(askedOf(event), theirs)}.` },
    ...(isOff ? [] : what.map((words): Block => ({ kind: 'aside', text: words(theirs) }))),
    ...(isOff ? [] : [...link(event), { kind: 'buttons', buttons: answerButtons(askedOf(event), context) } as const]),
  ]
  const told = notice('tell', blocks, reader, context, ['changed', event.id, String(event.version)])
  return isOff ? told : { ...told, card: cardOf(askedOf(event), reader) }
}

/** How long answers are gathered before the organiser is told of them, in minutes. */
const gathering = 10
/** When it is so near, every answer is told at once; in hours. */
const near = 2

/** One message for the answers of ten minutes, with how things stand: nobody wants twelve for a team lunch. */
async function answered(
  event: CalendarEvent,
  mine: Attendee,
  attendees: readonly Attendee[],
  organiser: Person,
  context: Context,
): Promise<Notice> {
  const { now } = context
  const asked = occurrenceOf(event, mine)
  const theirs = asReader(organiser, context)
  const invitation = await context.store.invitations.get(context.space.id, event.id)
  const lines = await turnoutLines(asked, attendees, invitation, theirs)
  const blocks: Block[] = [
    { kind: 'text', text: say`Answers to ${about(asked, theirs)}` },
    ...lines.map((text): Block => ({ kind: 'aside', text })),
  ]
  const untilStart = asked.startsAt.since(now).total('hours')
  if (untilStart >= 0 && untilStart < near) return notice('tell', blocks, organiser, context, ['answer', mine.id, String(mine.version)])
  const stretch = Math.floor(now.epochMilliseconds / (gathering * 60_000))
  const at = Temporal.Instant.fromEpochMilliseconds((stretch + 1) * gathering * 60_000)
  return { ...notice('tell', blocks, organiser, context, ['answers', event.id, written(mine), String(stretch)]), at }
}

/** An occurrence by its place in the series, as far as the event itself tells it. */
export function occurrenceOf(event: CalendarEvent, { recurrenceId, following = false }: Part): Asked {
  if (recurrenceId === null) return askedOf(event)
  const override = event.overrides.find((one) => one.recurrenceId.equals(recurrenceId))
  return {
    event,
    recurrenceId,
    following,
    startsAt: override?.startsAt ?? recurrenceId.toZonedDateTime(event.timeZone).toInstant(),
    title: override?.title ?? event.title,
    location: override?.location ?? event.location,
    durationSeconds: override?.durationSeconds ?? event.durationSeconds,
  }
}

function link({ meetingLink }: CalendarEvent): readonly Block[] {
  return meetingLink === '' ? [] : [{ kind: 'text', text: [{ kind: 'link', url: meetingLink, text: 'Join the call' }] }]
}

/** The same moment through the eyes of another person of the space. */
export function asReader(reader: Person, context: Context): Context {
  return { ...context, person: reader, timeZone: reader.timeZone ?? reader.profileZone ?? context.space.timeZone }
}

/** What makes a notice be shown anew when things change. */
export function cardOf({ event, recurrenceId, following = false }: Asked, reader: Person): NonNullable<Notice['card']> {
  return { kind: 'event', eventId: event.id, recurrenceId, following, personId: reader.id }
}

/** `key`: what makes it the same notice again. */
export function notice(
  tone: Reply['tone'],
  blocks: readonly Block[],
  reader: Person,
  { person, message, now }: Context,
  key: readonly string[],
): Notice {
  return {
    id: idOf('notice', reader.id, ...key),
    ownerId: person.id,
    user: reader.userId,
    origin: message.place,
    at: now,
    reply: { tone, visibility: 'place', blocks },
  }
}
