/** Finds things by a key that several share; a key that nobody has any more is forgotten. */
export function createIndex<Thing>() {
  const things = new Map<string, Set<Thing>>()

  return {
    add(key: string | undefined, thing: Thing): void {
      if (key !== undefined) things.getOrInsertComputed(key, () => new Set()).add(thing)
    },
    remove(key: string | undefined, thing: Thing): void {
      if (key === undefined) return
      const sharing = things.get(key)
      sharing?.delete(thing)
      if (sharing?.size === 0) things.delete(key)
    },
    keys: (): Iterable<string> => things.keys(),
    get: (key: string): Iterable<Thing> => things.get(key) ?? [],
  }
}
