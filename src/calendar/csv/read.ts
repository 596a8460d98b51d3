import { bounds } from '../ical/bounds.ts'
import type { FileEvent } from '../ical/event.ts'
import { onClockOf } from '../ical/moments.ts'
import type { ReadFile } from '../ical/read.ts'
import { createRemarks } from '../ical/remarks.ts'
import { normaliseRule } from '../ical/rule.ts'
import { atOnce, gently, type Steps } from '../ical/steps.ts'
import { line as oneLine, paragraphs } from '../ical/text.ts'
import { madeUid } from '../ical/uid.ts'
import { zoneNamed } from '../ical/zones.ts'
import { rowsOf, unguarded } from './table.ts'
import { type Clock, timeOfCell } from './time.ts'

/** Our own names, and those of Google's and Outlook's exports, in small letters without blanks. */
const columns = {
  uid: ['uid', 'id'],
  occurrence: ['occurrence', 'recurrenceid'],
  title: ['title', 'subject', 'summary', 'name', 'event'],
  start: ['start', 'startdate', 'date', 'begin', 'from'],
  startTime: ['starttime', 'time'],
  end: ['end', 'enddate', 'to'],
  endTime: ['endtime'],
  allDay: ['allday', 'alldayevent'],
  zone: ['timezone', 'zone', 'tz'],
  rule: ['rule', 'rrule', 'repeats', 'recurrence'],
  location: ['location', 'place', 'where'],
  description: ['description', 'notes', 'details'],
  link: ['link', 'url', 'meetinglink'],
  status: ['status'],
  private: ['private'],
} as const
type Column = keyof typeof columns

export interface CsvOptions {
  readonly timeZone: string
  /** Whether 3/4/2026 is the third of April. */
  readonly dayFirst: boolean
}

/** Reads a table of events: its first row names the columns, `title` and `start` at least. */
export const readCsv = (bytes: Uint8Array, options: CsvOptions): ReadFile => atOnce(readSteps(bytes, options))

/** The same, a few milliseconds at a time. */
export const readCsvGently = (bytes: Uint8Array, options: CsvOptions): Promise<ReadFile> => gently(readSteps(bytes, options))

function* readSteps(bytes: Uint8Array, options: CsvOptions): Steps<ReadFile> {
  if (bytes.byteLength > bounds.fileBytes) return { kind: 'refused', why: `I read files of at most ${bounds.fileBytes / 1024 / 1024} MB.` }
  const rows = rowsOf(new TextDecoder().decode(bytes))
  let header = rows.next()
  for (; !header.done && !header.value; header = rows.next()) yield
  const places = new Map<Column, number>()
  for (const [index, cell] of (header.value?.cells ?? []).entries()) {
    const name = cell.toLowerCase().replaceAll(/[^a-z]/g, '')
    const column = (Object.keys(columns) as Column[]).find((each) => (columns[each] as readonly string[]).includes(name))
    if (column && !places.has(column)) places.set(column, index)
  }
  if (!places.has('title') || !places.has('start'))
    return { kind: 'refused', why: 'The first row has to name the columns, “title” and “start” at least.' }

  const remarks = createRemarks()
  const events = new Map<string, FileEvent>()
  let count = 0
  for (const row of rows) {
    if (!row) {
      yield
      continue
    }
    const { line, cells } = row
    if (++count > bounds.events) {
      remarks.skipped(line, `Only the first ${bounds.events} rows are read.`)
      continue
    }
    const found = eventOf((column) => unguarded(cells[places.get(column) ?? -1] ?? '').trim(), options)
    if (typeof found === 'string') {
      remarks.skipped(line, found)
      continue
    }
    if (found.mended) remarks.mended(line, found.mended)
    const series = found.event.recurrenceId && events.get(found.event.uid)
    if (series && (series.rrule !== null || series.rdates.length > 0)) {
      events.set(series.uid, withOccurrence(series, found.event))
      continue
    }
    if (events.has(found.event.uid)) remarks.skipped(line, `“${found.event.title.slice(0, 60)}” is there twice: the last row counts.`)
    events.set(found.event.uid, found.event)
  }
  return { kind: 'read', file: { name: '', events: [...events.values()], remarks: remarks.list, skipped: remarks.skippedCount } }
}

