import type { Platform } from '#core/message.ts'
import type { Inbox, Kept } from '#core/ports.ts'

export interface MemoryInbox extends Inbox {
  /** What was kept and not finished, oldest first. */
  unfinished(): readonly Kept[]
  /** From now on, whatever is unfinished counts as left behind by a process that died. */
  processDied(): void
}

/** How many finished events are remembered, so that their redelivery is recognised. */
const remembered = 10_000

/** An inbox for one process without a database: forgets everything when the process ends. */
export function createMemoryInbox(): MemoryInbox {
  const open = new Map<string, { readonly entry: Kept; orphaned: boolean }>()
  const finished = new Set<string>()
  const key = (platform: Platform, id: string) => `${platform} ${id}`

  return {
    async keep(entry) {
      const name = key(entry.platform, entry.id)
      if (open.has(name) || finished.has(name)) return 'seen'
      open.set(name, { entry: structuredClone(entry), orphaned: false })
      return 'new'
    },

    async finish(platform, id) {
      const name = key(platform, id)
      open.delete(name)
      finished.add(name)
      const [oldest] = finished
      if (finished.size > remembered && oldest !== undefined) finished.delete(oldest)
    },

    async abandoned(platform) {
      const mine = [...open.values()].filter(({ entry, orphaned }) => orphaned && entry.platform === platform)
      for (const kept of mine) kept.orphaned = false
      return mine.map(({ entry }) => entry)
    },

    unfinished: () => [...open.values()].map(({ entry }) => entry),

    processDied() {
      for (const kept of open.values()) kept.orphaned = true
    },
  }
}
