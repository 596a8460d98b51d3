import { answersFor, isSamePart, type Part, turnoutOf } from '#calendar/turnout.ts'
import type { Context } from '#core/command.ts'
import type { Attendee, CalendarEvent, Change, Invitation } from '#core/model.ts'
import { problem, type Reply, say, strong } from '#core/reply.ts'
import { instant, short } from '../answer.ts'
import { alertsOfAnswers } from './alerts.ts'
import { outside } from './circle.ts'

/** Said of the whole event, of one occurrence, or of that and all later ones. */
export interface Answer extends Part {
  readonly response: Attendee['response']
  /** Kept as it was when null. */
  readonly comment: string | null
}

export type Answered =
  | { readonly kind: 'refused'; readonly reply: Reply }
  | {
      readonly kind: 'answered'
      readonly changes: readonly Change[]
      readonly mine: Attendee
      /** All attendees as they are afterwards. */
      readonly attendees: readonly Attendee[]
      readonly invitation: Invitation | undefined
    }

/** What is asked of nobody who was not invited. */
const longestComment = 300

/**
 * What an answer changes: the person's own, the seat they get or the place on the waiting list, and who moves up
 * when they leave a seat. `joins`: whoever answers is welcome, invited or not. `all`: what they said of single
 * occurrences counts no more.
 */
export async function answering(
  event: CalendarEvent,
  answer: Answer,
  context: Context,
  { joins = false, all = false } = {},
): Promise<Answered> {
  const { store, space, person, now } = context
  // First what tells whether the rest is still so when it is written: a seat taken between the two reads is a conflict then.
  const invitation = await store.invitations.get(space.id, event.id)
  const attendees = await store.attendees.of(space.id, [event.id])
  const { response, comment, recurrenceId, following = false } = answer
  const theirs = attendees.filter(({ personId }) => personId === person.id)
  const own = theirs.find((one) => isSamePart(one, answer))
  const [counting] = answersFor(theirs, recurrenceId)
  if (!counting && !joins)
    return { kind: 'refused', reply: problem(say`You are not invited to ${strong(short(event.title))}: ask who plans it to add you.`) }
  const { capacity = null, answerBy = null } = invitation ?? {}
  if (answerBy && response !== 'declined' && Temporal.Instant.compare(answerBy, now) < 0) {
    return { kind: 'refused', reply: problem(say`Answers were taken until ${instant(answerBy, context)}: ask who plans it.`) }
  }
  const shut = response === 'declined' || event.organiserId === person.id ? undefined : await outside(invitation ?? {}, context)
  if (shut) return { kind: 'refused', reply: shut }
  const mine: Attendee = {
    ...(own ?? (counting && recurrenceId ? { ...counting, id: context.newId(), version: 0 } : newAttendee(event, context))),
    recurrenceId,
    following,
    response,
    // What somebody said to their no is not said to their yes.
    comment: short(comment ?? (own?.response === response ? own.comment : ''), longestComment),
    waiting: response === 'accepted' ? seatFor(person.id, attendees, recurrenceId, capacity) : null,
    state: 'invited',
    version: (own?.version ?? 0) + 1,
  }
  const gone = theirs.filter((one) => one.id !== mine.id && isOutdatedBy(one, answer, all))
  const withdrawn = gone.map((before): Moved => ({ before, after: { ...before, state: 'removed', version: before.version + 1 } }))
  const after = withdrawn.reduce((rows, one) => replaced(rows, one.after), replaced(attendees, mine))
  const moved: Moved[] = []
  for (const part of [mine, ...gone]) {
    const now = moved.reduce((rows, one) => replaced(rows, one.after), after)
    moved.push(...movedUp(now, capacity, part, context))
  }
  const seated = capacity !== null && invitation
  const turnout = moved.reduce((all, { after: one }) => replaced(all, one), after)
  const answers = [{ before: own ?? null, after: mine }, ...withdrawn, ...moved].map((one): Change => ({ kind: 'attendee', ...one }))
  return {
    kind: 'answered',
    mine,
    invitation,
    attendees: turnout,
    changes: [
      ...answers,
      // Two who take the last seat at once meet here, and the second one looks again.
      ...(seated ? [{ kind: 'invitation', before: invitation, after: { ...invitation, version: invitation.version + 1 } } as const] : []),
      ...(await alertsOfAnswers(event, answers, turnout, context)),
    ],
  }
}

/** An answer to this and all later ones is over with the next one that reaches as far; one to a single occurrence only when all are meant. */
function isOutdatedBy({ recurrenceId, following, state, attended }: Attendee, answer: Answer, all: boolean): boolean {
  if (state === 'removed' || recurrenceId === null || typeof attended === 'boolean') return false
  if (answer.recurrenceId === null) return following || all
  return answer.following === true && Temporal.PlainDateTime.compare(recurrenceId, answer.recurrenceId) >= 0
}

