import type { Command } from '#core/command.ts'
import { go, look, refuse, stop } from './running.ts'

/** What is done to many things at once: shown first, done by the jobs, stopped and taken back as one. */
export const batch: Command = {
  intents: [],
  understood: () => Promise.reject(new Error('no intent leads here')),
  presses: {
    'batch-go': go,
    'batch-no': refuse,
    'batch-stop': stop,
    'batch-look': look,
  },
}
