import { answersFor } from '#calendar/turnout.ts'
import type { CalendarEvent } from '#core/model.ts'
import { type Item, say, type Text } from '#core/reply.ts'
import { short } from '../answer.ts'
import { type Asked, momentOf } from './sections.ts'

/** As many entries as are looked through. */
const most = 300

interface Seen {
  readonly before: CalendarEvent
  after: CalendarEvent
  by: string
}

/** Events that somebody comes to, or plans, and that others have changed or called off since then. */
export async function changedByOthers(since: Temporal.Instant, asked: Asked): Promise<readonly Item[]> {
  const { store, space, person } = asked
  const seen = new Map<string, Seen>()
  for (const { actorId, changes } of await store.audit.ofOthers(space.id, person.id, since, most)) {
    for (const change of changes) {
      if (change.kind !== 'event' || !change.before || change.before.version === change.after.version) continue
      const known = seen.get(change.after.id)
      if (known) Object.assign(known, { after: change.after, by: actorId })
      else seen.set(change.after.id, { before: change.before, after: change.after, by: actorId })
    }
  }
  if (seen.size === 0) return []
  const answers = await store.attendees.answers(space.id, person.id, [...seen.keys()])
  const comes = (id: string) =>
    answersFor(
      answers.filter(({ eventId }) => eventId === id),
      null,
    ).some(({ response }) => response !== 'declined')
  const mine = [...seen.values()].filter(({ after }) => after.organiserId === person.id || comes(after.id))
  const names = new Map(
    (
      await store.people.several(
        space.id,
        mine.map(({ by }) => by),
      )
    ).map((one) => [one.id, one.name]),
  )
  return mine.flatMap(({ before, after, by }): Item[] => {
    const what = whatBecame(before, after, asked)
    const who = names.get(by)
    return what.length === 0 ? [] : [{ text: say`${short(before.title, 120)}: ${what}${who === undefined ? '' : ` by ${who}`}` }]
  })
}

/** "called off", "moved from … to …", "changed"; nothing where only what nobody sees is another one. */
function whatBecame(before: CalendarEvent, after: CalendarEvent, asked: Asked): Text {
  if (after.status === 'cancelled') return before.status === 'cancelled' ? [] : say`${momentOf(before.startsAt, asked, true)}, called off`
  if (!after.startsAt.equals(before.startsAt))
    return say`moved from ${momentOf(before.startsAt, asked, true)} to ${momentOf(after.startsAt, asked, true)}`
  if (after.title !== before.title) return say`renamed to ${short(after.title, 120)}`
  const said = ({ location, meetingLink, durationSeconds, rrule, exdates, overrides, description }: CalendarEvent) =>
    JSON.stringify([location, meetingLink, durationSeconds, rrule, exdates, overrides, description])
  return said(before) === said(after) ? [] : ['changed']
}
