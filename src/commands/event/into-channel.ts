import type { Occurrence } from '#calendar/occurrence.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { CalendarEvent } from '#core/model.ts'
import { problem, say, strong } from '#core/reply.ts'
import type { Changes } from '#core/understanding.ts'
import { done, short } from '../answer.ts'
import { calendarOf, channelMeant, nameOfCalendar, notThere } from '../channel.ts'
import { alertChanges } from './alerts.ts'
import { spanText } from './spelled.ts'

/**
 * "move lunch to the channel calendar", where that is in another space than the person's own events: it is planned there
 * as well, with all its occurrences, and a button takes their own away. Undefined where it simply moves.
 */
export async function intoChannel(
  { calendar, from: _, ...others }: Changes,
  one: Occurrence,
  context: Context,
): Promise<Outcome | undefined> {
  const channel = channelMeant(calendar ?? null, context)
  if (channel === undefined) return undefined
  const there = await context.there()
  const own = one.event.spaceId === context.space.id && there.space.id !== context.space.id
  const event = own ? await context.store.events.get(context.space.id, one.event.id) : undefined
  if (!event) return undefined
  if (Object.keys(others).length > 0)
    return { reply: problem('One after the other: change it first, then move it to the calendar of the channel.') }
  const refused = await notThere(channel, there)
  if (refused !== undefined) return { reply: problem(refused) }
  const { calendar: into, change } = await calendarOf(channel, there)
  const after = asPlannedBy(event, into.id, there)
  const rings = await alertChanges(null, after, { store: there.store, now: there.now, origin: there.message.place })
  const outcome = done(
    there,
    'event created',
    say`${strong(short(event.title))} is in the calendar of ${nameOfCalendar(into)}: ${spanText(one, context)}. Your own is still there as well.`,
    [...(change ? [change] : []), { kind: 'event', before: null, after }, ...rings],
    [{ kind: 'buttons', buttons: [{ label: 'Cancel my own', token: context.token('cancel-event', event.id) }] }],
  )
  return { ...outcome, in: there }
}

/** Who comes is asked anew: people of one space are not those of another. */
function asPlannedBy(event: CalendarEvent, calendarId: string, { newId, space, person }: Context): CalendarEvent {
  const id = newId()
  const own = event.alerts.filter(({ personId }) => personId === event.organiserId)
  return {
    ...event,
    id,
    spaceId: space.id,
    calendarId,
    organiserId: person.id,
    uid: `${id}@ducktape`,
    sequence: 0,
    visibility: 'public',
    alerts: own.map(({ secondsBefore }) => ({ personId: person.id, secondsBefore })),
    version: 1,
  }
}
