import type { Context, Outcome } from '#core/command.ts'
import type { Change } from '#core/model.ts'
import { problem, say, strong, type Text } from '#core/reply.ts'
import type { Rsvp, Understanding } from '#core/understanding.ts'
import { amount } from '../amount.ts'
import { done, short } from '../answer.ts'
import type { Answered } from './answering.ts'
import { type Asked, about, askedOf } from './card.ts'
import { invitedThen } from './which.ts'

/** As many as are named one by one. */
const mostNamed = 8

const words: Readonly<Record<Rsvp, string>> = {
  accepted: 'You are coming to',
  declined: 'You are not coming to',
  tentative: 'You may come to',
}

/** "accept all invitations", "decline everything on Friday": what others plan, and where this is not the answer already. */
export async function rsvpAll(
  understanding: Understanding,
  context: Context,
  decide: (asked: Asked) => Promise<Answered>,
): Promise<Outcome> {
  const response = understanding.rsvp ?? 'tentative'
  const found = await invitedThen(understanding, context)
  const answers = await context.store.attendees.answers(
    context.space.id,
    context.person.id,
    found.map(({ event }) => event.id),
  )
  const open = found.filter(({ event, occurrence }) => {
    const mine = answers.filter(({ eventId, state }) => eventId === event.id && state === 'invited')
    const own = mine.find(({ recurrenceId }) => recurrenceId !== null && occurrence.recurrenceId?.equals(recurrenceId))
    return event.organiserId !== context.person.id && (own ?? mine.find(({ recurrenceId }) => recurrenceId === null))?.response !== response
  })
  const asked = open.map(({ event, occurrence }) => (understanding.when ? askedOf(event, occurrence) : askedOf(event)))
  const once = [...new Map(asked.map((one) => [`${one.event.id} ${one.recurrenceId?.toString() ?? ''}`, one])).values()]
  const changes: Change[] = []
  const told: Text[] = []
  for (const one of once) {
    const answered = await decide(one)
    if (answered.kind === 'refused') continue
    changes.push(...answered.changes)
    told.push(about(one, context))
  }
  if (told.length === 0)
    return { reply: problem('No invitation of yours waits for that answer. Say “what is on this week” to see your plans.') }
  const more = told.length > mostNamed ? [{ kind: 'aside' as const, text: [`and ${told.length - mostNamed} more`] }] : []
  const items = told.slice(0, mostNamed).map((text) => ({ text }))
  const what = short(amount(told.length, 'event'))
  return done(context, `${told.length} answers given`, say`${words[response]} ${strong(what)}:`, changes, [
    { kind: 'list', items },
    ...more,
  ])
}
