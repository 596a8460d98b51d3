import type { CalendarFile } from '#calendar/ical/event.ts'
import { readCalendar } from '#calendar/ical/read.ts'

/** A calendar around VEVENT lines, with the line ends that files have. Line 3 is the first of `lines`. */
export function calendar(...lines: readonly string[]): Buffer {
  return Buffer.from(`${['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n')}\r\n`)
}

export function vevent(...lines: readonly string[]): string[] {
  return ['BEGIN:VEVENT', 'UID:one@example.org', 'SUMMARY:Tea', ...lines, 'END:VEVENT']
}

export function read(bytes: Uint8Array, timeZone = 'Europe/Paris'): CalendarFile {
  const result = readCalendar(bytes, { timeZone })
  if (result.kind === 'refused') throw new Error(result.why)
  return result.file
}

export function said(file: CalendarFile): string[] {
  return file.remarks.map(({ line, text }) => `${line}: ${text}`)
}

/** The words of an event, short: `2026-03-01T09:00 Europe/Paris 3600`. */
export function spelled(file: CalendarFile, index = 0): string {
  const event = file.events[index]
  if (!event) return 'no event'
  return `${event.allDay ? event.startWall.toPlainDate() : event.startWall.toString({ smallestUnit: 'minute' })} ${event.timeZone} ${event.durationSeconds}`
}
