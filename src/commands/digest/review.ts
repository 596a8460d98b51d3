import type { Change } from '#core/model.ts'
import { type Item, type Reply, say, strong } from '#core/reply.ts'
import { short } from '../answer.ts'
import { tickOff, todoLine } from './agenda.ts'
import { type Asked, eventLine, eventsOf, momentOf, written } from './sections.ts'

const most = 200
/** As many changes of a week as are looked through. */
const mostChanges = 500

/** The week that was and the one to come: what was done, what slipped, what is planned. Undefined when there is nothing of all that. */
export async function weeklyReview(asked: Asked): Promise<Reply | undefined> {
  const { store, space, person, timeZone, now } = asked
  const today = now.toZonedDateTimeISO(timeZone)
  const before = today.subtract({ weeks: 1 }).toInstant()
  const after = today.add({ weeks: 1 }).toInstant()
  const [changes, todos, rung, events] = await Promise.all([
    store.audit.since(space.id, person.id, before, mostChanges),
    store.todos.open(space.id, person.id, most),
    store.reminders.rungSince(space.id, person.userId, before, most),
    eventsOf(asked, { from: now, to: after }),
  ])
  const finished = changes.flatMap((entry) => entry.changes.flatMap(doneIn))
  const midnight = today.startOfDay().toInstant()
  const slipped = todos.filter(({ dueAt }) => dueAt !== null && Temporal.Instant.compare(dueAt, midnight) < 0)
  const due = todos.filter(
    ({ dueAt }) => dueAt !== null && Temporal.Instant.compare(dueAt, midnight) >= 0 && Temporal.Instant.compare(dueAt, after) < 0,
  )
  const waiting = rung.filter(({ reminder }) => reminder.rrule === null)
  const heading = say`${strong('Your week')}, ${{ kind: 'day', date: today.subtract({ weeks: 1 }).toPlainDate().toString() }} to ${{ kind: 'day', date: today.toPlainDate().toString() }}`
  return written(
    heading,
    [
      { title: `Done: ${finished.length}`, items: [...new Set(finished)].map((text): Item => ({ text: [short(text, 120)] })) },
      {
        title: 'Slipped',
        items: [
          ...slipped.map((one) => todoLine(one, midnight, asked)),
          ...waiting.map(({ reminder, at }): Item => ({ text: say`${short(reminder.text, 120)}, rang ${momentOf(at, asked, true)}` })),
        ],
      },
      { title: 'The week to come', items: events.map((one) => eventLine(one, asked, true)) },
      {
        title: 'To do by then',
        items: due.map(
          ({ text, dueAt }): Item => ({ text: say`${short(text, 120)}${dueAt ? say`, ${momentOf(dueAt, asked, true)}` : []}` }),
        ),
      },
    ],
    tickOff([...slipped, ...due], asked),
  )
}

/** What a change has finished, in its own words. */
function doneIn(change: Change): readonly string[] {
  if (change.kind !== 'todo' && change.kind !== 'reminder') return []
  return change.after.state === 'done' && change.before?.state !== 'done' ? [change.after.text] : []
}
