import { secondsOf, wallOf } from './civil.ts'
import { partsOf, readRule, readUntil, untilOn } from './rule.ts'
import { eachWall, type Recurring } from './walls.ts'
import { instantSeconds, wallSeconds } from './zone.ts'

/** A rule as people's reminders and events keep it: the wall time is the truth. */
export interface PersonRule {
  /** RFC 5545 RRULE value, without the `RRULE:` prefix. */
  readonly rrule: string
  readonly startWall: Temporal.PlainDateTime
  readonly timeZone: string
  /** Wall times that are left out. */
  readonly exdates: readonly Temporal.PlainDateTime[]
}

/**
 * The first occurrence strictly after `after`; undefined when the rule has ended or never matches.
 *
 * For people: a wall time that the clock skips rings right after the gap (02:30 at 03:30), and of two equal
 * wall times the first one counts.
 */
export function nextOccurrence(rule: PersonRule, after: Temporal.Instant): Temporal.ZonedDateTime | undefined {
  return occurrencesBetween(rule, after.add({ nanoseconds: 1 }), undefined, 1)[0]
}

/** The occurrences from `from` on, before `to`, at most `limit` of them, in order. */
export function occurrencesBetween(
  rule: PersonRule,
  from: Temporal.Instant,
  to: Temporal.Instant | undefined,
  limit: number,
): Temporal.ZonedDateTime[] {
  const found: Temporal.ZonedDateTime[] = []
  const first = Math.ceil(from.epochMilliseconds / 1_000 + (from.epochNanoseconds % 1_000_000n === 0n ? 0 : 0.001))
  eachOccurrence(rule, first, to === undefined ? Number.POSITIVE_INFINITY : to.epochMilliseconds / 1_000, ({ instant }) => {
    if (found.length >= limit) return false
    found.push(Temporal.Instant.fromEpochMilliseconds(instant * 1_000).toZonedDateTimeISO(rule.timeZone))
    return found.length < limit
  })
  return found
}

/** An occurrence in seconds from 1970: on the wall of its zone, and in truth. */
export interface Seconds {
  readonly wall: number
  readonly instant: number
}

/** Every occurrence from `first` on, before `end`, both in seconds from 1970, in order, until `take` says that it is enough. */
export function eachOccurrence(rule: PersonRule, first: number, end: number, take: (occurrence: Seconds) => boolean): void {
  const { timeZone } = rule
  const excluded = rule.exdates.length === 0 ? nothing : new Set(rule.exdates.map(secondsOf))
  // A clock that jumps puts walls and instants out of step by hours, at most a day.
  const slack = 86_400
  const toWall = end === Number.POSITIVE_INFINITY ? end : wallSeconds(Math.ceil(end), timeZone) + slack
  let last = Number.NEGATIVE_INFINITY
  eachWall(recurringOf(rule), wallSeconds(first, timeZone) - slack, toWall, (wall) => {
    if (excluded.has(wall)) return true
    const instant = instantSeconds(wall, timeZone)
    if (instant < first) return true
    if (instant >= end) return false
    // Two walls of which one is moved past the gap may be the same moment: that is one occurrence.
    if (instant <= last) return true
    last = instant
    return take({ wall, instant })
  })
}

const nothing: ReadonlySet<number> = new Set()

/** Whether a rule gives this wall time, in seconds from 1970. */
export function hasWall(rule: PersonRule, wall: number): boolean {
  let found = false
  eachWall(recurringOf(rule), wall, wall + 1, () => {
    found = true
    return false
  })
  return found
}

/** The wall time of the first occurrence of a rule; undefined when it never comes. */
export function firstWall(rule: PersonRule): Temporal.PlainDateTime | undefined {
  let found: number | undefined
  const recurring = recurringOf(rule)
  eachWall(recurring, recurring.start, Number.POSITIVE_INFINITY, (wall) => {
    found = wall
    return false
  })
  return found === undefined ? undefined : wallOf(found)
}

