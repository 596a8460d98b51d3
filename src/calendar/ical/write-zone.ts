import { basicTime } from './moments.ts'

interface Change {
  /** Wall time before the change, as RFC 5545 has DTSTART of an observance. */
  readonly wall: Temporal.PlainDateTime
  readonly from: number
  readonly to: number
}

/** How far behind the last stated change a rule is looked for, in years: zones that change every year do so in each of them. */
const certain = 6

/**
 * The VTIMEZONE of a zone as its clock runs from `firstYear` on, as content lines.
 *
 * Made from the same data that our own times come from, so that a reader without any gets the very same instants.
 */
export function zoneLines(timeZone: string, firstYear: number, lastYear: number): string[] {
  const changes = changesOf(timeZone, firstYear, lastYear + certain)
  const begin = new Temporal.PlainDateTime(firstYear, 1, 1)
  const initial = minutesAt(begin.toZonedDateTime(timeZone))
  const usual = Math.min(initial, ...changes.map(({ to }) => to))
  const kind = (minutes: number) => (minutes > usual ? 'DAYLIGHT' : 'STANDARD')
  const lines = ['BEGIN:VTIMEZONE', `TZID:${timeZone}`]
  const repeats = repeatsOf(changes, lastYear)
  const isRepeated = (change: Change) => repeats.some(({ members }) => members.includes(change))

  lines.push(...observance(kind(initial), begin, initial, initial, undefined))
  for (const change of changes) {
    if (!isRepeated(change)) lines.push(...observance(kind(change.to), change.wall, change.from, change.to, undefined))
  }
  for (const { members, rrule } of repeats) {
    const [first] = members
    if (first) lines.push(...observance(kind(first.to), first.wall, first.from, first.to, rrule))
  }
  lines.push('END:VTIMEZONE')
  return lines
}

function observance(kind: string, wall: Temporal.PlainDateTime, from: number, to: number, rrule: string | undefined): string[] {
  return [
    `BEGIN:${kind}`,
    `DTSTART:${basicTime(wall)}`,
    ...(rrule === undefined ? [] : [`RRULE:${rrule}`]),
    `TZOFFSETFROM:${offset(from)}`,
    `TZOFFSETTO:${offset(to)}`,
    `END:${kind}`,
  ]
}

function changesOf(timeZone: string, firstYear: number, lastYear: number): Change[] {
  const found: Change[] = []
  let at = new Temporal.PlainDateTime(firstYear, 1, 1).toZonedDateTime(timeZone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (!next || next.year > lastYear) return found
    const before = next.subtract({ nanoseconds: 1 })
    const [from, to] = [minutesAt(before), minutesAt(next)]
    if (from !== to) found.push({ wall: next.toPlainDateTime().add({ minutes: from - to }), from, to })
    at = next
  }
}

interface Repeat {
  readonly members: readonly Change[]
  readonly rrule: string
}

/** The changes at the end that come every year by one rule: "the last Sunday of March at 2". */
function repeatsOf(changes: readonly Change[], lastYear: number): Repeat[] {
  const kinds = Map.groupBy(changes, ({ from, to, wall }) => `${from} ${to} ${wall.month} ${wall.dayOfWeek} ${wall.hour}:${wall.minute}`)
  return [...kinds.values()].flatMap((members): Repeat[] => {
    if (members.at(-1)?.wall.year !== lastYear + certain) return []
    for (const ranked of [rankOf, lastOf]) {
      const rank = ranked(members.at(-1))
      const years = members.filter((each) => ranked(each) === rank)
      const run = years.filter(({ wall }, index) => wall.year === lastYear + certain - (years.length - 1 - index))
      const wall = run[0]?.wall
      if (rank !== undefined && wall && run.length >= certain)
        return [{ members: run, rrule: `FREQ=YEARLY;BYMONTH=${wall.month};BYDAY=${rank}${weekdays[wall.dayOfWeek - 1]}` }]
    }
    return []
  })
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

function rankOf(change: Change | undefined): number | undefined {
  return change && change.wall.day <= 28 ? Math.ceil(change.wall.day / 7) : undefined
}

function lastOf(change: Change | undefined): number | undefined {
  return change && change.wall.day > change.wall.daysInMonth - 7 ? -1 : undefined
}

function minutesAt(at: Temporal.ZonedDateTime): number {
  return Math.round(at.offsetNanoseconds / 60_000_000_000)
}

function offset(minutes: number): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}${String(size % 60).padStart(2, '0')}`
}
