import { quantity, remembered } from '../text/beginnings.ts'
import { type Found, readQuantity } from '../text/numbers.ts'
import { table } from '../text/table.ts'
import { at, memoSlots, once, type Sentence } from '../text/tokens.ts'
import type { Unit } from '../text/words.ts'
import type { Amount } from './expression.ts'

const finest: readonly Unit[] = [
  'second',
  'minute',
  'hour',
  'day',
  'workday',
  'week',
  'weekend',
  'month',
  'quarter',
  'year',
  'decade',
  'century',
]

/** "m" is minutes, "mo" months; letters count only when glued to their number. */
const letters = table<Unit>({
  m: 'minute',
  h: 'hour',
  s: 'second',
  d: 'day',
  w: 'week',
  y: 'year',
  mo: 'month',
  mi: 'minute',
  we: 'week',
  "'": 'minute',
  '"': 'second',
})

/**
 * A length of time.
 *
 *     45 minutes    1h 30m    an hour and a half    2 and a half days    half an hour    1 year, 2 months and 3 days
 */
export function readAmount(s: Sentence, i: number): Found<Amount> | undefined {
  if (!beginsAmount(at(s, i).word)) return undefined
  return once(s, memoSlots.amount, i, readAmountAnew)
}

const beginsAmount = remembered(quantity)

function readAmountAnew(s: Sentence, i: number): Found<Amount> | undefined {
  const first = readPart(s, i)
  if (!first) return undefined
  let value = first.value
  let end = first.end
  for (let parts = 1; parts < 8; parts++) {
    const next = readFurther(s, end, value)
    if (!next) break
    value = plus(value, next.value)
    end = next.end
  }
  return { value, end }
}

const shares = table<number>({ half: 0.5, quarter: 0.25 })

// "and a half" after a unit, "and a quarter", ", 2 months", "and 3 days", "30m"
function readFurther(s: Sentence, i: number, before: Amount): Found<Amount> | undefined {
  let next = i
  const mark = at(s, next).text
  if (mark === ',') next++
  if (at(s, next).text === 'and') next++
  const share = at(s, next).text === 'a' && at(s, next + 2).word.unit === '' ? shares[at(s, next + 1).text] : undefined
  if (share) return { value: amountOf(share, before.unit), end: next + 2 }
  let sign = 1
  const signed = at(s, next)
  if (signed.text === '-' && !at(s, next + 1).glued === false && mark !== '-') {
    sign = -1
    next++
  } else if (signed.text === '+') next++
  const part = readPart(s, next) ?? (next === i ? readMinutesAfter(s, i, before) : undefined)
  if (!part || finest.indexOf(part.value.unit) >= finest.indexOf(before.unit)) return undefined
  return sign === 1 ? part : { value: times(part.value, -1), end: part.end }
}

/** What a length stands after, so that "1h30" is not half past one. */
const lengthLeads = new Set(['in', 'for', 'within', 'about', 'around', 'takes', 'lasts'])

// "in 1h[30]"   "for 2h[15]"
function readMinutesAfter(s: Sentence, i: number, { unit }: Amount): Found<Amount> | undefined {
  const { kind, glued, text, value } = at(s, i)
  if (unit !== 'hour' || !lengthLeads.has(at(s, i - 3).text) || kind !== 'number' || !glued || text.length !== 2 || value > 59)
    return undefined
  return { value: amountOf(value, 'minute'), end: i + 1 }
}

// "45 minutes"   "1h"   "a day"   "5-minute"   "2 business days"
function readPart(s: Sentence, i: number): Found<Amount> | undefined {
  const first = at(s, i)
  if (first.kind === 'word' ? !first.word.opens : first.kind !== 'number') return undefined
  const quantity = readQuantity(s, i)
  if (!quantity) return undefined
  let j = quantity.end
  if (at(s, j).text === '-' && at(s, j).glued && at(s, j + 1).word.unit !== '') j++
  const found = readUnit(s, j)
  if (!found) return undefined
  if (first.kind === 'word' && first.word.cardinal === 0) return undefined
  // "fourteen hundred hours" is two in the afternoon.
  if (found.value === 'hour' && at(s, j - 1).text === 'hundred' && first.word.cardinal <= 20) return undefined
  const past = at(s, found.end).text
  if (found.value === 'quarter' && (past === 'past' || past === 'to' || past === 'after' || past === 'till' || past === 'of'))
    return undefined
  const factor = at(s, found.end - 1).text.startsWith('fortnight') ? 2 : 1
  return { value: amountOf(quantity.value * factor, found.value), end: found.end }
}