/** A series with one occurrence as its own row has it; one that is called off is left out. */
function withOccurrence(series: FileEvent, { recurrenceId, ...row }: FileEvent): FileEvent {
  if (recurrenceId === null) return series
  if (row.status === 'cancelled') return { ...series, exdates: [...series.exdates, recurrenceId] }
  const { title, description, location, meetingLink, status, durationSeconds } = row
  const startWall = onClockOf(row.startWall, row.timeZone, series.timeZone)
  const own = { recurrenceId, title, description, location, meetingLink, status, durationSeconds, startWall }
  return { ...series, overrides: [...series.overrides, own] }
}

/** The event of a row, or why there is none. */
function eventOf(cell: (column: Column) => string, options: CsvOptions): { readonly event: FileEvent; readonly mended?: string } | string {
  const title = oneLine(cell('title'), bounds.title)
  const name = `“${title.slice(0, 60)}”`
  if (title === '') return 'The row has no title.'
  const zone = cell('zone')
  const timeZone = zone === '' ? options.timeZone : zoneNamed(zone)
  if (!timeZone) return `${name}: “${zone.slice(0, 60)}” is no time zone.`
  const clock: Clock = { timeZone, dayFirst: options.dayFirst }
  const start = timeOfCell(cell('start'), cell('startTime'), clock)
  if (!start) return `${name}: “${`${cell('start')} ${cell('startTime')}`.trim().slice(0, 60)}” is no time. Write it as 2026-03-31 14:00.`
  const allDay = start.isDate || /^(?:true|yes|1|x)$/i.test(cell('allDay'))
  const startWall = allDay ? start.wall.toPlainDate().toPlainDateTime() : start.wall
  const length = lengthOf(cell, startWall, allDay, clock)
  if (typeof length === 'string') return `${name}: ${length}`
  const rule = cell('rule') === '' ? undefined : normaliseRule(cell('rule'), { wall: startWall, timeZone, allDay })
  const status = cell('status').toLowerCase()
  const occurrence = cell('occurrence') === '' ? null : (timeOfCell(cell('occurrence'), '', clock) ?? null)
  const event: FileEvent = {
    uid:
      cell('uid')
        .replaceAll(/\p{Cc}/gu, '')
        .slice(0, bounds.uid) || madeUid([title, startWall, timeZone, cell('location')].join('\n')),
    recurrenceId: occurrence && (allDay ? occurrence.wall.toPlainDate().toPlainDateTime() : occurrence.wall),
    sequence: 0,
    title,
    description: paragraphs(cell('description'), bounds.description),
    location: oneLine(cell('location'), bounds.location),
    meetingLink: /^https?:\/\/[^\s<>"]{1,1990}$/i.test(cell('link')) ? cell('link') : '',
    status: status === 'tentative' || status === 'cancelled' ? status : 'confirmed',
    colour: null,
    visibility: /^(?:true|yes|1|x)$/i.test(cell('private')) ? 'private' : 'public',
    transparency: 'opaque',
    allDay,
    timeZone,
    startWall,
    durationSeconds: length,
    rrule: rule?.ok ? rule.rrule : null,
    rdates: [],
    exdates: [],
    overrides: [],
    attendees: [],
    alarms: [],
  }
  return rule && !rule.ok ? { event, mended: `${name} is kept once: of its rule, ${rule.why}.` } : { event }
}

/** In seconds; without an end a day or, on the clock, an hour. The end of whole days is the last of them, as tables have it. */
function lengthOf(cell: (column: Column) => string, start: Temporal.PlainDateTime, allDay: boolean, clock: Clock): number | string {
  const written = `${cell('end')} ${cell('endTime')}`.trim()
  if (written === '') return allDay ? 86_400 : 3_600
  const end = timeOfCell(cell('end') || start.toPlainDate().toString(), cell('endTime'), clock)
  if (!end) return `“${written.slice(0, 60)}” is no time. Write it as 2026-03-31 14:00.`
  const last = allDay ? end.wall.toPlainDate().add({ days: 1 }).toPlainDateTime() : onClockOf(end.wall, clock.timeZone, clock.timeZone)
  const seconds = last.since(start).total('seconds')
  if (seconds < 0) return 'it ends before it starts.'
  return seconds > bounds.days * 86_400 ? 'it lasts longer than ten years.' : Math.max(allDay ? 86_400 : 0, seconds)
}
