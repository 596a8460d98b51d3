import type { Command, Context, Outcome } from '#core/command.ts'
import { type Block, isHeading, strong } from '#core/reply.ts'
import { coming } from './event/show.ts'
import { openReminders } from './listing.ts'
import { show } from './settings.ts'
import { list } from './todo/show.ts'

/** What somebody has, on one page: their next days, reminders, todos and settings, each as it is listed alone. */
export const overview: Command = {
  intents: ['overview.show'],
  async understood(_, context) {
    // "Cancel 2" is about the list that was asked for, not about a page that lies open beside it.
    const aside: Context = { ...context, show: () => undefined }
    const [plans, reminders, todos, settings] = await Promise.all([coming(aside), openReminders(aside), list(aside), show(aside)])
    const blocks = [
      ...headed('Your next 7 days', plans),
      ...headed('Your reminders', reminders),
      ...headed('Your todos', todos),
      ...headed('Your settings', settings),
    ]
    return { reply: { tone: 'tell', visibility: 'author', blocks } }
  },
  presses: {},
}

/** An empty list says how to fill it, under the same heading. */
function headed(heading: string, { reply: { blocks } }: Outcome): readonly Block[] {
  return isHeading(blocks[0]) ? blocks : [{ kind: 'text', text: [strong(heading)] }, ...blocks]
}
