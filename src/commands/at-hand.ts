import type { Context } from '#core/command.ts'
import type { Reminder } from '#core/model.ts'

/** How long what somebody else has reminded them of stays at hand, and how much of it. */
const recently = { hours: 7 * 24 } as const
const most = 50

/** What others have reminded somebody of, which has rung and waits to be dealt with, latest first. */
export async function rungForMe({ store, space, person, now }: Context): Promise<readonly Reminder[]> {
  const rung = await store.reminders.rungSince(space.id, person.userId, now.subtract(recently), most)
  return rung.flatMap(({ reminder }) => (reminder.ownerId === person.id ? [] : [reminder]))
}

/** What somebody can be done with, or put off: their own reminders, and what others have reminded them of. */
export async function atHand(context: Context): Promise<readonly Reminder[]> {
  const { store, space, person } = context
  return (await Promise.all([store.reminders.open(space.id, person.id, 200), rungForMe(context)])).flat()
}
