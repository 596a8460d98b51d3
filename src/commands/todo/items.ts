import type { Context } from '#core/command.ts'
import type { Understanding } from '#core/understanding.ts'

/** As many things as one sentence puts on a list. */
const most = 50

/**
 * What a sentence puts on a list: several things where commas part them, and nothing stands in quotes.
 *
 * "and" alone parts nothing: "salt and pepper" is one thing to many people.
 */
export function itemsOf({ title, spans }: Understanding, { message }: Context): readonly string[] {
  const text = title ?? ''
  const written = spans.find(({ slot }) => slot === 'title')
  const said = message.kind === 'sentence' && written ? message.text.slice(written.start, written.end) : '"'
  return /["“«]/.test(said) || !/,\s/.test(text) ? [text] : pieces(text)
}

/** "milk, eggs and bread" -> "milk", "eggs", "bread" */
export function pieces(text: string): readonly string[] {
  const parts = text.split(/,\s+(?:and\s+)?|(?<!\s)\s+and\s+/i).map((part) => part.trim())
  return [...new Set(parts.filter((part) => part !== ''))].slice(0, most)
}
