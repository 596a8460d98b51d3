import type { Attendee, Change } from '#core/model.ts'

/** Who comes to an event, or to one occurrence of it. */
export interface Turnout {
  /** With a seat. */
  readonly coming: readonly Attendee[]
  /** Who would come if there were a seat, first come first. */
  readonly waiting: readonly Attendee[]
  readonly maybe: readonly Attendee[]
  readonly declined: readonly Attendee[]
  readonly open: readonly Attendee[]
}

/** Which occurrences an answer is for: all of them, one, or one and all later ones. */
export type Part = Pick<Attendee, 'recurrenceId' | 'following'>

/** What each person answers for one occurrence: what they said of it, else of it and those before it, else of the whole series. */
export function answersFor(attendees: readonly Attendee[], recurrenceId: Temporal.PlainDateTime | null): readonly Attendee[] {
  const found = new Map<string, Attendee>()
  for (const one of attendees) {
    if (one.state === 'removed' || !reaches(one, recurrenceId)) continue
    const key = keyOf(one)
    const known = found.get(key)
    if (!known || isNearer(one, known)) found.set(key, one)
  }
  return [...found.values()]
}

/** Who it is, by whatever they are known. */
function keyOf({ personId, email, name }: Pick<Attendee, 'personId' | 'email' | 'name'>): string {
  return personId ?? email ?? name
}

function reaches({ recurrenceId, following }: Part, at: Temporal.PlainDateTime | null): boolean {
  if (recurrenceId === null) return true
  if (at === null) return false
  return following ? Temporal.PlainDateTime.compare(recurrenceId, at) <= 0 : recurrenceId.equals(at)
}

/** Of two answers that are both for an occurrence, the one that was said of fewer counts. */
function isNearer(one: Part, other: Part): boolean {
  if (one.recurrenceId === null || other.recurrenceId === null) return one.recurrenceId !== null
  if (!one.following || !other.following) return !one.following
  return Temporal.PlainDateTime.compare(one.recurrenceId, other.recurrenceId) > 0
}

/** Whether two answers are for the same occurrences. */
export function isSamePart(one: Part, other: Part): boolean {
  if (one.recurrenceId === null || other.recurrenceId === null) return one.recurrenceId === other.recurrenceId
  return one.recurrenceId.equals(other.recurrenceId) && (one.following ?? false) === (other.following ?? false)
}

export function turnoutOf(attendees: readonly Attendee[], recurrenceId: Temporal.PlainDateTime | null): Turnout {
  const answers = answersFor(attendees, recurrenceId)
  const said = (response: Attendee['response']) => answers.filter((one) => one.response === response)
  const accepted = said('accepted')
  return {
    coming: accepted.filter(({ waiting }) => waiting === null),
    waiting: accepted.filter(({ waiting }) => waiting !== null).toSorted((a, b) => (a.waiting ?? 0) - (b.waiting ?? 0)),
    maybe: said('tentative'),
    declined: said('declined'),
    open: said('needs-action'),
  }
}

/** Which occurrences of an event somebody comes to. */
export type Coming =
  | { readonly kind: 'all'; readonly but: readonly Temporal.PlainDateTime[] }
  | { readonly kind: 'some'; to(occurrence: Temporal.PlainDateTime | null): boolean }

/**
 * By what one person has answered: to all of it when nobody has asked them, or they have not said otherwise; once they
 * accepted a part, only to what they did accept.
 */
export function comingOf(own: readonly Attendee[]): Coming {
  if (own.length === 0) return { kind: 'all', but: [] }
  const asked = own.filter(({ state }) => state === 'invited')
  const chose = asked.some(({ response }) => response === 'accepted')
  const to = (at: Temporal.PlainDateTime | null) => {
    const [answer] = answersFor(asked, at)
    if (!answer || answer.response === 'declined') return false
    return chose ? answer.response !== 'needs-action' && answer.waiting === null : true
  }
  const parts = asked.filter(({ recurrenceId }) => recurrenceId !== null)
  if (!to(null) || parts.some(({ following }) => following)) return { kind: 'some', to }
  return { kind: 'all', but: parts.flatMap(({ recurrenceId }) => (recurrenceId && !to(recurrenceId) ? [recurrenceId] : [])) }
}

/** Whether they come to one of them. */
export function comesTo(coming: Coming, occurrence: Temporal.PlainDateTime | null): boolean {
  if (coming.kind === 'some') return coming.to(occurrence)
  return occurrence === null || !coming.but.some((one) => one.equals(occurrence))
}

/** The answers to the part of a series that begins with `from`, as those of a series of its own that is later by so many seconds. */
export function answersFrom(attendees: readonly Attendee[], from: Temporal.PlainDateTime, shiftSeconds: number): readonly Attendee[] {
  const invited = attendees.filter(({ state }) => state === 'invited')
  const isEarlier = ({ recurrenceId }: Part) => recurrenceId !== null && Temporal.PlainDateTime.compare(recurrenceId, from) < 0
  const onwards = invited.filter((one) => one.recurrenceId === null || one.following)
  // What was said of an earlier one and all later ones is, of the later half, said of all.
  const ofAll = answersFor(
    onwards.filter((one) => one.recurrenceId === null || isEarlier(one)),
    from,
  )
  const ofSome = invited.filter((one) => one.recurrenceId !== null && !isEarlier(one))
  return [...ofAll.map((one) => ({ ...one, recurrenceId: null, following: false })), ...ofSome.map((one) => laterAnswer(one, shiftSeconds))]
}

/** The answers to one event as they are after some changes; undefined when none of them is about who comes. */
export function attendeesAfter(
  attendees: readonly Attendee[],
  changes: readonly Change[],
  eventId: string | undefined,
): readonly Attendee[] | undefined {
  const changed = new Map(changes.flatMap((one) => (one.kind === 'attendee' ? [[one.after.id, one.after] as const] : [])))
  if (changed.size === 0) return undefined
  const others = attendees.filter(({ id }) => !changed.has(id))
  return [...others, ...changed.values()].filter((one) => one.eventId === eventId)
}

/** An answer to an occurrence that is later by so many seconds now, with its whole series. */
export function laterAnswer(one: Attendee, shiftSeconds: number): Attendee {
  return one.recurrenceId === null || shiftSeconds === 0 ? one : { ...one, recurrenceId: one.recurrenceId.add({ seconds: shiftSeconds }) }
}

/** Changes in the order in which no answer comes to stand where another one still is. */
export function inOrderOf<Changed extends { readonly before: Attendee | null }>(
  shiftSeconds: number,
  changes: readonly Changed[],
): readonly Changed[] {
  const at = ({ before }: Changed) => before?.recurrenceId?.toString() ?? ''
  const sorted = changes.toSorted((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0))
  return shiftSeconds > 0 ? sorted.toReversed() : sorted
}
