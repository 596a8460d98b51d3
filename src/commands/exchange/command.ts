import type { Command } from '#core/command.ts'
import { problem, say } from '#core/reply.ts'
import { isOverheard } from '../answer.ts'
import { giveAway } from '../data.ts'
import { confirmImport, howFar, stopImport, takeIn, undoImport } from './import.ts'
import { endLink, giveOut, link, pressedLink, renewLink } from './link.ts'
import { end, followed, subscribe, unsubscribe } from './subscribe.ts'

/** Calendars in and out: files, private links and feeds of others. */
export const exchange: Command = {
  intents: ['batch.import', 'batch.export', 'calendar.subscribe', 'calendar.unsubscribe', 'calendar.link'],
  async understood(understanding, context) {
    const gives = understanding.intent === 'batch.export' || understanding.intent === 'calendar.link'
    if (gives && isOverheard(context))
      return { reply: problem(say`That link is for you alone: ask me in direct messages, or with ${{ kind: 'code', text: '/duck' }}.`) }
    switch (understanding.intent) {
      case 'batch.import':
        return takeIn(understanding, context)
      case 'batch.export':
        return understanding.content === 'data' ? giveAway(context) : giveOut(understanding, context)
      case 'calendar.subscribe':
        return understanding.content === 'list' ? followed(context) : subscribe(understanding, context)
      case 'calendar.unsubscribe':
        return unsubscribe(understanding, context)
      default:
        return link(understanding, context)
    }
  },
  presses: {
    'undo-import': ({ subject }, context) => undoImport(subject, context),
    'import-go': ({ subject }, context) => confirmImport(subject, context),
    'import-no': ({ subject }, context) => stopImport(subject, context),
    'import-stop': ({ subject }, context) => stopImport(subject, context),
    'import-status': ({ subject }, context) => howFar(subject, context),
    'renew-link': (pressed, context) => pressedLink(pressed, context, renewLink),
    'end-link': (pressed, context) => pressedLink(pressed, context, endLink),
    unsubscribe: ({ subject }, context) => end(subject, context),
  },
}
