import type { Context } from '#core/command.ts'
import type { Attendee, CalendarEvent, Change, Person } from '#core/model.ts'
import { alertChanges } from '../event/alerts.ts'

/**
 * What answers change about alerts: whoever comes is told before the event as before those that they make themselves,
 * and is left alone about what they do not come to.
 */
export async function alertsOfAnswers(
  event: CalendarEvent,
  answers: readonly Change[],
  attendees: readonly Attendee[],
  { store, space, person: self, now, message }: Context,
): Promise<readonly Change[]> {
  const ids = answers.flatMap((one) => (one.kind === 'attendee' && one.after.personId !== null ? [one.after.personId] : []))
  const only = new Set(ids.filter((id) => id !== event.organiserId))
  let after = event
  for (const id of only) {
    const person = id === self.id ? self : await store.people.get(space.id, id)
    const own = attendees.filter((one) => one.personId === id && one.state === 'invited')
    if (person) after = { ...after, alerts: usualFor(person, own, after) }
  }
  const rings = await alertChanges(event, after, { store, now, origin: message.place, attendees, only })
  return after.alerts === event.alerts ? rings : [{ kind: 'event', before: event, after }, ...rings]
}

/** Whoever has set alerts for this event keeps them, whatever they answer. */
function usualFor({ id, alertSeconds }: Person, own: readonly Attendee[], { alerts, allDay }: CalendarEvent): CalendarEvent['alerts'] {
  const theirs = alerts.filter(({ personId }) => personId === id)
  const comes = own.some(({ response, waiting }) => response === 'accepted' && waiting === null)
  if (comes && !allDay && theirs.length === 0 && alertSeconds.length > 0)
    return [...alerts, ...alertSeconds.map((secondsBefore) => ({ personId: id, secondsBefore }))]
  const isUsual = theirs.length === alertSeconds.length && theirs.every(({ secondsBefore }) => alertSeconds.includes(secondsBefore))
  return !comes && theirs.length > 0 && isUsual ? alerts.filter(({ personId }) => personId !== id) : alerts
}

/** Whether a change is of the kind that answers bring along: an event keeps its version when only guests' alerts change. */
export function isOfAnswer(change: Change): boolean {
  switch (change.kind) {
    case 'attendee':
    case 'invitation':
      return true
    case 'reminder':
      return Boolean(change.after.eventId)
    case 'event':
      return change.before?.version === change.after.version
    default:
      return false
  }
}
