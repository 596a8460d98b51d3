const articles = new Set(['the', 'a', 'an', 'my', 'our'])
const kinds = new Set(['list', 'lists', 'folder', 'folders', 'notebook', 'notebooks'])

/**
 * What a list or a folder is known by, however its name is written: "Shopping", "my shopping list" and "shopping lists"
 * are one, and so are "grocery" and "Groceries".
 */
export function nameKey(name: string): string {
  const words =
    name
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLocaleLowerCase('en')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  const telling = words.filter((word) => !articles.has(word))
  const last = telling.at(-1)
  const own = telling.length > 1 && last !== undefined && kinds.has(last) ? telling.slice(0, -1) : telling
  return (own.length > 0 ? own : words).map(singular).join(' ')
}

/** "groceries" -> "grocery", "todos" -> "todo" */
function singular(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`
  return /[^su]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word
}
