import type { Found } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { Unit } from '../text/words.ts'
import type { Days } from './expression.ts'

/** Days that a phrase names; `sure` when no word before it is needed to believe that. */
export interface FoundDays extends Found<Days> {
  readonly sure: boolean
}

export const sizes: Readonly<Record<Unit, number>> = {
  second: 0,
  minute: 0,
  hour: 0,
  day: 1,
  workday: 1,
  weekend: 2,
  week: 3,
  month: 4,
  quarter: 5,
  year: 6,
  decade: 7,
  century: 8,
}

/** How large a stretch is: 1 a day, 3 a week, 4 a month, 6 a year. */
export function sizeOf(days: Days): number {
  switch (days.kind) {
    case 'unit':
    case 'run':
      return sizes[days.unit]
    case 'date':
      return days.day !== undefined ? 1 : days.month !== undefined ? 4 : 6
    case 'nth':
      return typeof days.of === 'number' ? 1 : sizes[days.of]
    case 'within':
      return sizeOf(days.inner)
    case 'shift':
      return Math.max(1, sizes[days.amount.unit])
    case 'season':
    case 'fraction':
      return 5
    case 'week':
      return 3
    case 'years':
      return 7
    default:
      return 1
  }
}

export const foundDays = (value: Days, end: number, sure = true): FoundDays => ({ value, end, sure })

export const unitDays = (unit: Unit, offset: number): Days => ({ kind: 'unit', unit, offset })

export function skipDot(s: Sentence, i: number): number {
  return at(s, i).text === '.' && at(s, i).glued && at(s, i - 1).text.length <= 4 && at(s, i + 1).kind !== 'end' ? i + 1 : i
}

/** How a reader reads the days that others are part of: it is handed in, so that readers need not know each other. */
export type DaysReader = (s: Sentence, i: number, depth?: number) => FoundDays | undefined
