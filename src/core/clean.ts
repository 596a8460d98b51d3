/** Drops what no one can have meant and Postgres cannot keep: control characters and lone surrogates. */
export function clean(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}--[\n\t]]/gv, '')
}
