/** Whether each of some words begins a word of a text; case and accents do not count, and no words are in every text. */
export function hasWords(text: string, words: string | null): boolean {
  if (words === null) return true
  const there = wordsOf(text)
  return wordsOf(words).every((word) => there.some((each) => each.startsWith(word)))
}

function wordsOf(text: string): readonly string[] {
  const plainly = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLocaleLowerCase('en')
  return plainly.match(/[\p{L}\p{N}]+/gu) ?? []
}
