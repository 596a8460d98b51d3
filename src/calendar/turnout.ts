import type { Attendee } from '#core/model.ts'

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

/** What each person answers for one occurrence: what they said of it, else what they said of the whole series. */
export function answersFor(attendees: readonly Attendee[], recurrenceId: Temporal.PlainDateTime | null): readonly Attendee[] {
  const found = new Map<string, Attendee>()
  for (const one of attendees) {
    if (one.state === 'removed') continue
    const own = one.recurrenceId !== null && recurrenceId !== null && one.recurrenceId.equals(recurrenceId)
    if (!own && one.recurrenceId !== null) continue
    const key = one.personId ?? one.email ?? one.name
    if (own || !found.has(key)) found.set(key, one)
  }
  return [...found.values()]
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
