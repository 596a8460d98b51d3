import { bounds } from './bounds.ts'
import type { Component } from './components.ts'
import type { FileAttendee, FileEvent } from './event.ts'
import { momentOf, onClockOf, secondsOf } from './moments.ts'
import type { Property } from './property.ts'
import { line, paragraphs } from './text.ts'

/** The parts of a VEVENT that are no times. */
export type Particulars = Pick<
  FileEvent,
  | 'title'
  | 'description'
  | 'location'
  | 'meetingLink'
  | 'status'
  | 'colour'
  | 'visibility'
  | 'transparency'
  | 'attendees'
  | 'organizer'
  | 'categories'
>

export interface Read {
  first(name: string): Property | undefined
  all(name: string): readonly Property[]
}

export function readOf({ properties }: Component): Read {
  const byName = Map.groupBy(properties, ({ name }) => name)
  return { first: (name) => byName.get(name)?.[0], all: (name) => byName.get(name) ?? [] }
}

export function particularsOf(read: Read, method: string): Particulars {
  const value = (name: string) => read.first(name)?.values.join(', ') ?? ''
  const word = (name: string) => value(name).trim().toUpperCase()
  return {
    title: line(value('summary'), bounds.title) || 'Untitled',
    description: paragraphs(value('description'), bounds.description),
    location: line(value('location'), bounds.location),
    meetingLink: linkOf(read),
    status:
      word('status') === 'CANCELLED' || method === 'CANCEL' ? 'cancelled' : word('status') === 'TENTATIVE' ? 'tentative' : 'confirmed',
    colour: /^[a-z]{3,25}$/i.test(value('color').trim()) ? value('color').trim().toLowerCase() : null,
    visibility: word('class') === 'PRIVATE' ? 'private' : word('class') === 'CONFIDENTIAL' ? 'busy' : 'public',
    transparency: word('transp') === 'TRANSPARENT' ? 'transparent' : 'opaque',
    attendees: attendeesOf(read),
    ...organizerOf(read),
    ...categoriesOf(read),
  }
}

function linkOf(read: Read): string {
  for (const name of ['x-google-conference', 'x-microsoft-skypeteamsmeetingurl', 'conference', 'url']) {
    const address = line(read.first(name)?.values[0] ?? '', bounds.url + 1)
    if (/^https?:\/\/[^\s<>"]+$/i.test(address) && address.length <= bounds.url && URL.canParse(address)) return address
  }
  return ''
}

const responses = { ACCEPTED: 'accepted', DECLINED: 'declined', TENTATIVE: 'tentative' } as const

/** An address as calendars write it, in lower case; undefined when it is none. */
function mailOf({ values }: Property): string | undefined {
  const email = (values[0] ?? '')
    .trim()
    .replace(/^mailto:/i, '')
    .toLowerCase()
  return /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}$/.test(email) ? email : undefined
}

function organizerOf(read: Read): Pick<FileEvent, 'organizer'> {
  const property = read.first('organizer')
  const email = property && mailOf(property)
  return email ? { organizer: { name: line(property.params.cn ?? '', 200) || email, email } } : {}
}

function categoriesOf(read: Read): Pick<FileEvent, 'categories'> {
  const words = read.all('categories').flatMap(({ values }) => values.map((value) => line(value, bounds.category)))
  const categories = [...new Set(words.filter((word) => word !== ''))].slice(0, bounds.categories)
  return categories.length > 0 ? { categories } : {}
}

/** Each address once: the last answer counts. */
function attendeesOf(read: Read): FileAttendee[] {
  const found = new Map<string, FileAttendee>()
  for (const property of read.all('attendee')) {
    const { params } = property
    const email = mailOf(property)
    if (email === undefined || params.cutype === 'ROOM' || params.cutype === 'RESOURCE') continue
    if (found.size >= bounds.attendees && !found.has(email)) continue
    const response = responses[params.partstat?.toUpperCase() as keyof typeof responses] ?? 'needs-action'
    found.set(email, { email, name: line(params.cn ?? '', 200) || email, response })
  }
  return [...found.values()]
}

/** When the VALARMs of an event ring, in seconds before its start. */
export function alarmsOf({ components }: Component, start: Temporal.PlainDateTime, timeZone: string, durationSeconds: number): number[] {
  const found = components
    .filter(({ name }) => name === 'VALARM')
    .flatMap((alarm) => {
      const trigger = readOf(alarm).first('trigger')
      const value = trigger?.values[0] ?? ''
      const after = secondsOf(value)
      if (after !== undefined) return [trigger?.params.related?.toUpperCase() === 'END' ? -(durationSeconds + after) : -after]
      const at = momentOf(value, bounds.years)
      if (!at?.isUtc) return []
      return [onClockOf(start, timeZone, 'UTC').since(at.wall).total('seconds')]
    })
    .filter((seconds) => seconds >= 0 && seconds <= 366 * 86_400)
  return [...new Set(found)].toSorted((a, b) => b - a).slice(0, bounds.alarms)
}
