import type { Grain } from '#core/understanding.ts'
import type { Stretch } from './resolve-units.ts'

/** How a sentence wants its times read. */
export interface Manner {
  /** `event` and `plain`: hours before 7 are the afternoon. `reminder`: the next one of that name. */
  readonly hours: 'event' | 'reminder' | 'plain'
  /** True when a part of the day means all of it ("what is on tomorrow morning"), not its usual start. */
  readonly wholeParts: boolean
  /** True when "by 5" and "until 5" name the moment itself. */
  readonly pointed: boolean
  /** True when nothing is planned, so that a date may be one that has just passed. */
  readonly looksBack: boolean
}

/** Of what is planned with others. */
export const forEvents: Manner = { hours: 'event', wholeParts: false, pointed: false, looksBack: false }

export interface Present {
  readonly now: Temporal.Instant
  readonly timeZone: string
}

/** Wall time as seconds since 1970-01-01T00:00 on the wall, or an exact instant in milliseconds. */
export type Moment = { readonly kind: 'wall'; readonly seconds: number } | { readonly kind: 'exact'; readonly ms: number }

export const day = 86_400

export interface Resolver {
  readonly today: number
  /** Seconds since the start of `today` where the clock is read. */
  readonly secondsNow: number
  readonly nowMs: number
  readonly manner: Manner
  readonly zone: string
}

/** A phrase once it is known what day it is. Either a day without a time, or moments. */
export type Resolved =
  | { readonly kind: 'days'; readonly stretch: Stretch }
  | { readonly kind: 'moment'; readonly start: Moment; readonly end: Moment | undefined; readonly grain: Grain }
