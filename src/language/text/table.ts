/** What words stand for. Unlike a plain object it has no entry for "constructor", which people write too. */
export function table<Value>(entries: Readonly<Record<string, Value>>): Readonly<Partial<Record<string, Value>>> {
  return Object.assign(Object.create(null) as Record<string, Value>, entries)
}