/** A unit of time: "minutes", "business days", "m" when glued to a number. */
export function readUnit(s: Sentence, i: number): Found<Unit> | undefined {
  const token = at(s, i)
  if (token.text === 'business' || token.text === 'working' || token.text === 'work') {
    return at(s, i + 1).word.unit === 'day' ? { value: 'workday', end: i + 2 } : undefined
  }
  if (token.text === 'week' && at(s, i + 1).text === '-' && at(s, i + 1).glued && at(s, i + 2).text === 'end')
    return { value: 'weekend', end: i + 3 }
  const before = at(s, i - 1)
  if (before.kind === 'number' && (token.kind === 'word' || token.glued)) {
    const letter = letters[token.text]
    const spacedOut = !token.glued && token.text.length === 1
    if (letter && (!spacedOut || 'hdwym'.includes(token.text))) return { value: letter, end: i + 1 }
  }
  if (token.word.unit === '' || token.text.length === 1 || token.text === 'mon') {
    return token.text === 'mon' && token.glued && before.kind === 'number' ? { value: 'month', end: i + 1 } : undefined
  }
  const unit = token.word.unit === 'workday' && token.text.startsWith('weekd') ? 'workday' : token.word.unit
  const short = token.text.length <= 3 && at(s, i + 1).text === '.' && at(s, i + 1).glued
  return { value: unit, end: short && at(s, i + 2).kind !== 'end' ? i + 2 : i + 1 }
}

/** `quantity` units as an amount; broken units are carried into finer ones. */
export function amountOf(quantity: number, unit: Unit): Amount {
  const whole = Math.trunc(quantity)
  const rest = quantity - whole
  switch (unit) {
    case 'second':
      return exact(Math.round(quantity), unit)
    case 'minute':
      return exact(Math.round(quantity * 60), unit)
    case 'hour':
      return exact(Math.round(quantity * 3600), unit)
    case 'day':
      return { months: 0, days: whole, workdays: 0, seconds: Math.round(rest * 86_400), unit: rest === 0 ? unit : 'hour' }
    case 'workday':
      return { months: 0, days: 0, workdays: Math.round(quantity), seconds: 0, unit }
    case 'week':
    case 'weekend':
      return { months: 0, days: Math.round(quantity * 7), workdays: 0, seconds: 0, unit: 'week' }
    case 'month':
      return { months: whole, days: Math.round(rest * 30), workdays: 0, seconds: 0, unit }
    case 'quarter':
      return { months: Math.round(quantity * 3), days: 0, workdays: 0, seconds: 0, unit }
    case 'year':
      return { months: Math.round(quantity * 12), days: 0, workdays: 0, seconds: 0, unit }
    case 'decade':
      return { months: Math.round(quantity * 120), days: 0, workdays: 0, seconds: 0, unit }
    case 'century':
      return { months: Math.round(quantity * 1200), days: 0, workdays: 0, seconds: 0, unit }
  }
}

function exact(seconds: number, unit: Unit): Amount {
  return { months: 0, days: 0, workdays: 0, seconds, unit }
}

export function plus(a: Amount, b: Amount): Amount {
  return {
    months: a.months + b.months,
    days: a.days + b.days,
    workdays: a.workdays + b.workdays,
    seconds: a.seconds + b.seconds,
    unit: b.unit,
  }
}

export function times(a: Amount, factor: number): Amount {
  return { months: a.months * factor, days: a.days * factor, workdays: a.workdays * factor, seconds: a.seconds * factor, unit: a.unit }
}

/** True when the amount is counted in whole days or more. */
export function isWholeDays({ seconds, unit }: Amount): boolean {
  return seconds === 0 && unit !== 'second' && unit !== 'minute' && unit !== 'hour'
}
