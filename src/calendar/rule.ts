/** RFC 5545 RECUR. */
export interface Rule {
  readonly frequency: Frequency
  readonly interval: number
  readonly count: number | undefined
  readonly until: Until | undefined
  readonly bySecond: readonly number[]
  readonly byMinute: readonly number[]
  readonly byHour: readonly number[]
  readonly byDay: readonly RankedDay[]
  readonly byMonthDay: readonly number[]
  readonly byYearDay: readonly number[]
  readonly byWeekNo: readonly number[]
  readonly byMonth: readonly number[]
  readonly bySetPos: readonly number[]
  /** 0 for Monday to 6 for Sunday. */
  readonly weekStart: number
}

export const frequencies = ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
export type Frequency = (typeof frequencies)[number]

export interface RankedDay {
  /** 0 for Monday to 6 for Sunday. */
  readonly weekday: number
  /** Counted within the month or year, from its end when negative; undefined for all of them. */
  readonly rank: number | undefined
}

export interface Until {
  readonly wall: Temporal.PlainDateTime
  /** True when `wall` is the clock of UTC, and not that of the event. */
  readonly utc: boolean
}

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

/** The parts of a rule by name, in capitals and in their order. */
export function partsOf(rrule: string): Map<string, string> {
  const parts = new Map<string, string>()
  for (const part of rrule.split(';')) {
    const [name, value] = part.split('=')
    if (name && value) parts.set(name.toUpperCase(), value.toUpperCase())
  }
  return parts
}

export function rruleOf(parts: ReadonlyMap<string, string>): string {
  return [...parts].map(([name, value]) => `${name}=${value}`).join(';')
}

const read = new Map<string, Rule>()
const mostRead = 5_000

/** A rule in numbers. What it does not understand it leaves out: `validateRule` has the say before. */
export function readRule(rrule: string): Rule {
  const before = read.get(rrule)
  if (before) return before
  const parts = partsOf(rrule)
  const numbers = (name: string) => (parts.get(name)?.split(',') ?? []).map(Number).filter(Number.isInteger)
  const frequency = frequencies.find((one) => one === parts.get('FREQ')) ?? 'DAILY'
  const [count] = numbers('COUNT')
  const until = parts.get('UNTIL')
  const rule: Rule = {
    frequency,
    interval: Math.max(1, numbers('INTERVAL')[0] ?? 1),
    count,
    until: until === undefined ? undefined : readUntil(until),
    bySecond: numbers('BYSECOND'),
    byMinute: numbers('BYMINUTE'),
    byHour: numbers('BYHOUR'),
    byDay: (parts.get('BYDAY')?.split(',') ?? []).flatMap(rankedDay),
    byMonthDay: numbers('BYMONTHDAY'),
    byYearDay: numbers('BYYEARDAY'),
    byWeekNo: numbers('BYWEEKNO'),
    byMonth: numbers('BYMONTH'),
    bySetPos: numbers('BYSETPOS'),
    weekStart: Math.max(0, weekdays.indexOf((parts.get('WKST') ?? 'MO') as (typeof weekdays)[number])),
  }
  if (read.size >= mostRead) read.clear()
  read.set(rrule, rule)
  return rule
}

/** "TU"  "2TU"  "-1FR" */
function rankedDay(text: string): RankedDay[] {
  const match = /^(?<rank>[+-]?\d{1,2})?(?<day>MO|TU|WE|TH|FR|SA|SU)$/.exec(text)?.groups
  if (!match?.day) return []
  const rank = match.rank === undefined ? undefined : Number(match.rank)
  return [{ weekday: weekdays.indexOf(match.day as (typeof weekdays)[number]), rank: rank === 0 ? undefined : rank }]
}

const endOfDay = Temporal.PlainTime.from('23:59:59')

/** "20301231"  "20301231T235959"  "20301231T235959Z": a date counts to its end. */
export function readUntil(text: string): Until | undefined {
  const match = /^(?<wall>\d{8}(?<time>T\d{6})?)(?<utc>Z)?$/.exec(text)?.groups
  if (!match?.wall) return undefined
  try {
    if (match.time === undefined) return { wall: Temporal.PlainDate.from(match.wall).toPlainDateTime(endOfDay), utc: false }
    return { wall: Temporal.PlainDateTime.from(match.wall), utc: match.utc !== undefined }
  } catch {
    return undefined
  }
}

/** UNTIL on the event's own clock. */
export function untilOn(until: Until, timeZone: string): Temporal.PlainDateTime {
  return until.utc ? until.wall.toZonedDateTime('UTC').withTimeZone(timeZone).toPlainDateTime() : until.wall
}

/** `20301231T235959` */
export function basic(wall: Temporal.PlainDateTime): string {
  return wall.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
}
