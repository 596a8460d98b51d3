/** What grows with every change, whether or not something became different. */
const counters = new Set(['version', 'sequence'])

/**
 * Whether a record says what a change left it saying.
 *
 * Its version does not tell: taking back the change that came after makes another version of the same record.
 */
export function isAsLeft(current: object, left: object): boolean {
  return written(current) === written(left)
}

/** In one spelling for all that means the same: keys in order, and nothing of what is absent. */
function written(record: object): string {
  return JSON.stringify(record, (key, value: unknown) => {
    if (counters.has(key) || value === null) return undefined
    if (typeof value !== 'object' || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}
