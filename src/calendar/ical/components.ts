import { bounds } from './bounds.ts'
import type { Line } from './lines.ts'
import { type Property, propertyOf } from './property.ts'
import type { Remarks } from './remarks.ts'

/** BEGIN to END, with what lies between. */
export interface Component {
  /** In upper case. */
  readonly name: string
  readonly line: number
  readonly properties: readonly Property[]
  readonly components: readonly Component[]
}

interface Open {
  readonly name: string
  readonly line: number
  readonly properties: Property[]
  readonly components: Component[]
}

const deepest = 8
/** Between two pauses. */
const mostLines = 2_000
/** What stands directly in a calendar, and what stands only in one of these. */
const entries = new Set(['VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY', 'VTIMEZONE'])
const parts = new Set(['VALARM', 'STANDARD', 'DAYLIGHT'])
/** Pictures and letters that people attach are not ours to keep. */
const unread = /^(?:ATTACH|X-ALT-DESC|IMAGE)\b/i

/**
 * The components of a file, one after another as they end: those directly in a VCALENDAR, or in no calendar at all.
 *
 * A broken line costs that line and nothing else. Nothing now and then, where whoever reads may pause.
 */
export function* componentsOf(
  lines: Iterable<Line>,
  remarks: Remarks,
): Generator<{ readonly component: Component; readonly calendar: Component | undefined } | undefined> {
  let seen = 0
  const open: Open[] = []

  function finished(): { readonly component: Component; readonly calendar: Component | undefined } | undefined {
    const component = open.pop()
    const parent = open.at(-1)
    if (!component) return undefined
    if (!parent || parent.name === 'VCALENDAR') return { component, calendar: parent }
    parent.components.push(component)
    return undefined
  }

  for (const { number, text } of lines) {
    if (++seen % mostLines === 0) yield
    const mark = /^(?<which>BEGIN|END)\s*:\s*(?<name>[A-Za-z0-9-]{1,60})\s*$/i.exec(text)?.groups
    if (mark?.which === undefined || mark.name === undefined) {
      const inside = open.at(-1)
      if (unread.test(text)) continue
      const property = propertyOf(number, text)
      if (!property) remarks.skipped(number, `This line is no property: ${quoted(text)}.`)
      else if (!inside) remarks.skipped(number, `${property.name.toUpperCase()} stands outside of any calendar.`)
      else if (inside.properties.length < bounds.overrides) inside.properties.push(property)
      continue
    }
    const name = mark.name.toUpperCase()
    if (mark.which.toUpperCase() === 'BEGIN') {
      const unended = open.findIndex((each) => isUnended(each.name, name))
      while (unended >= 0 && open.length > unended) {
        remarks.mended(open.at(-1)?.line ?? number, `${open.at(-1)?.name} has no END.`)
        const found = finished()
        if (found) yield found
      }
      if (open.length < deepest) open.push({ name, line: number, properties: [], components: [] })
      else remarks.skipped(number, `${name} is nested too deep.`)
      continue
    }
    if (!open.some((each) => each.name === name)) {
      remarks.mended(number, `END:${name} ends nothing.`)
      continue
    }
    for (let ended = ''; ended !== name; ) {
      const last = open.at(-1)
      ended = last?.name ?? name
      if (last && ended !== name) remarks.mended(last.line, `${ended} has no END.`)
      const found = finished()
      if (found) yield found
    }
  }
  while (open.length > 0) {
    const last = open.at(-1)
    if (last) remarks.mended(last.line, `${last.name} has no END: the file stops in the middle of it.`)
    const found = finished()
    if (found) yield found
  }
}

/** Whether a BEGIN shows that the END of something open is missing. */
function isUnended(open: string, begins: string): boolean {
  if (begins === 'VCALENDAR') return true
  if (entries.has(begins)) return open !== 'VCALENDAR'
  return parts.has(begins) && parts.has(open)
}

function quoted(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 39)}…` : text
  return `“${short.replaceAll(/\p{Cc}/gu, '�')}”`
}
