import type { Foreign } from './languages.ts'
import { corrected } from './spelling.ts'
import { plainWord, type Word, wordOf } from './words.ts'

/**
 * A sentence cut into words, numbers and marks, once, from left to right.
 *
 *     "Lunch at 12:30pm!"  ->  lunch  at  12  :  30  pm  !
 *                                           ↑ glued to its left neighbour
 */
export interface Token {
  readonly kind: 'word' | 'number' | 'mark' | 'end'
  /** Lower case; curly apostrophes made straight. */
  readonly text: string
  /** UTF-16 offsets into the sentence, end exclusive. */
  readonly start: number
  readonly end: number
  /** True when no space stands before it. */
  readonly glued: boolean
  readonly word: Word
  /** Of a number with at most nine digits; NaN otherwise. */
  readonly value: number
}

export interface Sentence {
  readonly text: string
  readonly tokens: readonly Token[]
  /** The same, with end tokens where words are sealed. */
  readonly readable: Token[]
  /** Day first in "3/4". */
  readonly dayFirst: boolean
  /** The language of the writer, when our grammar does not speak it and chrono-node does. */
  readonly foreign: Foreign | undefined
  /** For each token, whether quotes or "called" protect it from being read as anything else. */
  readonly sealed: Uint8Array
  readonly effort: Effort
  /** True when some word of it can repeat. */
  readonly repeating: boolean
  /** What readers found at each token before, so that no two of them read the same words again. */
  readonly memo: readonly Memo[]
}

type Memo = (unknown | null | undefined)[]

/** The readers whose findings are kept. */
export const memoSlots = { days: 0, oneDay: 1, clock: 2, amount: 3, date: 4 } as const

/** What `read` finds at `i`, read once. */
export function once<Value>(s: Sentence, slot: number, i: number, read: (s: Sentence, i: number) => Value | undefined): Value | undefined {
  const memo = s.memo[slot]
  if (!memo) return read(s, i)
  const kept = memo[i]
  if (kept !== undefined) return kept === null ? undefined : (kept as Value)
  const value = read(s, i)
  memo[i] = value === undefined ? null : value
  return value
}

/**
 * Bounds on the work that one text may cost, whatever it holds: how deep readers may call each other, and how often.
 *
 * What people type uses a few hundred steps.
 */
export interface Effort {
  depth: number
  steps: number
}
const deepest = 8
const mostSteps = 5_000

/** Goes one level deeper, unless the text has cost enough; pair it with `leave`. */
export function enter({ effort }: Sentence): boolean {
  if (effort.depth >= deepest || effort.steps <= 0) return false
  effort.depth++
  effort.steps--
  return true
}

export function leave({ effort }: Sentence) {
  effort.depth--
}

const theEnd: Token = { kind: 'end', text: '', start: 0, end: 0, glued: false, word: plainWord, value: Number.NaN }

/** The token at `index`; an end token beyond either end, and where words are sealed. */
export function at({ readable }: Sentence, index: number): Token {
  return index >= 0 && index < readable.length ? (readable[index] ?? theEnd) : theEnd
}

/** Seals words: no reader sees them any more. */
export function seal(sentence: Sentence, from: number, to: number) {
  sentence.sealed.fill(1, from, to)
  sentence.readable.fill(theEnd, from, to)
  for (const memo of sentence.memo) memo.length = 0
}

/** A text made ready to be read. */
export function sentenceOf(text: string, dayFirst: boolean, foreign?: Foreign): Sentence {
  const tokens = tokenise(text)
  return {
    text,
    tokens,
    readable: tokens.slice(),
    dayFirst,
    foreign,
    sealed: new Uint8Array(tokens.length),
    effort: { depth: 0, steps: mostSteps },
    repeating: repeats(tokens),
    memo: [[], [], [], [], []],
  }
}

function repeats(tokens: readonly Token[]): boolean {
  for (const { word } of tokens) if (word.repeats) return true
  return false
}

const space = 0
const letter = 1
const digit = 2
const mark = 3

function classOf(code: number): number {
  if (code >= 97 && code <= 122) return letter
  if (code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x202f || code === 0x2009) return space
  if (code >= 48 && code <= 57) return digit
  if ((code >= 65 && code <= 90) || (code >= 0xc0 && code < 0x2000) || code >= 0x3040) return letter
  return mark
}

function isLowerCase(code: number): boolean {
  return code >= 97 && code <= 122
}

function isApostrophe(code: number): boolean {
  return code === 39 || code === 0x2019
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  const length = text.length
  let index = 0
  let glued = false
  while (index < length) {
    const kind = classOf(text.charCodeAt(index))
    if (kind === space) {
      index++
      glued = false
      continue
    }
    const start = index++
    if (kind === letter) {
      let isLower = isLowerCase(text.charCodeAt(start))
      let isPlain = true
      while (index < length) {
        const code = text.charCodeAt(index)
        if (isLowerCase(code)) index++
        else if (classOf(code) === letter) {
          isLower = false
          index++
        } else if (isApostrophe(code) && index + 1 < length && classOf(text.charCodeAt(index + 1)) === letter) {
          isPlain = false
          index++
        } else break
      }
      const spelling = text.slice(start, index)
      const lower = isLower ? spelling : spelling.toLowerCase()
      tokens.push(isPlain ? wordToken(lower, start, index, glued) : apostropheToken(lower, start, index, glued))
    } else if (kind === digit) {
      while (index < length && classOf(text.charCodeAt(index)) === digit) index++
      const value = index - start <= 9 ? Number(text.slice(start, index)) : Number.NaN
      tokens.push({ kind: 'number', text: text.slice(start, index), start, end: index, glued, word: plainWord, value })
    } else {
      tokens.push({ kind: 'mark', text: dash(text[start] ?? ''), start, end: index, glued, word: plainWord, value: Number.NaN })
    }
    glued = true
  }
  return tokens
}

/** Every dash is a hyphen to the grammar. */
function dash(character: string): string {
  return character === '–' || character === '—' || character === '‑' || character === '−' || character === '~' ? '-' : character
}

function wordToken(spelling: string, start: number, end: number, glued: boolean): Token {
  const known = wordOf(spelling)
  if (known) return { kind: 'word', text: known.spelling, start, end, glued, word: known, value: Number.NaN }
  return { kind: 'word', text: spelling, start, end, glued, word: corrected(spelling) ?? plainWord, value: Number.NaN }
}

function apostropheToken(spelling: string, start: number, end: number, glued: boolean): Token {
  const text = spelling.includes('’') ? spelling.replaceAll('’', "'") : spelling
  const word = wordOf(text) ?? (text.endsWith("'s") ? wordOf(text.slice(0, -2)) : undefined) ?? corrected(text) ?? plainWord
  return { kind: 'word', text, start, end, glued, word, value: Number.NaN }
}
