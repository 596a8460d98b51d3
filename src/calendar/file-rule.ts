import { secondsOf, wallOf } from './civil.ts'
import { frequencies, partsOf, type Rule, readRule, readUntil, rruleOf, untilOn } from './rule.ts'
import { eachWall } from './walls.ts'

/** A rule as files and feeds carry it. */
export interface FileRule {
  readonly rrule: string
  /** Wall time `1997-09-02T09:00:00`, or a date for a rule of whole days. */
  readonly dtstart: string
  readonly timeZone: string
  readonly exdate: readonly string[]
  readonly limit: number
}

/**
 * The first `limit` occurrences, exactly as RFC 5545 says: a wall time that the clock skips is left out.
 *
 * Wall times with their offset, or dates when `dtstart` is a date. Throws `RangeError` for a rule that cannot be read.
 */
export function occurrencesOf({ rrule, dtstart, timeZone: zone, exdate, limit }: FileRule): string[] {
  const allDay = !dtstart.includes('T')
  const timeZone = dtstart.endsWith('Z') ? 'UTC' : zone
  const start = secondsOf(startOf(dtstart, timeZone))
  const rule = checkedRule(rrule, allDay)
  const last = rule.until ? secondsOf(untilOn(rule.until, timeZone)) : Number.POSITIVE_INFINITY
  const excluded = new Set(exdate.map((text) => text.slice(0, allDay ? 10 : 19).replace(/Z$/, '')))
  const found: string[] = []
  let left = Math.min(rule.count ?? Number.POSITIVE_INFINITY, mostSteps)
  eachWall({ rule, start, last }, start, Number.POSITIVE_INFINITY, (seconds) => {
    const wall = wallOf(seconds)
    const zoned = wall.toZonedDateTime(timeZone)
    if (!allDay && !zoned.toPlainDateTime().equals(wall)) return true
    const text = allDay ? wall.toPlainDate().toString() : wall.toString({ smallestUnit: 'second' })
    if (!excluded.has(text)) found.push(allDay ? text : `${text}${zoned.offset}`)
    left -= 1
    return left > 0 && found.length < limit
  })
  return found.slice(0, limit)
}

/** How many occurrences are looked at, left out or not. */
const mostSteps = 100_000

function startOf(dtstart: string, timeZone: string): Temporal.PlainDateTime {
  try {
    const wall = Temporal.PlainDateTime.from(dtstart.replace(/Z$/, ''))
    wall.toZonedDateTime(timeZone)
    return wall
  } catch (cause) {
    throw new RangeError(
      `"dtstart" must be a wall time like 1997-09-02T09:00:00 or a date, in a zone that exists; it was ${JSON.stringify(dtstart)}.`,
      { cause },
    )
  }
}

function checkedRule(rrule: string, allDay: boolean): Rule {
  const parts = partsOf(rrule)
  const refuse = (why: string) => new RangeError(`the rule cannot be read: ${why}`)
  if (!frequencies.some((one) => one === parts.get('FREQ'))) throw refuse(`FREQ is ${frequencies.join(', ')}`)
  const until = parts.get('UNTIL')
  if (until !== undefined && !readUntil(until)) throw refuse('UNTIL is neither a date nor a moment')
  for (const name of ['COUNT', 'INTERVAL']) {
    if (parts.has(name) && !/^[1-9]\d{0,8}$/.test(parts.get(name) ?? '')) throw refuse(`${name} is a number from 1 on`)
  }
  // RFC 5545 gives BYWEEKNO no meaning in monthly rules; the files that have it mean every day of those weeks.
  if (parts.get('FREQ') === 'MONTHLY' && parts.has('BYWEEKNO') && !parts.has('INTERVAL')) parts.set('FREQ', 'DAILY')
  if (allDay) for (const name of ['BYHOUR', 'BYMINUTE', 'BYSECOND']) parts.delete(name)
  return readRule(rruleOf(parts))
}
