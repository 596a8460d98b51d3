import type { Context } from '#core/command.ts'
import type { Attendee, Person } from '#core/model.ts'
import { type Reply, say, strong } from '#core/reply.ts'
import { short } from '../answer.ts'
import { answerOf } from './answering.ts'
import { about, card } from './card.ts'
import { standing } from './standing.ts'
import { occurrenceOf } from './telling.ts'

/** What a message that somebody was sent about an event says now; undefined when the event is gone. */
export async function shownNow(
  { eventId, ...part }: Pick<Attendee, 'eventId' | 'recurrenceId' | 'following'>,
  context: Context,
): Promise<Reply | undefined> {
  const { store, space, person } = context
  const event = await store.events.get(space.id, eventId)
  if (!event) return undefined
  const asked = occurrenceOf(event, part)
  if (event.status === 'cancelled')
    return { tone: 'tell', visibility: 'place', blocks: [{ kind: 'text', text: say`Called off: ${about(asked, context)}.` }] }
  const [attendees, invitation] = await Promise.all([store.attendees.of(space.id, [eventId]), store.invitations.get(space.id, eventId)])
  const mine = answerOf(attendees, person.id, part.recurrenceId)
  if (!mine)
    return { tone: 'tell', visibility: 'place', blocks: [{ kind: 'text', text: say`You are not expected at ${about(asked, context)}.` }] }
  const organiser = await store.people.get(space.id, event.organiserId)
  const opening = mine.response === 'needs-action' ? invites(organiser) : say`${standing(mine)} `
  const blocks = await card(opening, asked, { attendees, invitation }, context)
  return { tone: mine.response === 'needs-action' ? 'ask' : 'done', visibility: 'place', blocks }
}

function invites(organiser: Person | undefined) {
  return organiser ? say`${strong(short(organiser.name, 60))} invites you to ` : ['You are invited to ']
}
