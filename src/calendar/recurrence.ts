import { RRuleTemporal } from 'rrule-temporal'

/** A rule as people's reminders and events keep it: the wall time is the truth. */
export interface PersonRule {
  /** RFC 5545 RRULE value, without the `RRULE:` prefix. */
  readonly rrule: string
  readonly startWall: Temporal.PlainDateTime
  readonly timeZone: string
  /** Wall times that are left out. */
  readonly exdates: readonly Temporal.PlainDateTime[]
}

/** How many steps the library may take in one question; a rule that needs more has no near occurrence. */
const patience = 100_000
/** No zone's clock jumps at noon, so rules are expanded there and each occurrence gets its own time back. */
const neutral = Temporal.PlainTime.from('12:00')

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
  if (limit <= 0) return []
  const expansion = neutralExpansion(rule)
  const excluded = new Set(rule.exdates.map((wall) => wall.toString({ smallestUnit: 'second' })))
  const found: Temporal.ZonedDateTime[] = []
  let cursor = expansion.before(from)
  for (let steps = 0; steps < patience && found.length < limit; steps++) {
    const day = expansion.next(cursor)
    if (!day) break
    cursor = day
    for (const wall of expansion.walls(day)) {
      if (excluded.has(wall.toString({ smallestUnit: 'second' }))) continue
      const occurrence = wall.toZonedDateTime(rule.timeZone, { disambiguation: 'compatible' })
      const instant = occurrence.toInstant()
      if (to && Temporal.Instant.compare(instant, to) >= 0) return found
      if (Temporal.Instant.compare(instant, from) >= 0) found.push(occurrence)
      if (found.length === limit) break
    }
  }
  return found
}

interface Expansion {
  /** A point of the expansion that lies before every occurrence at or after `from`. */
  before(from: Temporal.Instant): Temporal.ZonedDateTime
  next(after: Temporal.ZonedDateTime): Temporal.ZonedDateTime | undefined
  /** The wall times that one step of the expansion stands for. */
  walls(step: Temporal.ZonedDateTime): readonly Temporal.PlainDateTime[]
}

/**
 * The rule expanded where no clock jumps: days at noon in UTC for rules of days, the wall clock as if it were UTC
 * for rules that repeat within the day.
 */
function neutralExpansion(rule: PersonRule): Expansion {
  const parts = partsOf(rule.rrule)
  const within = parts.get('FREQ') === 'HOURLY' || parts.has('BYHOUR') || parts.has('BYMINUTE')
  const start = within ? rule.startWall : rule.startWall.toPlainDate().toPlainDateTime(neutral)
  const end = untilWall(parts.get('UNTIL'), rule, within)
  if (end) parts.set('UNTIL', end)
  const library = new RRuleTemporal({
    rruleString: [...parts].map(([name, value]) => `${name}=${value}`).join(';'),
    dtstart: start.toZonedDateTime('UTC'),
    maxIterations: patience,
    maxCandidateEvaluations: patience * 10,
  })
  const time = rule.startWall.toPlainTime()
  return {
    before: (from) => from.toZonedDateTimeISO(rule.timeZone).toPlainDateTime().subtract({ days: 2 }).toZonedDateTime('UTC'),
    next: (after) => orNothing(() => library.next(after)),
    walls: (step) => [within ? step.toPlainDateTime() : step.toPlainDate().toPlainDateTime(time)],
  }
}

/** The library throws when it has searched too long: such a rule never matches. */
function orNothing(next: () => Temporal.ZonedDateTime | null): Temporal.ZonedDateTime | undefined {
  try {
    return next() ?? undefined
  } catch {
    return undefined
  }
}

/** UNTIL moved to the neutral wall clock: the occurrence at that very moment still counts. */
function untilWall(until: string | undefined, rule: PersonRule, within: boolean): string | undefined {
  if (until === undefined) return undefined
  const wall = parseUntil(until, rule.timeZone)
  if (!wall) return undefined
  if (within) return `${basic(wall)}Z`
  const isAfterTime = Temporal.PlainTime.compare(wall.toPlainTime(), rule.startWall.toPlainTime()) >= 0
  const last = isAfterTime ? wall.toPlainDate() : wall.toPlainDate().subtract({ days: 1 })
  return `${basic(last.toPlainDateTime(Temporal.PlainTime.from('23:59:59')))}Z`
}

/** A date counts to its end; an instant in UTC is read on the rule's own clock. */
function parseUntil(until: string, timeZone: string): Temporal.PlainDateTime | undefined {
  const match = /^(?<wall>\d{8}(?<time>T\d{6})?)(?<utc>Z)?$/.exec(until)?.groups
  if (!match?.wall) return undefined
  if (match.time === undefined) return Temporal.PlainDate.from(match.wall).toPlainDateTime(Temporal.PlainTime.from('23:59:59'))
  const wall = Temporal.PlainDateTime.from(match.wall)
  return match.utc ? wall.toZonedDateTime('UTC').withTimeZone(timeZone).toPlainDateTime() : wall
}

function basic(wall: Temporal.PlainDateTime): string {
  return wall.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
}

