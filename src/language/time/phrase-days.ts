import { readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readDays } from './days.ts'
import type { Draft } from './draft.ts'
import type { Days } from './expression.ts'
import { type FoundDays, sizeOf } from './found-days.ts'
import { endsTime } from './phrase-clock.ts'
import { readDaySpan } from './range.ts'

// "May 20 to 24"   "Mon-Wed"   "from March to June"
export function readSpan(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (draft.days !== undefined) return -1
  const found = readDaySpan(s, i, lead)
  if (!found) return -1
  // "from Friday to 3pm": the second end is a time.
  draft.days = found.value
  return found.end
}

export function readNamedDays(s: Sentence, i: number, draft: Draft, lead: string): number {
  const found = readDays(s, i)
  if (!found || !(found.sure || places(lead) || draft.clocks.length > 0)) return -1
  if (lead === 'at' && found.value.kind === 'date' && found.value.month === undefined) return -1
  // "the 15th of every month" repeats.
  if (at(s, found.end).text === 'of' && repeats.has(at(s, found.end + 1).text)) return -1
  const merged = mergeDays(draft.days, found)
  if (!merged) return -1
  // "2 weeks ago on Monday" is not at this time of that day.
  if (merged.kind === 'within' && draft.now) draft.now = false
  draft.days = merged
  return found.end
}

const repeats = new Set(['every', 'each', 'ev'])

function places(lead: string): boolean {
  return lead !== '' && lead !== 'at' && lead !== '@' && lead !== ',' && lead !== 'a'
}

/** Two names of the same day: "Friday ... March 3rd", "the weekend of the 5th". */
function mergeDays(before: Days | undefined, found: FoundDays): Days | undefined {
  const after = found.value
  if (before === undefined) return after
  if (before.kind === 'weekday' && after.kind === 'date' && after.day !== undefined) return { ...after, weekday: before.weekday }
  if (before.kind === 'date' && after.kind === 'weekday' && before.day !== undefined && after.which === 'coming')
    return { ...before, weekday: after.weekday }
  if (before.kind === 'date' && after.kind === 'date' && before.year === undefined && after.month === undefined && after.day === undefined)
    return { ...before, year: after.year }
  if (before.kind === 'weekday' && after.kind === 'unit' && after.unit === 'day') return undefined
  if (sizeOf(before) < sizeOf(after) && after.kind === 'unit' && before.kind !== 'unit')
    return { kind: 'within', inner: before, outer: after }
  if (sizeOf(before) > sizeOf(after) && before.kind === 'unit' && (after.kind === 'weekday' || after.kind === 'date'))
    return { kind: 'within', inner: after, outer: before }
  if (before.kind === 'unit' && before.unit === 'day' && after.kind === 'date' && after.day !== undefined) return after
  // "3 weeks after Easter on Friday": the Friday of that week.
  if (before.kind === 'shift' && before.amount.unit === 'week' && after.kind === 'weekday' && after.which === 'coming')
    return { kind: 'within', inner: after, outer: before }
  return undefined
}

/** The weekday of "3pm on Sunday", after which a number can only be the day of the month. */
function weekdayOf({ days, clocks }: Draft): number | undefined {
  return clocks.length > 0 && days?.kind === 'weekday' && days.which === 'coming' ? days.weekday : undefined
}

// "on 7", "on seven": a day of the month   "3pm on Sunday 17"
export function readBareDay(s: Sentence, i: number, draft: Draft, lead: string): number {
  const named = weekdayOf(draft)
  if (named === undefined && (draft.days !== undefined || (lead !== 'on' && lead !== 'the'))) return -1
  const whole = readWhole(s, i)
  if (!whole || whole.value < 1 || whole.value > 31 || (at(s, i).text.length > 2 && at(s, i).kind === 'number')) return -1
  // "1 on 1"
  if (lead === 'on' && (at(s, i - 2).kind === 'number' || at(s, i - 2).word.cardinal > 0)) return -1
  if (named !== undefined) {
    if (lead !== '' || !endsTime(s, whole.end)) return -1
    draft.days = { kind: 'date', day: whole.value, weekday: named }
    return whole.end
  }
  const link = at(s, whole.end).text
  const within = link === 'of' ? readDays(s, whole.end + 1, 1) : undefined
  if (within && sizeOf(within.value) === 4) {
    draft.days = { kind: 'within', inner: { kind: 'date', day: whole.value }, outer: within.value }
    return within.end
  }
  if (!endsTime(s, whole.end) || (lead === 'the' && at(s, i - 2).text !== 'on')) return -1
  if (at(s, whole.end).glued && at(s, whole.end).kind === 'mark' && at(s, whole.end + 1).glued) return -1
  draft.days = { kind: 'date', day: whole.value }
  return whole.end
}
