import type { Scope } from '#core/understanding.ts'
import { phrasebook } from '../intent/phrasebook.ts'
import { at, type Sentence, seal } from '../text/tokens.ts'
import type { Days, Phrase } from '../time/expression.ts'

const phrases = {
  this: [
    'just this one',
    'only this one',
    'this one only',
    'this one',
    'this occurrence',
    'just this occurrence',
    'only this occurrence',
    'this occurrence only',
    'this instance',
    'only this instance',
    'just this time',
    'only this time',
    'this time only',
    'just this once',
    'only this once',
    'this once',
    'just the one',
  ],
  following: [
    'this and following',
    'this and the following',
    'this and all following',
    'this and future',
    'this and all future',
    'this one and following',
    'this one and the following',
    'this one and all following',
    'this one and all after',
    'this one and all future',
    'this one and future',
    'this and all after it',
    'this and everything after',
    'this and later',
    'this and all later',
    'this one and all later',
    'this one and later',
    'all later',
    'all future',
    'all following',
    'all the following',
    'and all future',
    'from now on',
    'from here on',
    'going forward',
    'from then on',
  ],
  all: [
    'all of them',
    'all of these',
    'every one of them',
    'the whole series',
    'whole series',
    'the entire series',
    'entire series',
    'the series',
    'whole thing',
    'every occurrence',
    'all occurrences',
    'all its occurrences',
    'all instances',
    'every instance',
    'every single one',
    'all the repeats',
    'every time',
  ],
} as const

const scopeOf = new Map<string, Scope>()
for (const [scope, list] of Object.entries(phrases)) for (const phrase of list) scopeOf.set(phrase, scope as Scope)
const book = phrasebook([...scopeOf.keys()])

/** What goes with the words of a scope: "for [all of them]", "this and all future [ones]". */
const before = new Set(['for', 'of', 'but', 'and', 'to', 'just', 'only', ',', '(', '-'])
const after = new Set(['ones', 'events', 'meetings', 'occurrences', 'instances', 'reminders', 'it', 'only', ')', 'that', 'repeats'])

const onwards = new Set(['on', 'onward', 'onwards', 'forward'])

const leads = new Set(['starting', 'beginning', 'effective'])

/** "[starting] Monday", "[as of] tomorrow", "[from] Monday": without "on" they say the same, where a day follows and no other end. */
export function leadsFrom(s: Sentence, i: number): boolean {
  const { text } = at(s, i)
  return leads.has(text) || (text === 'as' && at(s, i + 1).text === 'of') || text === 'from'
}

/** A day that something may begin with, and no end or clock time beside it. */
export function isFirstDay({ days, clocks, to, length }: Phrase): boolean {
  const past = (days?.kind === 'unit' && days.offset < 0) || (days?.kind === 'weekday' && days.which === 'last')
  return days !== undefined && days.kind !== 'span' && !past && clocks.length === 0 && to === undefined && length === undefined
}

/**
 * "from Friday [on]", "[starting] Friday": that one and all later ones. Where the word stands behind a stretch of time, ends
 * it, or leads to it.
 */
export function findOnwards(
  s: Sentence,
  stretches: readonly { readonly from: number; readonly to: number }[],
  phrase?: Phrase,
): number | undefined {
  for (const { from, to } of stretches) {
    const lead = phrase && isFirstDay(phrase) ? [from, from - 1, from - 2].find((i) => i >= 0 && leadsFrom(s, i)) : undefined
    if (lead !== undefined && at(s, to).text !== 'to') return lead
    const led = [at(s, from).text, at(s, from - 1).text].some((text) => text === 'from' || text === 'starting')
    const word = [to, to - 1].find((i) => isOnwards(s, i))
    if (led && word !== undefined) return word
  }
  return undefined
}

/** "from 3 on Friday" names a day. */
function isOnwards(s: Sentence, i: number): boolean {
  const next = at(s, i + 1)
  return onwards.has(at(s, i).text) && (next.kind !== 'word' || next.text === 'to' || next.text === 'and') && next.kind !== 'number'
}

/** "make standup 20 minutes [from Friday on]", "[starting Friday]" */
export function leadsOnwards(s: Sentence, i: number): boolean {
  return at(s, i).text === 'from' ? isOnwards(s, s.tokens.length - 1) : leadsFrom(s, i)
}

/** "cancel [tomorrow's] standup", "of [Dec 4]": one occurrence of it. By "Friday" a whole series may be called. */
export function tellsOne({ days, to, open }: Phrase): boolean {
  return to === undefined && open === undefined && isOneDay(days)
}

function isOneDay(days: Days | undefined): boolean {
  switch (days?.kind) {
    case 'unit':
      return days.unit === 'day'
    case 'weekday':
      return days.which !== 'coming'
    case 'date':
      return days.day !== undefined
    case 'within':
      return days.inner.kind === 'weekday' || isOneDay(days.inner)
    case 'shift':
      return days.upTo === undefined && days.amount.unit === 'day'
    case 'weekdays':
    case 'holiday':
      return true
    default:
      return false
  }
}

export interface FoundScope {
  readonly scope: Scope
  readonly from: number
  readonly to: number
}

/**
 * Finds how much of a series is meant, and seals the words.
 *
 *     cancel standup, just this one      move it to 10 for the whole series
 *                     ↑ this                               ↑ all
 */
export function findScope(s: Sentence, from: number): FoundScope | undefined {
  for (let i = from; i < s.tokens.length; i++) {
    const found = book.find(s, i)
    if (!found) continue
    let first = i
    let to = found.end
    while (after.has(at(s, to).text)) to++
    while (first > from && before.has(at(s, first - 1).text)) first--
    seal(s, first, to)
    return { scope: scopeOf.get(found.phrase) ?? 'this', from: first, to }
  }
  return undefined
}