/** The wall time of the occurrence that a rule ends with, by its COUNT or its UNTIL; undefined without end. */
export function lastWall(rule: PersonRule): Temporal.PlainDateTime | undefined {
  const { last, rule: read } = recurringOf(rule)
  if (read.count === undefined && read.until === undefined) return undefined
  let found: number | undefined
  const recurring = { ...recurringOf(rule), last }
  // The last one is near the end: look there first, and from the start when the rule comes rarely.
  for (const back of [400 * 86_400, Number.POSITIVE_INFINITY]) {
    eachWall(recurring, last - back, Number.POSITIVE_INFINITY, (wall) => {
      found = wall
      return true
    })
    if (found !== undefined) break
  }
  return found === undefined ? undefined : wallOf(found)
}

/** Where counted rules end, by rule and start. */
const ends = new Map<string, number>()
const mostEnds = 5_000

export function recurringOf({ rrule, startWall, timeZone }: PersonRule): Recurring {
  const rule = readRule(rrule)
  const start = secondsOf(startWall)
  const until = rule.until ? secondsOf(untilOn(rule.until, timeZone)) : Number.POSITIVE_INFINITY
  if (rule.count === undefined) return { rule, start, last: until }
  const key = `${rrule} ${start}`
  const known = ends.get(key)
  if (known !== undefined) return { rule, start, last: known }
  let left = rule.count
  let last = start - 1
  eachWall({ rule, start, last: until }, start, Number.POSITIVE_INFINITY, (wall) => {
    last = wall
    left -= 1
    return left > 0
  })
  if (ends.size >= mostEnds) ends.clear()
  ends.set(key, last)
  return { rule, start, last }
}

export type RuleCheck = { readonly ok: true } | { readonly ok: false; readonly hint: string }

const numberParts: Readonly<Record<string, readonly [min: number, max: number]>> = {
  INTERVAL: [1, 10_000],
  COUNT: [1, 10_000],
  BYHOUR: [0, 23],
  BYMINUTE: [0, 59],
  BYSECOND: [0, 59],
  BYMONTH: [1, 12],
  BYMONTHDAY: [-31, 31],
  BYYEARDAY: [-366, 366],
  BYWEEKNO: [-53, 53],
  BYSETPOS: [-366, 366],
}

/** Whether people may have this rule. The hint is a sentence for them. */
export function validateRule(rrule: string): RuleCheck {
  const no = (hint: string): RuleCheck => ({ ok: false, hint })
  if (rrule.length > 500) return no('That rule is too long: 500 characters at most.')
  const parts = partsOf(rrule)
  if (parts.size !== rrule.split(';').filter(Boolean).length)
    return no('A rule is a list of NAME=VALUE parts with semicolons between, each name once.')
  const frequency = parts.get('FREQ')
  if (frequency === 'MINUTELY' || frequency === 'SECONDLY') return no('I can repeat something once an hour at most.')
  if (!frequency || !['HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'].includes(frequency))
    return no('A rule needs FREQ=HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY.')
  if (parts.has('COUNT') && parts.has('UNTIL')) return no('A rule ends after a COUNT or at an UNTIL, not both.')
  for (const [name, value] of parts) {
    const bounds = numberParts[name]
    if (bounds && !value.split(',').every((each) => isWithin(each, bounds)))
      return no(`${name} is a number from ${bounds[0]} to ${bounds[1]}.`)
    if (name === 'BYDAY' && !value.split(',').every((each) => /^[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)$/.test(each)))
      return no('BYDAY is a list of MO, TU, WE, TH, FR, SA, SU, with a number before where one is meant.')
    if (name === 'UNTIL' && !readUntil(value)) return no('UNTIL is a date as 20301231 or a moment as 20301231T235959Z.')
    if (name === 'WKST' && !/^(?:MO|TU|WE|TH|FR|SA|SU)$/.test(value)) return no('WKST is one of MO, TU, WE, TH, FR, SA, SU.')
    if (!bounds && !['FREQ', 'BYDAY', 'UNTIL', 'WKST'].includes(name)) return no(`${name} is not a part of a rule.`)
  }
  if ((parts.get('BYMINUTE')?.split(',').length ?? 1) > 4) return no('I can ring at four different minutes of the hour at most.')
  return { ok: true }
}

function isWithin(text: string, [min, max]: readonly [number, number]): boolean {
  return /^[+-]?\d{1,5}$/.test(text) && Number(text) >= min && Number(text) <= max && (min >= 0 || Number(text) !== 0)
}