function newAttendee({ id: eventId, spaceId }: CalendarEvent, { newId, person }: Context): Attendee {
  return {
    id: newId(),
    spaceId,
    eventId,
    personId: person.id,
    email: null,
    name: person.name,
    recurrenceId: null,
    response: 'needs-action',
    comment: '',
    waiting: null,
    attended: null,
    state: 'invited',
    version: 0,
  }
}

export function replaced(attendees: readonly Attendee[], one: Attendee): readonly Attendee[] {
  return [...attendees.filter(({ id }) => id !== one.id), one]
}

/** Null for a seat; a place on the waiting list when there is none. Whoever has a seat keeps it. */
function seatFor(
  personId: string,
  attendees: readonly Attendee[],
  recurrenceId: Temporal.PlainDateTime | null,
  capacity: number | null,
): number | null {
  if (capacity === null) return null
  const { coming, waiting } = turnoutOf(attendees, recurrenceId)
  if (coming.some((one) => one.personId === personId)) return null
  const place = waiting.find((one) => one.personId === personId)?.waiting
  if (place) return place
  return coming.length < capacity && waiting.length === 0 ? null : Math.max(0, ...waiting.map((one) => one.waiting ?? 0)) + 1
}

export interface Moved {
  readonly before: Attendee | null
  readonly after: Attendee
}

/** Who gets the seats that are free, first come first. */
export function movedUp(
  attendees: readonly Attendee[],
  capacity: number | null,
  part: Part,
  { newId }: Pick<Context, 'newId'>,
): readonly Moved[] {
  const { recurrenceId, following = false } = part
  const { coming, waiting } = turnoutOf(attendees, recurrenceId)
  const free = capacity === null ? waiting.length : Math.max(0, capacity - coming.length)
  return waiting.slice(0, free).map((one): Moved => {
    return isSamePart(one, part)
      ? { before: one, after: { ...one, waiting: null, version: one.version + 1 } }
      : { before: null, after: { ...one, id: newId(), recurrenceId, following, waiting: null, version: 1 } }
  })
}

/** Who moves up when people are taken off the list. */
export async function freedSeats(
  eventId: string,
  changes: readonly Change[],
  { store, space, newId }: Context,
): Promise<readonly Change[]> {
  const off = changes.flatMap((change) => (change.kind === 'attendee' && change.after.state === 'removed' ? [change.after] : []))
  const invitation = off.length === 0 ? undefined : await store.invitations.get(space.id, eventId)
  if (!invitation) return []
  const left = off.reduce(replaced, await store.attendees.of(space.id, [eventId]))
  return movedUp(left, invitation.capacity, { recurrenceId: null }, { newId }).map(
    ({ before, after }): Change => ({ kind: 'attendee', before, after }),
  )
}

/**
 * Takes an answer of this person back, with the seat that is there now: who moved up meanwhile was told so, and
 * stays. Undefined when they have answered again since.
 */
export async function takenBack(
  change: Extract<Change, { kind: 'attendee' }>,
  entry: readonly Change[],
  context: Context,
): Promise<readonly Change[] | undefined> {
  const { before, after } = change
  const event = await context.store.events.get(context.space.id, after.eventId)
  const rows = await context.store.attendees.of(context.space.id, [after.eventId])
  const current = rows.find(({ id }) => id === after.id)
  if (!event || current?.version !== after.version) return undefined
  const { recurrenceId, following = false } = after
  const response = before?.state === 'invited' ? before.response : 'needs-action'
  const back = await answering(event, { response, comment: before?.comment ?? '', recurrenceId, following }, context)
  if (back.kind === 'refused') return undefined
  // What was not there before is taken away again, and what it had outdated counts again.
  const changes = back.changes.map(
    (each): Change =>
      before === null && each.kind === 'attendee' && each.after.id === after.id
        ? { ...each, after: { ...each.after, state: 'removed' } }
        : each,
  )
  return [...changes, ...outdated(entry, rows, context)]
}

function outdated(entry: readonly Change[], rows: readonly Attendee[], { person }: Context): readonly Change[] {
  return entry.flatMap((change): Change[] => {
    if (change.kind !== 'attendee' || change.after.personId !== person.id || change.after.state !== 'removed' || !change.before) return []
    const current = rows.find(({ id, version }) => id === change.after.id && version === change.after.version)
    return current ? [{ kind: 'attendee', before: current, after: { ...change.before, version: current.version + 1 } }] : []
  })
}

/** The answer of one person that counts for an occurrence. */
export function answerOf(
  attendees: readonly Attendee[],
  personId: string,
  recurrenceId: Temporal.PlainDateTime | null,
): Attendee | undefined {
  return answersFor(attendees, recurrenceId).find((one) => one.personId === personId)
}
