import { type Item, type Reply, say, strong } from '#core/reply.ts'
import { short } from '../answer.ts'
import { tickOff, todoLine } from './agenda.ts'
import { changedByOthers } from './changed.ts'
import { type Asked, eventLine, eventsOf, momentOf, written } from './sections.ts'

const most = 200

/** What happened to a person since then, and waits for them still. Undefined when they missed nothing. */
export async function missedSince(since: Temporal.Instant, asked: Asked): Promise<Reply | undefined> {
  const { store, space, person, now, timeZone } = asked
  const tonight = now.toZonedDateTimeISO(timeZone).add({ days: 1 }).startOfDay().toInstant()
  const [rung, todos, invited, changed, were, today] = await Promise.all([
    store.reminders.rungSince(space.id, person.userId, since, most),
    store.todos.open(space.id, person.id, most),
    unansweredInvitations(asked),
    changedByOthers(since, asked),
    eventsOf(asked, { from: since, to: now }),
    eventsOf(asked, { from: now, to: tonight }),
  ])
  const late = todos.filter(
    ({ dueAt }) => dueAt !== null && Temporal.Instant.compare(dueAt, now) < 0 && Temporal.Instant.compare(dueAt, since) >= 0,
  )
  const missed = [
    {
      title: 'Reminders that rang',
      items: rung.map(({ reminder, at }): Item => ({ text: say`${short(reminder.text, 120)}, ${momentOf(at, asked, true)}` })),
    },
    { title: 'Invitations without your answer', items: invited },
    { title: 'Changed by others', items: changed },
    { title: 'Todos that fell due', items: late.map((one) => todoLine(one, now, asked)) },
    { title: 'What took place', items: were.map((one) => eventLine(one, asked, true)) },
  ]
  // What is to come is worth telling beside what was, and is nothing that was missed.
  if (missed.every(({ items }) => items.length === 0)) return undefined
  return written(
    say`${strong('What you missed')} since ${momentOf(since, asked, true)}`,
    [...missed, { title: 'Still to come today', items: today.map((one) => eventLine(one, asked)) }],
    tickOff(late, asked),
  )
}

async function unansweredInvitations(asked: Asked): Promise<readonly Item[]> {
  const { store, space, person, now } = asked
  const ids = await store.attendees.invitedTo(space.id, person.id, now, most)
  if (ids.length === 0) return []
  const answers = await store.attendees.answers(space.id, person.id, ids)
  const open = answers
    .filter(({ response, recurrenceId }) => response === 'needs-action' && recurrenceId === null)
    .map(({ eventId }) => eventId)
  const events = await store.events.several(space.id, open)
  return events
    .filter(({ organiserId }) => organiserId !== person.id)
    .map(({ title, startsAt }) => ({ text: say`${short(title, 120)}, ${momentOf(startsAt, asked, true)}` }))
}
