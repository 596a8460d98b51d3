import type { Found } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { abbreviations, alsoWords, cities, regions, zoneNames } from './zone-names.ts'

/** A zone that was named: an IANA name or an offset. */
export interface NamedZone {
  readonly zone: string
}

/** A zone right after a clock time: "PT", "Eastern time", "London time", "GMT+2", "+05:30", "Europe/Berlin", "(CET)". */
export function readZoneAfterClock(s: Sentence, i: number): Found<NamedZone> | undefined {
  const open = at(s, i).text === '('
  // "9 a.m. Pacific time"
  const dotted = at(s, i).text === '.' && at(s, i - 1).text === 'm' && at(s, i - 2).text === '.'
  const j = open || dotted ? i + 1 : i
  const found = readOffset(s, j) ?? readZoneName(s, j, true)
  if (!found) return undefined
  return open ? (at(s, found.end).text === ')' ? { value: found.value, end: found.end + 1 } : undefined) : found
}

// "in Tokyo"   "Europe/Berlin"   "PST"   "Eastern time"   "London time"
export function readZoneName(s: Sentence, i: number, afterClock = false): Found<NamedZone> | undefined {
  const { text, kind, start } = at(s, i)
  if (kind !== 'word') return undefined
  const iana = readIana(s, i)
  if (iana) return iana
  const zone = abbreviations[text]
  if (
    zone !== undefined &&
    (!alsoWords.has(text) || (afterClock && isCapital(s, start)) || (afterClock && text.length === 2 && at(s, i + 1).kind !== 'word'))
  ) {
    const shifted = zone === 'UTC' ? readOffset(s, i + 1) : undefined
    if (shifted) return shifted
    const end = at(s, i + 1).text === 'time' ? i + 2 : i + 1
    return { value: { zone }, end }
  }
  const region = regions[text]
  if (region !== undefined) {
    let j = i + 1
    if (at(s, j).text === 'standard' || at(s, j).text === 'daylight') j++
    if (at(s, j).text === 'time') return { value: { zone: region }, end: j + 1 }
    // "9am Pacific", "noon Eastern on Friday"
    return afterClock && j === i + 1 && (isCapital(s, start) || endsZone(s, j)) && !namesPlace(s, j)
      ? { value: { zone: region }, end: j }
      : undefined
  }
  const place = readPlace(s, i)
  if (!place) return undefined
  if (at(s, place.end).text === 'time' || at(s, place.end).text === "time's") return { value: place.value, end: place.end + 1 }
  return undefined
}

function endsZone(s: Sentence, i: number): boolean {
  const { kind, word } = at(s, i)
  return kind === 'end' || kind === 'mark' || word.opens
}

/** "3pm Central Park" is in no zone. */
function namesPlace(s: Sentence, i: number): boolean {
  const { kind, start, word } = at(s, i)
  return kind === 'word' && !word.opens && isCapital(s, start)
}

function isCapital(s: Sentence, start: number): boolean {
  const code = s.text.charCodeAt(start)
  return code >= 65 && code <= 90
}

// "+05:30"   "-0800"   "+2"   "Z"
export function readOffset(s: Sentence, i: number): Found<NamedZone> | undefined {
  const sign = at(s, i)
  const hours = at(s, i + 1)
  if ((sign.text !== '+' && sign.text !== '-') || !hours.glued || hours.kind !== 'number') return undefined
  const name = (h: number, m: number) => `${sign.text}${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`
  if (hours.text.length === 4 && hours.value <= 1400)
    return { value: { zone: name(Math.floor(hours.value / 100), hours.value % 100) }, end: i + 2 }
  if (hours.text.length > 2 || hours.value > 14) return undefined
  const minutes = at(s, i + 3)
  if (at(s, i + 2).text === ':' && at(s, i + 2).glued && minutes.kind === 'number' && minutes.value < 60)
    return { value: { zone: name(hours.value, minutes.value) }, end: i + 4 }
  const gmt = at(s, i - 1).text
  return gmt === 'gmt' || gmt === 'utc' ? { value: { zone: name(hours.value, 0) }, end: i + 2 } : undefined
}

// "America/New_York"   "Etc/UTC"
function readIana(s: Sentence, i: number): Found<NamedZone> | undefined {
  if (at(s, i + 1).text !== '/' || !at(s, i + 1).glued) return undefined
  let end = i + 2
  let name = `${at(s, i).text}/`
  for (let words = 0; words < 7; words++) {
    const token = at(s, end)
    if (
      !token.glued ||
      (token.kind !== 'word' &&
        token.text !== '_' &&
        token.text !== '/' &&
        token.text !== '-' &&
        token.kind !== 'number' &&
        token.text !== '+')
    )
      break
    name += token.text
    end++
    if (zoneNames.has(name) && !(at(s, end).glued && (at(s, end).text === '_' || at(s, end).text === '/'))) break
  }
  const zone = zoneNames.get(name)
  return zone ? { value: { zone }, end } : undefined
}

/** The zone of a city or country: "Tokyo", "New York", "the UK". */
export function readPlace(s: Sentence, i: number): Found<NamedZone> | undefined {
  const first = at(s, i)
  if (first.kind !== 'word') return undefined
  let name = first.text
  let best: Found<NamedZone> | undefined
  for (let words = 1; words <= 3; words++) {
    const zone = cities.get(name)
    if (zone) best = { value: { zone }, end: i + words }
    const next = at(s, i + words)
    if (next.kind !== 'word') break
    name = `${name} ${next.text}`
  }
  return best
}

/** Any way to name a zone: for "my time zone is ..." and "I'm in ...". */
export function readAnyZone(s: Sentence, i: number): Found<NamedZone> | undefined {
  const start = at(s, i).text === 'the' ? i + 1 : i
  const named = readIana(s, start) ?? readZoneName(s, start) ?? readOffset(s, start)
  if (named) return named
  const short = abbreviations[at(s, start).text]
  if (short) return readOffset(s, start + 1) ?? { value: { zone: short }, end: start + 1 }
  const region = regions[at(s, start).text]
  if (region) return { value: { zone: region }, end: at(s, start + 1).text === 'time' ? start + 2 : start + 1 }
  return readPlace(s, start)
}
