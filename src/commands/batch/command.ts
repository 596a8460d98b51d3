import type { Command } from '#core/command.ts'
import type { Draft } from '#core/ports.ts'
import { askAgain, askToErase, erase, keepIt } from '../data.ts'
import { planLines } from './lines.ts'
import { planMany, planWeeks } from './plan.ts'
import { go, look, refuse, stop, undoBatch } from './running.ts'

/** What is done to many things at once: shown first, done by the jobs, stopped and taken back as one. */
export const batch: Command = {
  intents: ['batch.shift', 'batch.cancel', 'batch.create'],
  async understood(understanding: Draft, context) {
    if (understanding.waits !== undefined) return (understanding.said === 'yes' ? go : refuse)({ subject: understanding.waits }, context)
    if (understanding.intent === 'batch.create') return planLines(context)
    return understanding.content === 'data' ? askToErase(context) : planMany(understanding, context)
  },
  presses: {
    'batch-weeks': planWeeks,
    'batch-go': go,
    'batch-no': refuse,
    'batch-stop': stop,
    'batch-look': look,
    'batch-undo': undoBatch,
    'erase-data': async (pressed, context) => askAgain(pressed, context),
    'erase-really': erase,
    'erase-not': async (pressed, context) => keepIt(pressed, context),
  },
}

/** Lets a command be asked about one thing only: what is said of all of them is shown first. */
export function many(command: Command): Command {
  return {
    ...command,
    understood: (understanding, context) =>
      understanding.every && understanding.intent !== 'event.rsvp'
        ? planMany(understanding, context)
        : command.understood(understanding, context),
  }
}
