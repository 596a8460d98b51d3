import { linesOf } from '#core/lines.ts'
import type { Reading } from './reading.ts'

/** As many lines as are looked at one by one. */
const mostLines = 2_000
/** What is hardly understood makes no list of requests out of what may be one long text. */
const sure = 0.85

/**
 * Several requests to make something, one a line: then the whole is a list of them. A note may have lines of its own,
 * so there each line has to be one.
 */
export function readLines(text: string, read: (line: string) => Reading): Reading | undefined {
  if (!text.trim().includes('\n')) return undefined
  const lines = linesOf(text)
  if (lines.length < 2 || lines.length > mostLines) return undefined
  let first: Reading | undefined
  for (const line of lines) {
    const reading = read(line)
    if (!/^(?:reminder|event|todo|note)\.create$/.test(reading.intent) || reading.confidence < sure) return undefined
    first ??= reading
  }
  return first && { ...first, text, intent: 'batch.create', confidence: 0.88, title: null, spans: [] }
}
