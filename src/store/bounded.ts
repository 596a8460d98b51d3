import { BotError } from '#core/errors.ts'
import { horizon } from '#core/horizon.ts'
import type { Change } from '#core/model.ts'
import type { Pressure, Store } from '#core/ports.ts'

/** After so many milliseconds it is worth trying again. */
const retryAfter = 60_000

/**
 * The store, as people and programs create with it: it takes nothing new for a queue that is over its bound.
 *
 * Throws `BotError` `busy`; nothing is changed then, and what was taken before is told all the same.
 */
export function bounded(store: Store, pressure: Pressure): Store {
  return {
    ...store,
    async commit(work) {
      const soon = work.at.add(horizon)
      const platforms = new Set(work.changes.flatMap((change) => queuedFor(change, soon)))
      for (const platform of platforms) if (await pressure.isFull(platform)) throw busy(`more reminders for ${platform}`)
      await store.commit(work)
    },
    batches: {
      ...store.batches,
      async begin(...asked) {
        if (await pressure.isFull('batch')) throw busy('more batches')
        return store.batches.begin(...asked)
      },
    },
  }
}

/** The platform in whose queue a new reminder comes at once. */
function queuedFor(change: Change, soon: Temporal.Instant) {
  if (change.kind !== 'reminder' || change.before !== null || change.after.dueAt === null) return []
  return Temporal.Instant.compare(change.after.dueAt, soon) <= 0 ? [change.after.origin.platform] : []
}

function busy(what: string): BotError {
  return new BotError('busy', `there are ${what} than are taken at once`, { retryAfter })
}
