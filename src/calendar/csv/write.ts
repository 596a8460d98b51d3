import type { FileEvent } from '../ical/event.ts'
import { rowText } from './table.ts'

const header = ['uid', 'title', 'start', 'end', 'all day', 'time zone', 'rule', 'location', 'description', 'link', 'status']

/** Events as a table for a spreadsheet. A series is one row; its moved occurrences are not in it. */
export function writeCsv(events: readonly FileEvent[]): string {
  return [header, ...events.map(cellsOf)].map(rowText).join('')
}

function cellsOf(event: FileEvent): string[] {
  const { uid, title, allDay, startWall, durationSeconds, timeZone, rrule, location, description, meetingLink, status } = event
  const end = startWall.add({ seconds: durationSeconds })
  const [from, to] = allDay
    ? [startWall.toPlainDate().toString(), end.toPlainDate().subtract({ days: 1 }).toString()]
    : [clock(startWall), clock(end)]
  return [uid, title, from, to, allDay ? 'yes' : 'no', timeZone, rrule ?? '', location, description, meetingLink, status]
}

function clock(wall: Temporal.PlainDateTime): string {
  return wall.toString({ smallestUnit: wall.second === 0 ? 'minute' : 'second' }).replace('T', ' ')
}
