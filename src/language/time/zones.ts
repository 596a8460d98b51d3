import type { Found } from '../text/numbers.ts'
import { table } from '../text/table.ts'
import { at, type Sentence } from '../text/tokens.ts'

/** A zone that was named: an IANA name or an offset. */
export interface NamedZone {
  readonly zone: string
}

/** Abbreviations mean the wall clock of their region, in summer and winter alike. */
const abbreviations = table<string>({
  utc: 'UTC',
  gmt: 'UTC',
  z: 'UTC',
  zulu: 'UTC',
  et: 'America/New_York',
  est: 'America/New_York',
  edt: 'America/New_York',
  ct: 'America/Chicago',
  cst: 'America/Chicago',
  cdt: 'America/Chicago',
  mt: 'America/Denver',
  mst: 'America/Denver',
  mdt: 'America/Denver',
  pt: 'America/Los_Angeles',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  akst: 'America/Anchorage',
  akdt: 'America/Anchorage',
  hst: 'Pacific/Honolulu',
  cet: 'Europe/Berlin',
  cest: 'Europe/Berlin',
  met: 'Europe/Berlin',
  mez: 'Europe/Berlin',
  mesz: 'Europe/Berlin',
  eet: 'Europe/Athens',
  eest: 'Europe/Athens',
  wet: 'Europe/Lisbon',
  west: 'Europe/Lisbon',
  bst: 'Europe/London',
  msk: 'Europe/Moscow',
  ist: 'Asia/Kolkata',
  sgt: 'Asia/Singapore',
  hkt: 'Asia/Hong_Kong',
  jst: 'Asia/Tokyo',
  kst: 'Asia/Seoul',
  pkt: 'Asia/Karachi',
  wib: 'Asia/Jakarta',
  aest: 'Australia/Sydney',
  aedt: 'Australia/Sydney',
  acst: 'Australia/Adelaide',
  awst: 'Australia/Perth',
  nzst: 'Pacific/Auckland',
  nzdt: 'Pacific/Auckland',
  brt: 'America/Sao_Paulo',
  art: 'America/Argentina/Buenos_Aires',
  sast: 'Africa/Johannesburg',
  eat: 'Africa/Nairobi',
  wat: 'Africa/Lagos',
})
/** Read only in capitals or right after a clock time, for they are words as well. */
const alsoWords = new Set(['et', 'ct', 'mt', 'pt', 'met', 'west', 'art', 'eat', 'wat', 'z', 'ist'])

const regions = table<string>({
  eastern: 'America/New_York',
  central: 'America/Chicago',
  mountain: 'America/Denver',
  pacific: 'America/Los_Angeles',
})

/** Cities and countries that people name but that have no zone of their own name. */
const places: Readonly<Record<string, string>> = {
  'san francisco': 'America/Los_Angeles',
  sf: 'America/Los_Angeles',
  seattle: 'America/Los_Angeles',
  'los angeles': 'America/Los_Angeles',
  la: 'America/Los_Angeles',
  california: 'America/Los_Angeles',
  portland: 'America/Los_Angeles',
  'las vegas': 'America/Los_Angeles',
  'san diego': 'America/Los_Angeles',
  nyc: 'America/New_York',
  'new york city': 'America/New_York',
  boston: 'America/New_York',
  washington: 'America/New_York',
  miami: 'America/New_York',
  atlanta: 'America/New_York',
  philadelphia: 'America/New_York',
  florida: 'America/New_York',
  montreal: 'America/Toronto',
  ottawa: 'America/Toronto',
  austin: 'America/Chicago',
  dallas: 'America/Chicago',
  houston: 'America/Chicago',
  texas: 'America/Chicago',
  'st louis': 'America/Chicago',
  'salt lake city': 'America/Denver',
  rio: 'America/Sao_Paulo',
  'rio de janeiro': 'America/Sao_Paulo',
  'sao paulo': 'America/Sao_Paulo',
  'buenos aires': 'America/Argentina/Buenos_Aires',
  uk: 'Europe/London',
  england: 'Europe/London',
  britain: 'Europe/London',
  scotland: 'Europe/London',
  edinburgh: 'Europe/London',
  manchester: 'Europe/London',
  ireland: 'Europe/Dublin',
  germany: 'Europe/Berlin',
  munich: 'Europe/Berlin',
  hamburg: 'Europe/Berlin',
  frankfurt: 'Europe/Berlin',
  cologne: 'Europe/Berlin',
  france: 'Europe/Paris',
  lyon: 'Europe/Paris',
  spain: 'Europe/Madrid',
  barcelona: 'Europe/Madrid',
  italy: 'Europe/Rome',
  milan: 'Europe/Rome',
  switzerland: 'Europe/Zurich',
  geneva: 'Europe/Zurich',
  austria: 'Europe/Vienna',
  netherlands: 'Europe/Amsterdam',
  rotterdam: 'Europe/Amsterdam',
  belgium: 'Europe/Brussels',
  portugal: 'Europe/Lisbon',
  porto: 'Europe/Lisbon',
  poland: 'Europe/Warsaw',
  krakow: 'Europe/Warsaw',
  sweden: 'Europe/Stockholm',
  norway: 'Europe/Oslo',
  denmark: 'Europe/Copenhagen',
  finland: 'Europe/Helsinki',
  greece: 'Europe/Athens',
  kiev: 'Europe/Kyiv',
  ukraine: 'Europe/Kyiv',
  turkey: 'Europe/Istanbul',
  israel: 'Asia/Jerusalem',
  'tel aviv': 'Asia/Jerusalem',
  uae: 'Asia/Dubai',
  'abu dhabi': 'Asia/Dubai',
  india: 'Asia/Kolkata',
  mumbai: 'Asia/Kolkata',
  delhi: 'Asia/Kolkata',
  'new delhi': 'Asia/Kolkata',
  bangalore: 'Asia/Kolkata',
  bengaluru: 'Asia/Kolkata',
  chennai: 'Asia/Kolkata',
  hyderabad: 'Asia/Kolkata',
  china: 'Asia/Shanghai',
  beijing: 'Asia/Shanghai',
  shenzhen: 'Asia/Shanghai',
  japan: 'Asia/Tokyo',
  osaka: 'Asia/Tokyo',
  kyoto: 'Asia/Tokyo',
  korea: 'Asia/Seoul',
  vietnam: 'Asia/Ho_Chi_Minh',
  hanoi: 'Asia/Ho_Chi_Minh',
  saigon: 'Asia/Ho_Chi_Minh',
  thailand: 'Asia/Bangkok',
  philippines: 'Asia/Manila',
  bali: 'Asia/Makassar',
  canberra: 'Australia/Sydney',
  'new zealand': 'Pacific/Auckland',
  wellington: 'Pacific/Auckland',
  hawaii: 'Pacific/Honolulu',
  'cape town': 'Africa/Johannesburg',
  nigeria: 'Africa/Lagos',
  kenya: 'Africa/Nairobi',
  egypt: 'Africa/Cairo',
}

const cities = new Map<string, string>(Object.entries(places))
const zoneNames = new Map<string, string>()
for (const zone of Intl.supportedValuesOf('timeZone')) {
  zoneNames.set(zone.toLowerCase(), zone)
  const city = zone
    .slice(zone.lastIndexOf('/') + 1)
    .replaceAll('_', ' ')
    .toLowerCase()
  if (zone.includes('/') && !cities.has(city)) cities.set(city, zone)
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
