import type { Foreign } from './languages.ts'
import { corrected } from './spelling.ts'
import { hashOn, markWord, numberWord, plainWord, type Word, wordIn, wordOf } from './words.ts'

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
  readonly tokens: Token[]
  /** The same, with end tokens where words are sealed: another list once there are some. */
  readable: Token[]
  /** Day first in "3/4". */
  readonly dayFirst: boolean
  /** The language of the writer, when our grammar does not speak it and chrono-node does. */
  readonly foreign: Foreign | undefined
  /** For each token, whether quotes or "called" protect it from being read as anything else. */
  readonly sealed: Uint8Array
  readonly effort: Effort
  /** True when some word of it can repeat. */
  readonly repeating: boolean
  /** The groups of telling words that it holds, a bit each. */
  readonly tells: number
  /** What readers found at each token before, so that no two of them read the same words again: as many places a token as `memoSlots`. */
  memo: (unknown | null | undefined)[]
}

/** The readers whose findings are kept. */
export const memoSlots = { days: 0, oneDay: 1, clock: 2, amount: 3, date: 4 } as const
const slotsOfToken = Object.keys(memoSlots).length

/** What `read` finds at `i`, read once. */
export function once<Value>(s: Sentence, slot: number, i: number, read: (s: Sentence, i: number) => Value | undefined): Value | undefined {
  if (s.memo.length === 0) s.memo = new Array(s.tokens.length * slotsOfToken)
  const place = i * slotsOfToken + slot
  const kept = s.memo[place]
  if (kept !== undefined) return kept === null ? undefined : (kept as Value)
  const value = read(s, i)
  // Readers look beyond the end, where nothing is to be found twice.
  if (i >= 0 && i < s.tokens.length) s.memo[place] = value === undefined ? null : value
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

/** Whether a word is written with a capital. */
export function isCapital(s: Sentence, i: number): boolean {
  const { kind, start } = at(s, i)
  const first = s.text[start] ?? ''
  return kind === 'word' && first !== first.toLowerCase()
}

/** Whether some word of the sentence, sealed or not, is of a group of telling words. */
export function holds({ tells }: Sentence, group: number): boolean {
  return (tells & group) !== 0
}

/** Seals words: no reader sees them any more. */
export function seal(sentence: Sentence, from: number, to: number) {
  sentence.sealed.fill(1, from, to)
  if (sentence.readable === sentence.tokens) sentence.readable = sentence.tokens.slice()
  sentence.readable.fill(theEnd, from, to)
  if (sentence.memo.length > 0) sentence.memo = []
}

/** The sentence as if it ended before that token. */
export function upTo(sentence: Sentence, end: number): Sentence {
  return { ...sentence, readable: sentence.readable.slice(0, end), memo: [] }
}

/** A text made ready to be read. */
export function sentenceOf(text: string, dayFirst: boolean, foreign?: Foreign): Sentence {
  const tokens = tokenise(text)
  return {
    text,
    tokens,
    readable: tokens,
    dayFirst,
    foreign,
    sealed: new Uint8Array(tokens.length),
    effort: { depth: 0, steps: mostSteps },
    repeating: repeats(tokens),
    tells: toldBy(tokens),
    memo: [],
  }
}

function toldBy(tokens: readonly Token[]): number {
  let tells = 0
  for (const { word } of tokens) tells |= word.tells
  return tells
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
  if (isLowerCase(code)) return letter
  if (code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x202f || code === 0x2009) return space
  if (code >= 48 && code <= 57) return digit
  if (isUpperCase(code) || (code >= 0xc0 && code < 0x2000) || code >= 0x3040) return letter
  return mark
}

function isLowerCase(code: number): boolean {
  return code >= 97 && code <= 122
}

function isUpperCase(code: number): boolean {
  return code >= 65 && code <= 90
}

function isApostrophe(code: number): boolean {
  return code === 39 || code === 0x2019
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  let glued = false
  for (let index = 0; index < text.length; ) {
    const kind = classOf(text.charCodeAt(index))
    if (kind === space) {
      index++
      glued = false
      continue
    }
    const token = kind === letter ? wordAt(text, index, glued) : kind === digit ? numberAt(text, index, glued) : markAt(text, index, glued)
    tokens.push(token)
    index = token.end
    glued = true
  }
  return tokens
}

function newToken(kind: Token['kind'], text: string, start: number, end: number, glued: boolean, word: Word, value: number): Token {
  return { kind, text, start, end, glued, word, value }
}

/** A word and its entry in the lexicon, which is found by the hash of its letters before anything is cut out of the text. */
function wordAt(text: string, start: number, glued: boolean): Token {
  let end = start
  let hash = 0
  let isLower = true
  let isPlain = true
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (isLowerCase(code)) {
      hash = hashOn(hash, code)
    } else if (isUpperCase(code)) {
      hash = hashOn(hash, code + 32)
      isLower = false
    } else if (classOf(code) === letter) {
      isLower = false
      isPlain = false
    } else if (end > start && isApostrophe(code) && end + 1 < text.length && classOf(text.charCodeAt(end + 1)) === letter) {
      isPlain = false
    } else break
  }
  const known = isPlain ? wordIn(text, start, end, hash) : undefined
  if (known) {
    const meant = known.meant === '' ? known : (wordOf(known.meant) ?? known)
    return newToken('word', meant.spelling, start, end, glued, meant, Number.NaN)
  }
  const spelling = isLower ? text.slice(start, end) : text.slice(start, end).toLowerCase()
  if (!isPlain) return spelledToken(spelling, start, end, glued)
  const word = corrected(spelling)
  // "septembers" are several.
  const meant = word === undefined || spelling === `${word.spelling}s` ? spelling : word.spelling
  return newToken('word', meant, start, end, glued, word ?? plainWord, Number.NaN)
}

/** A word with an apostrophe or with letters beyond a to z. */
function spelledToken(spelling: string, start: number, end: number, glued: boolean): Token {
  const text = spelling.includes('’') ? spelling.replaceAll('’', "'") : spelling
  const known = wordOf(text)
  const word = known ?? (text.endsWith("'s") ? wordOf(text.slice(0, -2)) : undefined) ?? corrected(text) ?? plainWord
  return newToken('word', known?.spelling ?? text, start, end, glued, word, Number.NaN)
}

function numberAt(text: string, start: number, glued: boolean): Token {
  let end = start
  let value = 0
  while (end < text.length && classOf(text.charCodeAt(end)) === digit) value = value * 10 + text.charCodeAt(end++) - 48
  return newToken('number', text.slice(start, end), start, end, glued, numberWord, end - start <= 9 ? value : Number.NaN)
}

function markAt(text: string, start: number, glued: boolean): Token {
  return newToken('mark', dash(text[start] ?? ''), start, start + 1, glued, markWord, Number.NaN)
}

/** Every dash is a hyphen to the grammar. */
function dash(character: string): string {
  return character === '–' || character === '—' || character === '‑' || character === '−' || character === '~' ? '-' : character
}
