import { findIana } from 'windows-iana'
import type { Component } from './components.ts'
import type { Remarks } from './remarks.ts'
import { zoneLike } from './vtimezone.ts'

/** The zones of one calendar of a file. */
export interface ZoneOf {
  /** What a TZID means, or no TZID. Never fails: what nobody knows is the reader's own zone, and told. */
  named(tzid: string | undefined, line: number, year: number): string
  /** The zone of whole days. */
  readonly own: string
}

export interface ZoneParts {
  readonly definitions: readonly Component[]
  /** The zone of times without one: X-WR-TIMEZONE, or the reader's own. */
  readonly own: string
  readonly ownIsStated: boolean
  readonly remarks: Remarks
}

/** So many definitions of a file are compared with the world's zones; each costs some milliseconds. */
const mostDefinitions = 50

/** In this order: IANA, Windows, both without known prefixes, the file's own VTIMEZONE, the reader's zone. */
export function createZoneOf({ definitions, own, ownIsStated, remarks }: ZoneParts): ZoneOf {
  const byId = new Map(
    definitions.map((each) => [each.properties.find(({ name }) => name === 'tzid')?.values[0]?.trim() ?? '', each] as const),
  )
  const known = new Map<string, string>()
  let compared = 0

  function find(tzid: string, line: number, year: number): string {
    const named = zoneNamed(tzid)
    if (named) return named
    const definition = byId.get(tzid)
    const like = definition && compared++ < mostDefinitions ? zoneLike(definition, year) : undefined
    const name = tzid.length > 60 ? `${tzid.slice(0, 59)}…` : tzid
    if (like) remarks.once(line, `The time zone “${name}” is read as ${like}, whose clock is the same.`)
    else remarks.once(line, `The time zone “${name}” is not known: its times are read as ${own}.`)
    return like ?? own
  }

  return {
    own,
    named(tzid, line, year) {
      const id = tzid?.trim()
      if (!id) {
        if (!ownIsStated) remarks.once(line, `Times without a time zone are read as ${own}.`)
        return own
      }
      const found = known.get(id) ?? find(id, line, year)
      known.set(id, found)
      return found
    },
  }
}

// "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin"   "/mozilla.org/20050126_1/Europe/Berlin"   "Etc/…"
//                                          ↑ name                                     ↑ name
const prefixed = /^\/.+?\/(?<name>(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)\/.+)$/i
// "GMT+02:00"   "UTC-3"   "(UTC+05:30) Chennai"   "GMT+0200"
const offset = /^\(?(?:GMT|UTC)\s?(?<sign>[+-])(?<hours>\d{1,2}):?(?<minutes>\d\d)?\)?$/i
const displayed = /^\((?:GMT|UTC)(?:[+-]\d\d:?\d\d)?\)\s?(?<places>.+)$/i

/** The IANA zone, or the offset, that a name stands for by itself. */
export function zoneNamed(tzid: string): string | undefined {
  const id = tzid.trim().replaceAll(/^["']|["']$/g, '')
  if (id === '' || id.length > 200) return undefined
  const own = iana(id) ?? windows(id)
  if (own) return own
  const inside = prefixed.exec(id)?.groups?.name
  if (inside) return iana(inside)
  const found = offset.exec(id)?.groups
  if (found) return iana(`${found.sign}${found.hours?.padStart(2, '0')}:${found.minutes ?? '00'}`)
  const places = displayed.exec(id)?.groups?.places
  return places?.split(/[,;]/).map(city).find(Boolean)
}

function iana(name: string): string | undefined {
  try {
    // Gives the name its own capitals, and leaves Asia/Kolkata what it is: Intl would call it Calcutta.
    return new Temporal.ZonedDateTime(0n, name).timeZoneId
  } catch {
    return undefined
  }
}

function windows(name: string): string | undefined {
  return findIana(name)[0]
}

let cities: ReadonlyMap<string, string> | undefined

/** "Amsterdam" of Outlook's display names. */
function city(name: string): string | undefined {
  cities ??= new Map(Intl.supportedValuesOf('timeZone').map((zone) => [zone.slice(zone.lastIndexOf('/') + 1).toLowerCase(), zone]))
  return cities.get(name.trim().toLowerCase().replaceAll(' ', '_'))
}
