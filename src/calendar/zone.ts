import { secondsADay, wallOf } from './civil.ts'

/** A stretch of time in which a zone keeps one offset, in seconds from 1970; exclusive at its end. */
interface Steady {
  readonly from: number
  readonly to: number
  /** Seconds ahead of UTC. */
  readonly ahead: number
}

/** The stretches asked for so far, by zone, the last one first: walls come in order, and mostly of one stretch. */
const known = new Map<string, Steady[]>()
const mostZones = 1_000
const mostStretches = 500

/**
 * The instant of a wall time, both in seconds from 1970: what the clock skips moves past the gap, and of two equal
 * wall times the first one is meant.
 */
export function instantSeconds(wall: number, timeZone: string): number {
  const steady = known.get(timeZone)?.find(({ from, to, ahead }) => from + secondsADay <= wall - ahead && wall - ahead < to - secondsADay)
  if (steady) return wall - steady.ahead
  const zoned = wallOf(wall).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
  remember(timeZone, zoned)
  return Math.floor(zoned.epochMilliseconds / 1_000)
}

/** The wall time of an instant, both in seconds from 1970. */
export function wallSeconds(instant: number, timeZone: string): number {
  const steady = known.get(timeZone)?.find(({ from, to }) => from <= instant && instant < to)
  if (steady) return instant + steady.ahead
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant * 1_000).toZonedDateTimeISO(timeZone)
  remember(timeZone, zoned)
  return instant + Math.round(zoned.offsetNanoseconds / 1e9)
}

function remember(timeZone: string, zoned: Temporal.ZonedDateTime): void {
  if (known.size > mostZones) known.clear()
  const stretches = known.getOrInsertComputed(timeZone, () => [])
  const at = zoned.epochMilliseconds / 1_000
  if (stretches.some(({ from, to }) => from <= at && at < to)) return
  if (stretches.length >= mostStretches) stretches.length = 0
  stretches.unshift({
    // The change at this very instant begins the stretch.
    from: seconds(zoned.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')) ?? Number.NEGATIVE_INFINITY,
    to: seconds(zoned.getTimeZoneTransition('next')) ?? Number.POSITIVE_INFINITY,
    ahead: Math.round(zoned.offsetNanoseconds / 1e9),
  })
}

function seconds(transition: Temporal.ZonedDateTime | null): number | undefined {
  return transition ? transition.epochMilliseconds / 1_000 : undefined
}
