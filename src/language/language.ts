import { LRUCache } from 'lru-cache'
import type { Language } from '#core/ports.ts'
import { read } from './read.ts'
import type { Reading } from './reading.ts'
import { resolve } from './resolve.ts'
import { readLines } from './several.ts'

export interface LanguageOptions {
  /** How many readings are kept. */
  readonly cacheEntries?: number
  /** Told after every sentence whether its reading was kept, and how many seconds it took. */
  readonly observe?: (cache: 'hit' | 'miss', seconds: number) => void
}

/** A cached reading of a long text is not worth its memory. */
const longestCached = 4_096
/** Characters of text whose readings are kept: about 20 MB with what is read from them. */
const cachedCharacters = 2_000_000

/**
 * The reader of plans. What a text says is cached by text and locale; what that means now is worked out every time.
 *
 * Never throws, whatever the text.
 */
export function createLanguage({ cacheEntries = 10_000, observe }: LanguageOptions = {}): Language {
  const readings = new LRUCache<string, Reading>({
    max: cacheEntries,
    maxSize: cachedCharacters,
    sizeCalculation: (reading) => reading.text.length + 64,
  })

  return {
    understand({ text, now, timeZone, locale, addressed }) {
      const started = observe ? performance.now() : 0
      const key = `${locale}\n${text}`
      const kept = text.length <= longestCached ? readings.get(key) : undefined
      const reading = kept ?? readLines(text, (line) => read(line, locale)) ?? read(text, locale)
      if (kept === undefined && text.length <= longestCached) readings.set(key, reading)
      const understanding = resolve(reading, { now, timeZone }, addressed)
      observe?.(kept ? 'hit' : 'miss', (performance.now() - started) / 1000)
      return understanding
    },
  }
}
