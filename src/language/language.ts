import { LRUCache } from 'lru-cache'
import type { Language } from '#core/ports.ts'
import { readCorrected } from './corrected.ts'
import { readJoined } from './joined.ts'
import { read } from './read.ts'
import type { Reading } from './reading.ts'
import { resolve } from './resolve.ts'
import { readLines } from './several.ts'

export interface LanguageOptions {
  /** Told after every sentence whether its reading was kept, and how many seconds it took. */
  readonly observe?: (cache: 'hit' | 'miss', seconds: number) => void
}

/** A cached reading of a long text is not worth its memory. */
const longestCached = 4_096
/** Memory for readings that are kept, in bytes: what teams say again and again is some hundred sentences. */
const cachedBytes = 4_000_000
/** What a reading weighs without its words, and with each character of them, in bytes. */
const [readingBytes, characterBytes] = [600, 20]

/** One request, or several, or what puts the last one right. */
function readWhole(text: string, readPart: (part: string) => Reading): Reading {
  return readLines(text, readPart) ?? readCorrected(text, readPart) ?? readJoined(text, readPart) ?? readPart(text)
}

/**
 * The reader of plans. What a text says is cached by text and locale; what that means now is worked out every time.
 *
 * Never throws, whatever the text.
 */
export function createLanguage({ observe }: LanguageOptions = {}): Language {
  const readings = new LRUCache<string, Reading>({
    maxSize: cachedBytes,
    sizeCalculation: (reading) => readingBytes + characterBytes * reading.text.length,
  })

  return {
    understand({ text, now, timeZone, locale, addressed }) {
      const started = observe ? performance.now() : 0
      const key = `${locale}\n${text}`
      const kept = text.length <= longestCached ? readings.get(key) : undefined
      const reading = kept ?? readWhole(text, (part) => read(part, locale))
      if (kept === undefined && text.length <= longestCached) readings.set(key, reading)
      const understanding = resolve(reading, { now, timeZone }, addressed)
      observe?.(kept ? 'hit' : 'miss', (performance.now() - started) / 1000)
      return understanding
    },
  }
}
