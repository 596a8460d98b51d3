import ICAL from 'ical.js'

/** One property of a component: `DTSTART;TZID=Europe/Berlin:20260301T090000`. */
export interface Property {
  readonly line: number
  /** In lower case. */
  readonly name: string
  /** By name in lower case; of several values the first. */
  readonly params: Readonly<Record<string, string>>
  /** Texts without their escapes; times and rules as written. */
  readonly values: readonly string[]
}

// The library reads lines; times and rules stay text for us, because it makes nonsense of broken ones without a word.
ICAL.design.strict = false
const { text, uri, 'cal-address': address } = ICAL.design.icalendar.value
const design = { ...ICAL.design.icalendar, value: { text, uri, 'cal-address': address } }

// ";TZID=(UTC+01:00) Amsterdam, Berlin:20260301T090000"   Outlook's display names, with no quotes around the colon
//        ↑ name
const bareZone = /;TZID=(?<name>\([^)"]{1,20}\)[^:;"]{0,100})(?=[:;])/i

/** Reads a content line; undefined when it is none. */
export function propertyOf(line: number, content: string): Property | undefined {
  try {
    const [name, params, , ...values] = ICAL.parse.property(content.replace(bareZone, ';TZID="$<name>"'), design) as [
      string,
      Record<string, string | string[]>,
      string,
      ...(string | string[])[],
    ]
    return {
      line,
      name,
      params: Object.fromEntries(Object.entries(params).map(([key, value]) => [key, Array.isArray(value) ? (value[0] ?? '') : value])),
      values: values.map((value) => (Array.isArray(value) ? value.join(';') : value)),
    }
  } catch {
    return undefined
  }
}
