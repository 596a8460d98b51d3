/** One operation that does `work` with the next item each time, from the first again after the last. */
export function each<Item>(items: readonly Item[], work: (item: Item) => unknown): () => unknown {
  let next = 0
  return () => {
    const item = items[next] as Item
    next = next + 1 === items.length ? 0 : next + 1
    return work(item)
  }
}
