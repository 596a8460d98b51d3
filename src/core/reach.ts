import type { Platform } from './message.ts'
import type { Recipient } from './model.ts'
import type { Messenger } from './ports.ts'

/** The platform's own code for why a message would not arrive there; undefined when nothing speaks against it, or nobody knows. */
export type Obstacle = (platform: Platform, to: Recipient) => Promise<string | undefined>

/** How long a person waits for the look, in milliseconds: without it the reminder is kept all the same. */
const patience = 1_500

export function createObstacle(messengers: () => readonly Messenger[]): Obstacle {
  return async (platform, to) => {
    const messenger = messengers().find((each) => each.platform === platform)
    if (!messenger?.obstacle) return undefined
    const { promise: late, resolve } = Promise.withResolvers<undefined>()
    const timer = setTimeout(resolve, patience, undefined)
    try {
      return await Promise.race([messenger.obstacle(to), late])
    } catch {
      // Whoever cannot be asked now may be reached when it is due.
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }
}
