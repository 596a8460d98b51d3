import { table } from './table.ts'
import { at, type Sentence } from './tokens.ts'

/** What a reader found, and the token after it. */
export interface Found<Value> {
  readonly value: Value
  readonly end: number
}

/**
 * A whole number in digits or words.
 *
 *     15    twelve    twenty-one    twenty one    a hundred and five    two thousand
 */
export function readWhole(s: Sentence, i: number): Found<number> | undefined {
  const token = at(s, i)
  if (token.kind === 'number') return Number.isNaN(token.value) ? undefined : { value: token.value, end: i + 1 }
  const small = readSmall(s, i)
  if (!small) return undefined
  const scale = scales[at(s, small.end).text]
  if (scale === undefined) return small
  const andEnd = at(s, small.end + 1).text === 'and' ? small.end + 2 : small.end + 1
  const rest = readSmall(s, andEnd)
  if (rest && rest.value < scale) return { value: small.value * scale + rest.value, end: rest.end }
  return { value: small.value * scale, end: small.end + 1 }
}

const scales = table<number>({ hundred: 100, thousand: 1000 })

// "seven"   "twenty"   "twenty-one"   "twenty one"
function readSmall(s: Sentence, i: number): Found<number> | undefined {
  const { word, text } = at(s, i)
  if (text === 'a' && scales[at(s, i + 1).text] !== undefined) return { value: 1, end: i + 1 }
  if (Number.isNaN(word.cardinal)) return undefined
  if (word.cardinal < 20) return { value: word.cardinal, end: i + 1 }
  const next = at(s, i + 1).text === '-' && at(s, i + 1).glued ? i + 2 : i + 1
  const digit = at(s, next).word.cardinal
  if (digit > 0 && digit < 10) return { value: word.cardinal + digit, end: next + 1 }
  return { value: word.cardinal, end: i + 1 }
}

/**
 * A quantity, which may be broken.
 *
 *     2.5    0,5    1/2    2 1/2    half    a couple of    a few    one and a half
 */
export function readQuantity(s: Sentence, i: number): Found<number> | undefined {
  const { text, kind } = at(s, i)
  if (kind === 'word') {
    const vague = vagueQuantities[text]
    if (vague !== undefined) return { value: vague, end: at(s, i + 1).text === 'of' ? i + 2 : i + 1 }
    if (text === 'a' || text === 'an') return readArticle(s, i)
    if (text === 'half') return readHalf(s, i)
  }
  const whole = readWhole(s, i)
  if (!whole) return undefined
  if (whole.value === 3 && at(s, whole.end).text === 'quarters' && at(s, whole.end + 1).text === 'of') {
    const article = at(s, whole.end + 2).text
    if (article === 'a' || article === 'an') return { value: 0.75, end: whole.end + 3 }
  }
  return readDecimal(s, i, whole) ?? readFraction(s, whole) ?? readAndAHalf(s, whole) ?? whole
}

const vagueQuantities = table<number>({ couple: 2, few: 3, several: 3 })

// "an hour"   "a couple of days"   "a few minutes"   "a half hour"
function readArticle(s: Sentence, i: number): Found<number> {
  const next = at(s, i + 1).text
  const vague = vagueQuantities[next]
  if (vague !== undefined) return { value: vague, end: at(s, i + 2).text === 'of' ? i + 3 : i + 2 }
  if (next === 'half') return { value: 0.5, end: i + 2 }
  if (next === 'quarter' && at(s, i + 2).text === 'of' && (at(s, i + 3).text === 'an' || at(s, i + 3).text === 'a'))
    return { value: 0.25, end: i + 4 }
  return { value: 1, end: i + 1 }
}

// "half an hour"   "half hour"   "half a day"
function readHalf(s: Sentence, i: number): Found<number> {
  const next = at(s, i + 1).text
  return { value: 0.5, end: next === 'a' || next === 'an' ? i + 2 : i + 1 }
}

// "2.5"   "0,5"
function readDecimal(s: Sentence, i: number, whole: Found<number>): Found<number> | undefined {
  const point = at(s, i + 1)
  const digits = at(s, i + 2)
  if (!point.glued || !digits.glued || digits.kind !== 'number' || (point.text !== '.' && point.text !== ',')) return undefined
  if (digits.text.length > 4) return undefined
  return { value: whole.value + Number(`0.${digits.text}`), end: i + 3 }
}

// "1/2"   "2 1/2"   "3/4"
function readFraction(s: Sentence, whole: Found<number>): Found<number> | undefined {
  const simple = fractionAt(s, whole.end - 1)
  if (simple) return simple
  const mixed = fractionAt(s, whole.end)
  return mixed && mixed.value < 1 ? { value: whole.value + mixed.value, end: mixed.end } : undefined
}

function fractionAt(s: Sentence, i: number): Found<number> | undefined {
  const over = at(s, i)
  const under = at(s, i + 2)
  if (over.kind !== 'number' || at(s, i + 1).text !== '/' || under.kind !== 'number') return undefined
  if (under.value !== 2 && under.value !== 3 && under.value !== 4) return undefined
  return over.value < under.value ? { value: over.value / under.value, end: i + 3 } : undefined
}

// "one and a half (hours)"   "2 and a half"
function readAndAHalf(s: Sentence, whole: Found<number>): Found<number> | undefined {
  const i = whole.end
  if (at(s, i).text === 'and' && at(s, i + 1).text === 'a' && at(s, i + 2).text === 'half') return { value: whole.value + 0.5, end: i + 3 }
  return undefined
}

/**
 * A rank.
 *
 *     3rd    21st    third    twenty-first    thirty first
 */
export function readOrdinal(s: Sentence, i: number): Found<number> | undefined {
  const token = at(s, i)
  if (token.kind === 'number') {
    const suffix = at(s, i + 1)
    const isRank = suffix.text === 'th' || (suffix.glued && (suffix.text === 'st' || suffix.text === 'nd' || suffix.text === 'rd'))
    return isRank && token.value <= 400 ? { value: token.value, end: i + 2 } : undefined
  }
  if (!Number.isNaN(token.word.ordinal)) return { value: token.word.ordinal, end: i + 1 }
  if (!(token.word.cardinal >= 20)) return undefined
  const next = at(s, i + 1).text === '-' ? i + 2 : i + 1
  const digit = at(s, next).word.ordinal
  return digit < 10 ? { value: token.word.cardinal + digit, end: next + 1 } : undefined
}
