import type { Day, Time } from '../../core/reply.ts'
import { el } from './dom.ts'

/** Times in the reader's own zone and in the browser's language. */

export const readerZone = Intl.DateTimeFormat().resolvedOptions().timeZone

const dayStyle = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
const clockStyle = { hour: 'numeric', minute: '2-digit' } as const
const exactClockStyle = { ...clockStyle, second: '2-digit' } as const

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })

export function timeElement(time: Time): HTMLTimeElement {
  const at = new Date(time.at)
  const element = el('time', { datetime: time.at, title: `${dated(at, exactClockStyle)} (${readerZone})` })
  if (time.show === 'relative') element.dataset.relative = time.at
  element.textContent = time.show === 'relative' ? fromNow(at) : `${shown(time, at)}${elsewhere(time, at)}`
  return element
}

export function dayElement({ date }: Day): HTMLTimeElement {
  const words = new Intl.DateTimeFormat(undefined, { ...dayStyle, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))
  return el('time', { datetime: date }, words)
}

/** "Thu, 26 – Sat, 28 Nov 2026" */
export function daysInWords(first: string, last: string): string {
  const [from, to] = [first, last].map((date) => new Date(`${date}T00:00:00Z`))
  return new Intl.DateTimeFormat(undefined, { ...dayStyle, timeZone: 'UTC' }).formatRange(from as Date, to as Date)
}

/** "17:52" */
export function clockTime(at: Date): string {
  return new Intl.DateTimeFormat(undefined, clockStyle).format(at)
}

/** "Today, 15:00"   "Tomorrow, 15:00"   "Fri, 27 Nov, 15:00", with the year when it is another. */
export function nearTime(at: Date): string {
  const days = daysFromToday(at)
  const clock = new Intl.DateTimeFormat(undefined, clockOf(at)).format(at)
  if (days === 0 || days === 1) return `${capital(relative.format(days, 'day'))}, ${clock}`
  const { year, ...day } = dayStyle
  const style = at.getFullYear() === new Date().getFullYear() ? day : { ...day, year }
  return `${new Intl.DateTimeFormat(undefined, style).format(at)}, ${clock}`
}

/** "Today", "Yesterday", or the day. */
export function dayName(at: Date): string {
  const days = daysFromToday(at)
  if (days === 0 || days === -1) return capital(relative.format(days, 'day'))
  return new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' }).format(at)
}

/** "9 s"   "4 min"   "2 h 5 min"   "3 days" */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000))
  if (seconds === 0) return 'now'
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  const days = Math.round(hours / 24)
  return days === 1 ? '1 day' : `${days} days`
}

/** Brings every "in 3 minutes" of the page up to date. */
export function refreshRelativeTimes(): void {
  for (const element of document.querySelectorAll<HTMLTimeElement>('time[data-relative]')) {
    element.textContent = fromNow(new Date(element.dateTime))
  }
}

function shown({ show }: Time, at: Date): string {
  if (show === 'date') return new Intl.DateTimeFormat(undefined, dayStyle).format(at)
  if (show === 'time') return new Intl.DateTimeFormat(undefined, clockOf(at)).format(at)
  return dated(at, clockOf(at))
}

/** The same instant as the other zone's people say it: " (21:00 GMT+9)". */
function elsewhere({ named, timeZone }: Time, at: Date): string {
  if (!named || timeZone === readerZone) return ''
  return ` (${new Intl.DateTimeFormat(undefined, { ...clockStyle, timeZone, timeZoneName: 'short' }).format(at)})`
}

function dated(at: Date, clock: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(undefined, { ...dayStyle, ...clock }).format(at)
}

/** With seconds only where they say something: "in 10 seconds" does, "at noon" does not. */
function clockOf(at: Date): Intl.DateTimeFormatOptions {
  return at.getSeconds() === 0 ? clockStyle : exactClockStyle
}

function fromNow(at: Date): string {
  const seconds = Math.round((at.getTime() - Date.now()) / 1_000)
  if (Math.abs(seconds) < 60) return relative.format(seconds, 'second')
  const minutes = Math.round(seconds / 60)
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute')
  const hours = Math.round(minutes / 60)
  if (Math.abs(hours) < 24) return relative.format(hours, 'hour')
  return relative.format(Math.round(hours / 24), 'day')
}

function daysFromToday(at: Date): number {
  return Math.round((midnight(at) - midnight(new Date())) / 86_400_000)
}

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
}

function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1)
}
