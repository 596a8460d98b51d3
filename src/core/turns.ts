import type { Incoming } from './message.ts'
import { within } from './within.ts'

/** How long a message waits for the one before it, in milliseconds: longer than any that is not stuck. */
const patience = 10_000

/**
 * Lets what one person writes in one place be handled in the order it came, so that "undo" finds what it
 * undoes. Different people, and different places, do not wait for each other.
 */
export function createTurns(): <Result>(incoming: Incoming, work: () => Promise<Result>) => Promise<Result> {
  const turns = new Map<string, Promise<unknown>>()

  return (incoming, work) => {
    const lane = `${incoming.place.channel} ${incoming.author.id}`
    const before = turns.get(lane)
    const mine = before ? within(patience, before).then(work) : work()
    const done: Promise<unknown> = mine.catch(() => undefined).finally(() => turns.get(lane) === done && turns.delete(lane))
    turns.set(lane, done)
    return mine
  }
}
