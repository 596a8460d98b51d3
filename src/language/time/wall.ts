import { civil } from '#core/days.ts'
import { isoDate, two } from './civil.ts'

const day = 86_400
/** The furthest that Temporal can say, in seconds from 1970. */
const furthest = 8.64e12 - 2 * day

/** A stretch of time in which a zone keeps one offset; exclusive at its end. */
interface Steady {
  readonly from: number
  readonly to: number
  /** Seconds ahead of UTC. */
  readonly ahead: number
  /** `-05:00` */
  readonly offset: string
}

/** The stretches asked for of each zone, the latest first: nearly every time that people write is in one of them. */
const steady = new Map<string, Steady[]>()
const mostKept = 8
const mostZones = 1_000

function steadyAt(ms: number, timeZone: string): Steady {
  const kept = steady.get(timeZone)
  if (kept) for (const stretch of kept) if (stretch.from <= ms && ms < stretch.to) return stretch
  const found = findSteady(ms, timeZone)
  if (steady.size > mostZones) steady.clear()
  steady.set(timeZone, [found, ...(kept ?? []).slice(0, mostKept - 1)])
  return found
}

function findSteady(ms: number, timeZone: string): Steady {
  const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
  return {
    // The change at this very instant begins the stretch.
    from: zoned.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    ahead: zoned.offsetNanoseconds / 1e9,
    offset: zoned.offset,
  }
}

/** Seconds on the wall at an instant. */
export function wallSeconds(now: Temporal.Instant, timeZone: string): number {
  const ms = now.epochMilliseconds
  return Math.floor(ms / 1000) + steadyAt(ms, timeZone).ahead
}

/** The day on the wall at an instant, counted from 1970. */
export function dayOf(now: Temporal.Instant, timeZone: string): number {
  return Math.floor(wallSeconds(now, timeZone) / day)
}

/** An instant in milliseconds as the wall shows it, with its offset; null beyond what Temporal can say. */
export function exactIso(ms: number, timeZone: string): string | null {
  if (!(Math.abs(ms) < furthest * 1000)) return null
  const { ahead, offset } = steadyAt(ms, timeZone)
  return written(Math.floor(ms / 1000) + ahead, offset)
}

/** A wall time with its offset: in a gap the time after it, of two equal ones the first. */
export function wallIso(seconds: number, timeZone: string): string | null {
  if (!(Math.abs(seconds) < furthest)) return null
  const near = steadyAt(seconds * 1000, timeZone)
  // Two days from either change of the clock, no wall time is skipped or said twice: Samoa once left out a whole day.
  const ms = (seconds - near.ahead) * 1000
  if (near.from + 2 * day * 1000 <= ms && ms < near.to - 2 * day * 1000) return written(seconds, near.offset)
  const days = Math.floor(seconds / day)
  const rest = seconds - days * day
  const date = civil(days)
  const hour = Math.floor(rest / 3600)
  const minute = Math.floor(rest / 60) % 60
  const zoned = new Temporal.PlainDateTime(date.year, date.month, date.day, hour, minute, rest % 60).toZonedDateTime(timeZone)
  const moved = zoned.minute !== minute || zoned.hour !== hour || zoned.day !== date.day
  return moved ? zoned.toString({ timeZoneName: 'never' }) : written(seconds, zoned.offset)
}

/** The moment `seconds` after one that is written with its offset. */
export function later(iso: string, seconds: number, timeZone: string): string | null {
  const ms = Date.parse(iso)
  // Offsets of old have seconds, which only Temporal reads.
  return exactIso((Number.isNaN(ms) ? Temporal.Instant.from(iso).epochMilliseconds : ms) + seconds * 1000, timeZone)
}

/** Seconds on the wall at `2026-11-24T15:00:00`. */
export function secondsOf(wall: string): number {
  return Date.parse(`${wall}Z`) / 1000
}

function written(seconds: number, offset: string): string {
  const days = Math.floor(seconds / day)
  const rest = seconds - days * day
  return `${isoDate(days)}T${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}${offset}`
}
