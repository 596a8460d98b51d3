import type { Calendar, Group } from './model/calendar.ts'
import type { Attendee, CalendarEvent, Invitation, Poll } from './model/event.ts'
import type { Folder, Note, Todo, TodoList } from './model/lists.ts'
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
export type * from './model/lists.ts'
export * from './model/people.ts'
export * from './model/reminder.ts'

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
  readonly list: TodoList
  readonly note: Note
  readonly folder: Folder
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
