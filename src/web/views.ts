import type { TranscriptEntry } from '#core/ports.ts'
import { type Block, plain, type Reply } from '#core/reply.ts'
import type { NoteRead, OccurrenceRead, ReminderRead, TodoRead } from './ports.ts'

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

export function todoView({ id, text, state, dueAt }: TodoRead) {
  return { id, text, state, dueAt: dueAt?.toString() ?? null }
}

export function noteView({ id, title, body }: NoteRead) {
  return { id, title, body }
}

export function occurrenceView({ id, title, startsAt, endsAt, allDay, timeZone, location, status }: OccurrenceRead): OccurrenceView {
  return { id, title, startsAt: startsAt.toString(), endsAt: endsAt.toString(), allDay, timeZone, location, status }
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
