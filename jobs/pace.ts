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

/** How long whoever finds a place taken stays away, in milliseconds: about as long as a telling takes. */
const whileTaken = 250
/** As many as one message holds come back together; the others after the next one, when most of them are told already. */
const atOnce = 20

/** `pauseMs` between two messages to the same place; none where the platform sets no limit. */
export function createPace(pauseMs = 0): Pace {
  /** When a message went into places that may still rest, longest ago first. */
  const last = new Map<string, number>()
  const taken = new Set<string>()
  const sentAway = new Map<string, number>()
  const turn = Math.max(pauseMs, whileTaken)

  /** Of many who wait for one place each comes when there may be room, so that they keep the workers from nobody else. */
  function later(place: string, left: number): number {
    const before = sentAway.get(place) ?? 0
    sentAway.set(place, before + 1)
    return Math.ceil(left) + Math.floor(before / atOnce) * turn
  }

  function rest(place: string): void {
    const now = performance.now()
    for (const [other, since] of last) {
      if (since + pauseMs > now) break
      last.delete(other)
    }
    last.delete(place)
    last.set(place, now)
  }

  return {
    enter(place) {
      if (taken.has(place)) return later(place, turn)
      const left = (last.get(place) ?? Number.NEGATIVE_INFINITY) + pauseMs - performance.now()
      if (left > 0) return later(place, left)
      taken.add(place)
      return 0
    },
    leave(place, spoke) {
      taken.delete(place)
      sentAway.delete(place)
      if (spoke) rest(place)
    },
  }
}
