import type { Folder, Person, Reminder, TodoList } from '#core/model.ts'
import type { Held, TranscriptEntry } from '#core/ports.ts'
import { type Block, plain, type Reply } from '#core/reply.ts'
import type { GroupRead, NoteRead, SettingsRead, TodoRead } from './keeping.ts'
import type { EventRead, OccurrenceRead, QueriedOccurrence } from './planning.ts'
import type { ReminderRead } from './ports.ts'

/** Records as JSON, for the API, the socket and the page alike. Instants are ISO 8601 in UTC. */

export interface LineView {
  readonly id: string
  readonly at: string
  readonly from: 'person' | 'ducktape'
  readonly text?: string
  readonly reply?: Reply
}

export interface ReminderView {
  readonly id: string
  readonly text: string
  readonly dueAt: string | null
  readonly timeZone: string
  readonly state: string
  readonly repeats: boolean
}

export interface OccurrenceView {
  readonly id: string
  readonly title: string
  readonly startsAt: string
  readonly endsAt: string
  readonly allDay: boolean
  readonly timeZone: string
  readonly location: string
  readonly status: string
}

export function lineView({ id, at, from, text, reply }: TranscriptEntry): LineView {
  return { id, at: at.toString(), from, ...(text === undefined ? {} : { text }), ...(reply === undefined ? {} : { reply }) }
}

export function reminderView({ id, text, dueAt, timeZone, state, rrule }: ReminderRead): ReminderView {
  return { id, text, dueAt: dueAt?.toString() ?? null, timeZone, state, repeats: rrule !== null }
}

/** With what it takes to change it. */
export function reminderRecordView(one: Reminder) {
  const { startWall, rrule, recipients, version } = one
  const at = startWall.toString({ smallestUnit: 'second' })
  const to = recipients.map((each) => (each.kind === 'direct' ? { user: each.user } : { channel: each.channel }))
  return { ...reminderView(one), at, rrule, to, version }
}

export function todoView({ todo: { id, text, state, dueAt, version }, list }: TodoRead) {
  return { id, text, state, dueAt: dueAt?.toString() ?? null, list, version }
}

export function noteView({ note: { id, title, body, version }, folder }: NoteRead) {
  return { id, title, body, folder, version }
}

/** A list or a folder, and how much it holds. */
export function holderView({ one: { id, name }, holds }: Held<TodoList | Folder>) {
  return { id, name, holds }
}

export function groupView({ group: { id, name, version }, owner, members }: GroupRead) {
  return { id, name, owner: owner ? personView(owner) : null, members: members.map(personView), version }
}

export function settingsView({ person, timeZone, senders, digests }: SettingsRead) {
  const { locale, hours, bufferMinutes, alertSeconds, catchUpDays, meetingLinks, version } = person
  const digest = (kind: 'agenda' | 'review') => {
    const one = digests.find((each) => each.digest?.kind === kind)
    if (!one) return null
    const at = one.startWall.toPlainTime().toString({ smallestUnit: 'minute' })
    return { id: one.id, at, rrule: one.rrule, timeZone: one.timeZone, dueAt: one.dueAt?.toString() ?? null, state: one.state }
  }
  return {
    timeZone: person.timeZone,
    effectiveTimeZone: timeZone,
    locale,
    workingHours: hours,
    bufferMinutes,
    alerts: alertSeconds.map(durationOf),
    catchUpDays,
    meetingLinks,
    senders,
    digests: { agenda: digest('agenda'), review: digest('review') },
    version,
  }
}

function durationOf(seconds: number): string {
  return Temporal.Duration.from({ seconds }).round({ largestUnit: 'days' }).toString()
}

function personView({ userId, name }: Person) {
  return { user: userId, name }
}

export function occurrenceView({ id, title, startsAt, endsAt, allDay, timeZone, location, status }: OccurrenceRead): OccurrenceView {
  return { id, title, startsAt: startsAt.toString(), endsAt: endsAt.toString(), allDay, timeZone, location, status }
}

/** One of a query's occurrences. */
export interface QueriedView extends OccurrenceView {
  readonly calendarId: string
  readonly meetingLink: string
  readonly occurrence: string | null
  readonly colour: string | null
  readonly response: QueriedOccurrence['response']
}

export function queriedView({ calendarId, meetingLink, occurrence, colour, response, ...one }: QueriedOccurrence): QueriedView {
  return { ...occurrenceView(one), calendarId, meetingLink, occurrence, colour, response }
}

/** An event with its rule as it is written; walls are those of its zone. */
export function eventView({ event, attendees }: EventRead) {
  const wall = (at: Temporal.PlainDateTime) => (event.allDay ? at.toPlainDate().toString() : at.toString({ smallestUnit: 'second' }))
  return {
    id: event.id,
    uid: event.uid,
    calendarId: event.calendarId,
    title: event.title,
    description: event.description,
    location: event.location,
    meetingLink: event.meetingLink,
    colour: event.colour,
    status: event.status,
    visibility: event.visibility,
    transparency: event.transparency,
    allDay: event.allDay,
    start: wall(event.startWall),
    end: wall(event.startWall.add({ seconds: event.durationSeconds })),
    timeZone: event.timeZone,
    startsAt: event.startsAt.toString(),
    endsAt: event.endsAt.toString(),
    rrule: event.rrule,
    rdates: event.rdates.map(wall),
    exdates: event.exdates.map(wall),
    overrides: event.overrides.map(({ recurrenceId, startWall, startsAt, endsAt, title, location, durationSeconds, status }) => ({
      occurrence: wall(recurrenceId),
      start: wall(startWall ?? recurrenceId),
      startsAt: startsAt.toString(),
      endsAt: endsAt.toString(),
      title,
      location,
      durationSeconds,
      status,
    })),
    alerts: event.alerts.map(({ secondsBefore }) => durationOf(secondsBefore)),
    attendees: attendees
      .filter(({ state }) => state === 'invited')
      .map(({ id, name, email, response, recurrenceId }) => ({
        id,
        name,
        email,
        response,
        occurrence: recurrenceId && wall(recurrenceId),
      })),
    sequence: event.sequence,
    version: event.version,
  }
}

/** The words of a reply, one block a line, for those who do not draw it. */
export function replyWords(reply: Reply | undefined): string {
  return (reply?.blocks ?? [])
    .map(blockWords)
    .filter((words) => words !== '')
    .join('\n')
}

function blockWords(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'aside':
      return plain(block.text)
    case 'fields':
      return block.fields.map(({ label, value }) => `${label}: ${plain(value)}`).join('\n')
    case 'list':
      return block.items.map(({ text, detail }) => [plain(text), ...(detail ? [plain(detail)] : [])].join(' ')).join('\n')
    case 'buttons':
    case 'menu':
      return ''
  }
}
