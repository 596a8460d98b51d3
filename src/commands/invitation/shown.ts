import type { Context } from '#core/command.ts'
import type { Person } from '#core/model.ts'
import type { Shown } from '#core/ports.ts'
import { type Reply, say, strong, type Text } from '#core/reply.ts'
import { forAll, short } from '../answer.ts'
import { pollNow } from '../poll/ballot.ts'
import { answerOf } from './answering.ts'
import { about, card } from './card.ts'
import { standing } from './standing.ts'
import { occurrenceOf } from './telling.ts'

/** What a message about an event or a poll says now, to whoever it was said to; undefined when that is gone. */
export async function shownNow(shows: Shown, context: Context): Promise<Reply | undefined> {
  const { store, space } = context
  if (shows.kind === 'poll') {
    const poll = await store.polls.get(space.id, shows.pollId)
    return poll && pollNow(poll, context)
  }
  const event = await store.events.get(space.id, shows.eventId)
  if (!event) return undefined
  const asked = occurrenceOf(event, shows)
  if (event.status === 'cancelled') return statement(say`Called off: ${about(asked, context)}.`)
  const id = event.id
  const [attendees, invitation] = await Promise.all([store.attendees.of(space.id, [id]), store.invitations.get(space.id, id)])
  if (context.message.place.kind === 'channel') {
    const blocks = await card([], asked, { attendees, invitation }, forAll(context))
    return { tone: 'done', visibility: 'place', blocks }
  }
  const mine = answerOf(attendees, context.person.id, shows.recurrenceId)
  if (!mine) return statement(say`You are not expected at ${about(asked, context)}.`)
  const organiser = await store.people.get(space.id, event.organiserId)
  const opening = mine.response === 'needs-action' ? invites(organiser) : say`${standing(mine)} `
  const blocks = await card(opening, asked, { attendees, invitation }, context)
  return { tone: mine.response === 'needs-action' ? 'ask' : 'done', visibility: 'place', blocks }
}

function statement(text: Text): Reply {
  return { tone: 'tell', visibility: 'place', blocks: [{ kind: 'text', text }] }
}

function invites(organiser: Person | undefined) {
  return organiser ? say`${strong(short(organiser.name, 60))} invites you to ` : ['You are invited to ']
}
