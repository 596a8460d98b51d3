import { uuid } from './dom.ts'
import type { Link } from './link.ts'

export type Delivery =
  | { readonly kind: 'sending' }
  /** There is no connection; it goes out with the next one. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly reason: string }

export interface Unsent {
  readonly id: string
  readonly text: string
  readonly delivery: Delivery
}

/** How long an answer may take before the sentence counts as not sent, in milliseconds. */
const patience = 20_000
const storageKey = 'unsent'

/**
 * What was typed and has no answer yet.
 *
 * Each sentence has one id for all its tries, by which the server knows it again: it may be sent
 * twice and is done once. Kept over a reload of the page.
 */
export function createOutgoing({ link, changed }: { link: () => Link; changed: (unsent: Unsent) => void }) {
  const unsent = new Map<string, Unsent>(remembered().map((one) => [one.id, { ...one, delivery: { kind: 'waiting' } }]))
  /** Those that failed for want of an answer, and may have been heard after all. */
  const unanswered = new Set<string>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  function put(id: string, text: string, delivery: Delivery): void {
    const one = { id, text, delivery }
    unsent.set(id, one)
    remember()
    changed(one)
  }

  function remember(): void {
    sessionStorage.setItem(storageKey, JSON.stringify([...unsent.values()].map(({ id, text }) => ({ id, text }))))
  }

  function attempt({ id, text }: { id: string; text: string }): void {
    clearTimeout(timers.get(id))
    unanswered.delete(id)
    if (!link().send({ type: 'command', id, text })) {
      put(id, text, { kind: 'waiting' })
      return
    }
    timers.set(
      id,
      setTimeout(() => {
        fail(id, 'There was no answer.')
        unanswered.add(id)
      }, patience),
    )
    put(id, text, { kind: 'sending' })
  }

  function fail(id: string, reason: string): void {
    clearTimeout(timers.get(id))
    const one = unsent.get(id)
    if (one) put(id, one.text, { kind: 'failed', reason })
  }

  return {
    send: (text: string) => attempt({ id: uuid(), text }),
    retry(id: string): void {
      const one = unsent.get(id)
      if (one) attempt(one)
    },
    fail,
    /** The server has it. Undefined when it was not ours. */
    settle(id: string): Unsent | undefined {
      clearTimeout(timers.get(id))
      timers.delete(id)
      unanswered.delete(id)
      const one = unsent.get(id)
      unsent.delete(id)
      remember()
      return one
    },
    /** After a new connection: everything that was on its way. */
    flush(): void {
      for (const one of [...unsent.values()]) if (one.delivery.kind !== 'failed' || unanswered.has(one.id)) attempt(one)
    },
    all: () => [...unsent.values()],
  }
}

function remembered(): { id: string; text: string }[] {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? '[]') as { id: string; text: string }[]
  } catch {
    return []
  }
}
