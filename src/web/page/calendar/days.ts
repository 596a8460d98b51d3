/** Days as whole numbers on the reader's wall calendar, so that no hour that a clock skips or repeats gets between them. */

export type Span = 'day' | 'week' | 'month'

const dayMs = 86_400_000

/** The day that it is on the reader's wall at this moment. */
export function dayOf(at: Date): number {
  return Math.floor(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / dayMs)
}

/** The moment at which the wall shows this day and so many minutes. One that the clock skips is as much later. */
export function momentOf(day: number, minutes = 0): Date {
  const there = new Date(day * dayMs)
  return new Date(there.getUTCFullYear(), there.getUTCMonth(), there.getUTCDate(), 0, minutes)
}

/** Minutes that the wall clock shows. */
export function minutesOf(at: Date): number {
  return at.getHours() * 60 + at.getMinutes()
}

/** "2026-12-04" */
export function nameOfDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

/** Undefined for what is no day. */
export function dayNamed(name: string): number | undefined {
  const at = /^\d{4}-\d\d-\d\d$/.test(name) ? Date.parse(`${name}T00:00:00Z`) : Number.NaN
  return Number.isNaN(at) ? undefined : at / dayMs
}

/** 0 is Sunday. */
function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

interface WeekInfo {
  readonly firstDay: number
}

/** The weekday that weeks begin with where the reader's language is spoken; 0 is Sunday. */
const firstWeekday = firstWeekdayOf(navigator.language)

function firstWeekdayOf(language: string): number {
  // Browsers disagree on whether it is a property or a method, and some have neither: ISO 8601 says Monday.
  const locale = new Intl.Locale(language) as Intl.Locale & { getWeekInfo?(): WeekInfo; readonly weekInfo?: WeekInfo }
  return ((locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1) % 7
}

function weekStart(day: number): number {
  return day - ((weekdayOf(day) - firstWeekday + 7) % 7)
}

/** The days that a view shows: `narrow` shows three of a week, beginning with the one that is meant. */
export function daysShown(span: Span, day: number, narrow: boolean): readonly number[] {
  if (span === 'day') return [day]
  if (span === 'week') return narrow ? runOf(day, 3) : runOf(weekStart(day), 7)
  const first = monthStart(day)
  const from = weekStart(first)
  const last = weekStart(monthStart(first, 1) - 1) + 6
  return runOf(from, last - from + 1)
}

function runOf(from: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => from + index)
}

/** The first day of the month of a day, or of one so many months later. */
export function monthStart(day: number, later = 0): number {
  const at = new Date(day * dayMs)
  return Math.floor(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + later, 1) / dayMs)
}

/** Where "next" and "previous" lead. */
export function stepped(span: Span, day: number, by: 1 | -1, narrow: boolean): number {
  if (span === 'month') return monthStart(day, by)
  return day + by * (span === 'day' ? 1 : narrow ? 3 : 7)
}

/** The hours by which the clock of a day is changed: 1 when an hour is missing, -1 when one comes twice. */
export function hoursMissing(day: number): number {
  return 24 - Math.round((momentOf(day + 1).getTime() - momentOf(day).getTime()) / 3_600_000)
}

const utc = { timeZone: 'UTC' } as const
const dayStyles = {
  weekday: { weekday: 'short' },
  weekdayLong: { weekday: 'long' },
  number: { day: 'numeric' },
  dayAndMonth: { day: 'numeric', month: 'short' },
  full: { weekday: 'long', day: 'numeric', month: 'long' },
  dated: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  datedShort: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>
const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs far more than using it. */
function formatOf(key: string, style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(undefined, style)
  formats.set(key, made)
  return made
}

/** A day in the reader's language: "Friday, 4 December". */
export function inWords(day: number, style: keyof typeof dayStyles): string {
  return formatOf(style, { ...dayStyles[style], ...utc }).format(new Date(day * dayMs))
}

/** "30 Nov – 6 Dec 2026" */
export function daysInWords(from: number, to: number): string {
  const format = formatOf('range', { day: 'numeric', month: 'short', year: 'numeric', ...utc })
  return format.formatRange(new Date(from * dayMs), new Date(to * dayMs))
}

const clock = { hour: 'numeric', minute: '2-digit' } as const

/** "10:00" */
export function clockOf(at: Date): string {
  return formatOf('clock', clock).format(at)
}

/** "9:15am" or "10am" where there is little room and the language has halves of a day; elsewhere the clock as it is. */
export function briefClockOf(at: Date): string {
  const parts = formatOf('clock', clock).formatToParts(at)
  const half = parts.find(({ type }) => type === 'dayPeriod')?.value
  if (half !== 'AM' && half !== 'PM') return clockOf(at)
  const [hour, minute] = ['hour', 'minute'].map((wanted) => parts.find(({ type }) => type === wanted)?.value)
  return `${hour}${minute === '00' ? '' : `:${minute}`}${half.toLowerCase()}`
}

/** "10:00 – 11:30" */
export function clocksOf(from: Date, to: Date): string {
  return formatOf('clock', clock).formatRange(from, to)
}

/** "09:30", as fields of forms have it. */
export function clockIn(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

export function minutesIn(clock: string): number | undefined {
  const [hours, minutes] = clock.split(':').map(Number)
  return hours === undefined || minutes === undefined || clock === '' ? undefined : hours * 60 + minutes
}

const halves = /^h1/.test(formatOf('clock', clock).resolvedOptions().hourCycle ?? '')

/** "10:00", or "10 AM": the hours beside a day. */
export function hourOf(hour: number): string {
  return formatOf('hour', { ...(halves ? { hour: 'numeric' } : clock), ...utc }).format(new Date(hour * 3_600_000))
}

/** The date on the wall of another zone, as a day. */
export function dayThere(at: Date, timeZone: string): number {
  const style = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const
  const parts = Object.fromEntries(
    formatOf(`date ${timeZone}`, style)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  return Math.floor(Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day ?? 1) / dayMs)
}
