/** From this length on a word with one wrong letter is the same word. */
const longEnough = 5

/** The same word, or all of it but for one letter that is wrong, missing or too many, or two that changed places: "stargazng". */
export function isAlike(said: string | undefined, known: string | undefined): boolean {
  if (said === undefined || known === undefined) return false
  if (said === known || Math.min(said.length, known.length) < longEnough) return said === known
  if (Math.abs(said.length - known.length) > 1) return false
  let from = 0
  while (said[from] !== undefined && said[from] === known[from]) from++
  let end = 0
  while (end < Math.min(said.length, known.length) - from && said.at(-1 - end) === known.at(-1 - end)) end++
  const swapped = said[from] === known[from + 1] && said[from + 1] === known[from]
  return Math.max(said.length, known.length) - from - end <= (swapped && said.length === known.length ? 2 : 1)
}
