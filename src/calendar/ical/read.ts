import { bounds } from './bounds.ts'
import { type Component, componentsOf } from './components.ts'
import type { CalendarFile } from './event.ts'
import { contentLines } from './lines.ts'
import { createRemarks, type Remarks } from './remarks.ts'
import { seriesOf } from './series.ts'
import { atOnce, gently, type Steps } from './steps.ts'
import { line } from './text.ts'
import { type Vevent, veventOf } from './vevent.ts'
import { createZoneOf, zoneNamed } from './zones.ts'

export type ReadFile = { readonly kind: 'read'; readonly file: CalendarFile } | { readonly kind: 'refused'; readonly why: string }

export interface ReadOptions {
  /** The zone of times that have none. */
  readonly timeZone: string
}

/** What a step of reading takes at most, in components: between two steps others may work. */
const stepSize = 200

/** Reads an iCalendar file: every event that can be read, and a report of the rest with line numbers. */
export const readCalendar = (bytes: Uint8Array, options: ReadOptions): ReadFile => atOnce(readSteps(bytes, options))

/** The same, a few milliseconds at a time. */
export const readCalendarGently = (bytes: Uint8Array, options: ReadOptions): Promise<ReadFile> => gently(readSteps(bytes, options))

function* readSteps(bytes: Uint8Array, options: ReadOptions): Steps<ReadFile> {
  if (bytes.byteLength > bounds.fileBytes) {
    const megabytes = Math.ceil(bytes.byteLength / 1024 / 1024)
    return { kind: 'refused', why: `The file has ${megabytes} MB; I read at most ${bounds.fileBytes / 1024 / 1024} MB.` }
  }
  const remarks = createRemarks()
  const vevents: Vevent[] = []
  let name = ''
  let waiting: Component[] = []
  let seen = 0
  let steps = 0

  function* take(calendar: Component): Steps<void> {
    const found = waiting
    waiting = []
    const context = contextOf(calendar, found, options, remarks)
    name ||= context.name
    for (const component of found) {
      if (component.name === 'VEVENT') {
        seen += 1
        if (vevents.length >= bounds.events) {
          remarks.skipped(component.line, `Only the first ${bounds.events} events of a file are read.`)
          continue
        }
        const vevent = veventOf(component, { ...context, remarks })
        if (vevent) vevents.push(vevent)
      } else if (component.name !== 'VTIMEZONE') {
        remarks.skipped(component.line, `${kinds[component.name] ?? component.name} is no event.`)
      }
      if (++steps % stepSize === 0) yield
    }
  }

  let calendars = 0
  for (const found of componentsOf(contentLines(bytes, remarks), remarks)) {
    if (!found) {
      yield
      continue
    }
    const { component } = found
    if (component.name === 'VCALENDAR') {
      calendars += 1
      yield* take(component)
    } else waiting.push(component)
    if (++steps % stepSize === 0) yield
  }
  if (waiting.length > 0) yield* take({ name: 'VCALENDAR', line: 1, properties: [], components: [] })
  if (calendars === 0 && seen === 0) return { kind: 'refused', why: notCalendar(bytes) }
  return { kind: 'read', file: { name, events: seriesOf(vevents, remarks), remarks: remarks.list, skipped: remarks.skippedCount } }
}

const kinds: Readonly<Record<string, string>> = { VTODO: 'A to-do (VTODO)', VJOURNAL: 'A journal entry (VJOURNAL)', VFREEBUSY: 'VFREEBUSY' }

function contextOf(calendar: Component, found: readonly Component[], { timeZone }: ReadOptions, remarks: Remarks) {
  const value = (name: string) => calendar.properties.find((property) => property.name === name)?.values.join(', ') ?? ''
  const stated = zoneNamed(value('x-wr-timezone'))
  const zoneOf = createZoneOf({
    definitions: found.filter(({ name }) => name === 'VTIMEZONE'),
    own: stated ?? timeZone,
    ownIsStated: stated !== undefined,
    remarks,
  })
  return { zoneOf, method: value('method').trim().toUpperCase(), name: line(value('x-wr-calname') || value('name'), 100) }
}

function notCalendar(bytes: Uint8Array): string {
  if (bytes.byteLength === 0) return 'The file is empty.'
  const beginning = Buffer.from(bytes.subarray(0, 200)).toString('latin1').trimStart()
  if (beginning.startsWith('<')) return 'That is a web page, and no iCalendar file.'
  return 'That is no iCalendar file: it has no BEGIN:VCALENDAR.'
}
