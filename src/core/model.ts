import type { Calendar, Group } from './model/calendar.ts'
import type { Attendee, CalendarEvent, Invitation, Poll } from './model/event.ts'
import type { Person, Space } from './model/people.ts'
import type { Reminder } from './model/reminder.ts'

/**
 * The things DuckTape keeps, as the rest of the program sees them.
 *
 * Every record belongs to a space and carries a `version` that grows with each change, so that
 * two people who change the same thing cannot overwrite each other unseen.
 */
export type * from './model/calendar.ts'
export type * from './model/event.ts'
export * from './model/people.ts'
export * from './model/reminder.ts'

export type TodoState = 'open' | 'done' | 'deleted'

export interface Todo {
  readonly id: string
  readonly spaceId: string
  readonly ownerId: string
  readonly listId: string
  readonly text: string
  readonly state: TodoState
  readonly dueAt: Temporal.Instant | null
  readonly version: number
}

export type NoteState = 'kept' | 'deleted'

export interface Note {
  readonly id: string
  readonly spaceId: string
  readonly ownerId: string
  readonly title: string
  readonly body: string
  readonly state: NoteState
  readonly version: number
}

/** The records that commands change, by kind. */
export interface Records {
  readonly reminder: Reminder
  readonly event: CalendarEvent
  readonly attendee: Attendee
  readonly invitation: Invitation
  readonly poll: Poll
  readonly calendar: Calendar
  readonly group: Group
  readonly todo: Todo
  readonly note: Note
  readonly person: Person
  readonly space: Space
}
export type RecordKind = keyof Records

/**
 * One record before and after. `before` null creates it, so undo removes it again; records are never
 * deleted by a change, their state says so.
 */
export type Change = {
  readonly [Kind in RecordKind]: {
    readonly kind: Kind
    readonly before: Records[Kind] | null
    readonly after: Records[Kind]
  }
}[RecordKind]
