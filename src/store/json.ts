/** Plain JSON that Postgres takes: Temporal values become their ISO strings, and NUL and lone surrogates go. */
export function toJson(value: unknown) {
  return JSON.parse(jsonText(value))
}

export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'string' ? item.toWellFormed().replaceAll('\0', '') : item))
}
