import type { EventWindow } from '#core/ports.ts'
import type { Reading } from './agenda.ts'

/**
 * What several people have planned, read at once, and given to whoever asks for one of them as if it had been read for
 * them alone: ten times the same statement takes Postgres longer to plan than to carry out. Undefined when it is more
 * than is read at once.
 */
export async function readTogether(
  { events, attendees }: Reading,
  spaceId: string,
  /** The calendars of each. */
  own: ReadonlyMap<string, readonly string[]>,
  window: EventWindow,
): Promise<Reading | undefined> {
  const invited = [...own.keys()]
  const { series, complete } = await events.within({ spaceId, calendarIds: [...own.values()].flat(), invited }, window)
  if (!complete) return undefined
  const ids = series.map(({ id }) => id)
  const answers = Map.groupBy(await attendees.answers(spaceId, invited, ids), ({ personId }) => personId)
  const answersOf = (personIds: string | readonly string[]) => [personIds].flat().flatMap((id) => answers.get(id) ?? [])
  return {
    events: {
      async within({ calendarIds, invited: guest = [] }) {
        const theirs = new Set(calendarIds)
        const whole = answersOf(guest).filter(({ recurrenceId, response }) => recurrenceId === null && response !== 'declined')
        const asked = new Set(whole.map(({ eventId }) => eventId))
        return { series: series.filter((one) => theirs.has(one.calendarId) || asked.has(one.id)), complete: true }
      },
    },
    attendees: {
      async answers(_, personId, eventIds) {
        const wanted = new Set(eventIds)
        return answersOf(personId).filter(({ eventId }) => wanted.has(eventId))
      },
    },
  }
}
