import type { Broadcast } from '#core/ports.ts'

/** Carries messages inside one process, as JSON and a moment later, as one that crosses processes does. */
export function createMemoryBroadcast(): Broadcast {
  const listeners = new Map<string, Set<(payload: unknown) => void>>()

  return {
    async publish(topic, payload) {
      const json = JSON.stringify(payload)
      await Promise.resolve()
      for (const listen of listeners.get(topic) ?? []) listen(JSON.parse(json))
    },

    subscribe(topic, listen) {
      const known = listeners.get(topic) ?? new Set()
      listeners.set(topic, known.add(listen))
      return { [Symbol.dispose]: () => known.delete(listen) }
    },
  }
}
