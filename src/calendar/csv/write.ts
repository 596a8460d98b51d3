import type { FileEvent } from '../ical/event.ts'
import { rowText } from './table.ts'

const header = ['uid', 'title', 'start', 'end', 'all day', 'time zone', 'rule', 'location', 'description', 'link', 'status', 'occurrence']

/**
 * Events as a table for a spreadsheet. A series is one row, followed by one for each occurrence that is not as its rule
 * says: `occurrence` is where the rule has it.
 */
export function writeCsv(events: readonly FileEvent[]): string {
  return [header, ...events.flatMap(rowsOf)].map(rowText).join('')
}

function rowsOf(event: FileEvent): string[][] {
  const left = event.exdates.map((wall) => ({ ...event, startWall: wall, status: 'cancelled', recurrenceId: wall }) as const)
  return [
    cellsOf(event),
    ...event.overrides.map((one) => cellsOf({ ...event, ...one, rrule: null })),
    ...left.map((one) => cellsOf({ ...one, rrule: null })),
  ]
}

function cellsOf(event: FileEvent): string[] {
  const { uid, title, allDay, startWall, durationSeconds, timeZone, rrule, location, description, meetingLink, status, recurrenceId } =
    event
  const end = startWall.add({ seconds: durationSeconds })
  const [from, to] = allDay
    ? [startWall.toPlainDate().toString(), end.toPlainDate().subtract({ days: 1 }).toString()]
    : [clock(startWall), clock(end)]
  const at = recurrenceId === null ? '' : allDay ? recurrenceId.toPlainDate().toString() : clock(recurrenceId)
  return [uid, title, from, to, allDay ? 'yes' : 'no', timeZone, rrule ?? '', location, description, meetingLink, status, at]
}

function clock(wall: Temporal.PlainDateTime): string {
  return wall.toString({ smallestUnit: wall.second === 0 ? 'minute' : 'second' }).replace('T', ' ')
}
