import type { Kept, Shelf } from '#web/keeping.ts'

type Done<One> = Extract<Kept<One>, { kind: 'done' }>

/** The same things, each as `read` tells it with what it is about. */
export function readAs<One, Read, Input>(
  shelf: Shelf<One, Input>,
  read: (things: readonly One[]) => Promise<readonly Read[]>,
): Shelf<Read, Input> {
  async function readKept<Not extends { readonly kind: string }>(
    kept: Done<One> | Not,
  ): Promise<Kept<Read> | Exclude<Not, { kind: 'done' }>> {
    if (!isDone(kept)) return kept as Exclude<Not, { kind: 'done' }>
    const [[one], also] = await Promise.all([read([kept.one]), read(kept.also)])
    return one ? { kind: 'done', one, also } : { kind: 'not-found' }
  }

  return {
    async list(user, page) {
      const { items, ...rest } = await shelf.list(user, page)
      return { items: await read(items), ...rest }
    },
    async get(user, id) {
      const one = await shelf.get(user, id)
      return one && (await read([one]))[0]
    },
    create: async (user, input, key) => readKept(await shelf.create(user, input, key)),
    change: async (user, id, input, version) => readKept(await shelf.change(user, id, input, version)),
    remove: async (user, id, removal) => readKept(await shelf.remove(user, id, removal)),
  }

  function isDone(kept: { readonly kind: string }): kept is Done<One> {
    return kept.kind === 'done'
  }
}
