import type { Context } from '#core/command.ts'
import { mayWrite } from '#core/may-write.ts'
import type { Series } from '#core/model.ts'
import { problem, type Reply } from '#core/reply.ts'
import { notThere } from '../channel.ts'

/** Why this person may not change an event; undefined when they may: it is theirs, or in a calendar that they write in. */
export async function mayNot(event: Series, context: Context): Promise<Reply | undefined> {
  const { store, space, person } = context
  if (event.organiserId === person.id) return undefined
  const calendar = await store.calendars.get(space.id, event.calendarId)
  if (calendar && mayWrite(calendar, person.id)) return undefined
  if (calendar?.kind === 'channel' && calendar.channel !== null && !(await notThere(calendar.channel, context))) return undefined
  return problem('That event is somebody else’s: ask its organiser to change it.')
}
