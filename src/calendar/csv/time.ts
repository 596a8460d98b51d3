import { bounds } from '../ical/bounds.ts'
import { type Moment, momentOf, onClockOf } from '../ical/moments.ts'

export interface Clock {
  readonly timeZone: string
  readonly dayFirst: boolean
}

// "3/31/2026"   "31.3.2026"   "31-03-26"
//  ↑ a ↑ b ↑ year
const numeric = /^(?<a>\d{1,2})(?<by>[./-])(?<b>\d{1,2})\k<by>(?<year>\d{4}|\d\d)(?:,?\s+(?<time>.+))?$/
// "9:00 AM"   "14:30"   "2:30:00 pm"
const clockTime = /^(?<hour>\d{1,2}):(?<minute>\d\d)(?::\d\d)?\s*(?<half>[ap])?\.?(?:m\.?)?$/i

/** The time of one or two cells, on the table's own clock; undefined when it is none. */
export function timeOfCell(date: string, time: string, { timeZone, dayFirst }: Clock): Moment | undefined {
  const iso = momentOf(date, bounds.years)
  if (iso?.isUtc) return { wall: onClockOf(iso.wall, 'UTC', timeZone), isDate: false, isUtc: false }
  const found = numeric.exec(date)?.groups
  const day = iso ?? (found ? dayOf(found, dayFirst) : undefined)
  if (!day) return undefined
  const written = time === '' ? (found?.time ?? '') : time
  if (written === '') return day
  const clock = clockTime.exec(written)?.groups
  if (!clock) return undefined
  const hour = clock.half === undefined ? Number(clock.hour) : (Number(clock.hour) % 12) + (clock.half.toLowerCase() === 'p' ? 12 : 0)
  if (hour > 23 || Number(clock.minute) > 59) return undefined
  return { wall: day.wall.with({ hour, minute: Number(clock.minute) }), isDate: false, isUtc: false }
}

/** A dot says that the day comes first, as does a number that is no month. */
function dayOf({ a, b, by, year = '' }: Readonly<Record<string, string | undefined>>, dayFirst: boolean): Moment | undefined {
  const first = by === '.' || Number(a) > 12 || (dayFirst && Number(b) <= 12)
  const [day = '', month = ''] = first ? [a, b] : [b, a]
  return momentOf(`${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, bounds.years)
}
