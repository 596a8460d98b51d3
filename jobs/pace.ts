import { LRUCache } from 'lru-cache'

/**
 * Lets one telling at a time into a place: what is due there together then goes out in one message, and no place
 * gets messages faster than its platform takes them, while nobody else waits.
 */
export interface Pace {
  /** How long the place has to be left alone, in milliseconds; 0 when it is the caller's from now on, until `leave`. */
  enter(place: string): number
  /** `spoke`: a message is on its way there, so the place rests. */
  leave(place: string, spoke: boolean): void
}

const remembered = 50_000
/** How long whoever finds a place taken stays away, in milliseconds: about as long as a telling takes. */
const whileTaken = 250

/** `pauseMs` between two messages to the same place; none where the platform sets no limit. */
export function createPace(pauseMs = 0): Pace {
  const last = new LRUCache<string, number>({ max: remembered })
  const taken = new Set<string>()
  return {
    enter(place) {
      if (taken.has(place)) return Math.max(pauseMs, whileTaken)
      const rest = (last.get(place) ?? Number.NEGATIVE_INFINITY) + pauseMs - performance.now()
      if (rest > 0) return Math.ceil(rest)
      taken.add(place)
      return 0
    },
    leave(place, spoke) {
      taken.delete(place)
      if (spoke) last.set(place, performance.now())
    },
  }
}
