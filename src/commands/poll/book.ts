import type { Context, Outcome } from '#core/command.ts'
import type { Person, Poll } from '#core/model.ts'
import type { Understanding, When } from '#core/understanding.ts'
import { blank } from '../blank.ts'
import { createEvent } from '../book.ts'

/** Makes one of the times of a poll an event that everybody who was asked is invited to. */
export async function bookSlot(poll: Poll, at: Temporal.Instant, context: Context): Promise<Outcome> {
  const people = await context.store.people.several(context.space.id, poll.personIds)
  const outcome = await createEvent(eventOf(poll, at, people, context), context)
  if (!outcome.changes) return outcome
  const before = (await context.store.polls.get(context.space.id, poll.id)) ?? poll
  const after: Poll = { ...poll, state: 'booked', closesAt: null, version: poll.version + 1 }
  return { ...outcome, changes: [...outcome.changes, { kind: 'poll', before, after }] }
}

function eventOf(poll: Poll, at: Temporal.Instant, people: readonly Person[], { person, message, timeZone }: Context): Understanding {
  const iso = (moment: Temporal.Instant) => moment.toZonedDateTimeISO(timeZone).toString({ timeZoneName: 'never' })
  const when: When = { kind: 'range', start: iso(at), end: iso(at.add({ seconds: poll.durationSeconds })), grain: 'minute', timeZone }
  // In Discord's direct messages, and on the page, nobody can be mentioned.
  const { platform, kind } = message.place
  const byName = platform === 'web' || (platform === 'discord' && kind === 'direct')
  return {
    ...blank,
    intent: 'event.create',
    title: poll.title,
    people: people.filter(({ id }) => id !== person.id).map(({ name, userId }) => (byName ? { name } : { mention: `<@${userId}>` })),
    when,
  }
}
