import type { Component } from './components.ts'
import { momentOf } from './moments.ts'
import type { Property } from './property.ts'

/** STANDARD or DAYLIGHT of a VTIMEZONE: since when its offset counts, year by year. */
export interface Observance {
  readonly offsetMinutes: number
  /** The last onset at or before a wall time. */
  onsetBefore(wall: Temporal.PlainDateTime): Temporal.PlainDateTime | undefined
}

const years = [1, 9_999] as const
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

export function observanceOf({ properties }: Component): Observance | undefined {
  const value = (name: string) => properties.find((property) => property.name === name)?.values[0]
  const offsetMinutes = minutesOf(value('tzoffsetto') ?? '')
  const start = momentOf(value('dtstart') ?? '', years)?.wall
  if (offsetMinutes === undefined || !start) return undefined
  const yearly = yearlyOf(value('rrule'), start)
  const single = [start, ...properties.filter(({ name }) => name === 'rdate').flatMap(datesOf)]

  return {
    offsetMinutes,
    onsetBefore(wall) {
      const years = yearly ? [yearly(wall.year), yearly(wall.year - 1)] : []
      return [...years, ...single]
        .filter((onset) => onset !== undefined)
        .filter((onset) => Temporal.PlainDateTime.compare(onset, start) >= 0 && Temporal.PlainDateTime.compare(onset, wall) <= 0)
        .toSorted(Temporal.PlainDateTime.compare)
        .at(-1)
    },
  }
}

function datesOf({ values }: Property): Temporal.PlainDateTime[] {
  return values.slice(0, 500).flatMap((value) => momentOf(value, years)?.wall ?? [])
}

/** "+0200", "-0330", "+01" in minutes. */
function minutesOf(text: string): number | undefined {
  const found = /^(?<sign>[+-]?)(?<hours>\d\d):?(?<minutes>\d\d)?/.exec(text.trim())?.groups
  if (!found) return undefined
  const total = Number(found.hours) * 60 + Number(found.minutes ?? 0)
  return found.sign === '-' ? -total : total
}

/** The onset of a year, for the rules that zones have: a day of a month, or a ranked weekday of one. */
function yearlyOf(
  rrule: string | undefined,
  start: Temporal.PlainDateTime,
): ((year: number) => Temporal.PlainDateTime | undefined) | undefined {
  if (rrule === undefined || !/FREQ=YEARLY/i.test(rrule)) return undefined
  const part = (name: string) => new RegExp(`(?:^|;)${name}=(?<value>[^;]{1,60})`, 'i').exec(rrule)?.groups?.value
  const until = momentOf(part('UNTIL') ?? '', years)?.wall
  const month = Number(part('BYMONTH') ?? start.month)
  const ranked = /^(?<rank>[+-]?\d)?(?<day>[A-Z]{2})$/i.exec(part('BYDAY') ?? '')?.groups
  const dates = (part('BYMONTHDAY') ?? '').split(',').map(Number)
  if (!(month >= 1 && month <= 12)) return undefined

  return (year) => {
    if (year < start.year || (until && year > until.year)) return undefined
    const first = start.with({ year, month, day: 1 })
    if (!ranked) return first.with({ day: Math.min(first.daysInMonth, dates[0] || start.day) })
    const weekday = weekdays.indexOf(ranked.day?.toUpperCase() ?? '') + 1
    const days = Array.from({ length: first.daysInMonth }, (_, index) => first.with({ day: index + 1 })).filter(
      (day) => day.dayOfWeek === weekday,
    )
    if (ranked.rank !== undefined) return days.at(Number(ranked.rank) > 0 ? Number(ranked.rank) - 1 : Number(ranked.rank))
    return days.find((day) => dates.includes(day.day)) ?? days[0]
  }
}
