import type { Handled } from './command.ts'
import { BotError } from './errors.ts'
import type { Incoming } from './message.ts'
import type { Person } from './model.ts'
import type { Commit, Shown } from './ports.ts'
import { problem, type Reply } from './reply.ts'

export function editsOf(message: Incoming): { readonly edits?: string } {
  return message.kind === 'sentence' && message.edits !== undefined ? { edits: message.edits } : {}
}

/** What only its author sees cannot be changed later by us. */
export function cardOf(shows: Shown, reply: Reply, { id: readerId }: Person, message: Incoming): Pick<Commit, 'card'> {
  if (message.private || reply.visibility === 'author') return {}
  const carrier = message.kind === 'press' && reply.replaces ? message.carrier : undefined
  return { card: { shows, readerId, place: message.place, ...(carrier && { message: carrier }) } }
}

/** A queue that is over its bound is told to whoever would have added to it. */
export async function unlessBusy<Result>(work: () => Promise<Result>): Promise<Result | { readonly reply: Reply }> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof BotError) || cause.code !== 'busy') throw cause
    const reply = problem('I have more to do than I can take on right now, so I changed nothing. Please try again in a minute.')
    return { reply: { ...reply, retryAfter: Math.ceil((cause.retryAfter ?? 60_000) / 1_000) } }
  }
}

export function refused(intent: Handled['intent'], reply: Reply): Handled {
  return { reply, intent, outcome: 'refused' }
}

export function outcomeOf(reply: Reply): Handled['outcome'] {
  switch (reply.tone) {
    case 'ask':
      return 'asked'
    case 'problem':
      return 'refused'
    case 'done':
    case 'tell':
    case 'ring':
      return 'told'
  }
}
