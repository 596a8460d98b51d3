import { validateRule } from '../recurrence.ts'
import { basicDate, basicTime, momentOf, onClockOf } from './moments.ts'

export type FileRule =
  | { readonly ok: true; readonly rrule: string; readonly mended?: string }
  | { readonly ok: false; readonly why: string }

export interface RuleStart {
  readonly wall: Temporal.PlainDateTime
  readonly timeZone: string
  readonly allDay: boolean
}

const known = new Set([
  'FREQ',
  'INTERVAL',
  'COUNT',
  'UNTIL',
  'WKST',
  'BYSECOND',
  'BYMINUTE',
  'BYHOUR',
  'BYDAY',
  'BYMONTHDAY',
  'BYYEARDAY',
  'BYWEEKNO',
  'BYMONTH',
  'BYSETPOS',
])
const withinDay = ['BYSECOND', 'BYMINUTE', 'BYHOUR']
const mostOccurrences = 10_000

/**
 * A rule of a file as we keep rules.
 *
 * UNTIL is a date for whole days and an instant in UTC otherwise, a date counting to its end; a yearly day of the
 * month without a month is one of the start's month, as the program that writes such rules means it.
 */
export function normaliseRule(value: string, start: RuleStart): FileRule {
  const parts = partsOf(value)
  if (!parts) return { ok: false, why: 'it is no list of NAME=VALUE parts' }
  if (start.allDay) for (const name of withinDay) parts.delete(name)
  // A time that the start says already would only forbid the plain kinds of rules.
  if (parts.get('BYSECOND') === '0' && start.wall.second === 0) parts.delete('BYSECOND')
  if (parts.get('INTERVAL') === '1') parts.delete('INTERVAL')
  if (yearlyByDate(parts)) parts.set('BYMONTH', String(start.wall.month))

  let mended: string | undefined
  const until = parts.get('UNTIL')
  if (until !== undefined) {
    const end = untilOf(until, start)
    if (!end) return { ok: false, why: `UNTIL=${until.slice(0, 30)} is no time` }
    if (end.isBeforeStart) return { ok: false, why: 'it ends before it starts' }
    parts.set('UNTIL', end.value)
    if (parts.delete('COUNT')) mended = 'Its rule has both a COUNT and an UNTIL: the UNTIL counts.'
  }
  if (Number(parts.get('COUNT')) > mostOccurrences) {
    parts.set('COUNT', String(mostOccurrences))
    mended = `Its rule comes to an end after ${mostOccurrences} times.`
  }
  const rrule = [...parts].map(([name, part]) => `${name}=${part}`).join(';')
  const valid = validateRule(rrule)
  if (!valid.ok) return { ok: false, why: valid.hint.replace(/\.$/, '') }
  return { ok: true, rrule, ...(mended === undefined ? {} : { mended }) }
}

/** Names that nobody knows are left out; undefined when it is no rule at all. */
function partsOf(value: string): Map<string, string> | undefined {
  if (value.length > 2_000) return undefined
  const parts = new Map<string, string>()
  for (const part of value.replace(/^RRULE:/i, '').split(';')) {
    const [name = '', content = ''] = part.split('=').map((text) => text.trim().toUpperCase())
    if (name === '' && content === '') continue
    if (content === '') return undefined
    if (known.has(name) && !parts.has(name)) parts.set(name, name === 'BYDAY' ? content.replaceAll(/(?<=^|,)\+/g, '') : content)
  }
  return parts.has('FREQ') ? parts : undefined
}

function yearlyByDate(parts: ReadonlyMap<string, string>): boolean {
  if (parts.get('FREQ') !== 'YEARLY' || !parts.has('BYMONTHDAY')) return false
  return !['BYMONTH', 'BYDAY', 'BYYEARDAY', 'BYWEEKNO', 'BYSETPOS'].some((name) => parts.has(name))
}

function untilOf(value: string, { wall, timeZone, allDay }: RuleStart): { value: string; isBeforeStart: boolean } | undefined {
  const until = momentOf(value, [1, 9_999])
  if (!until) return undefined
  if (allDay) {
    const day = until.isDate ? until.wall : until.isUtc ? laterDay(until.wall, timeZone) : until.wall
    return { value: basicDate(day), isBeforeStart: Temporal.PlainDate.compare(day.toPlainDate(), wall.toPlainDate()) < 0 }
  }
  const local = until.isDate ? until.wall.with({ hour: 23, minute: 59, second: 59 }) : until.wall
  const utc = until.isUtc ? until.wall : onClockOf(local, timeZone, 'UTC')
  const isBeforeStart = Temporal.PlainDateTime.compare(utc, onClockOf(wall, timeZone, 'UTC')) < 0
  return { value: `${basicTime(utc)}Z`, isBeforeStart }
}

/** The day of an instant, in UTC or where the event is: the later one, since the writer meant it to be included. */
function laterDay(wall: Temporal.PlainDateTime, timeZone: string): Temporal.PlainDateTime {
  const local = onClockOf(wall, 'UTC', timeZone)
  return Temporal.PlainDateTime.compare(local, wall) > 0 ? local : wall
}
