/** Values of RFC 5545 that are times and lengths, read with patience for what programs really write. */

export interface Moment {
  readonly wall: Temporal.PlainDateTime
  /** A whole day; the wall time is its midnight. */
  readonly isDate: boolean
  readonly isUtc: boolean
}

// "20260301"   "20260301T090000"   "20260301T090000Z"   "2026-03-01T09:00"   "20260301T090000+0100"
//  ↑ date       ↑ date   ↑ time                   ↑ z                                       ↑ offset
const moment =
  /^(?<year>\d{4})-?(?<month>\d\d)-?(?<day>\d\d)(?:[T ](?<hour>\d\d):?(?<minute>\d\d)(?::?(?<second>\d\d))?(?:\.\d+)?(?:(?<z>Z)|(?<offset>[+-]\d\d:?\d\d))?)?$/i

/** Undefined for what is no time, or lies outside of the years that calendars deal in. */
export function momentOf(value: string, [earliest, latest]: readonly [number, number]): Moment | undefined {
  const found = moment.exec(value.trim())?.groups
  if (!found) return undefined
  const { hour, z, offset } = found
  try {
    const wall = Temporal.PlainDateTime.from(
      {
        year: Number(found.year),
        month: Number(found.month),
        day: Number(found.day),
        hour: Number(hour ?? 0),
        minute: Number(found.minute ?? 0),
        second: Math.min(59, Number(found.second ?? 0)),
      },
      { overflow: 'reject' },
    )
    if (wall.year < earliest || wall.year > latest) return undefined
    if (offset === undefined) return { wall, isDate: hour === undefined, isUtc: z !== undefined }
    return { wall: wall.toZonedDateTime(offset).withTimeZone('UTC').toPlainDateTime(), isDate: false, isUtc: true }
  } catch {
    return undefined
  }
}

// "PT1H30M"   "-P1DT12H"   "P2W"
const length =
  /^(?<sign>[+-])?P(?:(?<weeks>\d{1,6})W)?(?:(?<days>\d{1,6})D)?(?:T(?:(?<hours>\d{1,6})H)?(?:(?<minutes>\d{1,8})M)?(?:(?<seconds>\d{1,10})S)?)?$/i

/** A DURATION or TRIGGER in seconds; undefined for what is none. */
export function secondsOf(value: string): number | undefined {
  const found = length.exec(value.trim())?.groups
  if (!found || !/\d/.test(value)) return undefined
  const { weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = found
  const total = ((Number(weeks) * 7 + Number(days)) * 24 + Number(hours)) * 3_600 + Number(minutes) * 60 + Number(seconds)
  return found.sign === '-' ? -total : total
}

export const basicDate = (wall: Temporal.PlainDateTime | Temporal.PlainDate): string =>
  `${String(wall.year).padStart(4, '0')}${two(wall.month)}${two(wall.day)}`

export const basicTime = (wall: Temporal.PlainDateTime): string =>
  `${basicDate(wall)}T${two(wall.hour)}${two(wall.minute)}${two(wall.second)}`

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

/** A wall time on another zone's clock. */
export function onClockOf(wall: Temporal.PlainDateTime, from: string, to: string): Temporal.PlainDateTime {
  return from === to ? wall : wall.toZonedDateTime(from).withTimeZone(to).toPlainDateTime()
}
