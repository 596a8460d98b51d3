// "- buy milk"   "2. call Bob"   "• lunch on Friday"
const bullet = /^\s*(?:[-*•–]|\d{1,3}[.)])\s+/

/** The lines of a message that say something, without the marks of a list. */
export function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(bullet, '').trim())
    .filter((line) => line !== '')
}
