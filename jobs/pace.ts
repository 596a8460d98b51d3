import { LRUCache } from 'lru-cache'

/** Keeps a place from getting messages faster than its platform takes them, so that none is refused and nobody else waits. */
export interface Pace {
  /** How long the place has to rest from now on, in milliseconds. */
  rest(place: string): number
  /** Says that a message is on its way there. */
  sent(place: string): void
}

const remembered = 50_000

/** `pauseMs` between two messages to the same place; none where the platform sets no limit. */
export function createPace(pauseMs = 0): Pace {
  const last = new LRUCache<string, number>({ max: remembered })
  return {
    rest: (place) => Math.max(0, (last.get(place) ?? Number.NEGATIVE_INFINITY) + pauseMs - performance.now()),
    sent: (place) => void last.set(place, performance.now()),
  }
}
