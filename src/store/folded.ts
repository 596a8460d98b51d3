/** As much of a text as is searched. */
const most = 8_000

/**
 * A text as it is searched: lower case, without accents, in one line. Done here and not in SQL, so that it
 * is the same whatever locale the database was made with.
 */
export function folded(text: string): string {
  return text
    .slice(0, most)
    .toWellFormed()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLocaleLowerCase('en')
    .normalize('NFKC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}
