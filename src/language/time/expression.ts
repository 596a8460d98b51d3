import type { Foreign } from '../text/languages.ts'
import type { Part, Season, Unit } from '../text/words.ts'

/**
 * What a phrase of time says, before anybody asks what day it is.
 *
 * Plain data, the same for the same words, so that it can be cached and printed.
 */

/** A stretch of whole days. */
export type Days =
  /** "today", "next week", "last year": the unit that is `offset` after the present one. */
  | { readonly kind: 'unit'; readonly unit: Unit; readonly offset: number }
  /** "Monday", "this Monday", "next Monday", "last Monday". */
  | { readonly kind: 'weekday'; readonly weekday: number; readonly which: 'coming' | 'this' | 'next' | 'last' }
  /** "March 3rd 2030", "March", "2030", "the 3rd"; weekday when it was said too: "Friday the 13th". */
  | {
      readonly kind: 'date'
      readonly year?: number | undefined
      readonly month?: number | undefined
      readonly day?: number | undefined
      readonly weekday?: number | undefined
      readonly step?: number | undefined
    }
  /** "the second Monday of May", "the last day of the month"; negative counts from the end. */
  | {
      readonly kind: 'nth'
      readonly n: number
      readonly of: Unit | number
      readonly count?: number | undefined
      readonly within: Days /** "Of the month": of the next one when that of this one is over. */
      readonly rolls?: true
    }
  /** "Tuesday next week", "the 5th of next month", "Christmas 2030". */
  | { readonly kind: 'within'; readonly inner: Days; readonly outer: Days }
  /** "end of March", "early next week". */
  | { readonly kind: 'edge'; readonly edge: 'start' | 'middle' | 'end'; readonly of: Days }
  /** "next 3 weeks", "the last 2 days". */
  | { readonly kind: 'run'; readonly unit: Unit; readonly count: number; readonly side: 1 | -1 }
  /** "in 3 days", "2 weeks after Easter". */
  | { readonly kind: 'shift'; readonly amount: Amount; readonly from: Days | undefined /** "in 2 to 4 days" */; readonly upTo?: Amount }
  /** "4 Sundays from now", "the second closest Monday to May 1". */
  | {
      readonly kind: 'weekdays'
      readonly weekday: number
      readonly count: number
      readonly from: Days | undefined
      readonly closest?: boolean | undefined
    }
  | { readonly kind: 'holiday'; readonly name: string; readonly step: number; readonly year?: number | undefined }
  | { readonly kind: 'season'; readonly season: Season | ''; readonly step: number; readonly year?: number | undefined }
  /** "week 12". */
  | { readonly kind: 'week'; readonly week: number; readonly year: number | undefined }
  /** "Q3 2030", "the second half of 2030". */
  | {
      readonly kind: 'fraction'
      readonly of: 'quarter' | 'half'
      readonly n: number
      readonly year: number | undefined
      readonly step: number
    }
  /** "May 20 to 24", "Mon-Wed". */
  | { readonly kind: 'span'; readonly from: Days; readonly to: Days; readonly inclusive: boolean }
  /** "in the 1990s", "the 21st century". */
  | { readonly kind: 'years'; readonly from: number; readonly to: number }

/** A length of time; calendar months and days are kept apart from exact seconds. */
export interface Amount {
  readonly months: number
  readonly days: number
  readonly workdays: number
  readonly seconds: number
  /** The finest unit named. */
  readonly unit: Unit
}

/** A time of day as it was said. */
export interface Clock {
  /** NaN for the next hour that has such a minute: "at half past". */
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** `am`, `pm`; `24` when the hour can only be meant on the 24-hour clock; `''` when nobody said. */
  readonly half: 'am' | 'pm' | '24' | ''
  /** "11ish", "around 11" do not change the time, "exactly" neither. */
  readonly grain: 'hour' | 'minute' | 'second'
}

/** One phrase of time: any of its parts may be missing. */
export interface Phrase {
  readonly days: Days | undefined
  /** Several only with a recurrence: "at 9 and 17". */
  readonly clocks: readonly Clock[]
  /** The end of a range of clock times: "from 2 to 3:30". */
  readonly until: Clock | undefined
  readonly part: Part | undefined
  readonly partMood: 'early' | 'late' | ''
  /** "in 2 hours", "15 minutes before noon": an exact shift from the rest of the phrase, or from now. */
  readonly shift: Amount | undefined
  /** "now", "asap". */
  readonly now: boolean
  /** The other end: "from Monday 9am to Tuesday noon". */
  readonly to: Phrase | undefined
  /** "for 45 minutes". */
  readonly length: Amount | undefined
  /** `since` counts the day itself, `after` what comes then; `by` and `through` end with it, `before` ahead of it. */
  readonly open: 'after' | 'since' | 'before' | 'through' | 'by' | undefined
  /** "within 2 weeks", "the next 2 hours": from now to then, or back. */
  readonly reach: Amount | undefined
  /** A time in another language, left to chrono-node. */
  readonly foreign: { readonly language: Foreign; readonly words: string } | undefined
  readonly zone: string | undefined
}

/** A phrase that says nothing yet. */
export const emptyPhrase: Phrase = {
  days: undefined,
  clocks: [],
  until: undefined,
  part: undefined,
  partMood: '',
  shift: undefined,
  now: false,
  to: undefined,
  length: undefined,
  open: undefined,
  reach: undefined,
  foreign: undefined,
  zone: undefined,
}
