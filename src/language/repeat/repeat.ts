import type { Part } from '../text/words.ts'
import type { Clock, Days, Phrase } from '../time/expression.ts'

export type Frequency = 'SECONDLY' | 'MINUTELY' | 'HOURLY' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'

/** What a phrase of repetition says, before anybody asks what day it is. */
export interface Repeat {
  readonly frequency: Frequency
  readonly interval: number
  /** With `n`, the nth of its month or year; negative counts from the end. */
  readonly weekdays: readonly { readonly weekday: number; readonly n?: number }[]
  readonly monthDays: readonly number[]
  readonly months: readonly number[]
  readonly weekNumbers: readonly number[]
  readonly yearDays: readonly number[]
  /** "on Dec 3 and Dec 10": each of them once. */
  readonly dates: readonly Days[]
  /** The nth of what the other parts give: "the last weekday". */
  readonly positions: readonly number[]
  readonly clocks: readonly Clock[]
  readonly part: Part | undefined
  /** "every 10 minutes between 9 and 5" */
  readonly between: { readonly from: Clock; readonly to: Clock } | undefined
  readonly start: Phrase | undefined
  readonly until: Phrase | undefined
  readonly length: Phrase['length']
  readonly count: number | undefined
  /** "twice a week": how often in each period, when nobody says on which days or at what times. */
  readonly often: number | undefined
  /** "every day next week": the stretch that it starts and ends with. */
  readonly within: Days | undefined
  readonly except: readonly Except[]
  readonly zone: string | undefined
  /** The day that its weeks begin with, where that is not Monday and makes a difference. */
  readonly weekStart?: number
}

/** What is left out: days, whole weekdays and months, or public holidays. */
export type Except =
  | { readonly kind: 'days'; readonly days: Days; readonly clock?: Clock | undefined }
  | { readonly kind: 'weekdays'; readonly weekdays: readonly number[] }
  | { readonly kind: 'months'; readonly months: readonly number[] }
  | { readonly kind: 'holidays' }

export const noRepeat: Repeat = {
  frequency: 'DAILY',
  interval: 1,
  weekdays: [],
  monthDays: [],
  months: [],
  weekNumbers: [],
  yearDays: [],
  dates: [],
  positions: [],
  clocks: [],
  part: undefined,
  between: undefined,
  start: undefined,
  until: undefined,
  length: undefined,
  count: undefined,
  often: undefined,
  within: undefined,
  except: [],
  zone: undefined,
}