function partsOf(rrule: string): Map<string, string> {
  const parts = new Map<string, string>()
  for (const part of rrule.split(';')) {
    const [name, value] = part.split('=')
    if (name && value) parts.set(name.toUpperCase(), value.toUpperCase())
  }
  return parts
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
    if (name === 'UNTIL' && !parseUntil(value, 'UTC')) return no('UNTIL is a date as 20301231 or a moment as 20301231T235959Z.')
    if (name === 'WKST' && !/^(?:MO|TU|WE|TH|FR|SA|SU)$/.test(value)) return no('WKST is one of MO, TU, WE, TH, FR, SA, SU.')
    if (!bounds && !['FREQ', 'BYDAY', 'UNTIL', 'WKST'].includes(name)) return no(`${name} is not a part of a rule.`)
  }
  if ((parts.get('BYMINUTE')?.split(',').length ?? 1) > 4) return no('I can ring at four different minutes of the hour at most.')
  return { ok: true }
}

function isWithin(text: string, [min, max]: readonly [number, number]): boolean {
  return /^[+-]?\d{1,5}$/.test(text) && Number(text) >= min && Number(text) <= max && (min >= 0 || Number(text) !== 0)
}

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
  const start = startOf(dtstart, timeZone)
  const rule = fileExpansion(fileRule(rrule, timeZone, allDay), start)
  const keeps = dayFilter(rrule)
  const excluded = new Set(exdate.map((text) => text.slice(0, allDay ? 10 : 19).replace(/Z$/, '')))
  const found: string[] = []
  collect(rule, (occurrence) => {
    const wall = occurrence.toPlainDateTime()
    const text = allDay ? wall.toPlainDate().toString() : wall.toString({ smallestUnit: 'second' })
    if (keeps(wall) && !excluded.has(text)) found.push(allDay ? text : `${text}${occurrence.offset}`)
    return found.length < limit
  })
  return found
}

function startOf(dtstart: string, timeZone: string): Temporal.ZonedDateTime {
  try {
    return Temporal.PlainDateTime.from(dtstart.replace(/Z$/, '')).toZonedDateTime(timeZone)
  } catch (cause) {
    throw new RangeError(
      `"dtstart" must be a wall time like 1997-09-02T09:00:00 or a date, in a zone that exists; it was ${JSON.stringify(dtstart)}.`,
      { cause },
    )
  }
}

function fileExpansion(rruleString: string, dtstart: Temporal.ZonedDateTime): RRuleTemporal {
  try {
    return new RRuleTemporal({ rruleString, dtstart, maxIterations: patience, maxCandidateEvaluations: patience * 10 })
  } catch (cause) {
    throw new RangeError(`the rule cannot be read: ${cause instanceof Error ? cause.message : 'unknown'}`, { cause })
  }
}

/** Asks for one occurrence after another; a rule that never matches has none. */
function collect(rule: RRuleTemporal, take: (occurrence: Temporal.ZonedDateTime) => boolean) {
  try {
    rule.all((occurrence) => take(occurrence))
  } catch (cause) {
    if (!(cause instanceof Error && /iteration|limit|maximum|exceeded/i.test(cause.message)))
      throw new RangeError(`the rule cannot be expanded: ${cause instanceof Error ? cause.message : 'unknown'}`, { cause })
  }
}

/** UNTIL as the library wants it: an instant in UTC. RFC 5545 has it local to a zone only by mistake, and a date means its whole day. */
function fileRule(rrule: string, timeZone: string, allDay: boolean): string {
  const parts = partsOf(rrule)
  const until = parts.get('UNTIL')
  const wall = until === undefined ? undefined : parseUntil(until, timeZone)
  if (wall) parts.set('UNTIL', `${basic(wall.toZonedDateTime(timeZone).withTimeZone('UTC').toPlainDateTime())}Z`)
  // RFC 5545 gives BYWEEKNO no meaning in monthly rules; the files that have it mean every day of those weeks.
  if (parts.get('FREQ') === 'MONTHLY' && parts.has('BYWEEKNO') && !parts.has('INTERVAL')) parts.set('FREQ', 'DAILY')
  if (allDay) for (const name of ['BYHOUR', 'BYMINUTE', 'BYSECOND']) parts.delete(name)
  return [...parts].map(([name, value]) => `${name}=${value}`).join(';')
}

const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** The library (2.2.8) forgets a part in yearly rules: BYDAY beside BYYEARDAY, BYMONTHDAY beside a ranked BYDAY. Keep only the days that were meant. */
function dayFilter(rrule: string): (wall: Temporal.PlainDateTime) => boolean {
  const parts = partsOf(rrule)
  const days = parts.get('BYDAY')?.split(',')
  if (!days || parts.get('FREQ') !== 'YEARLY') return () => true
  if (parts.has('BYYEARDAY')) return (wall) => days.some((day) => day === weekdayCodes[wall.dayOfWeek - 1])
  const dates = parts.get('BYMONTHDAY')?.split(',').map(Number)
  if (!dates || !days.some((day) => /\d/.test(day))) return () => true
  return (wall) => dates.includes(wall.day) || dates.includes(wall.day - wall.daysInMonth - 1)
}
